"""Faults of the line, row by row (21, 25, 28, 32–35, 40, 45): nothing lost, twice or running hot."""

from __future__ import annotations

import gzip
import json
import socket
import time
from collections.abc import Iterable
from typing import Any

import pytest

from central.cases import list_cases
from pos_app.domain.errors import Offline
from pos_app.domain.signing import signer
from pos_app.storage import download
from pos_app.storage.download import Download
from pos_app.storage.files import TillFiles
from pos_app.storage.journal import Draft
from pos_app.storage.outbox import Answer
from sync.client import CentralClient, RequestKey, Timeouts
from sync.messages import BATCH_BYTES, BATCH_BYTES_INFLATED, Clock, Head, Health, HelloRequest
from sync.server_clock import ServerClock
from tests.support.central_server import CentralServer
from tests.support.clocks import StillClock
from tests.support.hostile_server import Heard, Reply, answer, forward, hang_up, hostile_server, only
from tests.support.line_faults import UPLOAD, between, put_in, requests_of, stored, through, uploaded
from tests.support.real_till import DATABASE_KEY, RealTill, put_together

HOUR_S = 3601


def hello() -> HelloRequest:
    return HelloRequest(
        head=Head(epoch=1, seq=0, hash="00" * 32), keyset_version=1, health=Health(),
        clock=Clock(wall="2026-11-14T02:00:00+00:00", mono_ms=1, boot_id="b"), app="test",
    )  # fmt: skip


# --- 21: no route, no name ---
@pytest.mark.parametrize("trouble", [socket.gaierror(-3, "no name"), OSError(101, "no route")])
def test_no_route_and_no_name_are_offline_within_two_seconds(
    monkeypatch: pytest.MonkeyPatch, trouble: OSError
) -> None:
    def fails(*_args: object, **_more: object) -> Any:
        raise trouble

    monkeypatch.setattr(socket, "getaddrinfo", fails)
    key = RequestKey("0197a0b4-1111-7222-8333-444455556666.1.1", signer(bytes(32)))
    client = CentralClient("https://central.example", ServerClock(StillClock()), key)
    started = time.monotonic()
    with pytest.raises(Offline) as offline:
        client.hello(hello())
    assert offline.value.reason == "network"
    assert time.monotonic() - started < 2


# --- 25: the program ends between the answer and its marking ---
class Killed(Exception):
    """The program is gone."""


