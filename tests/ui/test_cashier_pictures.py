"""The pictures of the cashier's page: all there, all used, all made by the shots."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.shots import GUIDE, registered

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_every_picture_of_the_page_is_there_and_none_is_left_over() -> None:
    shown = re.findall(r"\]\(pictures/([\w-]+)\.png\)", (DOCS / "cashier.md").read_text("utf-8"))
    there = [path.stem for path in (DOCS / "pictures").glob("*.png")]
    assert sorted(shown) == sorted(there) == sorted(name for name, _part in GUIDE.values())


def test_every_picture_of_the_page_is_drawn_by_a_shot() -> None:
    assert set(GUIDE) <= {name for name, _make in registered()}
