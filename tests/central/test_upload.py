"""Uploads: every document is stored, answered for once, and none holds up the others."""

from __future__ import annotations

import gzip
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from central import applying as applying_module
from central.apply import kinds
from central.apply.booking import Booking
from central.cases import list_cases
from central.overdue import find_overdue
from central.tables.inbox import document, private_part, rejected
from central.tables.ledgers import stock_level
from pos_app.domain.canonical import canonical
from pos_app.domain.document import chain_hash
from tests.support.central_payloads import return_, sale, shift_open
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till, enrolled
from tests.support.central_world import SHOES

pytestmark = pytest.mark.both_databases


def _level(server: CentralServer, store: int = 1) -> int:
    with server.central.database.reading() as connection:
        query = select(stock_level.c.quantity).where(
            stock_level.c.store == store, stock_level.c.product == SHOES
        )
        return int(connection.execute(query).scalar_one())


def _count(server: CentralServer, table: Any) -> int:
    with server.central.database.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(table)) or 0)


def _cases(server: CentralServer) -> list[str]:
    with server.central.database.reading() as connection:
        return [case["code"] for case in list_cases(connection)]


def _statuses(results: list[dict[str, Any]]) -> list[str]:
    return [result["status"] for result in results]


def _start(till: Till) -> list[Item]:
    return [till.document("epoch_start", {}), till.document("app_start", {})]


def test_documents_are_applied_once(server: CentralServer, till: Till) -> None:
    items = [*_start(till), till.document("sale", sale(till, pieces=2))]
    answer = till.upload(*items).json()
    assert _statuses(answer["results"]) == ["applied"] * 3
    assert (answer["stored_through"], answer["applied_through"]) == (3, 3)
    assert answer["incarnation"] == "a" * 32
    assert _level(server) == 18_000


def test_a_second_delivery_is_answered_with_the_first_result(server: CentralServer, till: Till) -> None:
    items = [*_start(till), till.document("sale", sale(till))]
    till.upload(*items)
    again = till.results(*items)
    assert [(one["status"], one["first"]) for one in again] == [("duplicate", "applied")] * 3
    assert [one["hash"] for one in again] == [item["hash"] for item in items]
    assert _level(server) == 19_000


def test_one_document_that_breaks_does_not_hold_up_the_others(server: CentralServer, till: Till) -> None:
    broken = sale(till)
    broken["total"] = 1
    items = [*_start(till), till.document("sale", broken), till.document("sale", sale(till))]
    results = till.results(*items)
    assert _statuses(results) == ["applied", "applied", "quarantined", "applied"]
    assert results[2]["codes"] == ["BROKEN_INVARIANT"]
    assert _level(server) == 19_000


@pytest.mark.expects_log("central", "a bug is planted and told in the log")
def test_a_bug_in_one_of_two_hundred_quarantines_that_one(
    server: CentralServer, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    def buggy(booking: Booking) -> None:
        booking.move_stock(SHOES, -999_000, "bug")
        if booking.envelope.seq == 100:
            raise ZeroDivisionError

    monkeypatch.setattr(applying_module, "KINDS", {**kinds.KINDS, "drawer_open": buggy})
    items = [till.document("drawer_open", {"reason": "change"}) for _ in range(200)]
    statuses = _statuses(till.results(*items))
    assert statuses.count("applied") == 199
    assert statuses[99] == "quarantined"
    assert _level(server) == 20_000 - 199 * 999_000


def test_a_kind_that_is_not_known_is_stored_and_quarantined(server: CentralServer, till: Till) -> None:
    items = [*_start(till), till.document("teleport", {}), till.document("sale", sale(till))]
    results = till.results(*items)
    assert [(one["status"], one["codes"]) for one in results[2:]] == [
        ("quarantined", ["UNKNOWN_KIND"]),
        ("applied", []),
    ]


def test_a_newer_schema_is_quarantined(till: Till) -> None:
    result = till.results(till.document("sale", sale(till), schema=2))[0]
    assert (result["status"], result["codes"]) == ("quarantined", ["UNKNOWN_SCHEMA"])


def test_a_body_that_is_not_canonical_is_kept_and_quarantined(server: CentralServer, till: Till) -> None:
    item = till.document("epoch_start", {})
    body = json.dumps(json.loads(item["body"])).encode()
    first = bytes.fromhex(json.loads(body)["prev_hash"])
    item["body"], made = body.decode(), chain_hash(first, body)
    item["hash"], item["signature"] = made.hex(), till.key.sign(b"quay-sig-1\0" + made).hex()
    result = till.results(item)[0]
    assert (result["status"], result["codes"]) == ("quarantined", ["NOT_A_DOCUMENT"])
    assert _count(server, document) == 1


def test_the_same_id_with_another_body_is_a_conflict_and_both_are_kept(
    server: CentralServer, till: Till
) -> None:
    first = till.document("epoch_start", {})
    till.upload(first)
    second = till.document("app_start", {}, doc_id=first["doc_id"])
    result = till.results(second)[0]
    assert (result["status"], result["codes"]) == ("conflict", ["CONFLICT"])
    assert (_count(server, document), _count(server, rejected)) == (1, 1)
    assert "DOCUMENT_REJECTED" in _cases(server)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("hash", "00" * 32, "HASH_MISMATCH"),
        ("signature", "00" * 64, "BAD_SIGNATURE"),
        ("seq", 7, "ITEM_DISAGREES"),
        ("doc_id", "01a1f3d4-f500-7116-a393-64007ade500e", "ITEM_DISAGREES"),
    ],
)
def test_items_that_do_not_prove_themselves_are_kept_and_applied_never(
    server: CentralServer, till: Till, field: str, value: object, code: str
) -> None:
    bad = {**till.document("epoch_start", {}), field: value}
    good = till.document("app_start", {})
    results = till.results(bad, good)
    assert [(one["status"], one["codes"]) for one in results] == [("conflict", [code]), ("applied", [])]
    assert _count(server, rejected) == 1
    assert _statuses(till.results(bad)) == ["conflict"]
    assert _count(server, rejected) == 1


