"""Texts that scanners make of codes: refused or understood, never a crash, never another code."""

from __future__ import annotations

from pathlib import Path

from tests.support.code_fuzz import check_reading, genuine
from tests.support.counter import make_counter


def test_a_hundred_thousand_damaged_texts_are_read_or_refused() -> None:
    """Fault 63; a million are in `./run soak`."""
    assert check_reading(seed=5, count=100_000) > 0


def test_all_five_kinds_of_signed_codes_are_among_the_texts() -> None:
    assert len({type(code) for code in genuine().values()}) == 5


def test_a_search_for_any_text_finds_something_or_nothing(tmp_path: Path) -> None:
    counter = make_counter(tmp_path / "till")
    check_reading(6, 300, counter.search.search)
    counter.till.files.dispose()
