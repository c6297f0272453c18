"""The golden money, case by case."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pos_app.vector_case import Case
from pos_app.vectors import cases_of, run_case

_DATA = json.loads((Path(__file__).parent / "data" / "money.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", cases_of(_DATA), ids=lambda case: f"{case.section}-{case.number}")
def test_the_golden_case_is_reproduced(case: Case) -> None:
    result = run_case("money.json", case)
    assert result.got == result.expect
    assert result.ok
