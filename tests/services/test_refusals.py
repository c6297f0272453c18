"""Refused codes in the journal."""

from __future__ import annotations

import pytest

from pos_app.domain.errors import CodeRefused
from tests.support.counter import Counter, pickup_code


def test_half_a_surrogate_in_a_damaged_code_is_a_refusal_like_any_other(counter: Counter) -> None:
    counter.open()
    damaged = pickup_code()[:40] + "\ud800" + pickup_code()[41:]
    with pytest.raises(CodeRefused):
        counter.pickups.open(damaged)
    assert counter.kinds()[-1] == "voucher_refused"
