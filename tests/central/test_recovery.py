"""What was lost comes back: own documents, sealed exports, what revoked tills leave, a restored central."""

from __future__ import annotations

import gzip
import json
import secrets
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select, update

from central.case_actions import TAKE_IN
from central.case_closing import close_case
from central.cases import list_cases
from central.restoring import BackupTooOld, mark_restored
from central.revoking import revoke_till
from central.tables.inbox import document
from central.tables.tenant import policy
from pos_app.domain.sealing import seal
from tests.support.admin_calls import Shop
from tests.support.central_server import CentralServer
from tests.support.central_till import Cheat, Item, Till

pytestmark = pytest.mark.both_databases


def drawer(till: Till, **more: Any) -> Item:
    return till.document("drawer_open", {"reason": "change"}, **more)


def own(till: Till, epoch: int = 1, first: int = 1) -> dict[str, Any]:
    url = f"{till.server.url}/v1/documents?epoch={epoch}&from={first}"
    answer = till.send("GET", url, b"", {})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def stored(server: CentralServer) -> int:
    with server.central.database.reading() as connection:
        return int(connection.scalar(select(func.count()).select_from(document)) or 0)


# --- GET /v1/documents --------------------------------------------------------------------------
def test_a_till_gets_its_own_documents_back_byte_for_byte(till: Till) -> None:
    sent = [drawer(till), till.document("customer_create", _customer(), private={"name": "Hoa"})]
    till.results(*sent)
    page = own(till)
    assert page["items"] == sent
    assert [one["status"] for one in page["results"]] == ["duplicate", "duplicate"]
    assert "next" not in page


def test_own_documents_come_in_pages(till: Till) -> None:
    till.results(*(drawer(till) for _ in range(150)))
    first = own(till)
    assert (len(first["items"]), first["next"]) == (100, 101)
    second = own(till, first=first["next"])
    assert [one["seq"] for one in second["items"]] == list(range(101, 151))


def test_no_till_gets_the_documents_of_another(till: Till, server: CentralServer) -> None:
    till.results(drawer(till))
    other = Till.enrol(server, number=2)
    assert own(other)["items"] == []


def test_an_epoch_that_cannot_be_is_refused(till: Till) -> None:
    url = f"{till.server.url}/v1/documents?epoch=0&from=1"
    assert till.send("GET", url, b"", {}).status_code == 422


# --- POST /v1/imports ---------------------------------------------------------------------------
def sealed(till: Till, *items: Item) -> dict[str, Any]:
    content = gzip.compress(json.dumps({"items": items}).encode())
    box = seal(content, bytes.fromhex(till.answer["recovery_key"]), "export", till.id)
    return {"tenant": till.answer["tenant"], "till": till.id, "box": box.hex()}


def test_an_export_that_another_till_carries_is_booked(till: Till, server: CentralServer) -> None:
    carrier = Till.enrol(server, number=2)
    words = sealed(till, drawer(till), drawer(till))
    answer = carrier.post("/v1/imports", words)
    assert [one["status"] for one in answer.json()["results"]] == ["applied", "applied"]


def test_an_export_imported_twice_and_uploaded_too_counts_once(till: Till, server: CentralServer) -> None:
    items = [drawer(till), drawer(till)]
    till.post("/v1/imports", sealed(till, *items))
    again = till.post("/v1/imports", sealed(till, *items)).json()["results"]
    assert [one["status"] for one in again] == ["duplicate", "duplicate"]
    assert [one["status"] for one in till.results(*items)] == ["duplicate", "duplicate"]
    assert stored(server) == 2


@pytest.mark.parametrize("change", ["box", "till"])
def test_a_box_that_is_not_ours_is_refused(till: Till, server: CentralServer, change: str) -> None:
    words = sealed(till, drawer(till))
    words[change] = secrets.token_hex(200) if change == "box" else Till.enrol(server, number=2).id
    answer = till.post("/v1/imports", words)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_box")


def test_a_forged_document_in_a_true_box_is_a_conflict(till: Till) -> None:
    forged = {**drawer(till), "signature": Ed25519PrivateKey.generate().sign(b"x").hex()}
    answer = till.post("/v1/imports", sealed(till, forged))
    assert [one["status"] for one in answer.json()["results"]] == ["conflict"]


# --- POST /v1/salvage ---------------------------------------------------------------------------
def revoke(server: CentralServer, till: Till) -> None:
    with server.central.database.writing() as connection:
        revoke_till(connection, server.central.keys, till.id, "lost", server.clock())


def test_a_revoked_till_may_leave_its_documents_and_nothing_is_applied(
    till: Till, server: CentralServer
) -> None:
    items = [drawer(till), drawer(till)]
    revoke(server, till)
    assert till.upload(*items).status_code == 403
    answer = till.post("/v1/salvage", {"items": items}, pack=True)
    assert (answer.status_code, answer.json()["kept"]) == (200, 2)
    assert stored(server) == 0


