"""When people buy: two years of days with their seasons, weekdays and hours."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Final

from central.seed.calendar import Calendar
from central.seed.dice import Dice

DAYS: Final = 730
"""How far the history reaches back."""

_MONTHS: Final = (150, 80, 115, 95, 90, 85, 80, 85, 95, 110, 125, 140)
"""January (before Tết) to December, in percent of a plain month; March and October hold women's days."""
_WEEKDAYS: Final = (75, 75, 80, 85, 105, 150, 140)
_HOURS: Final = ((9, 4), (10, 7), (11, 9), (12, 8), (13, 6), (14, 6), (15, 7), (16, 8), (17, 10), (18, 12),
                 (19, 13), (20, 10))  # fmt: skip
_GROWTH: Final = 40
"""Percent by which the newest day is busier than the oldest."""


class Rhythm:
    """Draws moments of shopping between two days before today."""

    def __init__(self, dice: Dice, calendar: Calendar) -> None:
        self._dice = dice
        self._calendar = calendar
        days = [calendar.today + timedelta(days=offset) for offset in range(-DAYS, 0)]
        self._cumulated = [0, *accumulate(_weight(day, place) for place, day in enumerate(days))]

    def moment(self, first: int, last: int) -> datetime:
        """Local time on a day `first`…`last`, both counted from today, between −DAYS and −1."""
        low, high = self._cumulated[first + DAYS], self._cumulated[last + DAYS + 1]
        offset = bisect_right(self._cumulated, self._dice.randrange(low, high)) - 1 - DAYS
        hour = self._dice.weighted(_HOURS)
        return self._calendar.at(offset, hour, self._dice.randrange(60))


def _weight(day: date, place: int) -> int:
    growth = 100 + _GROWTH * place // DAYS
    return _MONTHS[day.month - 1] * _WEEKDAYS[day.weekday()] * growth // 100
