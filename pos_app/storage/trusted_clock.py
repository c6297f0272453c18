"""The till's trusted time while it runs: read from any thread, kept in till.db across restarts."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from pos_app.domain.trusted_time import BUILT, Reading, ServerTime, TrustedTime
from pos_app.storage.clock import Boot, Clock
from pos_app.storage.database import Database
from pos_app.storage.json_text import JsonObject, object_of, text_of

KEPT_EVERY: Final = timedelta(minutes=1)
"""A bound that has grown by less is not written again: a power cut may cost it this much."""


class TrustedTimeStore:
    """One row of till.db. Give it the connection with synchronous=NORMAL."""

    def __init__(self, database: Database, built: datetime = BUILT) -> None:
        self._database = database
        self._built = built

    def load(self) -> TrustedTime:
        with self._database.reading() as connection:
            row = connection.exec_driver_sql("SELECT body FROM trusted_time").fetchone()
        return TrustedTime(self._built) if row is None else _from_json(object_of(row[0]), self._built)

    def newest_wall(self) -> datetime | None:
        """When the newest own document was committed, by the wall; None before the first."""
        with self._database.reading() as connection:
            row = connection.exec_driver_sql(
                "SELECT committed_at FROM journal ORDER BY epoch DESC, seq DESC LIMIT 1"
            ).fetchone()
        return None if row is None else datetime.fromisoformat(row[0])

    def save(self, time: TrustedTime) -> None:
        with self._database.writing() as connection:
            connection.exec_driver_sql(
                "INSERT INTO trusted_time (id, body) VALUES (1, ?) "
                "ON CONFLICT (id) DO UPDATE SET body = excluded.body",
                (text_of(_to_json(time)),),
            )


class TrustedClock:
    """A Clock whose `now` is the time that counts; `wall` is what the PC shows."""

    def __init__(self, store: TrustedTimeStore, clock: Clock, boot: Boot) -> None:
        self._store = store
        self._clock = clock
        self._boot = boot
        self._lock = threading.Lock()
        self._kept = self._time = store.load()
        newest = store.newest_wall()
        if newest is not None:  # it may be younger than what was kept
            self._time = self._time.committed(replace(self._reading(), wall=newest))

    # --- reading -------------------------------------------------------------------------------
    def now(self) -> datetime:
        """max(wall, trusted_low), without the wall while it waits; aware UTC."""
        return self._time.now(self._reading())

    def wall(self) -> datetime:
        """What the PC's clock shows; aware UTC."""
        return self._clock.now()

    def mono_ms(self) -> int:
        return self._clock.mono_ms()

    @property
    def pc(self) -> Clock:
        """The clock that the PC shows, for what a document says of its wall."""
        return self._clock

    @property
    def low(self) -> datetime:
        """`trusted_low`."""
        return self._time.low(self._reading())

    @property
    def wall_waits(self) -> bool:
        """Far ahead, and nobody has confirmed the date."""
        return self._time.wall_waits(self._reading())

    @property
    def is_behind(self) -> bool:
        """Earlier than it can be."""
        return self._time.is_behind(self._reading())

    @property
    def waiting(self) -> datetime | None:
        """Central's time by now, while it is too far off to be believed without a person."""
        waiting = self._time.waiting
        return None if waiting is None else waiting.at(self._reading())

    # --- what happens --------------------------------------------------------------------------
    def committed(self, wall: datetime) -> None:
        """A document with this wall is on the disk."""
        self._become(lambda time: time.committed(replace(self._reading(), wall=wall)))

    def heard(self, told: datetime) -> None:
        """Central has said what time it is."""
        self._become(lambda time: time.heard(told, self._reading()))

    def confirm_wall(self) -> None:
        """A person says that the PC's date is right."""
        self._become(lambda time: time.wall_confirmed(self._reading()), at_once=True)

    def confirm_server(self) -> None:
        """A person says that central's date is right."""
        self._become(lambda time: time.server_confirmed(), at_once=True)

    def _become(self, change: Callable[[TrustedTime], TrustedTime], *, at_once: bool = False) -> None:
        with self._lock:
            self._time = change(self._time)
            if at_once or self._is_worth_keeping():
                self._store.save(self._time)
                self._kept = self._time

    def _is_worth_keeping(self) -> bool:
        if self._time == self._kept:
            return False
        reading = self._reading()
        moved = self._time.low(reading) - self._kept_low(reading)
        return abs(moved) >= KEPT_EVERY or (self._time.waiting is None) != (self._kept.waiting is None)

    def _kept_low(self, reading: Reading) -> datetime:
        """As a start without this run's monotonic clock would know it."""
        return self._kept.low(replace(reading, boot_id=""))

    def _reading(self) -> Reading:
        return Reading(self._clock.now(), self._clock.mono_ms(), self._boot.boot_id)


def _to_json(time: TrustedTime) -> JsonObject:
    low = time.local_low
    return {
        "server": _server_json(time.server),
        "local_low": None if low is None else low.isoformat(),
        "waiting": _server_json(time.waiting),
    }


def _server_json(server: ServerTime | None) -> JsonObject | None:
    if server is None:
        return None
    return {"told": server.told.isoformat(), "mono_ms": server.mono_ms, "boot_id": server.boot_id}


def _from_json(body: JsonObject, built: datetime) -> TrustedTime:
    low = body["local_low"]
    return TrustedTime(
        built,
        _server_of(body["server"]),
        None if low is None else datetime.fromisoformat(low),
        _server_of(body["waiting"]),
    )


def _server_of(body: dict[str, Any] | None) -> ServerTime | None:
    if body is None:
        return None
    return ServerTime(datetime.fromisoformat(body["told"]), body["mono_ms"], body["boot_id"])
