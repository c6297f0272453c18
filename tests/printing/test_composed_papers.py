"""Every kind of paper against its golden text; `QUAY_GOLDEN=write` writes them anew, then read the diff."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pos_app import text
from printing.document import Document
from printing.layout import Words, lay_out
from tests.support.paper_dump import dump
from tests.support.papers import PAPERS

GOLDEN = Path(__file__).parent.parent / "data" / "receipts"


def check(found: str, golden: Path) -> None:
    if os.environ.get("QUAY_GOLDEN") == "write":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def english(name: str) -> Document:
    """The same paper of a till whose paper language is English."""
    with text.written_in("en"):
        return PAPERS[name]()


@pytest.mark.parametrize("name", PAPERS)
def test_paper_says_what_its_golden_text_says(name: str) -> None:
    check(dump(PAPERS[name]()), GOLDEN / f"{name}.txt")


@pytest.mark.parametrize("name", PAPERS)
def test_english_paper_says_what_its_golden_text_says(name: str) -> None:
    check(dump(english(name)), GOLDEN / "en" / f"{name}.txt")


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("name", PAPERS)
def test_no_line_of_english_paper_is_cut(name: str, width: int) -> None:
    words = [mark for mark in lay_out(english(name), width).marks if isinstance(mark, Words)]
    assert [mark.text for mark in words if mark.text.endswith("…")] == []


def test_the_screen_keeps_its_language_while_paper_is_written() -> None:
    with text.written_in("en"):
        assert text.gettext("Tiền mặt") == "Cash"
    assert text.gettext("Tiền mặt") == "Tiền mặt"
