"""What becomes of documents after their till was answered: applied later, after an update, or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from central.apply.kinds import KINDS
from central.applying import Applying
from central.overdue import find_overdue
from central.reapplying import reapply
from central.retention import end_items
from tests.support.central_books import close, outcome, stored_outcome, the_case
from tests.support.central_payloads import return_, sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till
from tests.support.central_world import SHOES

pytestmark = pytest.mark.both_databases


def _told(till: Till, item: Item) -> tuple[str, list[str]]:
    body = till.pull("results")[0][item["doc_id"]][1]
    return body["status"], body["codes"]


def _overdue(server: CentralServer) -> list[str]:
    with server.central.database.writing() as connection:
        return find_overdue(connection, server.clock())


def test_a_return_that_waited_for_its_sale_is_told_when_it_is_applied(
    server: CentralServer, till: Till
) -> None:
    other = Till.enrol(server, store=2)
    sold = till.document("sale", sale(till))
    back = other.document("return", return_(other, sold["doc_id"]))
    assert outcome(other, back) == ("parked", [])
    till.upload(sold)
    assert _told(other, back) == ("applied", [])
    assert till.pull("results")[0] == {}


def test_an_original_named_by_its_fence_is_waited_for(server: CentralServer, till: Till) -> None:
    other = Till.enrol(server, store=2)
    sold = till.document("sale", sale(till))
    fence = f"{till.id}/1/1#{sold['hash'][:20]}"
    payload = return_(other, sold["doc_id"]) | {"original": {"source": "code"}}
    back = other.document("return", payload, depends_on=(fence,))
    assert other.results(back)[0]["missing"] == [fence]
    till.upload(sold)
    assert _told(other, back) == ("applied", [])


# --- newer tills ------------------------------------------------------------------------------
def test_a_kind_that_an_update_brings_is_applied_and_told(
    server: CentralServer, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = till.document("stock_count", {"lines": [{"product": SHOES, "expected": 5, "counted": 4}]})
    with monkeypatch.context() as before:
        before.delitem(KINDS, "stock_count")  # type: ignore[arg-type]
        assert outcome(till, counted) == ("quarantined", ["UNKNOWN_KIND"])
    server.ingest.resume()
    assert _told(till, counted) == ("applied", [])
    assert till.pull("stock")[0][SHOES][1]["quantity"] == 19_999
    assert till.upload().json()["applied_through"] == 1


def test_its_case_is_closed_by_a_person(
    server: CentralServer, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.delitem(KINDS, "stock_count")  # type: ignore[arg-type]
        till.upload(till.document("stock_count", {"lines": []}))
    server.ingest.resume()
    assert the_case(server)["code"] == "UNKNOWN_KIND"
    close(server, "reapply")


def test_what_is_still_not_understood_is_left_alone(server: CentralServer, till: Till) -> None:
    newer = till.document("sale", sale(till), schema=9)
    assert outcome(till, newer) == ("quarantined", ["UNKNOWN_SCHEMA"])
    with server.central.database.writing() as connection:
        assert reapply(connection, server.central.keys, server.clock()) == []
    assert till.pull("results")[0] == {}


# --- a central that died ----------------------------------------------------------------------
def test_a_server_killed_between_inbox_and_apply_tells_the_outcome_by_the_feed(
    server: CentralServer, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    sold = till.document("sale", sale(till))
    with monkeypatch.context() as dying:
        dying.setattr(Applying, "run", _die)
        with pytest.raises(SystemExit):
            server.ingest.receive(*_batch(server, till, sold))
    server.ingest.resume()
    assert _told(till, sold) == ("applied", [])
    assert till.results(sold)[0]["status"] == "duplicate"


def _die(*_anything: object, **_more: object) -> None:
    raise SystemExit


def _batch(server: CentralServer, till: Till, item: Item) -> tuple[object, object]:
    from central.auth import Caller
    from sync.messages import DocumentsRequest

    caller = Caller(till.id, 1, 1, 1, "active", False, int(server.clock().timestamp()))
    return caller, DocumentsRequest.model_validate(till.batch(item))


# --- waiting too long -------------------------------------------------------------------------
def test_what_waits_in_vain_is_released_by_a_person(server: CentralServer, till: Till) -> None:
    lost = till.clone().document("sale", sale(till))
    back = till.document("return", return_(till, lost["doc_id"]))
    assert outcome(till, back) == ("parked", [])
    server.clock.advance(hours=73)
    assert len(_overdue(server)) == 1
    assert the_case(server)["code"] == "PARKED_TOO_LONG"
    close(server, "release", "the other till was stolen")
    assert stored_outcome(server, back) == ("applied", [])
    assert _told(till, back) == ("applied", [])
    assert _overdue(server) == []


def test_a_gap_that_a_person_has_closed_is_not_asked_about_again(server: CentralServer, till: Till) -> None:
    till.document("app_start", {})
    till.upload(till.document("app_start", {}))
    server.clock.advance(hours=73)
    _overdue(server)
    assert the_case(server)["code"] == "GAP_TOO_LONG"
    close(server, "ignore", "the disk is gone")
    assert _overdue(server) == []


def test_a_case_is_never_closed_by_time(server: CentralServer, till: Till) -> None:
    till.upload(till.document("sale", sale(till) | {"total": 1}))
    server.clock.advance(days=400)
    _overdue(server)
    assert the_case(server)["code"] == "BROKEN_INVARIANT"


def test_thirty_days_apart_and_then_everything_is_in_once(server: CentralServer, till: Till) -> None:
    items = []
    for _ in range(30):
        items.append(till.document("sale", sale(till)))
        server.clock.advance(days=1)
    assert {one["status"] for one in till.results(*items)} == {"applied"}
    server.clock.advance(days=30)
    assert {one["status"] for one in till.results(*items)} == {"duplicate"}
    assert till.pull("stock")[0][SHOES][1]["quantity"] == -10_000


# --- retention --------------------------------------------------------------------------------
def test_later_outcomes_leave_the_feed_when_no_till_remembers_them(server: CentralServer, till: Till) -> None:
    sold = till.document("sale", sale(till))
    back = till.document("return", return_(till, sold["doc_id"]))
    till.upload(back)
    till.upload(sold)
    till.upload(till.document("sale", sale(till) | {"total": 1}))
    close(server, "release")
    for days, held in ((89, 2), (2, 0)):
        server.clock.advance(days=days)
        with server.central.database.writing() as connection:
            end_items(connection, server.clock())
        assert (len(till.pull("results")[0]), len(till.pull("cases")[0])) == (held, held // 2)


def test_an_open_case_stays_in_the_feed(server: CentralServer, till: Till) -> None:
    till.upload(till.document("sale", sale(till) | {"total": 1}))
    with server.central.database.writing() as connection:
        end_items(connection, server.clock() + timedelta(days=400))
    assert len(till.pull("cases")[0]) == 1
