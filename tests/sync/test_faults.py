"""Faults between a real till and the real central: nothing lost, nothing twice, nothing runs hot."""

from __future__ import annotations

import gzip
import json
import re

import pytest

from central.feeds import new_handle
from pos_app.storage.journal import Recorded
from sync.client import Timeouts
from tests.support.central_server import CentralServer
from tests.support.hostile_server import (
    Heard,
    HostileServer,
    Reply,
    answer,
    drip,
    forward,
    hang_up,
    hostile_server,
    only,
    silence,
)
from tests.support.line_faults import between, put_in, stored, through, uploaded
from tests.support.real_till import RealTill


def test_an_answer_that_is_lost_after_the_commit_counts_once(till: RealTill, central: CentralServer) -> None:
    till.note(4)
    till.put_in(50_000)
    with between(central) as proxy:
        proxy.script = through(central, forward(central.url, answer_bytes=0), 1)
        far = till.at(proxy.url)
        first = far.engine.run_once()
        assert (stored(central), till.unsent) == (5, 5)
        assert first.reason == "network"
        assert first.is_online  # hello came through
        assert far.engine.run_once().sent == 5
    assert (stored(central), till.unsent) == (5, 0)
    assert put_in(central) == [50_000]


@pytest.mark.parametrize("answer_bytes", [1, 60, 250, 400])
@pytest.mark.expects_log("urllib3", "the answer is cut in its headers")
def test_half_an_answer_is_none(till: RealTill, central: CentralServer, answer_bytes: int) -> None:
    till.note(4)
    with between(central) as proxy:
        proxy.script = through(central, forward(central.url, answer_bytes=answer_bytes), 1)
        far = till.at(proxy.url)
        assert far.engine.run_once().sent == 0
        assert till.unsent == 4
        far.engine.run_once()
    assert (stored(central), till.unsent) == (4, 0)


def test_a_request_that_is_cut_off_is_repeated(till: RealTill, central: CentralServer) -> None:
    till.note(4)
    with between(central) as proxy:
        proxy.script = through(central, forward(central.url, request_bytes=100), 1)
        far = till.at(proxy.url)
        assert far.engine.run_once().sent == 0
        assert stored(central) == 0
        far.engine.run_once()
    assert (stored(central), till.unsent) == (4, 0)


@pytest.mark.parametrize(
    "fault",
    [
        answer(b"<html>Log in</html>", kind="text/html"),
        answer(b'{"code":"x"}', "500 Internal Server Error"),
        answer(b"", "302 Found", "text/html", "Location: http://127.0.0.1:1/"),
        answer(b'{"results":[', "200 OK"),
        answer(b'{"results":[],"stored_through":9,"applied_through":9,"server_time":"x","incarnation":"i"}'),
        hang_up,
    ],
)
def test_nothing_but_a_result_removes_a_document(
    till: RealTill, central: CentralServer, fault: Reply
) -> None:
    till.note(2)
    with between(central) as proxy:
        proxy.script = [fault]
        far = till.at(proxy.url)
        for _ in range(4):
            assert far.engine.run_once().sent == 0
    assert (stored(central), till.unsent) == (0, 2)


def test_a_turn_with_empty_results_does_not_run_hot(till: RealTill, central: CentralServer) -> None:
    till.note(30)
    empty = b'{"results":[],"stored_through":0,"applied_through":0,"server_time":"x","incarnation":"i"}'
    with between(central) as proxy:
        proxy.script = [only("/v1/documents", answer(empty), forward(central.url))]
        report = till.at(proxy.url).engine.run_once()
        uploads = [heard for heard in proxy.heard if heard.path == "/v1/documents"]
    assert report.sent == 0
    assert len(uploads) <= 2
    assert report.next_in_s >= 10


def test_offline_is_told_and_waits_longer_each_time(till: RealTill) -> None:
    with hostile_server(hang_up) as nobody:
        far = till.at(nobody.url)
        waits = [far.engine.run_once() for _ in range(3)]
    assert [report.next_in_s for report in waits] == [1, 2, 4]
    assert {report.reason for report in waits} == {"network"}
    assert till.link["state"] == "offline"


