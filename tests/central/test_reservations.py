"""Goods laid aside to be tried on: the tills are told when the shop has closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from central.reservations import end_reservations
from central.seed.orders import Order
from tests.support.central_server import CentralServer, seeded_chain
from tests.support.seed_feeds import feed_bodies


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CentralServer]:
    with CentralServer.seeded(tmp_path, port=False) as running:
        yield running


def _waiting() -> list[Order]:
    return [one for one in seeded_chain().orders if one.reserved_until and one.handover == "none"]


def _closing_today() -> datetime:
    return min(one.reserved_until for one in _waiting() if one.reserved_until is not None)


def _states(server: CentralServer) -> dict[int, str]:
    """What the tills of all shops are told of those that wait in the beginning."""
    with server.central.database.reading() as connection:
        return {
            one.order: feed_bodies(connection, "orders", f"store/{one.store}")[str(one.order)]["handover"]
            for one in _waiting()
        }


def _end(server: CentralServer, now: datetime) -> list[int]:
    with server.central.database.writing() as connection:
        return end_reservations(connection, now)


def test_the_feed_says_until_when_goods_are_laid_aside(server: CentralServer) -> None:
    one = _waiting()[0]
    assert one.reserved_until is not None
    with server.central.database.reading() as connection:
        body = feed_bodies(connection, "orders", f"store/{one.store}")[str(one.order)]
    assert datetime.fromisoformat(body["reserved_until"]) == one.reserved_until
    assert (body["payment"], body["handover"], body["prepaid"]) == ("due", "none", [])


def test_nothing_ends_while_the_shop_is_open(server: CentralServer) -> None:
    assert _end(server, _closing_today() - timedelta(minutes=1)) == []
    assert set(_states(server).values()) == {"none"}


def test_at_closing_time_the_reservations_of_the_day_end(server: CentralServer) -> None:
    closing = _closing_today()
    ended = _end(server, closing)
    states = _states(server)
    assert ended
    for one in _waiting():
        assert states[one.order] == ("expired" if one.reserved_until == closing else "none")
        assert (one.order in ended) == (states[one.order] == "expired")


def test_what_has_ended_ends_once(server: CentralServer) -> None:
    assert _end(server, _closing_today())
    assert _end(server, _closing_today()) == []


def test_web_orders_never_end_by_the_clock(server: CentralServer) -> None:
    reserved = {one.order for one in _waiting()}
    assert set(_end(server, _closing_today() + timedelta(days=400))) == reserved
