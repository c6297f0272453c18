"""Waiting after failures, and central's time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sync.backoff import Backoff
from sync.server_clock import ServerClock
from tests.support.clocks import StillClock


def test_the_longest_wait_doubles_up_to_five_minutes() -> None:
    backoff = Backoff(lambda: 1.0)
    assert [backoff.failed() for _ in range(10)] == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_a_success_starts_again() -> None:
    backoff = Backoff(lambda: 1.0)
    backoff.failed()
    backoff.failed()
    backoff.succeeded()
    assert backoff.failed() == 2


def test_jitter_reaches_down_to_zero() -> None:
    assert Backoff(lambda: 0.0).failed() == 0


def test_what_central_asked_for_is_the_least() -> None:
    assert Backoff(lambda: 0.0).failed(30) == 30
    assert Backoff(lambda: 1.0).failed(30) == 32


@given(st.integers(1, 5000), st.floats(0, 1, exclude_max=True))
def test_no_number_of_failures_breaks_the_limit(failures: int, random: float) -> None:
    backoff = Backoff(lambda: random)
    assert all(0 <= backoff.failed() <= 300 for _ in range(failures))


@given(st.floats(0, 1, exclude_max=True))
def test_a_poll_comes_every_fifteen_seconds_give_or_take_five(random: float) -> None:
    assert 10 <= Backoff(lambda: random).poll() <= 20


def test_before_central_was_heard_the_own_clock_counts() -> None:
    clock = StillClock()
    assert ServerClock(clock).created() == clock.now()


def test_created_goes_on_with_the_monotonic_clock() -> None:
    clock = StillClock()
    server = ServerClock(clock)
    told = datetime(2026, 12, 1, tzinfo=UTC)
    server.learn(told)
    clock.set_wall(datetime(1999, 1, 1, tzinfo=UTC))
    clock.pass_time(90)
    assert server.now() == told + timedelta(seconds=90)


def test_created_never_falls_below_what_central_accepted() -> None:
    clock = StillClock()
    server = ServerClock(clock)
    first = server.created()
    server.accepted(first)
    server.learn(first - timedelta(seconds=120))
    assert server.created() == first


def test_a_clock_far_ahead_comes_back_when_central_did_not_accept_it() -> None:
    clock = StillClock(datetime(2035, 1, 1, tzinfo=UTC))
    server = ServerClock(clock)
    server.created()
    told = datetime(2026, 11, 14, tzinfo=UTC)
    server.learn(told)
    assert server.created() == told
