"""§10 a: a single-use voucher offline at two stores; stored value below nothing."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert

from central.tables.vouchers import voucher
from tests.support.central_books import close, losses, outcome, the_case
from tests.support.central_payloads import PRICE, return_, sale, sale_with_voucher
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till
from tests.support.central_world import VOUCHER

pytestmark = pytest.mark.both_databases

CARD = "3333333333333333333"


def _card(server: CentralServer, value: int) -> None:
    with server.central.database.writing() as connection:
        row = {"serial": CARD, "code": "QX1C", "short_code": "", "key_id": 2, "campaign": 205, "value": value}
        row |= {"kind": "stored", "valid_until": date(2027, 12, 31), "max_uses": 0}
        connection.execute(insert(voucher), {**row, "issued_at": server.clock()})


def _by_card(till: Till, amount: int) -> Item:
    rest = PRICE - amount
    tenders = [{"no": 1, "kind": "stored_value", "amount": amount, "reference": CARD}]
    if rest:
        tenders.append({"no": 2, "kind": "cash", "amount": rest})
    return till.document("sale", sale(till, tenders=tenders))


def test_the_second_use_is_booked_flagged_and_our_loss(
    server: CentralServer, till: Till, other: Till
) -> None:
    assert outcome(till, till.document("sale", sale_with_voucher(till, VOUCHER))) == ("applied", [])
    second = other.document("sale", sale_with_voucher(other, VOUCHER))
    assert outcome(other, second) == ("applied_flagged", ["VOUCHER_OVERUSED"])
    assert losses(server) == {"voucher_loss": 50_000}
    assert till.pull("revocations")[0][f"code/{VOUCHER}"][1]["reason"] == "used"


def test_the_case_names_amounts_people_tills_and_what_allowed_it(
    server: CentralServer, till: Till, other: Till
) -> None:
    till.upload(till.document("sale", sale_with_voucher(till, VOUCHER)))
    other.upload(other.document("sale", sale_with_voucher(other, VOUCHER), as_of={"policy": 3}))
    case = the_case(server)
    (flag,) = case["facts"]["flags"]
    assert (case["store"], case["till"], case["facts"]["staff"]) == (2, other.id, 11)
    assert (case["facts"]["connectivity"], case["facts"]["allowed_under"]["policy"]) == ("offline", 3)
    assert (flag["amount"], flag["allowed_by"]) == (50_000, "policy")
    (first,) = flag["used_before"]
    assert (first["store"], first["till"], first["receipt_no"]) == (1, till.id, "NT01-000001")


def test_money_that_was_got_back_leaves_the_loss_account(
    server: CentralServer, till: Till, other: Till
) -> None:
    till.upload(till.document("sale", sale_with_voucher(till, VOUCHER)))
    other.upload(other.document("sale", sale_with_voucher(other, VOUCHER)))
    close(server, "collect", "the customer came back")
    assert losses(server) == {"voucher_loss": 0}


def test_stored_value_goes_below_nothing_and_is_blocked(
    server: CentralServer, till: Till, other: Till
) -> None:
    _card(server, 500_000)
    assert outcome(till, _by_card(till, 400_000)) == ("applied", [])
    assert outcome(other, _by_card(other, 400_000)) == ("applied_flagged", ["VOUCHER_NEGATIVE"])
    assert losses(server) == {"voucher_loss": 300_000}
    assert till.pull("revocations")[0][f"code/{CARD}"][1]["reason"] == "negative"


def test_a_card_that_is_filled_again_is_no_longer_blocked(
    server: CentralServer, till: Till, other: Till
) -> None:
    _card(server, 500_000)
    first, second = _by_card(till, 400_000), _by_card(other, PRICE)
    till.upload(first)
    other.upload(second)
    back = other.document("return", return_(other, second["doc_id"], kind="stored_value"))
    assert outcome(other, back) == ("applied", [])
    assert f"code/{CARD}" not in till.pull("revocations")[0]


def test_a_voucher_counts_again_when_the_whole_sale_came_back_the_same_day(till: Till) -> None:
    sold = till.document("sale", sale_with_voucher(till, VOUCHER))
    payload = return_(till, sold["doc_id"])
    payload["lines"][0].update(amount=-550_000, vat=-40_741)
    payload["refunds"][0]["amount"] = payload["total"] = -550_000
    till.upload(sold, till.document("return", payload))
    again = till.document("sale", sale_with_voucher(till, VOUCHER))
    assert outcome(till, again) == ("applied", [])


def test_a_voucher_counts_again_when_the_sale_was_voided(till: Till) -> None:
    sold = till.document("sale", sale_with_voucher(till, VOUCHER))
    void = {
        "receipt_no": till.receipt_no(), "business_date": "2026-11-22", "of": sold["doc_id"],
        "reason": "wrong_goods", "tenders": [{"no": 1, "kind": "cash", "amount": -550_000}], "points": [],
        "approvals": [{"right": "sale.void", "by": 12, "method": "pin", "what": ""}],
    }  # fmt: skip
    till.upload(sold, till.document("void", void))
    assert f"code/{VOUCHER}" not in till.pull("revocations")[0]
    assert outcome(till, till.document("sale", sale_with_voucher(till, VOUCHER))) == ("applied", [])
