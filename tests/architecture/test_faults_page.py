"""docs/faults.md names tests that exist, and every fault has its row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "faults.md").read_text("utf-8")
ROWS = [line.strip("|").split(" | ") for line in PAGE.splitlines() if re.match(r"\| [\d–]", line)]
FAULTS = range(1, 87)


def named_tests() -> Iterator[tuple[str, str]]:
    """Path and name; a name without a path belongs to the path before it in the row."""
    for row in ROWS:
        path = ""
        for given, name in re.findall(r"`(tests/[\w/]+\.py)?(?:::(\w+))?`", row[-1]):
            path = given or path
            if name or given:
                yield path, name


def test_every_test_that_is_named_exists() -> None:
    missing = [
        f"{path}::{name}"
        for path, name in named_tests()
        if not (ROOT / path).is_file() or (name and f"def {name}(" not in (ROOT / path).read_text("utf-8"))
    ]
    assert not missing


def test_every_fault_has_its_row() -> None:
    numbers = {int(number) for row in ROWS for number in re.findall(r"\d+", row[0])}
    assert numbers == set(FAULTS)


def test_a_row_is_proven_or_says_why_not() -> None:
    silent = [row[0] for row in ROWS if "tests/" not in row[-1] and "**" not in "".join(row)]
    assert not silent
