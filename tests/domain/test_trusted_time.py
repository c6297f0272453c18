"""Which time counts, when the PC's clock or central's is wrong (protocol §8, faults 48 and 56)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pos_app.domain.trusted_time import BUILT, Reading, TrustedTime

NOON = datetime(2026, 11, 14, 5, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def reading(wall: datetime = NOON, mono_s: float = 0, boot: str = "boot") -> Reading:
    return Reading(wall, round(mono_s * 1000), boot)


HEARD = TrustedTime().committed(reading(NOON)).heard(NOON, reading())


@pytest.mark.parametrize("back", [DAY, 3650 * DAY])
def test_a_clock_set_back_revives_nothing(back: timedelta) -> None:
    later = reading(NOON - back, mono_s=3600)
    assert HEARD.now(later) == NOON + HOUR
    assert HEARD.is_behind(later)


def test_without_central_the_newest_own_document_is_the_bound() -> None:
    time = TrustedTime().committed(reading(NOON))
    assert time.now(reading(NOON - DAY, boot="another")) == NOON


def test_a_till_that_knows_nothing_lives_after_its_release() -> None:
    assert TrustedTime().now(reading(datetime(2016, 1, 1, tzinfo=UTC))) == BUILT
    assert not TrustedTime().wall_waits(reading(datetime(2036, 1, 1, tzinfo=UTC)))


def test_a_clock_a_year_ahead_waits_for_a_person() -> None:
    ahead = reading(NOON + 365 * DAY, mono_s=60)
    assert HEARD.wall_waits(ahead)
    assert HEARD.now(ahead) == NOON + timedelta(minutes=1)
    assert HEARD.committed(ahead) == HEARD  # its documents move no bound


def test_thirty_six_hours_ahead_are_a_long_weekend() -> None:
    assert not HEARD.wall_waits(reading(NOON + 36 * HOUR, boot="monday"))
    assert HEARD.wall_waits(reading(NOON + 36 * HOUR + timedelta(seconds=1), boot="monday"))


def test_a_confirmed_date_counts_from_then_on() -> None:
    ahead = reading(NOON + 30 * DAY, boot="after the holidays")
    time = HEARD.wall_confirmed(ahead)
    assert not time.wall_waits(ahead)
    assert time.now(ahead) == ahead.wall


def test_a_clock_that_ran_ahead_cures_itself_at_the_next_contact() -> None:
    ran = HEARD.committed(reading(NOON + 20 * HOUR, mono_s=60))
    assert ran.low(reading(mono_s=60)) == NOON + 20 * HOUR
    cured = ran.heard(NOON + timedelta(minutes=2), reading(NOON + 20 * HOUR, mono_s=120))
    assert cured.low(reading(NOON, mono_s=120)) == NOON + timedelta(minutes=2)


def test_a_far_ahead_clock_that_nobody_confirmed_is_cured_too() -> None:
    far = reading(NOON + 365 * DAY, mono_s=60)
    cured = HEARD.committed(far).heard(NOON + timedelta(minutes=1), far)
    assert cured.waiting is None
    assert cured.now(reading(NOON + timedelta(minutes=2), mono_s=120)) == NOON + timedelta(minutes=2)


@pytest.mark.parametrize("off", [-3 * DAY, 3 * DAY])
def test_a_server_time_far_from_all_that_is_known_waits_for_a_person(off: timedelta) -> None:
    now = reading(NOON + HOUR, mono_s=3600)
    time = HEARD.heard(now.wall + off, now)
    assert time.low(now) == NOON + HOUR
    assert time.waiting is not None
    assert time.server_confirmed().low(now) == now.wall + off
    assert time.wall_confirmed(now).waiting is None


def test_a_server_time_near_the_pcs_clock_is_believed() -> None:
    week = reading(NOON + 7 * DAY, boot="after a week without power")
    time = HEARD.heard(NOON + 7 * DAY, week)
    assert (time.waiting, time.low(week)) == (None, NOON + 7 * DAY)


def test_the_monotonic_clock_of_another_boot_says_nothing() -> None:
    assert HEARD.low(reading(mono_s=7200)) == NOON + 2 * HOUR
    assert HEARD.low(reading(mono_s=7200, boot="another")) == NOON


def test_a_suspend_of_three_days_is_time_that_passed() -> None:
    woken = reading(NOON + 3 * DAY, mono_s=3 * 86400)
    assert not HEARD.wall_waits(woken)
    assert HEARD.now(reading(NOON, mono_s=3 * 86400)) == NOON + 3 * DAY


def test_five_minutes_behind_are_no_news() -> None:
    assert not HEARD.is_behind(reading(NOON - timedelta(minutes=5)))
    assert HEARD.is_behind(reading(NOON - timedelta(minutes=5, seconds=1)))
