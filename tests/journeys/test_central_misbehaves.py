"""Central answers with a page of somebody else, with 500, slowly, or not at all: the counter sells on."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from tests.support.hostile_server import Heard, HostileServer, Reply, answer, hang_up, hostile_server
from tests.support.journey import Till

OpenWindow = Callable[..., Till]
ENDS_WITHIN_S = 2.0


def silent(stop: threading.Event) -> Reply:
    """Takes the request and says nothing for as long as the test lasts."""
    return lambda _connection, _heard: (stop.wait(30), None)[1]


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def trouble(kind: str, stop: threading.Event) -> Reply:
    page = b"<html><body>Wi-Fi: please log in</body></html>"
    return {
        "html": answer(page, kind="text/html"),
        "500": answer(b"{}", "500 Internal Server Error"),
        "nothing": hang_up,
        "slow": silent(stop),
    }[kind]


def asked(till: Till, server: HostileServer) -> None:
    till.program.loops.start()
    till.hands.until("central was asked", lambda: bool(server.heard))


@pytest.mark.parametrize("kind", ["html", "500", "nothing", "slow"])
def test_the_counter_sells_on_and_keeps_everything(
    open_window: OpenWindow, stop: threading.Event, kind: str
) -> None:
    with hostile_server(trouble(kind, stop)) as server:
        till = open_window(central_url=server.url).enter()
        waiting = till.program.stores.outbox.counts().unsent
        asked(till, server)
        till.fill()
        till.sells_on()
        assert till.program.stores.outbox.counts().unsent == waiting + 1
        session = till.program.services.session
        if kind != "slow":  # that one is found out when its time is over
            till.hands.until("the till knows", lambda: session.connectivity == "offline")
        stop.set()
        till.program.loops.stop()


def test_the_program_ends_although_central_never_answers(
    open_window: OpenWindow, stop: threading.Event
) -> None:
    with hostile_server(silent(stop)) as server:
        till = open_window(central_url=server.url).enter()
        asked(till, server)
        begun = time.monotonic()
        till.program.loops.stop()
        assert time.monotonic() - begun < ENDS_WITHIN_S
        stop.set()


def test_a_try_in_an_outage_does_not_look_like_the_links_return(
    open_window: OpenWindow, stop: threading.Event
) -> None:
    is_mute = threading.Event()

    def first_gone_then_mute(connection: socket.socket, heard: Heard) -> None:
        (silent(stop) if is_mute.is_set() else hang_up)(connection, heard)

    with hostile_server(first_gone_then_mute) as server:
        till = open_window(central_url=server.url).enter()
        session = till.program.services.session
        asked(till, server)
        till.hands.until("the till knows", lambda: session.connectivity == "offline")
        since = till.program.services.strip.facts().since
        till.clock.pass_time(300)
        is_mute.set()
        before = len(server.heard)
        till.fill()
        till.sells_on()
        till.hands.until("central was asked again", lambda: len(server.heard) > before)
        assert till.program.services.strip.facts().link == "offline"
        assert till.program.services.strip.facts().since == since
        till.sells_on()
        assert [one.content["connectivity"] for one in till.documents("sale")] == ["offline", "offline"]
        stop.set()
        till.program.loops.stop()


def test_nobody_listens_at_all(open_window: OpenWindow) -> None:
    till = open_window(central_url="http://127.0.0.1:9").enter()
    till.program.loops.start()
    status = till.program.stores.status
    till.hands.until("the strip knows", lambda: (status.get("link") or {}).get("state") == "offline")
    till.fill()
    till.sells_on()
    till.program.loops.stop()
