"""Questions to central: one deadline for all of it, a breaker after silence, connections of their own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from pos_app.domain.ids import uuid7
from pos_app.domain.online_check import CHECK_S, CheckKind
from pos_app.domain.signing import signer
from pos_app.storage.keys import SIGNING_KEY
from sync.breaker import PAUSE_MS, Breaker
from sync.client import CentralClient, RequestKey, Timeouts
from sync.online_checks import CentralChecks
from sync.server_clock import ServerClock
from tests.support.central_world import HOA, ORDER, VOUCHER
from tests.support.clocks import StillClock
from tests.support.hostile_server import (
    HostileServer,
    Reply,
    answer,
    drip,
    hang_up,
    hostile_server,
    silence,
)
from tests.support.real_till import RealTill

A_LITTLE_S = 0.4


def checks_of(till: RealTill, url: str | None = None) -> CentralChecks:
    def connect() -> CentralClient:
        seed, own = till.keys.get(SIGNING_KEY), till.identity
        assert seed is not None
        key = RequestKey(f"{own.till}.{own.epoch}.{own.key_no}", signer(seed))
        times = Timeouts(CHECK_S, CHECK_S, CHECK_S)
        return CentralClient(url or till.identity.central_url, ServerClock(till.clock), key, timeouts=times)

    made = CentralChecks(connect, till.clock)
    made.heard(True)
    return made


@pytest.fixture
def checks(till: RealTill) -> Iterator[CentralChecks]:
    made = checks_of(till)
    yield made
    made.close()


def fresh(till: RealTill) -> str:
    return uuid7(till.clock.now())


def test_a_yes_covers_the_commit_until_five_seconds_before_its_end(
    checks: CentralChecks, till: RealTill
) -> None:
    verdict = checks.check(CheckKind.VOUCHER, VOUCHER, 1, fresh(till))
    assert verdict is not None
    assert (verdict.word, verdict.covers_until_ms) == ("ok", till.clock.mono_ms() + 595_000)


def test_a_released_claim_is_free(checks: CentralChecks, till: RealTill) -> None:
    doc_id = fresh(till)
    checks.check(CheckKind.VOUCHER, VOUCHER, 1, doc_id)
    checks.release(VOUCHER, doc_id)
    again = checks.check(CheckKind.VOUCHER, VOUCHER, 1, fresh(till))
    assert again is not None
    assert again.is_ok


def test_no_is_an_answer_with_what_is_left(checks: CentralChecks, till: RealTill) -> None:
    verdict = checks.check(CheckKind.POINTS, HOA, 1000, fresh(till))
    assert verdict is not None
    assert (verdict.word, verdict.balance, verdict.covers_until_ms) == ("insufficient", 240, 0)


def test_a_look_up_tells_what_the_feeds_would(checks: CentralChecks) -> None:
    found = checks.look_up("order", "MN-48207")
    missing = checks.look_up("order", "MN-1")
    assert found is not None
    assert missing is not None
    assert (found["order"]["order"], missing["found"]) == (ORDER, False)


@pytest.mark.parametrize("kind", ["silent", "drip", "html", "500", "hang_up", "cut"])
def test_whatever_is_no_answer_is_none_within_the_time(till: RealTill, kind: str) -> None:
    stop = threading.Event()
    replies: dict[str, Reply] = {
        "silent": silence(stop),
        "drip": drip(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" * 50, 0.05, stop),
        "html": answer(b"<html>log in</html>", kind="text/html"),
        "500": answer(b"{}", "500 Internal Server Error"),
        "hang_up": hang_up,
        "cut": answer(b'{"verdict": "ok"}', cut=5),
    }
    with hostile_server(replies[kind]) as server:
        made = checks_of(till, server.url)
        begun = time.monotonic()
        assert made.check(CheckKind.VOUCHER, VOUCHER, 1, fresh(till)) is None
        assert time.monotonic() - begun < CHECK_S + A_LITTLE_S
        stop.set()


def test_a_flapping_line_costs_two_silences_and_no_busy_loop(till: RealTill) -> None:
    with hostile_server(hang_up) as server:
        made = checks_of(till, server.url)
        for _ in range(50):
            made.check(CheckKind.VOUCHER, VOUCHER, 1, fresh(till))
        assert len(server.heard) == 2, "the breaker is open"
        made.heard(True)
        for _ in range(50):
            made.check(CheckKind.VOUCHER, VOUCHER, 1, fresh(till))
        assert len(server.heard) == 4, "each time the line is back two silences are paid for"


def test_while_the_breaker_is_open_nobody_waits(till: RealTill) -> None:
    with hostile_server(hang_up) as server:
        made = _opened(till, server)
        begun = time.monotonic()
        assert made.check(CheckKind.VOUCHER, VOUCHER, 1, fresh(till)) is None
        assert time.monotonic() - begun < 0.1


def test_after_half_a_minute_one_question_finds_out(till: RealTill) -> None:
    with hostile_server(hang_up) as server:
        made = _opened(till, server)
        heard = len(server.heard)
        till.clock.pass_time(PAUSE_MS / 1000)
        for _ in range(5):
            made.check(CheckKind.VOUCHER, VOUCHER, 1, fresh(till))
        assert len(server.heard) == heard + 1


def _opened(till: RealTill, server: HostileServer) -> CentralChecks:
    made = checks_of(till, server.url)
    for _ in range(2):
        made.check(CheckKind.VOUCHER, VOUCHER, 1, fresh(till))
    assert not made.may_ask
    return made


def test_two_questions_of_one_kind_go_one_after_the_other(checks: CentralChecks, till: RealTill) -> None:
    words: list[str] = []

    def ask() -> None:
        verdict = checks.check(CheckKind.VOUCHER, VOUCHER, 1, fresh(till))
        words.append("" if verdict is None else verdict.word)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(words) == ["ok", "used", "used", "used"]


def test_an_answer_that_is_late_wakes_nobody_when_the_program_ends(till: RealTill) -> None:
    stop = threading.Event()
    with hostile_server(silence(stop)) as server:
        made = checks_of(till, server.url)
        asking = threading.Thread(target=lambda: made.check(CheckKind.VOUCHER, VOUCHER, 1, fresh(till)))
        asking.start()
        while not server.heard:
            threading.Event().wait(0.01)
        begun = time.monotonic()
        made.close()
        asking.join()
        assert time.monotonic() - begun < 1.0
        stop.set()


def test_the_clock_of_the_pc_opens_and_closes_nothing() -> None:
    clock = StillClock()
    breaker = Breaker(clock)
    breaker.succeeded()
    breaker.failed()
    breaker.failed()
    clock.set_wall(clock.now().replace(year=2030))
    assert not breaker.lets_through
