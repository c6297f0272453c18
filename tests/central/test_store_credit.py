"""The ledger of store credit: two tills, late documents, and money that goes back where it came from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from central.tables.ledgers import credit_entry, loss_entry
from tests.support.central_payloads import PRICE, return_, sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Till


def balance(server: CentralServer, account: str) -> int:
    with server.central.database.reading() as connection:
        total = select(func.sum(credit_entry.c.amount)).where(credit_entry.c.account == account)
        return int(connection.scalar(total) or 0)


def losses(server: CentralServer) -> list[tuple[str, int]]:
    with server.central.database.reading() as connection:
        rows = connection.execute(select(loss_entry.c.reason, loss_entry.c.amount))
        return [(str(reason), int(amount)) for reason, amount in rows]


def credit_of(till: Till) -> tuple[dict[str, Any], dict[str, Any]]:
    """A sale, and the return of it that gives store credit."""
    sold = till.document("sale", sale(till))
    return sold, till.document("return", return_(till, sold["doc_id"], kind="store_credit"))


def spending(till: Till, account: str, amount: int = PRICE) -> dict[str, Any]:
    tenders: list[dict[str, Any]] = [
        {"no": 1, "kind": "store_credit", "amount": amount, "reference": account}
    ]
    if amount < PRICE:
        rest = PRICE - amount
        tenders.append({"no": 2, "kind": "cash", "amount": rest, "tendered": rest, "change": 0})
    return till.document("sale", sale(till, tenders=tenders), depends_on=(account,))


def test_the_same_credit_at_two_tills_is_flagged_once_and_is_our_loss(
    server: CentralServer, till: Till
) -> None:
    other = Till.enrol(server, store=2)
    sold, back = credit_of(till)
    till.upload(sold, back, spending(till, back["doc_id"], 400_000))
    (late,) = other.results(spending(other, back["doc_id"], 400_000))

    assert (late["status"], late["codes"]) == ("applied_flagged", ["CREDIT_OVERDRAWN"])
    assert balance(server, back["doc_id"]) == PRICE - 800_000
    assert losses(server) == [("credit_loss", 800_000 - PRICE)]


def test_what_is_left_on_a_credit_pays_later_without_a_flag(server: CentralServer, till: Till) -> None:
    sold, back = credit_of(till)
    first, second = spending(till, back["doc_id"], 200_000), spending(till, back["doc_id"], 300_000)

    assert [one["status"] for one in till.results(sold, back, first, second)] == ["applied"] * 4
    assert balance(server, back["doc_id"]) == PRICE - 500_000


def test_spending_sent_twice_is_booked_once(server: CentralServer, till: Till) -> None:
    sold, back = credit_of(till)
    spent = spending(till, back["doc_id"], 200_000)
    till.upload(sold, back, spent)
    (again,) = till.results(spent)

    assert again["status"] == "duplicate"
    assert balance(server, back["doc_id"]) == PRICE - 200_000


def test_spending_that_arrives_before_its_return_waits_for_it(server: CentralServer, till: Till) -> None:
    other = Till.enrol(server, store=2)
    sold, back = credit_of(till)
    (early,) = other.results(spending(other, back["doc_id"]))
    assert (early["status"], early["missing"]) == ("parked", [back["doc_id"]])

    till.upload(sold, back)
    assert balance(server, back["doc_id"]) == 0
    assert losses(server) == []


def test_a_sale_paid_by_credit_gives_it_back_to_the_same_account(server: CentralServer, till: Till) -> None:
    sold, back = credit_of(till)
    bought = spending(till, back["doc_id"])
    refund = {"kind": "store_credit", "amount": -PRICE, "original_tender": 1, "reference": back["doc_id"]}
    payload = return_(till, bought["doc_id"], kind="store_credit") | {"refunds": [refund]}
    again = till.document("return", payload)

    assert [one["status"] for one in till.results(sold, back, bought, again)] == ["applied"] * 4
    assert (balance(server, back["doc_id"]), balance(server, again["doc_id"])) == (PRICE, 0)
