"""Changing keys at the till (protocol §4.7, fault 55): whatever is interrupted, one pair is known to both."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.storage.identity import Identity, IdentityStore
from pos_app.storage.key_change import KeyChange
from pos_app.storage.keys import PHONE_KEY, SIGNING_KEY
from pos_app.storage.new_keys import NEW_SIGNING_KEY, settle
from tests.support.central_server import CentralServer
from tests.support.hostile_server import answer, forward, hostile_server, only
from tests.support.real_till import RealTill, put_together

YEAR_S = 365 * 24 * 3600


def change(till: RealTill) -> KeyChange:
    return KeyChange(till.files, till.identity, till.side.status)


def held(till: RealTill) -> Identity:
    found = IdentityStore(till.files.till).load()
    assert found is not None
    return found


def started_again(till: RealTill, url: str) -> RealTill:
    """As the program does at its start."""
    settle(till.keys, held(till))
    return put_together(till.files, till.keys, held(till), url, till.clock)


@pytest.fixture
def wished(till: RealTill) -> RealTill:
    """A manager has asked for new keys; nothing has been said to central yet."""
    till.engine.run_once()
    change(till).ask(till.clock.now())
    return till


def test_new_keys_are_agreed_at_once_and_used_from_the_next_start_on(
    wished: RealTill, central: CentralServer
) -> None:
    old = wished.keys.get(SIGNING_KEY)
    wished.engine.run_once()
    assert held(wished).key_no == 2
    assert not change(wished).is_asked
    assert wished.keys.get(SIGNING_KEY) == old
    wished.note(1)
    assert wished.engine.run_once().sent == 1
    fresh = started_again(wished, central.url)
    assert fresh.keys.get(SIGNING_KEY) != old
    fresh.note(1)
    assert fresh.engine.run_once().sent == 1
    assert wished.engine.run_once().reason == "key_replaced"


def test_the_journal_holds_under_both_keys(wished: RealTill, central: CentralServer) -> None:
    wished.note(2)
    wished.engine.run_once()
    wished.note(1)
    fresh = started_again(wished, central.url)
    fresh.note(2)
    assert fresh.journal.verify().is_whole
    assert fresh.engine.run_once().sent == 3


def test_everybody_can_still_sign_in_before_and_after_central_sealed_anew(
    wished: RealTill, central: CentralServer
) -> None:
    wished.engine.run_once()
    with hostile_server(answer(b"", "503 Service Unavailable")) as nobody:
        fresh = started_again(wished, nobody.url)
        known = len(fresh.staff.everyone())
        fresh.side.after["staff"]()
        fresh.side.after["policy"]()
        assert knows(fresh) == known
    online = started_again(wished, central.url)
    report = online.engine.run_once()
    assert {"staff", "policy", "tills"} <= set(report.changed)
    assert knows(online) == known
    assert online.keys.get(PHONE_KEY) == central.central.keys.phone_key


def knows(till: RealTill) -> int:
    with till.files.till.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM staff_verifier").scalar_one())


def test_an_answer_that_is_lost_is_asked_for_again_with_the_same_keys(
    wished: RealTill, central: CentralServer
) -> None:
    with hostile_server() as proxy:
        central.central.settings = replace(central.central.settings, public_url=proxy.url)
        fine = forward(central.url)
        proxy.script = [only("/v1/keys/rotate", forward(central.url, answer_bytes=0), fine)]
        far = wished.at(proxy.url)
        assert far.engine.run_once().reason == "network"
        offered = wished.keys.get(NEW_SIGNING_KEY)
        assert held(wished).key_no == 1
        wished.note(1)
        proxy.script = [fine]
        assert far.engine.run_once().sent == 1  # the old key still counts
        assert held(wished).key_no == 2
        assert wished.keys.get(NEW_SIGNING_KEY) == offered


@pytest.mark.parametrize("turns", [1, 2])
def test_a_program_that_ends_in_between_starts_with_keys_that_central_knows(
    wished: RealTill, central: CentralServer, turns: int
) -> None:
    for _ in range(turns):
        wished.engine.run_once()
    fresh = started_again(wished, central.url)
    settle(fresh.keys, held(fresh))  # a second start changes nothing more
    fresh.note(1)
    assert fresh.engine.run_once().sent == 1


@pytest.mark.expects_log("sync.rotation", "told loudly")
def test_a_certificate_that_does_not_hold_changes_nothing(wished: RealTill, central: CentralServer) -> None:
    def other_number(text: bytes) -> bytes:
        return text.replace(b'"key_no":2', b'"key_no":7')

    with hostile_server() as proxy:
        central.central.settings = replace(central.central.settings, public_url=proxy.url)
        swap = forward(central.url, change=other_number)
        proxy.script = [only("/v1/keys/rotate", swap, forward(central.url))]
        wished.at(proxy.url).engine.run_once()
    assert held(wished).key_no == 1
    assert not change(wished).is_asked


def test_keys_are_changed_once_a_year(till: RealTill, central: CentralServer) -> None:
    till.engine.run_once()
    till.engine.run_once()
    assert held(till).key_no == 1
    till.clock.pass_time(YEAR_S)
    central.clock.advance(seconds=YEAR_S)
    till.engine.run_once()
    assert held(till).key_no == 2
    till.engine.run_once()
    assert held(till).key_no == 2
