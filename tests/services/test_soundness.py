"""A payload that does not add up never becomes a document."""

from __future__ import annotations

import pytest

from pos_app.services.soundness import UnsoundDocument, sound
from tests.support.till_files import line, sale


def test_a_payload_that_adds_up_passes() -> None:
    payload = sale([line(1)])
    assert sound("sale", payload) == payload


def test_a_wrong_total_is_stopped_before_the_commit() -> None:
    with pytest.raises(UnsoundDocument) as stopped:
        sound("sale", sale([line(1)]) | {"total": 1})
    assert "total" in {violation.code for violation in stopped.value.violations}
