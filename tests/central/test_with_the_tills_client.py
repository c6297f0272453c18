"""The till's own client and central understand each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.domain.errors import Unauthorised
from pos_app.domain.signing import signer
from pos_app.storage.keys import SIGNING_KEY, FileKeyStore
from pos_app.storage.new_keys import promote
from sync.client import CentralClient, RequestKey
from sync.enrol import Enrolled, Ticket, enrol
from sync.messages import FEEDS, Clock, Head, Health, HelloRequest
from sync.server_clock import ServerClock
from tests.support.central_server import CentralServer
from tests.support.clocks import StillClock


@pytest.fixture
def keys(tmp_path: Path) -> FileKeyStore:
    return FileKeyStore(tmp_path)


def signed_with(keys: FileKeyStore, name: str) -> RequestKey:
    seed = keys.get(SIGNING_KEY)
    assert seed is not None
    return RequestKey(name, signer(seed))


@pytest.fixture
def enrolled(listening: CentralServer, keys: FileKeyStore) -> Iterator[tuple[Enrolled, CentralClient]]:
    clock = ServerClock(StillClock(listening.clock()))
    first = CentralClient(listening.url, clock)
    made = enrol(first, listening.url, Ticket(listening.new_code()), keys, {"app": "test"})
    promote(keys)
    first.close()
    who = made.identity
    client = CentralClient(listening.url, clock, signed_with(keys, f"{who.till}.{who.epoch}.{who.key_no}"))
    yield made, client
    client.close()


def _hello(made: Enrolled) -> HelloRequest:
    head = Head(epoch=made.identity.epoch, seq=0, hash="00" * 32)
    clock = Clock(wall="2026-11-22T10:00:00+07:00", mono_ms=1, boot_id="x")
    return HelloRequest(head=head, keyset_version=1, health=Health(), clock=clock, app="test")


def test_it_enrols_says_hello_and_pulls_every_feed(enrolled: tuple[Enrolled, CentralClient]) -> None:
    made, client = enrolled
    heads = client.hello(_hello(made)).feeds
    for name in FEEDS:
        page = client.feed(name, "")
        assert (page.up_to_date, page.next) == (True, heads[name])


def test_a_clock_that_is_an_hour_off_is_put_right(
    listening: CentralServer, enrolled: tuple[Enrolled, CentralClient]
) -> None:
    made, client = enrolled
    listening.clock.advance(hours=1)
    assert client.hello(_hello(made)).protocol == {"min": 1, "max": 1}


def test_a_till_that_central_forgot_is_told_so(
    listening: CentralServer, enrolled: tuple[Enrolled, CentralClient], keys: FileKeyStore
) -> None:
    made, client = enrolled
    key = signed_with(keys, "01a1f3d4-f500-7116-a393-64007ade500e.1.1")
    stranger = CentralClient(listening.url, client.clock, key)
    with pytest.raises(Unauthorised) as refused:
        stranger.hello(_hello(made))
    stranger.close()
    assert refused.value.fields["refusal"] == "unknown_till"
