"""A PC whose date is not certain: told, asked, journaled, and never in the way of a sale (fault 56)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pos_app.domain.errors import DateUnconfirmed
from tests.support.counter import Counter

DAY = timedelta(days=1)


@pytest.fixture
def known(counter: Counter) -> Counter:
    """Central was heard today."""
    counter.enter()
    counter.till.trusted.heard(counter.till.clock.now())
    return counter


def anomalies(counter: Counter) -> list[dict[str, object]]:
    bodies = [
        one.content for one in counter.till.journal.documents_since(1, 1) if one.kind == "clock_anomaly"
    ]
    return [dict(body["payload"]) for body in bodies]


@pytest.mark.parametrize("back", [DAY, 3650 * DAY])
def test_a_clock_set_back_is_told_once_and_the_shop_goes_on_by_the_right_day(
    known: Counter, back: timedelta
) -> None:
    clock = known.till.clock
    today = known.session.business_date
    clock.set_wall(clock.now() - back)
    assert known.clock_watch.look() == "behind"
    known.clock_watch.look()
    assert [one["what"] for one in anomalies(known)] == ["behind"]
    known.shifts.open({100_000: 5})
    known.till.sell()
    assert known.session.business_date == today
    clock.set_wall(clock.now() + back)
    assert known.clock_watch.look() == ""
    assert known.till.journal.verify().is_whole


def test_a_shift_opens_only_on_a_certain_day(known: Counter) -> None:
    clock = known.till.clock
    clock.set_wall(clock.now() + 365 * DAY)
    with pytest.raises(DateUnconfirmed):
        known.shifts.open({100_000: 5})
    known.clock_watch.confirm()
    known.shifts.open({100_000: 5})
    assert known.session.business_date.year == 2027
    assert [one.get("answer") for one in anomalies(known)] == [None, "wall"]


def test_who_says_that_the_date_is_wrong_sells_on_by_the_known_one(known: Counter) -> None:
    clock = known.till.clock
    today = known.session.business_date
    clock.set_wall(clock.now() + 365 * DAY)
    with pytest.raises(DateUnconfirmed):
        known.shifts.open({100_000: 5})
    known.clock_watch.refuse()
    known.shifts.open({100_000: 5})
    assert known.session.business_date == today
    assert known.clock_watch.trouble() == "ahead"  # it stays on the strip


def test_a_far_ahead_clock_is_cured_by_the_next_contact(known: Counter) -> None:
    clock = known.till.clock
    right = clock.now()
    clock.set_wall(right + 365 * DAY)
    known.clock_watch.look()
    known.till.trusted.heard(right)
    clock.set_wall(right)
    assert known.clock_watch.look() == ""
    assert known.session.now == right


def test_a_server_time_far_off_is_believed_after_a_person_said_so(known: Counter) -> None:
    clock = known.till.clock
    said = clock.now() + 3 * DAY
    known.till.trusted.heard(said)
    question = known.clock_watch.question()
    assert question is not None
    assert (question.trouble, question.central) == ("server", said)
    assert known.session.now == clock.now()
    known.clock_watch.refuse()  # the PC's date is the wrong one
    assert known.session.now == said


def test_a_server_time_far_off_is_forgotten_when_the_pc_is_right(known: Counter) -> None:
    known.till.trusted.heard(known.till.clock.now() - 3 * DAY)
    known.clock_watch.confirm()
    assert known.clock_watch.trouble() == ""


def test_ages_of_feeds_do_not_grow_young_with_the_clock(known: Counter) -> None:
    clock = known.till.clock
    known.till.feeds.confirmed(["orders"])
    clock.pass_time(3600)
    clock.set_wall(clock.now() - 30 * DAY)
    assert known.session.feed_age_s("orders") == 3600


def test_a_suspend_of_three_days_ages_the_feeds(known: Counter) -> None:
    clock = known.till.clock
    known.till.feeds.confirmed(["orders"])
    clock.pass_time(3 * 86_400)  # the machine slept: wall and monotonic clock went on
    assert known.session.feed_age_s("orders") == 3 * 86_400
    assert known.clock_watch.look() == ""