def test_another_tenants_document_is_a_conflict(till: Till) -> None:
    till.answer["tenant"] = "01a1e4bd-63b7-7838-93c5-f38938430857"
    assert till.results(till.document("epoch_start", {}))[0]["codes"] == ["FOREIGN_TILL"]


def test_a_gap_is_stored_applied_and_closed_later(server: CentralServer, till: Till) -> None:
    first, second, third = (till.document("sale", sale(till)) for _ in range(3))
    answer = till.upload(first, third).json()
    assert _statuses(answer["results"]) == ["applied", "applied"]
    assert (answer["stored_through"], answer["applied_through"]) == (1, 1)
    answer = till.upload(second).json()
    assert (answer["stored_through"], answer["applied_through"]) == (3, 3)
    assert _level(server) == 17_000
    assert _cases(server) == []


def test_a_return_waits_for_its_sale_of_another_till(server: CentralServer, till: Till) -> None:
    other = Till.enrol(server, store=2)
    sold = till.document("sale", sale(till))
    back = other.document("return", return_(other, sold["doc_id"]), depends_on=(sold["doc_id"],))
    result = other.results(back)[0]
    assert (result["status"], result["missing"]) == ("parked", [sold["doc_id"]])
    assert _level(server, store=2) == 3_000
    till.upload(sold)
    assert _level(server, store=2) == 4_000
    assert other.results(back)[0]["first"] == "applied"


def test_a_return_waits_for_an_own_sale_that_a_gap_hides(till: Till) -> None:
    sold = till.document("sale", sale(till))
    back = till.document("return", return_(till, sold["doc_id"]))
    assert _statuses(till.results(back)) == ["parked"]
    till.upload(sold)
    assert till.results(back)[0]["first"] == "applied"


def test_a_dependency_may_be_named_by_its_receipt_code(server: CentralServer, till: Till) -> None:
    other = Till.enrol(server, store=2)
    sold = till.document("sale", sale(till))
    fence = f"{till.id}/1/1#{sold['hash'][:20]}"
    back = other.document("return", return_(other, sold["doc_id"]), depends_on=(fence,))
    assert _statuses(other.results(back)) == ["parked"]
    till.upload(sold)
    assert other.results(back)[0]["first"] == "applied"


def test_a_document_of_a_till_that_is_not_known_is_parked(server: CentralServer, till: Till) -> None:
    stranger = Till(till.server, till.key, till.seal_key, {**till.answer}, prev_hash=bytes(32))
    stranger.answer["till"] = "01a1f3d4-f500-7116-a393-64007ade500e"
    item = stranger.document("epoch_start", {})
    result = till.results(item)[0]
    assert (result["status"], result["missing"]) == ("parked", [f"key/{stranger.id}/1"])


def test_any_till_may_carry_documents_of_another(server: CentralServer, till: Till) -> None:
    other = Till.enrol(server, store=2)
    item = till.document("sale", sale(till))
    assert _statuses(other.results(item)) == ["applied"]
    assert _level(server, store=1) == 19_000


def test_documents_of_a_retired_epoch_are_taken_for_ever(server: CentralServer, till: Till) -> None:
    item = till.document("sale", sale(till))
    Till.enrol(server)
    answer = till.upload(item).json()
    assert _statuses(answer["results"]) == ["applied"]
    assert answer["directives"] == [{"directive": "new_epoch", "epoch": 1}]