@pytest.mark.parametrize("kind", ["silent", "dripping"])
def test_a_server_that_hangs_costs_its_deadline_and_no_more(till: RealTill, kind: str) -> None:
    till.note(1)
    with hostile_server() as server:
        slow = (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n" + b" " * 9999
        )
        server.script = [silence(server.stop) if kind == "silent" else drip(slow, 0.01, server.stop)]
        report = till.at(server.url, Timeouts(1.0, 0.3, 0.5)).engine.run_once()
    assert (report.is_online, report.reason) == (False, "timeout")
    assert till.unsent == 1


def test_a_busy_central_is_left_alone_as_long_as_it_asks(till: RealTill, central: CentralServer) -> None:
    till.note(3)
    with between(central) as proxy:
        busy = answer(b'{"code":"too_busy"}', "429 Too Many Requests", "application/json", "Retry-After: 40")
        proxy.script = through(central, busy, 1)
        far = till.at(proxy.url)
        report = far.engine.run_once()
        assert [heard.path for heard in proxy.heard] == ["/v1/documents"]
        assert report.next_in_s >= 40
        assert far.engine.run_once().sent == 3


def test_batches_grow_while_all_goes_well(till: RealTill, central: CentralServer) -> None:
    till.note(150)
    with between(central) as proxy:
        proxy.script = [forward(central.url)]
        assert till.at(proxy.url).engine.run_once().sent == 150
        assert [len(ids) for ids in uploaded(proxy)] == [20, 40, 80, 10]


def poisoned(central: CentralServer, poison: str) -> list[Reply]:
    """Central's worker dies whenever this document is in a batch."""
    fine = forward(central.url)

    def uploads(connection: object, heard: Heard) -> None:
        is_hit = poison.encode() in gzip.decompress(heard.body)
        (hang_up if is_hit else fine)(connection, heard)  # type: ignore[arg-type]

    return [only("/v1/documents", uploads, fine)]


@pytest.mark.expects_log("sync.push", "a document is held back")
def test_one_document_that_kills_central_does_not_hold_up_the_rest(
    till: RealTill, central: CentralServer
) -> None:
    made: list[Recorded] = till.note(12)
    poison = made[4].doc_id
    with between(central) as proxy:
        proxy.script = poisoned(central, poison)
        far = till.at(proxy.url)
        turns = 0
        while till.unsent > 1:
            far.engine.run_once()
            turns += 1
            assert turns < 15
        assert far.engine.run_once().suspects == (poison,)
        assert (stored(central), till.unsent) == (11, 1)
        before = len(uploaded(proxy))
        far.engine.run_once()
        assert len(uploaded(proxy)) == before  # hourly at most
        more = till.note(1)
        far.engine.run_once()
        assert uploaded(proxy)[-1] == [more[0].doc_id]
        skipped = json.loads(gzip.decompress(last_upload(proxy)))["skipped"]
        assert skipped == [{"epoch": 1, "seq": made[4].seq}]
        till.clock.pass_time(3601)
        central.clock.advance(seconds=3601)
        proxy.script = [forward(central.url)]
        assert far.engine.run_once().suspects == ()
    assert till.unsent == 0


def last_upload(proxy: HostileServer) -> bytes:
    return [heard.body for heard in proxy.heard if heard.path == "/v1/documents"][-1]


@pytest.mark.expects_log("sync.push", "a document is held back")
def test_a_document_that_central_refuses_alone_is_held_back_at_once(
    till: RealTill, central: CentralServer
) -> None:
    (made,) = till.note(1)
    with between(central) as proxy:
        proxy.script = through(central, answer(b'{"code":"unprocessable"}', "422 Unprocessable"), 1)
        report = till.at(proxy.url).engine.run_once()
    assert report.suspects == (made.doc_id,)
    assert till.unsent == 1


def test_a_result_for_another_hash_counts_for_nothing(till: RealTill, central: CentralServer) -> None:
    (made,) = till.note(1)
    with between(central) as proxy:
        other = made.hash.hex().translate(str.maketrans("0123456789abcdef", "123456789abcdef0"))
        swap = forward(
            central.url, change=lambda text: text.replace(made.hash.hex().encode(), other.encode())
        )
        proxy.script = through(central, swap, 1)
        far = till.at(proxy.url)
        assert far.engine.run_once().sent == 0
        assert till.unsent == 1
        assert far.engine.run_once().sent == 1


