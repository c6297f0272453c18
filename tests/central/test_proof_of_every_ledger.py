"""Every figure of every ledger is proven: whichever of them somebody changes, the nightly proof finds it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Delete,
    Integer,
    Table,
    Update,
    delete,
    func,
    select,
    update,
)  # fmt: skip

from central.proof import prove
from central.tables.entries import LEDGERS
from central.tables.inbox import document
from central.tables.ledgers import loss_entry
from pos_app.domain.money import vat_inside
from tests.support.central_books import losses, proof
from tests.support.central_payloads import PRICE, handover, return_, sale, sale_with_voucher, shift_open
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till
from tests.support.central_world import BAG, HOA, ORDER, VOUCHER

pytestmark = pytest.mark.both_databases

NOT_A_FIGURE = {"id", "seq", "epoch", "campaign", "at"}
"""Integers of a ledger that are no balance, nor an account of one."""
LEDGER = {
    "cash_entry": {"cash"}, "credit_entry": {"credit"}, "issued_entry": {"issued"}, "loss_entry": {"loss"},
    "order_entry": {"handed", "refused"}, "points_entry": {"points"}, "refund_entry": {"refund"},
    "returned_entry": {"returned"}, "stock_entry": {"stock"}, "tender_entry": {"tender"},
    "voucher_use": {"voucher", "voucher_amount", "stored_value"},
}  # fmt: skip
"""What the proof calls the accounts of each."""
BESIDE = {("issued_entry", "store"), ("voucher_use", "store")}
"""Which store, beside the account: reports read it, no balance does."""


@pytest.fixture(autouse=True)
def _worked(server: CentralServer, till: Till) -> None:
    """Whatever fills a ledger, at two tills that know nothing of one another."""
    till.shift = 1
    points = [{"customer": HOA, "delta": 120, "why": "earned"}]
    opened = till.document("shift_open", shift_open())
    sold = till.document("sale", sale(till, 2, customer=HOA, tier_percent=100, points=points))
    credit = till.document("return", return_(till, sold["doc_id"], kind="store_credit"))
    cheap = till.document("sale", sale_with_voucher(till, VOUCHER))
    known = till.results(opened, sold, credit, *_void(till), cheap)
    assert [one["codes"] for one in known] == [[]] * 6
    beside = Till.enrol(server, number=2)
    far = list(_unaware(beside, str(sold["doc_id"]), str(credit["doc_id"]), str(cheap["doc_id"])))
    codes = {code for one in beside.results(*far) for code in one["codes"]}
    assert codes >= {"CREDIT_OVERDRAWN", "VOUCHER_OVERUSED", "RETURN_EXCEEDS_SOLD", "REFUND_DIFFERENCE"}
    assert [one.to_json() for one in proof(server).differences] == []


def _unaware(till: Till, sold: str, credit: str, cheap: str) -> Iterator[Item]:
    """A credit spent twice, a code used again, goods back that were back already."""
    yield till.document("sale", _paid_by(till, credit))
    yield till.document("sale", _paid_by(till, credit))
    yield till.document("sale", sale_with_voucher(till, VOUCHER))
    yield till.document("return", return_(till, sold, pieces=2))
    yield till.document("return", _typed(till, cheap))
    yield till.document("exchange", _exchanged(till, cheap))
    yield till.document("order_event", {"order": ORDER, "event": "refused", "lines": [_refused()]})
    yield till.document("handover", handover(till))
    words = {"serial": "77", "campaign": 7, "value": 50_000, "reason": "goodwill", "approvals": []}
    yield till.document("voucher_issue", words)


def _void(till: Till) -> list[Item]:
    sold = till.document("sale", sale(till))
    tenders = [{"no": 1, "kind": "cash", "amount": -PRICE}]
    approvals = [{"right": "sale.void", "by": 12, "method": "pin", "what": ""}]
    words = {"receipt_no": till.receipt_no(), "business_date": "2026-11-22", "of": sold["doc_id"]}
    words |= {"reason": "wrong", "points": []}
    return [sold, till.document("void", {**words, "tenders": tenders, "approvals": approvals})]


def _paid_by(till: Till, account: str) -> dict[str, Any]:
    return sale(till, tenders=[{"no": 1, "kind": "store_credit", "amount": PRICE, "reference": account}])


def _typed(till: Till, original: str) -> dict[str, Any]:
    """From the paper, at the full price."""
    payload = return_(till, original, kind="store_credit")
    del payload["lines"][0]["original_line"]
    payload["refunds"] = [{"kind": "store_credit", "amount": -PRICE}]
    return payload | {"provisional": True}


def _exchanged(till: Till, original: str) -> dict[str, Any]:
    """Shoes for a bag: money goes back, money stays, and less than a point is carried."""
    old, new = return_(till, original), sale(till)
    for half in (old, new):
        for name in ("receipt_no", "business_date", "tenders", "refunds", "rounding", "carried", "approvals"):
            half.pop(name, None)
    new["lines"][0] |= {"product": BAG, "unit_price": 250_000, "gross": 250_000, "amount": 250_000}
    new["lines"][0]["vat"] = vat_inside(250_000, 800)
    back = {"kind": "cash", "amount": -350_000, "original_tender": 1}
    return {
        "receipt_no": till.receipt_no(), "business_date": "2026-11-22", "return": old, "even": False,
        "sale": new | {"total": 250_000}, "tenders": [], "refunds": [back], "rounding": 0, "carried": 0,
        "moved": [{"kind": "cash", "amount": 250_000, "original_tender": 1}], "difference": -350_000,
        "approvals": [],
    }  # fmt: skip


def _refused() -> dict[str, Any]:
    return {"order_line": 1, "quantity": 1_000, "amount": PRICE, "reason": "size"}


def _figures(table: Table) -> Iterator[str]:
    for column in table.c:
        is_number = isinstance(column.type, Integer | BigInteger)
        if is_number and column.name not in NOT_A_FIGURE and (table.name, column.name) not in BESIDE:
            yield column.name


def _of_documents(table: Table) -> ColumnElement[bool]:
    return table.c.doc_id.in_(select(document.c.doc_id))


def _unseen(connection: Connection, table: Table, change: Update | Delete) -> set[str]:
    """Documents with an entry that was changed and that the proof does not name; the change is taken back."""
    named = set(connection.scalars(select(table.c.doc_id).where(_of_documents(table))))
    assert named, f"nothing fills {table.name}"
    with connection.begin_nested() as changed:
        connection.execute(change)
        found = {one.doc_id for one in prove(connection).differences if one.what in LEDGER[table.name]}
        changed.rollback()
    return named - found


def test_whichever_figure_is_changed_it_is_found(server: CentralServer) -> None:
    with server.central.database.writing() as connection:
        for table in LEDGERS:
            for name in _figures(table):
                more = update(table).values({name: func.coalesce(table.c[name], 0) + 1})
                change = more.where(_of_documents(table))
                assert _unseen(connection, table, change) == set(), f"{table.name}.{name}"


def test_whichever_entry_is_gone_it_is_missed(server: CentralServer) -> None:
    with server.central.database.writing() as connection:
        for table in LEDGERS:
            gone = delete(table).where(_of_documents(table))
            assert _unseen(connection, table, gone) == set(), table.name


def test_a_loss_under_another_reason_is_found(server: CentralServer) -> None:
    assert set(losses(server)) == {
        "voucher_loss", "credit_loss", "refund_loss", "refund_difference", "handover_loss",
    }  # fmt: skip
    with server.central.database.writing() as connection:
        change = update(loss_entry).values(reason="points_loss")
        assert _unseen(connection, loss_entry, change) == set()
