"""A shift from float to verification."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from pos_app.domain.errors import ReasonMissing, SamePersonRefused, ShiftStepRefused
from pos_app.domain.invariants import check_payload
from pos_app.domain.shift import (
    JournalRange,
    Shift,
    ShiftState,
    business_date,
    must_close_first,
    shift_close_payload,
    shift_open_payload,
    x_report,
)
from pos_app.domain.z_totals import ZTotals
from tests.support.goods import ZONE

DAY = date(2026, 11, 21)
FLOAT = {100_000: 10}


def body(kind: str, doc_id: str, **payload: Any) -> dict[str, Any]:
    return {"kind": kind, "doc_id": doc_id, "training": False, "payload": payload}


def line(amount: int, **fields: Any) -> dict[str, Any]:
    return {"amount": amount, "vat_rate": 800, "vat": amount * 8 // 108, "discounts": []} | fields


def documents() -> list[dict[str, Any]]:
    cash = {"no": 1, "kind": "cash", "amount": 108_000}
    transfer = {"no": 1, "kind": "transfer", "amount": 216_000, "state": "claimed", "reference": "R"}
    discount = {"step": "promotion", "amount": 5_000}
    prepaid = {"no": 1, "kind": "paid_online", "amount": 54_000}
    back = {"kind": "cash", "amount": -10_800}
    return [
        body(
            "sale",
            "a",
            receipt_no="NT02-000001",
            lines=[line(108_000, discounts=[discount])],
            tenders=[cash],
            rounding=0,
            total=108_000,
        ),
        body(
            "sale",
            "b",
            receipt_no="NT02-000002",
            lines=[line(216_000)],
            tenders=[transfer],
            rounding=0,
            total=216_000,
        ),
        body("return", "c", lines=[line(-10_800)], refunds=[back], rounding=0, total=-10_800),
        body("handover", "d", lines=[line(54_000)], tenders=[prepaid], refunds=[], rounding=0, total=54_000),
        body("cash_out", "e", amount=20_000, reason="water"),
        body("drawer_open", "f", reason="change"),
        body("sale", "t", lines=[line(1_000)], tenders=[cash], rounding=0, total=1_000) | {"training": True},
    ]


def test_the_drawer_is_the_sum_of_signed_cash_entries() -> None:
    totals = ZTotals.of(documents())
    assert totals.cash == 108_000 - 10_800 - 20_000
    assert (totals.sales.count, totals.sales.total) == (2, 324_000)
    assert (totals.handovers.total, totals.tenders["paid_online"]) == (54_000, 54_000)
    assert totals.discounts == {"promotion": 5_000}
    assert totals.drawer_openings == 1
    assert len(totals.unconfirmed_transfers) == 1
    assert sum(row.gross for row in totals.vat) == totals.revenue == 367_200


def test_a_void_takes_the_sale_out_of_every_figure() -> None:
    void = body("void", "v", of="b", tenders=[{"no": 1, "kind": "transfer", "amount": -216_000}])
    totals = ZTotals.of([*documents(), void])
    assert totals.revenue == sum(row.gross for row in totals.vat) == 151_200
    assert totals.unconfirmed_transfers == ()
    assert "transfer" not in totals.tenders


def test_a_corrected_tender_moves_between_kinds() -> None:
    fix = {"of": "a", "tender": 1, "from": "cash", "to": "card", "reason": "wrong key"}
    totals = ZTotals.of([*documents(), body("tender_correction", "x", **fix)])
    assert (totals.tenders["card"], totals.cash) == (108_000, -30_800)


def test_a_shift_closes_after_a_blind_count_with_a_reason() -> None:
    shift = Shift(7, DAY, 12, FLOAT)
    totals = ZTotals.of(documents())
    with pytest.raises(ShiftStepRefused):
        shift.enter_count(FLOAT, totals)
    shift.start_count()
    count = shift.enter_count({100_000: 10}, totals)
    assert (count.expected, count.difference, count.to_verify) == (1_077_200, -77_200, True)
    with pytest.raises(ReasonMissing):
        shift.close(12, count)
    shift.close(12, count, "chưa rõ")
    with pytest.raises(SamePersonRefused):
        shift.verify(12)
    shift.verify(13)
    assert shift.state is ShiftState.VERIFIED


def test_the_z_payload_keeps_both_figures() -> None:
    shift = Shift(7, DAY, 12, FLOAT)
    shift.start_count()
    totals = ZTotals.of(documents())
    count = shift.enter_count({500_000: 2, 50_000: 1, 20_000: 1, 5_000: 1, 2_000: 1, 200: 1}, totals)
    z = shift_close_payload(shift, 7, count, totals, JournalRange(10, 16, 7, "ab", 2))
    assert (z["counted"], z["expected"], z["difference"], z["to_verify"]) == (1_077_200, 1_077_200, 0, False)
    assert check_payload("shift_close", z) == []
    assert shift_open_payload(7, DAY, FLOAT)["float"] == {"100000": 10}


def test_an_x_report_does_not_tell_the_expected_cash() -> None:
    assert "expected" not in x_report(Shift(7, DAY, 12, FLOAT), documents())


def test_the_business_day_ends_at_four() -> None:
    at_three = datetime(2026, 11, 21, 20, tzinfo=UTC)
    assert business_date(at_three, ZONE) == DAY
    assert not must_close_first(DAY, at_three, ZONE)
    assert must_close_first(DAY, datetime(2026, 11, 21, 21, tzinfo=UTC), ZONE)
