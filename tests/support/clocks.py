"""Clocks that stand still until a test moves them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class StillClock:
    """Wall and monotonic time, moved by hand."""

    def __init__(self, now: datetime = datetime(2026, 11, 14, 2, 0, tzinfo=UTC)) -> None:
        self._now = now
        self._mono_ms = 1_000

    def now(self) -> datetime:
        return self._now

    def mono_ms(self) -> int:
        return self._mono_ms

    def pass_time(self, seconds: float) -> None:
        """Both clocks go on."""
        self._now += timedelta(seconds=seconds)
        self._mono_ms += round(seconds * 1000)

    def set_wall(self, now: datetime) -> None:
        """Somebody sets the PC's clock."""
        self._now = now
