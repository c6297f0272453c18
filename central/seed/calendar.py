"""The days the made-up chain lives around: everything is placed relative to one `today`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Local dates and instants around `today`, in the shops' zone."""

    today: date

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def at(self, offset: int, hour: int, minute: int = 0) -> datetime:
        """Local hour and minute `offset` days from today, as an aware instant of the shops' zone."""
        return datetime.combine(self.day(offset), time(hour, minute), ZONE)

    @property
    def month_start(self) -> date:
        return self.today.replace(day=1)

    @property
    def next_month(self) -> date:
        return (self.month_start + timedelta(days=32)).replace(day=1)

    @property
    def month_end(self) -> date:
        return self.next_month - timedelta(days=1)


def midnight(day: date) -> str:
    """The first instant of a local day, RFC 3339."""
    return datetime.combine(day, time(), ZONE).isoformat()


def instant(moment: datetime) -> str:
    """RFC 3339 in UTC."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def unix_ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
