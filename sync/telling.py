"""The rows `link` and `sync` of the status: what the state strip and the health screen read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pos_app.storage.clock import Boot, Clock
from pos_app.storage.status import StatusStore
from sync.messages import HelloAnswer


class Telling:
    """Writes a row only when it says something new."""

    def __init__(self, status: StatusStore, clock: Clock, boot: Boot) -> None:
        self._status = status
        self._clock = clock
        self._boot = boot

    @property
    def is_linked(self) -> bool:
        """Whether the last that was told is that central answers."""
        return (self._status.get("link") or {}).get("state") in ("online", "sending")

    def link(self, state: str, **figures: int) -> None:
        """online, offline or sending; since when, and how far a long sending has come (`done`, `total`)."""
        held = self._status.get("link") or {}
        since = held.get("since") if held.get("state") == state else None
        self._set("link", held, {"state": state, "since": since or self._clock.now().isoformat(), **figures})

    def sync(self, trouble: Mapping[str, Any], hello: HelloAnswer | None) -> None:
        """What is in trouble, since when; at a contact central's time too, our monotonic clock beside it."""
        held = self._status.get("sync") or {}
        row = {**held, **trouble}
        if row.get("reason") != held.get("reason"):
            row["reason_since"] = self._clock.now().isoformat()
        if hello is not None:
            row |= {
                "last_contact": self._clock.now().isoformat(),
                "server_time": hello.server_time,
                "mono_ms": self._clock.mono_ms(),
                "boot_id": self._boot.boot_id,
                "incarnation": hello.incarnation,
            }
        self._set("sync", held, row)

    def _set(self, name: str, held: Mapping[str, Any], row: dict[str, Any]) -> None:
        if row != held:
            self._status.set(name, row)
