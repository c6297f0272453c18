"""Enrolment at the real central, and answers that are not believed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pos_app.domain.errors import CentralRefused, EnrolmentRefused, Offline
from pos_app.domain.signing import public_key_of
from pos_app.storage.keys import PHONE_KEY, SIGNING_KEY, FileKeyStore
from pos_app.storage.new_keys import promote, settle
from sync.client import CentralClient, Timeouts
from sync.enrol import Enrolled, Ticket, enrol
from sync.server_clock import ServerClock
from tests.support.central_server import CentralServer
from tests.support.clocks import StillClock
from tests.support.hostile_server import forward, hostile_server


def joined(url: str, code: str, keys: FileKeyStore, fingerprint: str | None = None) -> Enrolled:
    client = CentralClient(url, ServerClock(StillClock()), timeouts=Timeouts(2.0, 5.0, 10.0))
    try:
        return enrol(client, url, Ticket(code, url, fingerprint), keys, {"app": "test"})
    finally:
        client.close()


def test_a_code_makes_a_till(central: CentralServer, tmp_path: Path) -> None:
    keys = FileKeyStore(tmp_path)
    made = joined(central.url, central.new_code(), keys, central.central.keys.root_fingerprint)
    promote(keys)
    seed = keys.get(SIGNING_KEY)
    assert seed is not None
    assert made.identity.public_key == public_key_of(seed).hex()
    assert (made.identity.store_code, made.identity.till_number, made.identity.epoch) == ("NT", 1, 1)
    assert keys.get(PHONE_KEY) == central.central.keys.phone_key
    assert json.loads(made.identity.certificate)["till"] == made.identity.till


def test_an_answer_that_was_lost_is_given_again(central: CentralServer, tmp_path: Path) -> None:
    keys, code = FileKeyStore(tmp_path), central.new_code()
    with hostile_server(forward(central.url, answer_bytes=0)) as proxy, pytest.raises(Offline):
        joined(proxy.url, code, keys)
    assert keys.get(SIGNING_KEY) is None
    first = joined(central.url, code, keys)
    assert joined(central.url, code, keys).identity == first.identity


def test_the_next_enrolment_brings_new_keys(central: CentralServer, tmp_path: Path) -> None:
    keys = FileKeyStore(tmp_path)
    first = joined(central.url, central.new_code(), keys)
    promote(keys)
    second = joined(central.url, central.new_code(), keys)
    assert second.identity.till == first.identity.till
    assert second.identity.epoch > first.identity.epoch
    assert second.identity.public_key != first.identity.public_key


def test_a_till_keeps_its_keys_until_its_new_identity_is_saved(
    central: CentralServer, tmp_path: Path
) -> None:
    keys = FileKeyStore(tmp_path)
    first = joined(central.url, central.new_code(), keys)
    promote(keys)
    former = keys.get(SIGNING_KEY)
    second = joined(central.url, central.new_code(), keys)
    settle(keys, first.identity)  # a start before the identity was saved
    assert keys.get(SIGNING_KEY) == former
    settle(keys, second.identity)  # a start after it
    seed = keys.get(SIGNING_KEY)
    assert seed is not None
    assert public_key_of(seed).hex() == second.identity.public_key


def test_a_wrong_code_is_refused_and_keeps_nothing(central: CentralServer, tmp_path: Path) -> None:
    keys = FileKeyStore(tmp_path)
    with pytest.raises(CentralRefused):
        joined(central.url, "AAAA-BBBB-CCCC", keys)
    assert keys.get(SIGNING_KEY) is None


def test_another_centrals_root_key_is_noticed(central: CentralServer, tmp_path: Path) -> None:
    keys = FileKeyStore(tmp_path)
    with pytest.raises(EnrolmentRefused) as refused:
        joined(central.url, central.new_code(), keys, "00" * 16)
    assert refused.value.reason == "other_root_key"
    assert keys.get(SIGNING_KEY) is None


@pytest.mark.parametrize(
    ("find", "put", "reason"),
    [
        (b'"till_number":1', b'"till_number":2', "bad_certificate"),
        (b'"version":1', b'"version":2', "bad_keyset"),
    ],
)
def test_an_answer_that_was_changed_on_the_way_is_not_believed(
    central: CentralServer, tmp_path: Path, find: bytes, put: bytes, reason: str
) -> None:
    keys = FileKeyStore(tmp_path)
    changed = forward(central.url, change=lambda text: text.replace(find, put, 1))
    with hostile_server(changed) as proxy, pytest.raises(EnrolmentRefused) as refused:
        joined(proxy.url, central.new_code(), keys)
    assert refused.value.reason == reason
    assert keys.get(SIGNING_KEY) is None


def test_a_ticket_is_typed_or_scanned() -> None:
    assert Ticket.read(" AAAA-BBBB ") == Ticket("AAAA-BBBB")
    told = '{"hs":1,"url":"https://c.example","code":"AAAA","root_key_fp":"00"}'
    assert Ticket.read(told) == Ticket("AAAA", "https://c.example", "00")


@pytest.mark.parametrize("text", ["{", "{}", '{"code":1}', '{"code":"A","url":[]}'])
def test_what_is_no_ticket_is_refused(text: str) -> None:
    with pytest.raises(EnrolmentRefused):
        Ticket.read(text)
