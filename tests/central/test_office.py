"""The office journal and the closing of cases: a person decides, a document books it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, select

from central.case_closing import CaseClosed, StillQuarantined
from central.errors import Unprocessable
from central.keys import TenantKeys
from central.main import main
from central.office import Decision, office_of, write
from central.reapplying import reapply
from central.tables.inbox import document
from central.tables.money import cash_entry, shift
from central.tables.tenant import tenant
from pos_app.domain.document import DocumentKind, verify_hash
from pos_app.domain.signing import public_key_of
from tests.support.central_books import (
    MANAGER,
    cases,
    close,
    losses,
    outcome,
    proof,
    stored_outcome,
    the_case,
)
from tests.support.central_payloads import sale, sale_with_voucher, shift_close, shift_open
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till
from tests.support.central_world import HOA, SHOES, VOUCHER

pytestmark = pytest.mark.both_databases


def _decide(server: CentralServer, kind: DocumentKind, payload: dict[str, Any]) -> str:
    with server.central.database.writing() as connection:
        decision = Decision(kind, payload, MANAGER)
        doc_id, found = write(connection, server.central.keys, decision, server.clock())
        assert found.booked, found.note
        return doc_id


def _adjust(server: CentralServer, delta: int = 10) -> str:
    payload = {"customer": HOA, "delta": delta, "reason": "complaint", "approvals": []}
    return _decide(server, DocumentKind.POINTS_ADJUST, payload)


def _journal(server: CentralServer) -> list[Row[Any]]:
    with server.central.database.reading() as connection:
        mine = document.c.till == office_of(connection)
        return list(connection.execute(select(document).where(mine).order_by(document.c.seq)))


def _used_twice(till: Till, other: Till) -> None:
    till.upload(till.document("sale", sale_with_voucher(till, VOUCHER)))
    other.upload(other.document("sale", sale_with_voucher(other, VOUCHER)))


@pytest.fixture
def other(server: CentralServer) -> Till:
    return Till.enrol(server, store=2)


# --- the journal ------------------------------------------------------------------------------
def test_its_documents_are_chained_and_signed_with_centrals_own_key(server: CentralServer) -> None:
    _adjust(server)
    _adjust(server)
    first, second = _journal(server)
    assert (first.seq, second.seq, bytes(second.prev_hash)) == (1, 2, bytes(first.hash))
    public = public_key_of(server.central.keys.office)
    assert all(verify_hash(public, bytes(row.hash), bytes(row.signature)) for row in (first, second))
    assert proof(server).is_sound


def test_points_are_adjusted_at_central(server: CentralServer, till: Till) -> None:
    _adjust(server, 15)
    assert till.pull("customers")[0][HOA][1]["balance"] == 255


def test_a_shift_is_verified_at_central(server: CentralServer, till: Till) -> None:
    till.shift = 1
    items = [till.document("shift_open", shift_open()), till.document("sale", sale(till))]
    closing = till.document("shift_close", shift_close(items, 1_600_000, 1_300_000))
    till.upload(*items, closing)
    _decide(server, DocumentKind.SHIFT_VERIFY, {"of": closing["doc_id"], "note": "recounted"})
    with server.central.database.reading() as connection:
        row = connection.execute(select(shift)).one()
    assert (row.state, row.verified_by) == ("verified", MANAGER)


def test_the_office_sells_nothing(server: CentralServer) -> None:
    with pytest.raises(ValueError, match="does not write"):
        _decide(server, DocumentKind.SALE, {})


def test_a_restored_central_goes_on_in_a_new_epoch(server: CentralServer) -> None:
    _adjust(server)
    with server.central.database.writing() as connection:
        connection.execute(tenant.update().values(incarnation="b" * 32))
    _adjust(server)
    assert [(row.epoch, row.seq) for row in _journal(server)] == [(1, 1), (2, 1)]
    assert proof(server).is_sound


def test_a_key_file_from_before_gets_the_office_key_and_keeps_it(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    made = TenantKeys.create(path)
    body = json.loads(path.read_text("utf-8"))
    del body["office"]
    path.write_text(json.dumps(body), "utf-8")
    loaded = TenantKeys.load(path)
    assert (loaded.root, loaded.office) == (made.root, TenantKeys.load(path).office)
    assert path.stat().st_mode & 0o077 == 0


def test_a_till_cannot_resolve_a_case(server: CentralServer, till: Till, other: Till) -> None:
    _used_twice(till, other)
    payload = {"case": the_case(server)["id"], "action": "ignore", "note": "nothing happened"}
    forged = till.document("case_resolution", payload)
    assert outcome(till, forged) == ("quarantined", ["BROKEN_INVARIANT"])


# --- closing ----------------------------------------------------------------------------------
def test_a_case_is_closed_by_a_document(server: CentralServer, till: Till, other: Till) -> None:
    _used_twice(till, other)
    case = the_case(server)
    made = close(server, "accept_loss", "agreed")
    assert cases(server) == []
    (resolution,) = _journal(server)
    payload = json.loads(bytes(resolution.body))["payload"]
    assert (resolution.doc_id, payload["case"], payload["action"]) == (made, case["id"], "accept_loss")


def test_a_closed_case_stays_closed(server: CentralServer, till: Till, other: Till) -> None:
    _used_twice(till, other)
    case = the_case(server)["id"]
    close(server, "accept_loss")
    with pytest.raises(CaseClosed):
        close(server, "collect", case=case)
    assert losses(server) == {"voucher_loss": 50_000}


def test_an_action_of_another_case_is_refused(server: CentralServer, till: Till, other: Till) -> None:
    _used_twice(till, other)
    with pytest.raises(Unprocessable):
        close(server, "correct_points")


def test_ignoring_needs_a_reason(server: CentralServer, till: Till, other: Till) -> None:
    _used_twice(till, other)
    with pytest.raises(Unprocessable):
        close(server, "ignore", "  ")
    assert len(cases(server)) == 1


def test_stores_see_their_cases_open_and_closed(server: CentralServer, till: Till, other: Till) -> None:
    _used_twice(till, other)
    case = the_case(server)["id"]
    opened = other.pull("cases")[0][case][1]
    assert (opened["code"], opened["actions"]) == ("VOUCHER_OVERUSED", ["accept_loss", "collect", "ignore"])
    assert till.pull("cases")[0] == {}
    close(server, "accept_loss")
    closed = other.pull("cases")[0][case][1]
    assert (closed["closed_by"], closed["action"], closed["actions"]) == (MANAGER, "accept_loss", [])


# --- what was held back -----------------------------------------------------------------------
def _broken(till: Till) -> Item:
    return till.document("sale", sale(till) | {"total": 1})


def test_a_broken_document_cannot_be_applied_again(server: CentralServer, till: Till) -> None:
    till.upload(_broken(till))
    with pytest.raises(StillQuarantined):
        close(server, "reapply")
    assert the_case(server)["actions"] == ["reapply", "release"]


def test_a_released_document_is_evidence_without_effects(server: CentralServer, till: Till) -> None:
    broken = _broken(till)
    till.upload(broken)
    close(server, "release", "booked by hand")
    assert stored_outcome(server, broken) == ("applied_flagged", ["RELEASED"])
    assert till.pull("results")[0][broken["doc_id"]][1]["status"] == "applied_flagged"
    assert till.pull("stock")[0][SHOES][1]["quantity"] == 20_000
    assert till.upload().json()["applied_through"] == 1
    assert proof(server).is_sound


def test_what_waited_for_a_released_document_is_applied(server: CentralServer, till: Till) -> None:
    broken = _broken(till)
    after = till.document("app_start", {}, depends_on=(broken["doc_id"],))
    assert outcome(till, broken, after) == ("parked", [])
    close(server, "release")
    assert stored_outcome(server, after) == ("applied", [])


# --- command line -----------------------------------------------------------------------------
def _run(server: CentralServer, *words: str) -> int:
    folder = ("--data", str(server.folder), "--database", server.settings.database_url)
    return main([*folder, *words])


def test_what_was_booked_meanwhile_is_not_booked_again_by_closing_its_case(
    server: CentralServer, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    money = {"amount": 100_000, "reason": "change"}
    with monkeypatch.context() as older:
        older.setattr("central.applying.KINDS", {})
        till.upload(till.document("cash_in", money))
    with server.central.database.writing() as connection:
        assert len(reapply(connection, server.central.keys, server.clock())) == 1
    close(server, "reapply")
    with server.central.database.reading() as connection:
        assert list(connection.scalars(select(cash_entry.c.amount))) == [100_000]


def test_cases_are_listed_and_closed_from_the_command_line(
    server: CentralServer, till: Till, other: Till, capsys: pytest.CaptureFixture[str]
) -> None:
    _used_twice(till, other)
    assert _run(server, "cases", "list") == 0
    case = json.loads(capsys.readouterr().out)["id"]
    assert _run(server, "cases", "close", case, "correct_points", "--by", "12") == 1
    assert json.loads(capsys.readouterr().out)["code"] == "action_not_allowed"
    assert _run(server, "cases", "close", case, "accept_loss", "--by", "12", "--note", "agreed") == 0
    assert cases(server) == []
