"""What documents do at central: ledgers, feeds and the exact outcomes of conflicts (protocol §10)."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from central.cases import list_cases
from central.publishing.customers import balance_of
from central.tables.ledgers import loss_entry
from tests.support.central_payloads import PRICE, handover, return_, sale, sale_with_voucher
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till
from tests.support.central_world import BOUND_VOUCHER, HOA, ORDER, SHOES, VOUCHER

pytestmark = pytest.mark.both_databases


def _losses(server: CentralServer) -> list[tuple[str, int]]:
    with server.central.database.reading() as connection:
        rows = connection.execute(select(loss_entry.c.reason, loss_entry.c.amount))
        return [(row.reason, row.amount) for row in rows]


def _case(server: CentralServer) -> dict[str, Any]:
    with server.central.database.reading() as connection:
        return list_cases(connection)[0]


def _one(till: Till, item: Item) -> tuple[str, list[str]]:
    result = till.results(item)[0]
    return result["status"], result["codes"]


# --- sales ------------------------------------------------------------------------------------
def test_a_sale_becomes_returnable_here(till: Till) -> None:
    sold = till.document("sale", sale(till, pieces=2))
    till.upload(sold)
    body = till.pull("sales")[0][sold["doc_id"]][1]
    assert (body["receipt_no"], body["total"], body["hash10"]) == (
        "NT01-000001",
        1_200_000,
        sold["hash"][:20],
    )
    assert body["lines"][0]["returned"] == {"quantity": 0, "amount": 0, "vat": 0}


def test_points_are_earned_and_spent(server: CentralServer, till: Till) -> None:
    points = [
        {"customer": HOA, "delta": -200, "why": "spent"},
        {"customer": HOA, "delta": 50, "why": "earned"},
    ]
    tenders = [
        {"no": 1, "kind": "points", "amount": 100_000},
        {"no": 2, "kind": "cash", "amount": 500_000},
    ]
    payload = sale(till, customer=HOA, tier_percent=100, points=points, tenders=tenders)
    assert _one(till, till.document("sale", payload)) == ("applied", [])
    assert till.pull("customers")[0][HOA][1]["balance"] == 90


def test_points_beyond_the_balance_stand_and_are_flagged(server: CentralServer, till: Till) -> None:
    points = [{"customer": HOA, "delta": -400, "why": "spent"}]
    tenders = [
        {"no": 1, "kind": "points", "amount": 200_000},
        {"no": 2, "kind": "cash", "amount": 400_000},
    ]
    payload = sale(till, customer=HOA, points=points, tenders=tenders)
    assert _one(till, till.document("sale", payload)) == ("applied_flagged", ["POINTS_OVERDRAWN"])
    with server.central.database.reading() as connection:
        assert balance_of(connection, HOA) == -160
    assert _case(server)["facts"]["staff"] == 11


def test_a_voucher_used_up_is_told_to_every_till(till: Till) -> None:
    assert _one(till, till.document("sale", sale_with_voucher(till, BOUND_VOUCHER))) == ("applied", [])
    assert till.pull("revocations")[0][f"code/{BOUND_VOUCHER}"][1]["reason"] == "used"
    assert till.pull("customers")[0][HOA][1]["vouchers"] == []


def test_the_second_use_of_a_voucher_is_booked_flagged_and_our_loss(
    server: CentralServer, till: Till
) -> None:
    other = Till.enrol(server, store=2)
    till.upload(till.document("sale", sale_with_voucher(till, VOUCHER)))
    second = other.document("sale", sale_with_voucher(other, VOUCHER))
    assert _one(other, second) == ("applied_flagged", ["VOUCHER_OVERUSED"])
    assert _losses(server) == [("voucher_loss", 50_000)]
    assert _case(server)["code"] == "VOUCHER_OVERUSED"


def test_a_whole_sale_back_on_its_day_frees_the_voucher(till: Till) -> None:
    sold = till.document("sale", sale_with_voucher(till, BOUND_VOUCHER))
    payload = return_(till, sold["doc_id"])
    payload["lines"][0].update(amount=-550_000, vat=-40_741)
    payload["refunds"][0]["amount"] = payload["total"] = -550_000
    till.upload(sold, till.document("return", payload))
    assert f"code/{BOUND_VOUCHER}" not in till.pull("revocations")[0]
    assert len(till.pull("customers")[0][HOA][1]["vouchers"]) == 1


def test_a_void_undoes_the_sale(till: Till) -> None:
    sold = till.document("sale", sale(till))
    void = {
        "receipt_no": till.receipt_no(), "business_date": "2026-11-22", "of": sold["doc_id"],
        "reason": "wrong_goods", "tenders": [{"no": 1, "kind": "cash", "amount": -PRICE}], "points": [],
        "approvals": [{"right": "sale.void", "by": 12, "method": "pin", "what": ""}],
    }  # fmt: skip
    assert _one(till, sold) == ("applied", [])
    assert _one(till, till.document("void", void, depends_on=(sold["doc_id"],))) == ("applied", [])
    assert till.pull("stock")[0][SHOES][1]["quantity"] == 20_000
    body = till.pull("sales")[0][sold["doc_id"]][1]
    assert body["lines"][0]["returned"]["quantity"] == 1_000
    assert (body["returns"]["cash"], body["returns"]["cash_share"]) == (PRICE, PRICE)


def test_an_old_price_is_a_report_not_a_case(server: CentralServer, till: Till) -> None:
    payload = sale(till)
    line = payload["lines"][0]
    line.update(unit_price=650_000, price_ver=1, gross=650_000, amount=650_000, vat=48_148)
    payload["tenders"][0].update(amount=650_000, tendered=650_000)
    payload["total"] = 650_000
    result = till.results(till.document("sale", payload))[0]
    assert (result["status"], result["codes"]) == ("applied_flagged", ["STALE_PRICE"])
    assert "case" not in result


def test_a_price_that_never_was_opens_a_case(server: CentralServer, till: Till) -> None:
    payload = sale(till)
    payload["lines"][0]["price_ver"] = 9
    assert _one(till, till.document("sale", payload)) == ("applied_flagged", ["PRICE_MISMATCH"])
    assert _case(server)["facts"]["flags"][0]["lines"][0]["price_ver"] == 9


def test_wrong_vat_is_booked_with_a_case(till: Till) -> None:
    payload = sale(till)
    payload["lines"][0]["vat"] = 1
    assert _one(till, till.document("sale", payload)) == ("applied_flagged", ["PRICE_MISMATCH"])


def test_who_was_never_on_the_staff_is_flagged(till: Till) -> None:
    assert _one(till, till.document("sale", sale(till), staff=99))[1] == ["STAFF_REVOKED"]


# --- returns ----------------------------------------------------------------------------------
def test_a_return_shows_at_the_sale(till: Till) -> None:
    sold = till.document("sale", sale(till, pieces=2))
    till.upload(sold, till.document("return", return_(till, sold["doc_id"])))
    body = till.pull("sales")[0][sold["doc_id"]][1]
    assert body["lines"][0]["returned"] == {"quantity": 1_000, "amount": 600_000, "vat": 44_444}
    assert body["returns"]["refunds"] == [
        {"kind": "cash", "original_tender": 1, "amount": 600_000, "share": 600_000}
    ]
    assert (body["returns"]["cash"], body["returns"]["carried"]) == (600_000, 0)


def test_one_line_returned_at_two_stores_is_our_loss(server: CentralServer, till: Till) -> None:
    other = Till.enrol(server, store=2)
    sold = till.document("sale", sale(till))
    till.upload(sold, till.document("return", return_(till, sold["doc_id"])))
    second = other.document("return", return_(other, sold["doc_id"]))
    assert _one(other, second) == ("applied_flagged", ["RETURN_EXCEEDS_SOLD"])
    assert _losses(server) == [("refund_loss", 600_000)]
    assert f"receipt/{till.id}/1/1" in till.pull("revocations")[0]


def test_store_credit_is_created_by_a_return_and_spent_by_a_sale(server: CentralServer, till: Till) -> None:
    sold = till.document("sale", sale(till))
    back = till.document("return", return_(till, sold["doc_id"], kind="store_credit"))
    credit = [{"no": 1, "kind": "store_credit", "amount": PRICE, "reference": back["doc_id"]}]
    spent = till.document("sale", sale(till, tenders=credit), depends_on=(back["doc_id"],))
    results = till.results(sold, back, spent)
    assert [one["status"] for one in results] == ["applied"] * 3
    again = till.document("sale", sale(till, tenders=credit), depends_on=(back["doc_id"],))
    assert _one(till, again) == ("applied_flagged", ["CREDIT_OVERDRAWN"])
    assert _losses(server) == [("credit_loss", PRICE)]


# --- orders -----------------------------------------------------------------------------------
def test_a_hand_over_takes_the_order_and_the_stock(till: Till) -> None:
    given = till.document("handover", handover(till, pieces=1))
    assert _one(till, given) == ("applied", [])
    order = till.pull("orders")[0][str(ORDER)][1]
    assert (order["handover"], order["lines"][0]["handed"]) == ("part", 1_000)
    assert till.pull("stock")[0][SHOES][1]["quantity"] == 19_000
    body = till.pull("sales")[0][given["doc_id"]][1]
    assert (body["kind"], body["channel"], body["order"]) == ("handover", "web", ORDER)


def test_only_the_excess_of_a_second_hand_over_is_flagged(server: CentralServer, till: Till) -> None:
    other = Till.enrol(server, number=2)
    till.upload(till.document("handover", handover(till, pieces=1)))
    second = other.document("handover", handover(other, pieces=2))
    assert _one(other, second) == ("applied_flagged", ["DUPLICATE_HANDOVER"])
    assert _losses(server) == [("handover_loss", 600_000)]
    assert till.pull("orders")[0][str(ORDER)][1]["handover"] == "done"


def test_a_deposit_is_prepaid_money_of_the_order(till: Till) -> None:
    payment = {
        "receipt_no": till.receipt_no(), "business_date": "2026-11-22", "order": ORDER, "rounding": 0,
        "tenders": [{"no": 1, "kind": "card", "amount": 100_000, "reference": "slip"}], "total": 100_000,
    }  # fmt: skip
    paid = till.document("order_payment", payment)
    assert _one(till, paid) == ("applied", [])
    prepaid = till.pull("orders")[0][str(ORDER)][1]["prepaid"]
    assert prepaid[1] == {
        "no": 2, "kind": "deposit", "via": "card", "amount": 100_000, "reference": paid["doc_id"],
    }  # fmt: skip


# --- customers --------------------------------------------------------------------------------
def _create(till: Till, customer: str, name: str) -> Item:
    payload = {"customer": customer, "fields": ["name", "phone"]}
    return till.document("customer_create", payload, private={"name": name, "phone": "0901 234 567"})


def test_one_phone_with_a_compatible_name_becomes_one_customer(till: Till) -> None:
    made = "01a1e4bd-63b7-7000-8000-0000000000bb"
    assert _one(till, _create(till, made, "Hoa Nguyen"))[1] == ["CUSTOMER_MERGED"]
    held = till.pull("customers")[0]
    assert made not in held
    assert held[HOA][1]["aliases"] == [made]


def test_one_phone_with_another_name_is_a_proposal(server: CentralServer, till: Till) -> None:
    made = "01a1e4bd-63b7-7000-8000-0000000000cc"
    assert _one(till, _create(till, made, "Phạm Văn Dũng"))[1] == ["CUSTOMER_DUPLICATE"]
    assert made in till.pull("customers")[0]
    assert _case(server)["code"] == "CUSTOMER_DUPLICATE"
