"""A real till and the real central: everything arrives once, whatever happens on the way."""

from __future__ import annotations

from datetime import timedelta

from pos_app.storage.keys import PHONE_KEY
from sync.messages import FEEDS
from tests.support.central_server import CentralServer
from tests.support.real_till import RealTill


def test_the_first_turn_brings_every_feed(till: RealTill) -> None:
    report = till.engine.run_once()
    assert report.is_online
    assert (report.reason, report.need, report.mismatched) == (None, None, ())
    assert {"catalogue", "customers", "orders", "staff", "policy", "keyset", "tills"} <= set(report.changed)
    assert all(till.side.feeds.cursor(feed) is not None for feed in report.changed)
    assert 10 <= report.next_in_s <= 20


def test_a_second_turn_has_nothing_to_fetch(till: RealTill) -> None:
    till.engine.run_once()
    assert till.engine.run_once().changed == ()


def test_verifiers_and_phone_key_are_ready_after_the_first_turn(
    till: RealTill, central: CentralServer
) -> None:
    till.keys.set(PHONE_KEY, b"")
    till.engine.run_once()
    assert till.keys.get(PHONE_KEY) == central.central.keys.phone_key
    seal_key = till.keys.get("seal-key")
    assert seal_key is not None
    assert till.staff.remember_verifiers(seal_key, till.identity.till) > 0


def test_documents_go_up_and_leave_the_outbox(till: RealTill) -> None:
    till.note(3)
    report = till.engine.run_once()
    assert (report.sent, till.unsent) == (3, 0)
    assert till.engine.run_once().sent == 0


def test_a_backlog_is_drained_in_one_turn(till: RealTill) -> None:
    till.note(150)
    assert till.engine.run_once().sent == 150
    assert till.unsent == 0


def test_a_wrong_pc_clock_blocks_nothing(till: RealTill) -> None:
    till.note(1)
    till.clock.set_wall(till.clock.now() - timedelta(days=2000))
    report = till.engine.run_once()
    assert report.is_online
    assert till.unsent == 0


def test_the_strip_is_told(till: RealTill) -> None:
    till.engine.run_once()
    first = till.link
    assert first["state"] == "online"
    till.clock.pass_time(60)
    till.engine.run_once()
    assert till.link["since"] == first["since"]


def test_a_stopped_engine_ends_before_its_next_request(till: RealTill) -> None:
    till.note(2)
    till.engine.stop_soon()
    report = till.engine.run_once()
    assert (report.sent, report.reason) == (0, "stopped")
    assert till.unsent == 2
    assert till.link == {}


def test_every_feed_is_known_to_the_order_of_fetching() -> None:
    from sync.pull import ORDER

    assert sorted(ORDER) == sorted(FEEDS)
