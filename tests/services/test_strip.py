from __future__ import annotations

from tests.support.counter import CASHIER, Counter


def test_a_till_that_never_reached_central_is_offline(counter: Counter) -> None:
    facts = counter.strip.facts()

    assert (facts.link, facts.since) == ("offline", None)
    assert (facts.person, facts.shift_number) == (None, None)


def test_the_strip_says_who_where_and_which_shift(counter: Counter) -> None:
    counter.open()
    facts = counter.strip.facts()

    assert (facts.shop, facts.till_number, facts.shift_number) == ("Mộc Lan Nguyễn Trãi", 2, 1)
    assert facts.person is not None
    assert facts.person.no == CASHIER


def test_the_link_tells_how_far_sending_has_come(counter: Counter) -> None:
    since = counter.session.now
    counter.status.set("link", {"state": "sending", "since": since.isoformat(), "done": 12, "total": 40})

    facts = counter.strip.facts()
    assert (facts.link, facts.since, facts.done, facts.total) == ("sending", since, 12, 40)


def test_what_waits_is_counted(counter: Counter) -> None:
    counter.open()
    counter.till.sell()

    facts = counter.strip.facts()
    assert (facts.unsent, facts.papers_waiting, facts.attention) == (3, 1, 0)


def test_the_printers_trouble_is_told(counter: Counter) -> None:
    counter.status.set("printer", {"state": "trouble", "reason": "paper_out"})

    facts = counter.strip.facts()
    assert (facts.printer, facts.printer_reason) == ("trouble", "paper_out")


def test_the_scanners_trouble_is_told_and_forgotten(counter: Counter) -> None:
    counter.status.set("scanner", {"state": "trouble", "reason": "connection_lost"})
    assert counter.strip.facts().scanner_reason == "connection_lost"

    counter.status.set("scanner", {"state": "ready", "reason": ""})
    assert counter.strip.facts().scanner_reason == ""


def test_everything_works_while_the_feeds_are_young(counter: Counter) -> None:
    assert counter.strip.works() == ("sale", "return", "pickup", "voucher", "points")
    assert counter.strip.facts().orders_as_of == counter.session.now


def test_old_orders_stop_the_hand_over_and_not_the_sale(counter: Counter) -> None:
    counter.till.clock.pass_time(73 * 3600)

    assert counter.strip.works() == ("sale", "return", "voucher", "points")


def test_a_certificate_that_is_not_accepted_is_told_with_its_time(counter: Counter) -> None:
    since = counter.session.now.isoformat()
    counter.status.set("link", {"state": "offline", "since": "2026-11-13T01:00:00+00:00"})
    counter.status.set("sync", {"reason": "certificate", "reason_since": since})
    assert counter.strip.facts().untrusted_since == counter.session.now

    counter.status.set("sync", {"reason": "network", "reason_since": since})
    assert counter.strip.facts().untrusted_since is None