def test_retry_stays_and_is_tried_again_in_the_next_turn(till: RealTill, central: CentralServer) -> None:
    made = till.note(3)
    middle = made[1].doc_id

    def retry(text: bytes) -> bytes:
        head, _, body = text.partition(b"\r\n\r\n")
        told = json.loads(body)
        for one in told["results"]:
            if one["doc_id"] == middle:
                one["status"] = "retry"
        changed = json.dumps(told).encode()
        return (
            re.sub(rb"(?i)content-length: \d+", b"content-length: %d" % len(changed), head)
            + b"\r\n\r\n"
            + changed
        )

    with between(central) as proxy:
        proxy.script = through(central, forward(central.url, change=retry), 1)
        far = till.at(proxy.url)
        report = far.engine.run_once()
        assert (report.sent, till.unsent) == (2, 1)
        assert len(uploaded(proxy)) == 1
        far.engine.run_once()
        assert uploaded(proxy)[-1] == [middle]
    assert till.unsent == 0


def wrong_sum(text: bytes) -> bytes:
    return re.sub(rb'"checksum":"\d', b'"checksum":"x', text)


def test_a_feed_that_does_not_add_up_is_fetched_once_more_then_told(
    till: RealTill, central: CentralServer
) -> None:
    with between(central) as proxy:
        fine = forward(central.url)
        proxy.script = [only("/feeds/catalogue", forward(central.url, change=wrong_sum), fine)]
        far = till.at(proxy.url)
        report = far.engine.run_once()
        assert report.mismatched == ("catalogue",)
        assert "catalogue" not in report.changed
        assert "customers" in report.changed
        fetched = [heard for heard in proxy.heard if "/feeds/catalogue" in heard.path]
        assert len(fetched) == 2
        far.engine.run_once()
        assert len([heard for heard in proxy.heard if "/feeds/catalogue" in heard.path]) == 2
        proxy.script = [fine]
        till.clock.pass_time(3601)
        central.clock.advance(seconds=3601)
        assert far.engine.run_once().mismatched == ()
    assert till.side.feeds.cursor("catalogue") is not None


def test_an_interrupted_download_goes_on_where_it_stopped(till: RealTill, central: CentralServer) -> None:
    with between(central) as proxy:
        fine = forward(central.url)
        proxy.script = [only("/feeds/catalogue", hang_up, fine)]
        far = till.at(proxy.url)
        assert far.engine.run_once().reason == "network"
        held = {feed for feed in ("staff", "policy", "orders") if till.side.feeds.cursor(feed) is not None}
        assert held == {"staff", "policy", "orders"}
        proxy.script = [fine]
        assert "catalogue" in far.engine.run_once().changed


def test_a_new_handle_brings_the_whole_feed_again(till: RealTill, central: CentralServer) -> None:
    till.engine.run_once()
    with central.central.database.writing() as connection:
        new_handle(connection, "catalogue", "store/1")
    report = till.engine.run_once()
    assert report.changed == ("catalogue",)
    assert till.side.feeds.check("catalogue")


def test_a_document_made_during_a_download_goes_first(till: RealTill, central: CentralServer) -> None:
    with between(central) as proxy:
        fine = forward(central.url)

        def meanwhile(connection: object, heard: Heard) -> None:
            if not till.unsent:
                till.note(1)
            fine(connection, heard)  # type: ignore[arg-type]

        proxy.script = [only("/feeds/keyset", meanwhile, fine)]
        far = till.at(proxy.url)
        report = far.engine.run_once()
        assert report.next_in_s == 0
        proxy.heard.clear()
        far.engine.run_once()
        assert proxy.heard[0].path == "/v1/documents"
    assert till.unsent == 0


def test_a_till_that_never_stops_selling_gets_its_feeds_all_the_same(
    till: RealTill, central: CentralServer
) -> None:
    with between(central) as proxy:
        fine = forward(central.url)

        def meanwhile(connection: object, heard: Heard) -> None:
            till.note(1)
            fine(connection, heard)  # type: ignore[arg-type]

        proxy.script = [only("/feeds/", meanwhile, fine)]
        far = till.at(proxy.url)
        turns = [far.engine.run_once() for _ in range(3)]
        assert "catalogue" in {feed for report in turns for feed in report.changed}
