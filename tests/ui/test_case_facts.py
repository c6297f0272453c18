"""What a store reads of central's facts about a case."""

from __future__ import annotations

import pytest

from pos_app.text import use_language
from ui.attention.case_facts import fact_lines


@pytest.fixture(autouse=True)
def _vietnamese() -> None:
    use_language("vi")


def test_what_has_come_since_is_read_first() -> None:
    facts = {"epoch": 1, "staff": 11, "amount": 50_000, "losses": [{"amount": 50_000}], "order_came": "now"}
    lines = fact_lines(facts, lambda _no: "Lan")
    assert lines[0] == ("Đơn hàng", "đã về trung tâm")
    assert len(lines) == 4


def test_a_sale_that_is_still_wanted_is_not_said_to_be_here() -> None:
    assert fact_lines({"sales": []}, str) == []
    assert fact_lines({"sale_came": "01a1fbd4"}, str) == [("Hóa đơn", "đã về trung tâm")]
