"""A till that a restored central does not know shows its certificate (protocol §4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, update

from central.cases import list_cases
from central.presenting import confirm
from central.revoking import revoke_till
from central.tables.inbox import document
from central.tables.tills import epoch, till, till_key
from tests.support.central_server import CentralServer
from tests.support.central_till import Cheat, Till, enrolled

pytestmark = pytest.mark.both_databases


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CentralServer]:
    with enrolled(tmp_path, port=False) as running:
        yield running


@pytest.fixture
def known(server: CentralServer) -> Till:
    return Till.known(server)


@pytest.fixture
def lost(server: CentralServer, known: Till) -> Till:
    """The backup was made before this till was enrolled."""
    with server.central.database.writing() as connection:
        for table, column in ((till_key, till_key.c.till), (epoch, epoch.c.till), (till, till.c.id)):
            connection.execute(delete(table).where(column == known.id))
    return known


def shown(one: Till, cheat: Cheat | None = None, **change: Any) -> Any:
    return one.post("/v1/tills", {"certificate": one.answer["certificate"] | change}, cheat)


def codes(server: CentralServer) -> list[str]:
    with server.central.database.reading() as connection:
        return [one["code"] for one in list_cases(connection)]


def test_an_unknown_till_is_told_so_and_known_after_its_certificate(lost: Till) -> None:
    refused = lost.hello()
    assert (refused.status_code, refused.json()["code"]) == (401, "unknown_till")
    assert shown(lost).status_code == 200
    assert lost.hello().status_code == 200


def test_what_it_brings_is_booked_at_once(lost: Till) -> None:
    shown(lost)
    (result,) = lost.results(lost.document("drawer_open", {"reason": "x"}))
    assert result["status"] == "applied"


def test_what_was_acknowledged_before_the_restore_is_asked_for_again(
    server: CentralServer, known: Till
) -> None:
    known.upload(known.document("app_start", {}), known.document("app_start", {}))
    with server.central.database.writing() as connection:
        for table in (till_key, epoch):
            connection.execute(delete(table).where(table.c.till == known.id))
        for column in (till.c.id, document.c.till):
            connection.execute(delete(column.table).where(column == known.id))
    shown(known)
    (order,) = known.hello().json()["directives"]
    assert (order["directive"], order["epoch"], order["from_seq"]) == ("rewind", known.epoch, 1)


def test_what_came_by_another_way_is_applied_when_its_key_is_known(server: CentralServer, lost: Till) -> None:
    item = lost.document("drawer_open", {"reason": "x"})
    other = Till.enrol(server, number=2)
    assert other.results(item)[0]["status"] == "parked"
    shown(lost)
    (again,) = lost.results(item)
    assert (again["status"], again["first"]) == ("duplicate", "applied")


def test_it_is_told_of_people_only_after_a_managers_yes(server: CentralServer, lost: Till) -> None:
    shown(lost)
    heads = lost.hello().json()["feeds"]
    assert not {"customers", "orders", "sales", "staff"} & set(heads)
    assert {"catalogue", "policy", "keyset"} <= set(heads)
    assert lost.feed("sales").status_code == 403  # receipts carry short names
    refused = lost.feed("customers")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_confirmed")
    url = f"{server.url}/v1/lookup?receipt=NT01-000001"
    assert lost.send("GET", url, b"", {}).json()["code"] == "not_confirmed"
    with server.central.database.writing() as connection:
        confirm(connection, server.central.keys, lost.id)
    assert lost.feed("customers").status_code == 200
    assert lost.pull("staff")[0]
    assert codes(server) == ["TILL_PRESENTED"]


def test_it_is_given_a_spare_epoch_again(lost: Till) -> None:
    shown(lost)
    assert lost.hello().json()["spare"]["epoch"] == lost.epoch + 1


def test_showing_it_again_changes_nothing(server: CentralServer, known: Till) -> None:
    assert shown(known).status_code == 200
    assert "customers" in known.hello().json()["feeds"]
    assert codes(server) == []


def test_a_certificate_that_central_did_not_sign_is_refused(lost: Till) -> None:
    refused = shown(lost, till_number=9)
    assert (refused.status_code, refused.json()["code"]) == (401, "bad_certificate")


def test_a_certificate_in_other_hands_is_refused(lost: Till, server: CentralServer) -> None:
    thief = Till.enrol(server, number=2)
    assert shown(lost, Cheat(key=thief.key)).status_code == 401
    assert lost.hello().status_code == 401


def test_a_number_that_was_given_to_another_till_meanwhile_is_a_case(
    server: CentralServer, lost: Till
) -> None:
    Till.enrol(server, number=1)
    refused = shown(lost)
    assert (refused.status_code, refused.json()["code"]) == (409, "place_taken")
    assert codes(server) == ["TILL_NOT_PLACED"]


def test_an_epoch_that_was_begun_anew_meanwhile_is_a_case(server: CentralServer, known: Till) -> None:
    with server.central.database.writing() as connection:
        connection.execute(delete(till_key).where(till_key.c.till == known.id))
        connection.execute(update(epoch).where(epoch.c.till == known.id).values(nonce="00" * 32))
    assert shown(known).json()["code"] == "epoch_taken"
    assert codes(server) == ["TILL_NOT_PLACED"]


def test_a_revoked_till_is_told_so_instead(server: CentralServer, known: Till) -> None:
    with server.central.database.writing() as connection:
        revoke_till(connection, server.central.keys, known.id, "lost", server.clock())
    refused = shown(known)
    assert refused.status_code == 403
    assert refused.json()["entry"]["till"] == known.id


def test_feeds_that_twice_did_not_add_up_at_a_till_are_a_case(server: CentralServer, known: Till) -> None:
    """Fault 45."""
    head = {"epoch": 1, "seq": 0, "hash": known.prev_hash.hex()}
    words = {
        "head": head, "keyset_version": 1, "health": {"mismatched": ["catalogue"]},
        "clock": known.clock(), "app": "test",
    }  # fmt: skip
    for _ in range(2):
        assert known.post("/v1/hello", words).status_code == 200
    with server.central.database.reading() as connection:
        (case,) = list_cases(connection)
    assert (case["code"], case["till"], case["facts"]) == (
        "FEED_MISMATCH", known.id, {"feeds": ["catalogue"]},
    )  # fmt: skip
    assert replace(known).hello().status_code == 200