def test_a_program_that_ends_before_it_noted_the_answer_sends_again_and_counts_once(
    till: RealTill, central: CentralServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    till.note(4)
    till.put_in(50_000)

    def dies(_results: Iterable[Answer], _incarnation: str) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(till.side.outbox, "answered", dies)
        with pytest.raises(Killed):
            till.engine.run_once()
    assert (stored(central), till.unsent) == (5, 5)
    assert till.at(central.url).engine.run_once().sent == 5
    assert (stored(central), till.unsent) == (5, 0)
    assert put_in(central) == [50_000]


# --- 28: storms ---
@pytest.mark.parametrize("status", ["500 Oops", "502 Bad Gateway", "503 Unavailable", "504 Timeout"])
def test_a_storm_removes_nothing_and_is_waited_out_ever_longer(
    till: RealTill, central: CentralServer, status: str
) -> None:
    till.note(3)
    with between(central) as proxy:
        proxy.script = [answer(b"<html>oops</html>", status, "text/html")]
        far = till.at(proxy.url)
        waits = [far.engine.run_once().next_in_s for _ in range(10)]
        assert waits[:4] == [1, 2, 4, 8]
        assert waits[-1] == 150  # half of the longest
        assert till.unsent == 3
        proxy.script = [forward(central.url)]
        assert far.engine.run_once().sent == 3
    assert stored(central) == 3


# --- 32: proxies that mean well ---
def changed_on_the_way(central: CentralServer, change: str) -> Reply:
    fine = forward(central.url)

    def proxy(connection: Any, heard: Heard) -> None:
        if change == "headers":
            for name in ("Signature", "Signature-Input"):
                heard.headers.pop(name, None)
        elif heard.path == UPLOAD:
            heard.body = gzip.compress(gzip.decompress(heard.body), 1)
            heard.headers["Content-Length"] = str(len(heard.body))
        fine(connection, heard)

    return proxy


@pytest.mark.parametrize("change", ["headers", "packing"])
def test_a_proxy_that_changes_requests_is_an_alarm_and_no_loss(
    till: RealTill, central: CentralServer, change: str
) -> None:
    till.note(2)
    with between(central) as proxy:
        proxy.script = [changed_on_the_way(central, change)]
        report = till.at(proxy.url).engine.run_once()
    assert report.need == "unauthorised"
    assert (stored(central), till.unsent) == (0, 2)
    assert till.engine.run_once().sent == 2


def test_an_answer_out_of_a_cache_is_none(till: RealTill, central: CentralServer) -> None:
    def aged(text: bytes) -> bytes:
        return text.replace(b"\r\n", b"\r\nAge: 40\r\n", 1)

    till.engine.run_once()
    with between(central) as proxy:
        proxy.script = [forward(central.url, change=aged)]
        assert till.at(proxy.url).engine.run_once().reason == "cached"


# --- 33: redirects ---
@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_no_redirect_is_followed_with_a_signature(till: RealTill, status: str) -> None:
    till.note(1)
    with hostile_server(answer(b"{}")) as other:
        away = answer(b"", status, "text/html", f"Location: {other.url}/v1/documents")
        with hostile_server(away) as server:
            assert till.at(server.url).engine.run_once().reason == "redirect"
        assert other.heard == []
    assert till.unsent == 1


# --- 34: flapping ---
def test_a_line_that_flaps_every_three_seconds_runs_neither_hot_nor_twice(
    till: RealTill, central: CentralServer
) -> None:
    with between(central) as proxy:
        fine = forward(central.url)

        def flapping(connection: Any, heard: Heard) -> None:
            (fine if int(till.clock.now().timestamp()) // 3 % 2 else hang_up)(connection, heard)

        proxy.script = [flapping]
        far = till.at(proxy.url)
        begun = till.clock.now()
        for _ in range(40):
            till.note(1)
            wait = max(1.0, far.engine.run_once().next_in_s)
            till.clock.pass_time(wait)
            central.clock.advance(seconds=wait)
        proxy.script = [fine]
        for _ in range(2):
            far.engine.run_once()
        seconds = (till.clock.now() - begun).total_seconds()
        assert len(proxy.heard) < 20 + 6 * seconds
    assert (stored(central), till.unsent) == (40, 0)


# --- 35: a long backlog on a thin line ---
def test_a_long_backlog_drains_on_a_thin_line_oldest_first_and_can_be_interrupted(
    till: RealTill, central: CentralServer
) -> None:
    """128 kbit/s: the clock goes on by what the bytes of a request would take."""
    made = till.note(700)
    with between(central) as proxy:
        fine = forward(central.url)

        def thin(connection: Any, heard: Heard) -> None:
            took = len(heard.body) / 16_000 * 20  # as if each document were twenty times as large
            till.clock.pass_time(took)
            central.clock.advance(seconds=took)
            fine(connection, heard)

        def stops(connection: Any, heard: Heard) -> None:
            thin(connection, heard)
            if len(proxy.heard) == 3:
                far.engine.stop_soon()

        proxy.script = [stops]
        far = till.at(proxy.url)
        far.engine.run_once()
        left = till.unsent
        assert 0 < left < 700
        proxy.script = [thin]
        again = till.at(proxy.url)
        while till.unsent:
            again.engine.run_once()
        order = list(dict.fromkeys(doc_id for batch in uploaded(proxy) for doc_id in batch))
        assert order == [one.doc_id for one in made]
        assert max(len(batch) for batch in uploaded(proxy)) < 200  # what takes over 20 s is halved
    assert stored(central) == 700


# --- batches ---
def test_the_largest_legal_document_travels_alone(till: RealTill, central: CentralServer) -> None:
    till.note(3)
    quotes = '"' * 120_000  # two characters each in the body, four in the request
    till.journal.record(_draft(quotes))
    till.note(3)
    with between(central) as proxy:
        assert till.at(proxy.url).engine.run_once().sent == 7
        sizes = [len(heard.body) for heard in proxy.heard if heard.path == UPLOAD]
        assert max(sizes) <= BATCH_BYTES
    assert till.unsent == 0


def test_no_batch_is_larger_than_central_unpacks(till: RealTill, central: CentralServer) -> None:
    for _ in range(24):
        till.journal.record(_draft('"' * 120_000))
    with between(central) as proxy:
        assert till.at(proxy.url).engine.run_once().sent == 24
        plain = [len(gzip.decompress(heard.body)) for heard in proxy.heard if heard.path == UPLOAD]
    assert max(plain) <= BATCH_BYTES_INFLATED
    assert len(plain) > 1


def _draft(reason: str) -> Draft:
    return Draft("drawer_open", {"reason": reason}, staff=11)


# --- 40: suspects ---
REFUSED = answer(b'{"code":"unprocessable"}', "422 Unprocessable")


@pytest.fixture
def held_back(till: RealTill, central: CentralServer) -> RealTill:
    """One document is suspect, another was made after it."""
    (made,) = till.note(1)
    with between(central) as proxy:
        proxy.script = through(central, REFUSED, 1)
        assert till.at(proxy.url).engine.run_once().suspects == (made.doc_id,)
    till.note(1)
    return till


@pytest.mark.expects_log("sync.push", "a document is held back")
def test_a_suspect_is_still_held_back_after_a_restart(held_back: RealTill, central: CentralServer) -> None:
    with between(central) as proxy:
        fresh = held_back.at(proxy.url)
        assert fresh.engine.run_once().sent == 1
        (request,) = requests_of(proxy)
        assert len(request["skipped"]) == 1
        assert request["health"]["suspects"] == 1
        assert held_back.unsent == 1


@pytest.mark.expects_log("sync.push", "a document is held back")
def test_a_suspect_is_tried_once_an_hour_for_ever_whatever_the_failure(
    held_back: RealTill, central: CentralServer
) -> None:
    with between(central) as proxy:
        fresh = held_back.at(proxy.url)
        fresh.engine.run_once()  # the other one goes on
        proxy.script = through(central, hang_up, 10_000)
        proxy.heard.clear()
        for _ in range(3):
            held_back.clock.pass_time(HOUR_S)
            central.clock.advance(seconds=HOUR_S)
            for _ in range(4):
                fresh.engine.run_once()
        assert len([heard for heard in proxy.heard if heard.path == UPLOAD]) == 3
        proxy.script = [forward(central.url)]
        held_back.clock.pass_time(HOUR_S)
        central.clock.advance(seconds=HOUR_S)
        assert fresh.engine.run_once().suspects == ()
    assert held_back.unsent == 0


@pytest.mark.expects_log("sync.push", "a document is held back")
def test_a_person_may_have_a_suspect_tried_at_once(held_back: RealTill) -> None:
    (suspect,) = held_back.side.suspects.all()
    held_back.side.suspects.try_now(suspect.doc_id)
    report = held_back.engine.run_once()
    assert (report.sent, report.suspects) == (2, ())


# --- 426 ---
def test_an_old_protocol_still_uploads(till: RealTill, central: CentralServer) -> None:
    till.note(2)
    with between(central) as proxy:
        proxy.script = [only(UPLOAD, forward(central.url), answer(b'{"code":"too_old"}', "426 Upgrade"))]
        report = till.at(proxy.url).engine.run_once()
    assert (report.sent, report.need) == (2, "update")


# --- feeds ---
def test_a_download_goes_on_after_a_restart_of_the_program(till: RealTill, central: CentralServer) -> None:
    page = till.client.feed("catalogue", "", 3)
    till.side.feeds.stage("catalogue", page)
    till.files.dispose()
    files = TillFiles.open(till.files.folder, DATABASE_KEY)
    with between(central) as proxy:
        again = put_together(files, till.keys, till.identity, proxy.url, till.clock)
        report = again.engine.run_once()
        fetched = [heard.path for heard in proxy.heard if "/feeds/catalogue" in heard.path]
        assert "cursor=" in fetched[0]
    assert "catalogue" in report.changed
    assert again.side.feeds.check("catalogue")
    files.dispose()


def test_a_feed_that_does_not_add_up_is_told_to_central(till: RealTill, central: CentralServer) -> None:
    """Fault 45: refetched once, then a case."""

    def wrong_sum(text: bytes) -> bytes:
        return text.replace(b'"checksum":"', b'"checksum":"x', 1).replace(b"content-length", b"x-length", 1)

    with between(central) as proxy:
        fine = forward(central.url)
        proxy.script = [only("/feeds/catalogue", forward(central.url, change=wrong_sum), fine)]
        far = till.at(proxy.url)
        assert far.engine.run_once().mismatched == ("catalogue",)
        far.engine.run_once()
        hellos = [json.loads(heard.body) for heard in proxy.heard if heard.path == "/v1/hello"]
    assert hellos[-1]["health"]["mismatched"] == ["catalogue"]
    assert [one["code"] for one in _cases(central)] == ["FEED_MISMATCH"]


def _cases(central: CentralServer) -> list[dict[str, Any]]:
    with central.central.database.reading() as connection:
        return list_cases(connection)


def test_a_long_download_says_how_far_it_is_and_falls_silent(till: RealTill, central: CentralServer) -> None:
    told: list[Download | None] = []
    with between(central) as proxy:
        fine = forward(central.url)

        def slow(connection: Any, heard: Heard) -> None:
            till.clock.pass_time(6)
            central.clock.advance(seconds=6)
            told.append(download.under_way(till.side.status))
            fine(connection, heard)

        proxy.script = [slow]
        far = till.at(proxy.url, Timeouts(2.0, 5.0, 10.0))
        far.engine._pull._page = 2  # pages of two: the chain of the tests is tiny
        far.engine.run_once()
    spoken = [one for one in told if one is not None]
    assert spoken
    assert all(one.done <= one.total for one in spoken if one.total)
    assert any(one.seconds_left for one in spoken)
    assert download.under_way(till.side.status) is None
