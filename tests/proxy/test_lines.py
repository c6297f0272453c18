"""The network's faults that are no toxic of a single turn, by their names; a till sells through all of them.

| fault | here, or proven elsewhere |
|---|---|
| 21 captive portal, nobody there | here; no route and no name: tests/sync/test_line_faults.py |
| 22, 23, 24, 28, 29, 30, 33 | test_toxics.py; their edges (bytes, headers): tests/sync/test_faults.py |
| 25 killed between answer and marking | test_kills.py |
| 26 twice at once, two workers | test_toxics.py; two workers: tests/central/test_workers.py |
| 27 an old batch days later | here |
| 31 certificates | here with a whole till; each handshake: tests/sync/test_tls.py |
| 32 proxies that strip, pack anew or cache | tests/sync/test_line_faults.py |
| 34 flapping | here with a whole till; its waits: tests/sync/test_line_faults.py |
| 35 a long backlog on a thin line | `./run soak` with 10,000; in little: tests/sync/test_line_faults.py |
| 36 many tills come back together | here |
| 37 bombs | tests/central/test_edge.py |
"""

from __future__ import annotations

import ssl
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from sync.client import Timeouts
from tests.simulation.acts import give_back, sell, sell_to_customer
from tests.support import toxics
from tests.support.authority import Authority
from tests.support.central_server import CentralServer
from tests.support.clocks import StillClock
from tests.support.far_world import FarWorld, far_world
from tests.support.fault_proxy import Exchange
from tests.support.line_faults import stored
from tests.support.real_till import RealTill, opened

UPLOAD = "/v1/documents"
UNHURRIED = Timeouts()
MINUTE_S, DAY_S = 60, 24 * 3600


# --- 21 ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("how", ["portal", "down"])
def test_a_till_is_offline_within_two_seconds_and_sells(world: FarWorld, how: str) -> None:
    world.far.sync()
    if how == "down":
        world.proxy.down()
    else:
        world.proxy.set(toxics.page())
    begun = time.monotonic()
    assert not world.far.sync().is_online
    assert time.monotonic() - begun < 2
    assert world.far.services.session.connectivity == "offline"
    world.act(sell, sell_to_customer, give_back)
    assert not world.stored()
    if how == "down":
        world.proxy.up()
    world.proxy.set(toxics.fine)
    world.heal()


# --- 27 ---------------------------------------------------------------------------------------
def test_an_old_batch_that_comes_days_later_changes_nothing(world: FarWorld) -> None:
    kept: list[Exchange] = []

    async def keeps_a_copy(asked: Exchange) -> None:
        kept.append(asked)
        await toxics.fine(asked)

    world.proxy.set(keeps_a_copy, UPLOAD)
    world.act(sell)
    world.far.sync()
    world.act(sell, sell_to_customer)
    world.far.sync()
    had = world.stored()

    async def comes_again(asked: Exchange) -> None:
        for old in kept:
            assert b" 401 " in (await old.passed_on())[:20]
        await toxics.fine(asked)

    for seconds in (MINUTE_S, 3 * DAY_S):
        world.pass_time(seconds)
        world.proxy.set(comes_again)
        world.far.sync()
        assert world.proxy.over.is_set()
        world.proxy.set(toxics.fine)
        assert world.stored() == had
    world.heal()


# --- 31 ---------------------------------------------------------------------------------------
@pytest.mark.expects_log("asyncio", "a handshake that the till breaks off")
def test_no_certificate_but_the_right_one_gets_a_document(tmp_path: Path) -> None:
    (tmp_path / "foreign").mkdir()
    authority = Authority(tmp_path)
    with far_world(tmp_path, tls=authority.server(), ca=authority.file) as world:
        world.act(sell)
        world.far.sync()
        had = world.stored()
        assert world.done() == had == world.far.documents()
        world.act(sell_to_customer)
        since = None
        for wrong in wrong_certificates(authority, tmp_path / "foreign"):
            world.proxy.down()
            world.proxy.up(wrong)
            assert world.far.sync().reason == "certificate"
            told = world.far.services.strip.facts().untrusted_since
            since = since or told
            assert told == since is not None, "since the first one"
            world.pass_time(60)
            world.act(sell)
            assert world.stored() == world.done() == had
        world.proxy.down()
        world.proxy.up(authority.server())
        world.heal()
        assert world.far.services.strip.facts().untrusted_since is None


def wrong_certificates(authority: Authority, folder: Path) -> Iterator[ssl.SSLContext]:
    """Expired, of another host, of an authority that nobody named."""
    yield authority.server(days=-1)
    yield authority.server("central.example")
    yield Authority(folder, "Somebody").server()


# --- 34 ---------------------------------------------------------------------------------------
def test_a_till_sells_on_while_the_line_comes_and_goes(world: FarWorld) -> None:
    world.proxy.set(toxics.flapping())
    turns = 12
    for _ in range(turns):
        world.act(sell)
        world.pass_time(3)
        world.far.sync()
    assert len(world.proxy.heard) < 20 * turns, "it does not run hot"
    world.proxy.set(toxics.fine)
    world.heal()


# --- 36 ---------------------------------------------------------------------------------------
TILLS, DOCUMENTS = 6, 20


def test_many_tills_that_come_back_together_are_all_served(tmp_path: Path) -> None:
    """One batch at a time and one in line: the others are told to come again, and do."""
    (tmp_path / "central").mkdir()
    tight = {"batches_at_once": 1, "batches_in_line": 1, "longest_in_line": 0.02}
    with CentralServer.filled(tmp_path / "central", **tight) as central, back(central, tmp_path) as tills:
        reasons: Counter[str | None] = Counter()
        while waiting := [till for till in tills if till.unsent]:
            with ThreadPoolExecutor(TILLS) as pool:
                reports = list(pool.map(lambda till: till.engine.run_once(), waiting))
            reasons.update(report.reason for report in reports)
            assert all(report.next_in_s >= 2 for report in reports if report.reason == "busy")
            assert sum(reasons.values()) < TILLS * TILLS, "too few are served in a turn"
        assert stored(central) == TILLS * DOCUMENTS
        assert set(reasons) == {"busy", None}


@contextmanager
def back(central: CentralServer, folder: Path) -> Iterator[list[RealTill]]:
    """So many tills, each with what it has sold meanwhile."""
    tills = [
        opened(
            folder / f"till-{number}", central.url, central.new_code(number=number),
            StillClock(central.clock()), timeouts=UNHURRIED,
        )
        for number in range(1, TILLS + 1)
    ]  # fmt: skip
    for till in tills:
        till.note(DOCUMENTS)
    yield tills
    for till in tills:
        till.close()
