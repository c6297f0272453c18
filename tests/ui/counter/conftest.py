"""A counter with real services, somebody at the till and an open shift."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.counter import Counter, make_counter


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    made = make_counter(tmp_path / "till").open()
    yield made
    made.till.files.dispose()
