"""Online checks and claims: one yes for one thing, given back by document, release or time (protocol §9)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from central.revoking import revoke_till
from central.tables.claims import check_count, claim
from central.tables.orders import order
from central.tables.vouchers import revocation, voucher
from pos_app.domain.ids import uuid7
from tests.support.central_payloads import PRICE, handover, return_, sale, sale_with_voucher
from tests.support.central_server import CentralServer
from tests.support.central_till import Cheat, Till
from tests.support.central_world import HOA, NOW, ORDER, VOUCHER

pytestmark = pytest.mark.both_databases
THRICE, CARD = "3333333333333333333", "4444444444444444444"


@pytest.fixture(autouse=True)
def more_vouchers(server: CentralServer) -> None:
    common: dict[str, Any] = {"key_id": 2, "valid_until": date(2026, 12, 31), "issued_at": NOW}
    rows = [
        {"serial": THRICE, "code": "3", "campaign": 7, "kind": "amount", "value": 50_000, "max_uses": 3},
        {"serial": CARD, "code": "4", "campaign": 8, "kind": "stored", "value": 500_000, "max_uses": 0},
    ]
    with server.central.database.writing() as connection:
        connection.execute(insert(voucher), [{**common, **row, "short_code": ""} for row in rows])


@pytest.fixture
def other(server: CentralServer, till: Till) -> Till:
    return Till.enrol(server, store=2)


def fresh(till: Till) -> str:
    return uuid7(till.server.clock())


def ask(till: Till, kind: str, key: str, quantity: int = 1, doc_id: str | None = None) -> dict[str, Any]:
    words = {"kind": kind, "key": key, "quantity": quantity, "doc_id": doc_id or fresh(till)}
    answer = till.post("/v1/checks", words)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def release(till: Till, key: str, doc_id: str) -> int:
    answer = till.post("/v1/claims/release", {"key": key, "doc_id": doc_id})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["released"])


def test_a_voucher_of_one_use_is_given_to_one_document(till: Till, other: Till) -> None:
    mine = ask(till, "voucher", VOUCHER)
    theirs = ask(other, "voucher", VOUCHER)

    assert mine["verdict"] == "ok"
    assert mine["claim_until"] == "2026-11-22T03:10:00Z"
    assert (theirs["verdict"], theirs["holder"], "claim_until" in theirs) == ("used", "NT01", False)


def test_asking_again_for_the_same_document_is_the_same_claim_with_a_new_time(
    server: CentralServer, till: Till
) -> None:
    doc_id = fresh(till)
    ask(till, "voucher", VOUCHER, doc_id=doc_id)
    server.clock.advance(minutes=4)

    again = ask(till, "voucher", VOUCHER, doc_id=doc_id)

    assert (again["verdict"], again["claim_until"]) == ("ok", "2026-11-22T03:14:00Z")


def test_three_uses_are_three_claims_and_no_fourth(till: Till, other: Till) -> None:
    words = [ask(one, "voucher", THRICE)["verdict"] for one in (till, other, till, other)]
    assert words == ["ok", "ok", "ok", "used"]


def test_the_document_takes_the_place_of_its_claim(till: Till, other: Till) -> None:
    doc_id = fresh(till)
    ask(till, "voucher", THRICE, doc_id=doc_id)
    till.results(till.document("sale", sale_with_voucher(till, THRICE), doc_id=doc_id))

    assert ask(other, "voucher", THRICE, quantity=0)["balance"] == 2


def test_a_used_voucher_says_where_it_was_used(till: Till, other: Till) -> None:
    till.results(till.document("sale", sale_with_voucher(till, VOUCHER)))
    answer = ask(other, "voucher", VOUCHER)
    assert (answer["verdict"], answer["holder"]) == ("used", "NT01")


def test_a_released_claim_is_free_for_the_next(till: Till, other: Till) -> None:
    doc_id = fresh(till)
    ask(till, "voucher", VOUCHER, doc_id=doc_id)

    assert release(other, VOUCHER, doc_id) == 0, "only the till that asked may release"
    assert release(till, VOUCHER, doc_id) == 1
    assert release(till, VOUCHER, doc_id) == 0
    assert ask(other, "voucher", VOUCHER)["verdict"] == "ok"


def test_an_unused_claim_ends_after_ten_minutes(server: CentralServer, till: Till, other: Till) -> None:
    ask(till, "voucher", VOUCHER)
    server.clock.advance(minutes=9, seconds=59)
    assert ask(other, "voucher", VOUCHER)["verdict"] == "used"
    server.clock.advance(seconds=1)
    assert ask(other, "voucher", VOUCHER)["verdict"] == "ok"


def test_unknown_revoked_and_used_are_three_answers(server: CentralServer, till: Till) -> None:
    with server.central.database.writing() as connection:
        row = {"key": f"code/{THRICE}", "at": NOW, "reason": "lost"}
        connection.execute(insert(revocation), row)
    till.results(till.document("sale", sale_with_voucher(till, VOUCHER)))

    words = [ask(till, "voucher", key)["verdict"] for key in ("999", THRICE, VOUCHER)]

    assert words == ["unknown", "revoked", "used"]


def test_a_gift_card_pays_what_is_on_it_beside_the_claims_of_others(till: Till, other: Till) -> None:
    assert ask(till, "voucher", CARD, 300_000)["verdict"] == "ok"
    refused = ask(other, "voucher", CARD, 300_000)
    assert (refused["verdict"], refused["balance"]) == ("insufficient", 200_000)
    assert ask(other, "voucher", CARD, 200_000)["verdict"] == "ok"


def test_a_gift_card_that_paid_has_less_on_it_and_too_much_is_our_loss(till: Till) -> None:
    def paid(amount: int) -> dict[str, Any]:
        rest = PRICE - amount
        tenders = [
            {"no": 1, "kind": "stored_value", "amount": amount, "reference": CARD},
            {"no": 2, "kind": "cash", "amount": rest, "tendered": rest, "change": 0},
        ]
        return till.document("sale", sale(till, tenders=tenders))

    (fine,) = till.results(paid(400_000))
    assert (fine["status"], ask(till, "voucher", CARD, 0)["balance"]) == ("applied", 100_000)

    (over,) = till.results(paid(300_000))
    assert over["codes"] == ["VOUCHER_NEGATIVE"]
    assert ask(till, "voucher", CARD, 1)["verdict"] == "insufficient"


def test_points_are_bounded_by_the_balance(till: Till, other: Till) -> None:
    assert ask(till, "points", HOA, 200)["verdict"] == "ok"
    refused = ask(other, "points", HOA, 100)
    assert (refused["verdict"], refused["balance"]) == ("insufficient", 40)
    assert ask(other, "points", fresh(till), 1)["verdict"] == "unknown"


def test_store_credit_of_another_till_is_named_by_its_number(till: Till, other: Till) -> None:
    sold = till.document("sale", sale(till))
    payload = return_(till, sold["doc_id"], kind="store_credit")
    back = till.document("return", payload)
    till.results(sold, back)

    answer = ask(other, "credit", payload["receipt_no"], PRICE)

    assert (answer["verdict"], answer["key"]) == ("ok", back["doc_id"])
    assert ask(till, "credit", back["doc_id"], 1)["verdict"] == "insufficient"


def test_an_order_is_handed_over_by_one_till_at_a_time(till: Till, other: Till) -> None:
    doc_id = fresh(till)
    assert ask(till, "handover", str(ORDER), 2000, doc_id)["verdict"] == "ok"
    assert ask(other, "handover", "MN-48207", 2000)["verdict"] == "used"

    till.results(till.document("handover", handover(till), doc_id=doc_id))
    done = ask(other, "handover", str(ORDER), 2000)
    assert (done["verdict"], done["holder"]) == ("used", "NT01")


def test_a_cancelled_order_says_so(server: CentralServer, till: Till) -> None:
    with server.central.database.writing() as connection:
        connection.execute(update(order).where(order.c.order == ORDER).values(cancelled_at=NOW))
    assert ask(till, "handover", str(ORDER), 2000)["verdict"] == "cancelled"


def test_goods_come_back_at_one_till_at_a_time(till: Till, other: Till) -> None:
    sold = till.document("sale", sale(till))
    till.results(sold)
    assert ask(till, "return", sold["doc_id"], 1000)["verdict"] == "ok"
    assert ask(other, "return", sold["doc_id"], 1000)["verdict"] == "used"

    till.results(till.document("return", return_(till, sold["doc_id"])))
    answer = ask(other, "return", sold["doc_id"], 1000)
    assert (answer["verdict"], answer["holder"]) == ("used", "NT01")


@pytest.mark.usefixtures("several_callers")
def test_two_workers_say_yes_once(server: CentralServer, till: Till, other: Till, tmp_path: Path) -> None:
    with CentralServer(tmp_path, port=False, threads=True) as second:
        second.clock = server.clock
        elsewhere = Till(second, other.key, other.seal_key, other.answer)
        with ThreadPoolExecutor(8) as pool:
            askers = [till, elsewhere] * 8
            words = list(pool.map(lambda one: ask(one, "voucher", THRICE)["verdict"], askers))
    assert (words.count("ok"), words.count("used")) == (3, 13)


def test_a_till_that_guesses_is_told_to_wait(server: CentralServer, till: Till) -> None:
    for serial in range(30):
        ask(till, "voucher", str(serial))
    words = {"kind": "voucher", "key": VOUCHER, "quantity": 1, "doc_id": fresh(till)}
    refused = till.post("/v1/checks", words)
    assert (refused.status_code, refused.json()["code"]) == (429, "too_busy")

    server.clock.advance(minutes=10)
    assert ask(till, "voucher", VOUCHER)["verdict"] == "ok"


def test_a_till_cannot_claim_the_whole_shop(server: CentralServer, till: Till) -> None:
    for _ in range(100):
        ask(till, "points", HOA, 1)
    words = {"kind": "points", "key": HOA, "quantity": 1, "doc_id": fresh(till)}
    assert till.post("/v1/checks", words).json()["code"] == "too_many_claims"


def test_every_answer_is_counted(server: CentralServer, till: Till) -> None:
    for key in (VOUCHER, VOUCHER, "999"):
        ask(till, "voucher", key, quantity=0)
    with server.central.database.reading() as connection:
        rows = connection.execute(select(check_count.c.verdict, check_count.c.number)).all()
    assert sorted(tuple(row) for row in rows) == [("ok", 2), ("unknown", 1)]


def test_a_till_of_a_retired_epoch_must_enrol_again(server: CentralServer, till: Till) -> None:
    with server.central.database.writing() as connection:
        revoke_till(connection, server.central.keys, till.id, "stolen", NOW)
    words = {"kind": "voucher", "key": VOUCHER, "quantity": 1, "doc_id": fresh(till)}
    assert till.post("/v1/checks", words).status_code == 403


def test_a_claim_nobody_used_leaves_no_row_behind(server: CentralServer, till: Till) -> None:
    ask(till, "voucher", THRICE)
    server.clock.advance(minutes=10)
    ask(till, "voucher", THRICE)
    with server.central.database.reading() as connection:
        assert len(connection.execute(select(claim)).all()) == 1


def test_another_chains_key_is_nobody_here(till: Till) -> None:
    words = {"kind": "voucher", "key": VOUCHER, "quantity": 1, "doc_id": fresh(till)}
    stranger = f"{uuid7(NOW)}.1.1"
    assert till.post("/v1/checks", words, Cheat(keyid=stranger)).json()["code"] == "unknown_till"
