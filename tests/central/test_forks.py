"""Forks: three facts and nothing else, and nothing that such a till brings is lost (protocol §8)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from central.cases import list_cases
from central.markers import read
from central.tables.ledgers import stock_level
from central.tables.tills import epoch
from pos_app.domain.document import first_prev_hash
from tests.support.central_payloads import sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Cheat, Till, minutes
from tests.support.central_world import SHOES

pytestmark = pytest.mark.both_databases


def _level(server: CentralServer) -> int:
    with server.central.database.reading() as connection:
        query = select(stock_level.c.quantity).where(stock_level.c.store == 1, stock_level.c.product == SHOES)
        return int(connection.execute(query).scalar_one())


def _forked_at(server: CentralServer) -> int | None:
    with server.central.database.reading() as connection:
        return connection.execute(select(epoch.c.forked_at).where(epoch.c.epoch == 1)).scalar_one()


def _cases(server: CentralServer) -> list[str]:
    with server.central.database.reading() as connection:
        return [case["code"] for case in list_cases(connection)]


def test_a_second_document_on_one_fence_is_a_fork_and_is_booked(server: CentralServer, till: Till) -> None:
    till.upload(till.document("epoch_start", {}))
    twin = till.clone()
    till.upload(till.document("sale", sale(till)))
    answer = twin.upload(twin.document("sale", sale(twin, pieces=2))).json()
    assert answer["results"][0]["status"] == "fork"
    assert answer["directives"] == [{"directive": "new_epoch", "epoch": 1}]
    assert _level(server) == 17_000
    assert (_forked_at(server), _cases(server)) == (2, ["TILL_FORK"])


def test_a_broken_link_is_a_fork(server: CentralServer, till: Till) -> None:
    till.upload(till.document("epoch_start", {}))
    twin = till.clone()
    till.upload(till.document("app_start", {}))
    twin.document("sale", sale(twin))
    assert twin.results(twin.document("sale", sale(twin)))[0]["status"] == "fork"
    assert _cases(server) == ["TILL_FORK"]


def test_a_longer_branch_is_taken_whole(server: CentralServer, till: Till) -> None:
    till.upload(till.document("epoch_start", {}))
    twin = till.clone()
    till.upload(till.document("sale", sale(till)))
    branch = [twin.document("sale", sale(twin)) for _ in range(4)]
    assert [one["status"] for one in twin.results(*branch)] == ["fork"] * 4
    assert _level(server) == 15_000
    assert [one["status"] for one in twin.results(*branch)] == ["duplicate"] * 4


def test_the_marker_ends_before_the_fork_and_names_what_is_booked(server: CentralServer, till: Till) -> None:
    till.upload(till.document("epoch_start", {}))
    twin = till.clone()
    mine, theirs = till.document("sale", sale(till)), twin.document("sale", sale(twin))
    till.upload(mine)
    twin.upload(theirs)
    with server.central.database.reading() as connection:
        marker = read(connection, till.id, 1)
    assert (marker.through, marker.missing, marker.ids) == (1, set(), {mine["doc_id"], theirs["doc_id"]})


def test_a_later_request_with_a_lower_head_is_a_fork(server: CentralServer, till: Till) -> None:
    till.upload(*[till.document("app_start", {}) for _ in range(3)])
    server.clock.advance(seconds=10)
    answer = till.hello(seq=1)
    assert answer.json()["directives"] == [{"directive": "new_epoch", "epoch": 1}]
    assert (_forked_at(server), _cases(server)) == (2, ["TILL_FORK"])


def test_a_delayed_request_with_a_lower_head_proves_nothing(server: CentralServer, till: Till) -> None:
    till.upload(*[till.document("app_start", {}) for _ in range(3)])
    till.hello(Cheat(created=server.clock() - minutes(1)), seq=1)
    assert (_forked_at(server), _cases(server)) == (None, [])


def test_a_spare_epoch_retires_the_one_before(server: CentralServer, till: Till) -> None:
    spare = till.answer["spare"]
    fresh = till.clone()
    fresh.answer = {**till.answer, "epoch": spare["epoch"]}
    fresh.seq, fresh.prev_hash = 0, first_prev_hash(till.id, 2, bytes.fromhex(spare["nonce"]))
    assert fresh.results(fresh.document("epoch_start", {}))[0]["status"] == "applied"
    assert till.hello().json()["directives"] == [{"directive": "new_epoch", "epoch": 1}]
    assert fresh.hello().json()["spare"]["epoch"] == 3
    assert f"{till.id}/3/1" in fresh.pull("tills")[0]


def test_a_fork_seen_in_a_hello_ends_the_marker_too(server: CentralServer, till: Till) -> None:
    items = [till.document("app_start", {}) for _ in range(3)]
    till.upload(*items)
    server.clock.advance(seconds=10)
    till.hello(seq=1)
    with server.central.database.reading() as connection:
        marker = read(connection, till.id, 1)
    assert (marker.through, marker.ids) == (1, {item["doc_id"] for item in items[1:]})


def test_a_retired_epochs_documents_are_taken_by_id_for_ever(server: CentralServer, till: Till) -> None:
    till.upload(till.document("epoch_start", {}))
    late = [till.document("sale", sale(till)) for _ in range(2)]
    again = Till.enrol(server)
    answer = till.upload(late[1])  # its predecessor never came, its epoch is over
    assert (answer.status_code, answer.json()["results"][0]["status"]) == (200, "applied")
    assert answer.json()["directives"] == [{"directive": "new_epoch", "epoch": 1}]
    assert again.results(late[0])[0]["status"] == "applied"  # carried by the till's next life
    assert again.results(late[0], late[1])[0]["status"] == "duplicate"
    assert _level(server) == 18_000


def test_two_clones_that_only_say_hello_in_turn_are_one_new_epoch(server: CentralServer, till: Till) -> None:
    till.upload(*[till.document("app_start", {}) for _ in range(2)])
    twin = till.clone()
    for one in (till, twin, till, twin):
        server.clock.advance(seconds=15)
        assert one.hello().json()["directives"] == []  # the same head proves nothing
    item = till.document("sale", sale(till))
    till.upload(item)
    server.clock.advance(seconds=15)
    assert twin.hello().json()["directives"] == [{"directive": "new_epoch", "epoch": 1}]
    branch = twin.document("sale", sale(twin, pieces=2))
    assert twin.results(branch)[0]["status"] == "fork"
    again = Till.enrol(server)
    assert [one["status"] for one in again.results(item, branch)] == ["duplicate", "duplicate"]
    assert (_level(server), _cases(server)) == (17_000, ["TILL_FORK"])


def test_an_ended_epoch_is_told_to_the_other_tills(server: CentralServer, till: Till) -> None:
    again = Till.enrol(server)
    known = again.pull("tills")[0]
    assert "to" in known[f"{till.id}/1/1"][1]
    assert "to" not in known[f"{till.id}/{again.epoch}/1"][1]


def test_a_clock_anomaly_goes_into_a_report_and_asks_nobody(server: CentralServer, till: Till) -> None:
    told = {"what": "behind", "wall": "2016-11-14T09:00:00+07:00", "low": "2026-11-14T09:00:00+07:00"}
    result = till.results(till.document("clock_anomaly", told))[0]
    assert (result["status"], result["codes"]) == ("applied_flagged", ["CLOCK_ANOMALY"])
    assert result.get("case") is None


def test_a_branch_is_found_at_its_first_document_though_its_head_was_seen_before(
    server: CentralServer, till: Till
) -> None:
    till.upload(till.document("epoch_start", {}))
    twin = till.clone()
    till.upload(*[till.document("sale", sale(till)) for _ in range(3)])
    server.clock.advance(seconds=10)
    branch = twin.document("sale", sale(twin))
    assert twin.results(branch)[0]["status"] == "fork"  # the request's head, 2, was lower than 4
    assert _forked_at(server) == 2


def test_another_document_in_a_retired_epochs_place_is_a_fork_too(server: CentralServer, till: Till) -> None:
    twin = till.clone()
    till.upload(till.document("sale", sale(till)))
    Till.enrol(server)
    assert twin.results(twin.document("sale", sale(twin)))[0]["status"] == "fork"
    assert (_level(server), _cases(server)) == (18_000, ["TILL_FORK"])