def test_salvage_is_applied_once_when_its_case_is_closed_so(till: Till, server: CentralServer) -> None:
    items = [drawer(till), drawer(till)]
    revoke(server, till)
    case_id = till.post("/v1/salvage", {"items": items}).json()["case"]
    till.post("/v1/salvage", {"items": items})
    assert server.ingest.take_released() == 0
    with server.central.database.writing() as connection:
        close_case(connection, server.central.keys, case_id, TAKE_IN, 12, "checked", server.clock())
    assert server.ingest.take_released() == 2
    assert server.ingest.take_released() == 0
    with server.central.database.reading() as connection:
        mine = select(func.count()).select_from(document).where(document.c.till == till.id)
        assert connection.scalar(mine) == 2


def test_salvage_is_applied_at_once_when_a_shops_system_closes_its_case(
    till: Till, server: CentralServer
) -> None:
    item = drawer(till)
    revoke(server, till)
    case_id = till.post("/v1/salvage", {"items": [item]}).json()["case"]
    words = {"action": TAKE_IN, "by": 12, "note": "checked"}
    assert Shop.of(server).post(f"/cases/{case_id}/close", words).status_code == 200
    assert stored(server) == 1 + 1, "the document, and the decision"
    assert server.ingest.take_released() == 0


def test_a_till_in_good_order_has_nothing_to_salvage(till: Till) -> None:
    answer = till.post("/v1/salvage", {"items": [drawer(till)]})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_revoked")


def test_salvage_needs_the_revoked_tills_own_signature(till: Till, server: CentralServer) -> None:
    revoke(server, till)
    cheat = Cheat(key=Ed25519PrivateKey.generate())
    assert till.post("/v1/salvage", {"items": []}, cheat).status_code == 401


# --- a restored central -------------------------------------------------------------------------
def restored(server: CentralServer, *, accept_gap: bool = False) -> Any:
    with server.central.database.writing() as connection:
        return mark_restored(connection, server.clock(), accept_gap=accept_gap)


def test_a_restore_changes_the_incarnation_and_asks_each_till_again(
    till: Till, server: CentralServer
) -> None:
    till.results(drawer(till), drawer(till))
    before = till.hello().json()["incarnation"]
    made = restored(server)
    drawer(till)  # acknowledged by the central that was, not known to this one
    server.clock.advance(seconds=15)
    answer = till.hello().json()
    assert answer["incarnation"] == made.incarnation != before
    asked = {one["epoch"]: one for one in answer["directives"]}
    assert asked[1] == {
        "directive": "rewind", "epoch": 1, "from_seq": 3, "incarnation": made.incarnation,
    }  # fmt: skip


def test_a_till_that_has_sent_everything_again_is_asked_no_more(till: Till, server: CentralServer) -> None:
    till.results(drawer(till))
    restored(server)
    lost = drawer(till)
    server.clock.advance(seconds=15)
    assert 1 in {one["epoch"] for one in till.hello().json()["directives"]}
    till.results(lost)
    server.clock.advance(seconds=15)
    assert 1 not in {one["epoch"] for one in till.hello().json()["directives"]}


def test_every_feed_is_fetched_anew_after_a_restore(till: Till, server: CentralServer) -> None:
    _, page = till.pull("catalogue")
    restored(server)
    assert till.feed("catalogue", page["next"]).status_code == 410


def test_a_backup_older_than_what_tills_keep_is_refused(till: Till, server: CentralServer) -> None:
    till.results(drawer(till))
    server.clock.advance(days=91)
    with pytest.raises(BackupTooOld):
        restored(server)


def test_an_accepted_gap_is_a_case_for_each_till(till: Till, server: CentralServer) -> None:
    till.results(drawer(till))
    server.clock.advance(days=91)
    made = restored(server, accept_gap=True)
    assert made.cases == made.tills == 1
    with server.central.database.reading() as connection:
        cases = [one for one in list_cases(connection) if one["code"] == "RESTORE_GAP"]
    assert [one["facts"]["from"] for one in cases] == [[[1, 2], [2, 1]]]


def test_the_shortest_retention_of_any_till_counts(till: Till, server: CentralServer) -> None:
    till.results(drawer(till))
    with server.central.database.writing() as connection:
        short = {"journal_retention": int(timedelta(days=10).total_seconds())}
        connection.execute(update(policy).where(policy.c.level == "store").values(body=short))
    server.clock.advance(days=11)
    with pytest.raises(BackupTooOld):
        restored(server)


def _customer() -> dict[str, Any]:
    return {"customer": "01a1e4bd-63b7-7000-8000-0000000000aa", "fields": ["name"]}