@pytest.mark.expects_log("central", "central dies here")
def test_what_was_stored_before_central_died_is_applied_at_the_next_start(
    server: CentralServer, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = till.document("sale", sale(till))
    with monkeypatch.context() as patch:
        patch.setattr("central.group_booking.GroupBooking._apply", lambda *_: 1 / 0)
        assert till.upload(item).status_code == 500
    assert _level(server) == 20_000
    server.ingest.resume()
    assert _level(server) == 19_000
    assert till.results(item)[0]["first"] == "applied"


@pytest.mark.expects_log("central", "central dies here")
def test_what_was_stored_before_central_died_is_applied_when_it_is_sent_again(
    server: CentralServer, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = till.document("sale", sale(till))
    with monkeypatch.context() as patch:
        patch.setattr("central.group_booking.GroupBooking._apply", lambda *_: 1 / 0)
        till.upload(item)
    assert till.results(item)[0]["status"] == "duplicate"
    assert _level(server) == 19_000


def test_training_is_stored_without_effects(server: CentralServer, till: Till) -> None:
    item = till.document("sale", sale(till), training=True)
    assert _statuses(till.results(item)) == ["applied"]
    assert _level(server) == 20_000


@pytest.mark.usefixtures("several_callers")
def test_the_same_batch_twice_at_once_is_booked_once(server: CentralServer, till: Till) -> None:
    items = [till.document("sale", sale(till)) for _ in range(5)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: till.results(*items), range(2)))
    statuses = sorted({one["status"] for one in answer} for answer in answers)
    assert sorted(map(sorted, statuses)) == [["applied"], ["duplicate"]]
    assert _level(server) == 15_000


def test_what_waits_three_days_gets_a_case(server: CentralServer, till: Till) -> None:
    missing = "01a1f3d4-f500-7116-a393-64007ade500e"
    till.document("app_start", {})
    till.upload(till.document("return", return_(till, missing), depends_on=(missing,)))
    till.upload(till.document("app_start", {}))
    server.clock.advance(hours=73)
    with server.central.database.writing() as connection:
        assert len(find_overdue(connection, server.clock())) == 2
        assert len(find_overdue(connection, server.clock())) == 2
    assert sorted(_cases(server)) == ["GAP_TOO_LONG", "PARKED_TOO_LONG"]


# --- private parts ----------------------------------------------------------------------------
def _customer(till: Till) -> Item:
    payload = {"customer": "01a1e4bd-63b7-7000-8000-0000000000aa", "fields": ["name", "phone"]}
    return till.document("customer_create", payload, private={"name": "Lê Thị Mai", "phone": "0912345678"})


def test_a_private_part_is_stored_and_makes_the_customer(till: Till) -> None:
    result = till.results(_customer(till))[0]
    assert (result["status"], result["private"]) == ("applied", "stored")
    body = till.pull("customers")[0]["01a1e4bd-63b7-7000-8000-0000000000aa"][1]
    assert (body["name"], body["last3"], len(body["tag"])) == ("Mai L.", "678", 16)


def test_a_missing_private_part_may_come_later(till: Till) -> None:
    item = _customer(till)
    bare = {name: value for name, value in item.items() if name not in ("private", "salt")}
    assert till.results(bare)[0]["private"] == "missing"
    result = till.results(item)[0]
    assert (result["status"], result["private"]) == ("duplicate", "stored")
    assert "01a1e4bd-63b7-7000-8000-0000000000aa" in till.pull("customers")[0]


def test_another_private_part_is_a_mismatch_and_is_kept_apart(server: CentralServer, till: Till) -> None:
    item = {**_customer(till), "private": canonical({"name": "Kẻ Gian"}).decode()}
    result = till.results(item)[0]
    assert (result["status"], result["private"]) == ("applied", "mismatch")
    with server.central.database.reading() as connection:
        assert connection.execute(select(private_part.c.bytes)).scalar_one() is None
    assert _count(server, rejected) == 1


# --- limits -----------------------------------------------------------------------------------
def test_a_gzip_bomb_is_refused(till: Till) -> None:
    bomb = gzip.compress(b" " * (64 << 20))
    assert len(bomb) < 1 << 20
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    answer = till.send("POST", till.server.url + "/v1/documents", bomb, headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_more_than_a_mebibyte_is_refused_before_it_is_read(till: Till) -> None:
    headers = {"Content-Type": "application/json"}
    answer = till.send("POST", till.server.url + "/v1/documents", b"x" * ((1 << 20) + 1), headers)
    assert answer.status_code == 413


def test_more_than_two_hundred_documents_are_refused(till: Till) -> None:
    items = [till.document("app_start", {}) for _ in range(201)]
    assert till.upload(*items).status_code in (413, 422)


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Content-Type": "text/plain"}, 415, "unsupported_media_type"),
        ({"Content-Type": "application/json", "Content-Encoding": "br"}, 415, "unsupported_encoding"),
        ({"Content-Type": "application/json", "Content-Encoding": "gzip"}, 400, "bad_gzip"),
        ({"Content-Type": "application/json"}, 400, "bad_json"),
    ],
)
def test_other_forms_are_refused(till: Till, headers: dict[str, str], status: int, code: str) -> None:
    answer = till.send("POST", till.server.url + "/v1/documents", b"{nonsense", headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_when_nobody_more_is_admitted_a_batch_is_told_to_come_again(tmp_path: Path) -> None:
    with enrolled(tmp_path, port=False, batches_at_once=0, batches_in_line=0) as server:
        till = Till.known(server)
        answer = till.upload(till.document("epoch_start", {}))
    assert (answer.status_code, answer.json()["code"]) == (429, "too_busy")
    assert answer.headers["retry-after"] == "2"


def test_shift_documents_are_applied(till: Till) -> None:
    assert _statuses(till.results(till.document("shift_open", shift_open()))) == ["applied"]
