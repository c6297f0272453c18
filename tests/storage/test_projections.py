"""What documents do to the till's own figures."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from sqlalchemy.exc import IntegrityError

from pos_app.storage import projections
from pos_app.storage.credits import CreditStore
from pos_app.storage.documents import BookedDocument
from pos_app.storage.shifts import ShiftStore
from tests.support.till_files import DAY, HOA, MadeTill, line, return_of

EFFECTS = (
    "receipt", "shift", "shift_document", "cash_entry", "stock_effect", "points_effect", "voucher_use",
    "order_effect", "return_effect", "credit_entry", "own_customer", "refused_code", "drawer_opening",
)  # fmt: skip

VOUCHER = {
    "serial": "99",
    "key_id": 1,
    "campaign": 7,
    "kind": "amount",
    "amount": 100,
    "allowed_by": "policy",
}


def rows(till: MadeTill, query: str) -> list[tuple[object, ...]]:
    with till.files.till.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


def stock(till: MadeTill) -> list[tuple[object, ...]]:
    return rows(till, "SELECT product, sum(delta) FROM stock_effect GROUP BY product ORDER BY product")


def void(doc_id: str, amount: int = -500_000) -> dict[str, object]:
    return {
        "business_date": DAY, "of": doc_id, "reason": "mistake", "points": [], "approvals": [],
        "tenders": [{"no": 1, "kind": "cash", "amount": amount}],
    }  # fmt: skip


def test_a_sale_takes_from_the_stock_and_a_void_gives_it_back(till: MadeTill) -> None:
    sold = till.sell([line(1), line(2, quantity=1500)])
    assert stock(till) == [("SP000001", -1000), ("SP000002", -1500)]
    till.record("void", void(sold.doc_id), shift=1)
    assert stock(till) == [("SP000001", 0), ("SP000002", 0)]


def test_only_goods_to_be_resold_come_back_to_stock(till: MadeTill) -> None:
    sold = till.sell([line(1), line(2)])
    body = return_of(sold.doc_id, {1: 1000, 2: 1000})
    body["lines"][1]["condition"] = "damaged"
    till.record("return", body, shift=1)
    assert stock(till) == [("SP000001", 0), ("SP000002", -1000)]


def test_money_in_the_drawer_is_the_sum_of_cash_entries(till: MadeTill) -> None:
    shifts = ShiftStore(till.files.till, till.identity)
    till.open_shift({"100000": 5})
    sold = till.sell()
    till.record("return", return_of(sold.doc_id, {1: 500}), shift=1)
    till.record("cash_in", {"amount": 40_000, "reason": "change"}, shift=1)
    till.record("cash_out", {"amount": 15_000, "reason": "water"}, shift=1)
    assert shifts.expected_cash(1) == 500_000 + 500_000 - 250_000 + 40_000 - 15_000


def test_a_corrected_tender_leaves_the_drawer(till: MadeTill) -> None:
    till.open_shift()
    sold = till.sell()
    fix = {"of": sold.doc_id, "tender": 1, "from": "cash", "to": "transfer", "reason": "typed wrong"}
    till.record("tender_correction", fix, shift=1)
    assert ShiftStore(till.files.till, till.identity).expected_cash(1) == 500_000


def test_a_void_gives_the_cash_back(till: MadeTill) -> None:
    till.open_shift()
    sold = till.sell()
    till.record("void", void(sold.doc_id), shift=1)
    assert ShiftStore(till.files.till, till.identity).expected_cash(1) == 500_000


def test_a_shift_opens_closes_and_is_verified(till: MadeTill) -> None:
    shifts = ShiftStore(till.files.till, till.identity)
    assert (shifts.open_shift(), shifts.next_number()) == (None, 1)
    till.open_shift()
    shift = shifts.open_shift()
    assert shift is not None
    assert (shift.number, shift.business_date.isoformat(), shift.opening_float) == (1, DAY, {100_000: 5})
    closing = till.record("shift_close", {"number": 1, "last_seq": 1, "to_verify": True}, shift=1)
    assert shifts.open_shift() is None
    assert [one.to_verify for one in shifts.to_verify()] == [True]
    till.record("shift_verify", {"of": closing.doc_id})
    closed = shifts.by_number(1)
    assert closed is not None
    assert (closed.state, closed.z_no, closed.verified_by) == ("verified", 1, 7)


def test_only_one_shift_can_be_open(till: MadeTill) -> None:
    till.open_shift()
    with pytest.raises(IntegrityError):
        till.open_shift()
    assert till.journal.head().seq == 1


def test_training_has_no_effects(till: MadeTill) -> None:
    till.record("sale", {**_sale_with_everything()}, training=True)
    assert stock(till) == []
    assert rows(till, "SELECT * FROM points_effect") == []
    assert rows(till, "SELECT * FROM voucher_use") == []


def _sale_with_everything() -> dict[str, object]:
    from tests.support.till_files import sale

    return sale(
        [line(1)], customer=HOA, vouchers=[VOUCHER], points=[{"customer": HOA, "delta": 5, "why": "earned"}]
    )


def test_a_void_frees_the_voucher(till: MadeTill) -> None:
    sold = till.record("sale", _sale_with_everything(), shift=1)
    till.record("void", void(sold.doc_id), shift=1)
    assert rows(till, "SELECT released_by IS NULL FROM voucher_use") == [(0,)]


@pytest.mark.parametrize(("parts", "is_free"), [([1000], 1), ([400, 600], 1), ([400], 0)])
def test_only_a_whole_return_on_the_day_frees_the_voucher(
    till: MadeTill, parts: Sequence[int], is_free: int
) -> None:
    sold = till.record("sale", _sale_with_everything(), shift=1)
    for part in parts:
        till.record("return", return_of(sold.doc_id, {1: part}), shift=1)
    assert rows(till, "SELECT released_by IS NOT NULL FROM voucher_use") == [(is_free,)]


def test_a_return_on_a_later_day_frees_no_voucher(till: MadeTill) -> None:
    sold = till.record("sale", _sale_with_everything(), shift=1)
    till.record("return", return_of(sold.doc_id, {1: 1000}, business_date="2026-11-15"), shift=1)
    assert rows(till, "SELECT released_by FROM voucher_use") == [(None,)]


def test_store_credit_is_left_less_what_was_spent(till: MadeTill) -> None:
    store = CreditStore(till.files.till)
    sold = till.sell()
    refund = [{"kind": "store_credit", "amount": -500_000, "original_tender": 1}]
    back = till.record("return", return_of(sold.doc_id, {1: 1000}, refunds=refund), shift=1)
    assert (store.left(back.doc_id).issued_here, store.left(back.doc_id).left) == (True, 500_000)
    paid = [{"no": 1, "kind": "store_credit", "amount": 120_000, "reference": back.doc_id}]
    till.sell([line(1, 120_000)], tenders=paid)
    assert store.left(back.doc_id).left == 380_000


def test_credit_given_back_goes_to_the_account_it_came_from(till: MadeTill) -> None:
    account = "01a1f3d4-f500-7116-a393-64007ade5abc"
    sold = till.sell(tenders=[{"no": 1, "kind": "store_credit", "amount": 500_000, "reference": account}])
    refund = [
        {"kind": "store_credit", "amount": -500_000, "original_tender": 1, "reference": account},
    ]
    till.record("return", return_of(sold.doc_id, {1: 1000}, refunds=refund), shift=1)
    assert CreditStore(till.files.till).left(account).left == 0


def test_credit_of_another_till_is_not_issued_here(till: MadeTill) -> None:
    account = CreditStore(till.files.till).left("01a1f3d4-f500-7116-a393-64007ade5abc")
    assert (account.issued_here, account.left) == (False, 0)


def test_all_effects_can_be_made_again_from_the_journal(till: MadeTill) -> None:
    till.open_shift()
    sold = till.record("sale", _sale_with_everything(), shift=1)
    till.record("return", return_of(sold.doc_id, {1: 400}), shift=1)
    other = till.sell([line(2)])
    till.record("void", void(other.doc_id), shift=1)
    till.record("drawer_open", {"reason": "change"}, shift=1)
    till.record("shift_close", {"number": 1, "last_seq": 5}, shift=1)
    before = {table: rows(till, f"SELECT * FROM {table} ORDER BY rowid") for table in EFFECTS}
    with till.files.till.writing() as connection:
        for table in EFFECTS:
            connection.exec_driver_sql(f"DELETE FROM {table}")
        for document in till.journal.documents_since(1, 1):
            projections.project(connection, BookedDocument.of(document))
    assert {table: rows(till, f"SELECT * FROM {table} ORDER BY rowid") for table in EFFECTS} == before
