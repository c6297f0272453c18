"""The X report on paper gives nothing away that a blind count must not know."""

from __future__ import annotations

from printing import shift_report
from printing.facts import ReportFacts
from tests.support import paper_bodies as bodies
from tests.support.paper_dump import dump

TOTALS = {
    "number": 3, "business_date": "2026-11-21", "count": 9,
    "sales": {"count": 4, "total": 1_900_000}, "returns": {"count": 1, "total": -120_000},
    "tenders": {"cash": 1_111_000, "points": 222_000, "transfer": 447_500}, "rounding": -500,
    "cash_in": {"count": 1, "total": 333_000}, "cash_out": {"count": 1, "total": 444_000},
    "float": 555_000, "expected": 1_555_000, "counted": 1_555_000, "drawer_openings": 2,
    "vat": [{"rate": 800, "gross": 1_780_000, "net": 1_648_148, "vat": 131_852}],
}  # fmt: skip
REPORT = ReportFacts(bodies.STORE, till_number=2, hash_hex="", cashier="Lan")
SECRET = ("1.111.000", "222.000", "447.500", "333.000", "444.000", "555.000", "1.555.000", "-500", "Tiền mặt")


def test_the_x_report_tells_no_tender_and_no_movement_of_cash() -> None:
    paper = dump(shift_report.compose({"kind": "x_report", **TOTALS}, REPORT))
    assert "1.900.000" in paper
    assert [figure for figure in SECRET if figure in paper] == []


def test_the_z_report_of_the_same_sums_tells_them_all() -> None:
    body = {"kind": "shift_close", "payload": TOTALS}
    paper = dump(shift_report.compose(body, REPORT))
    assert "1.111.000" in paper
    assert "1.555.000" in paper
