"""Refused codes go into the journal, once a minute each with a count (protocol §3, §7)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pos_app.domain.codes import normalise
from pos_app.services.session import Session
from pos_app.storage.journal import Journal

MINUTE_MS = 60_000


@dataclass(slots=True)
class _Repeats:
    since_ms: int
    count: int


class RefusalLog:
    """The first refusal is written at once; its repeats within a minute together when the minute is over."""

    def __init__(self, session: Session, journal: Journal) -> None:
        self._session = session
        self._journal = journal
        self._repeats: dict[tuple[str, str, str], _Repeats] = {}

    def note(self, reason: str, *, serial: int | None = None, text: str = "") -> None:
        """Keep a refusal; of a code whose serial cannot be read only the hash of its text is kept."""
        is_read = serial is not None
        key = ("serial", str(serial), reason) if is_read else ("text_hash", _hash_of(text), reason)
        now = self._session.clock.mono_ms()
        self._write_what_is_over(now)
        if key in self._repeats:
            self._repeats[key].count += 1
            return
        self._repeats[key] = _Repeats(now, 0)
        self._write(key, 1)

    def flush(self) -> None:
        """Write what is still counted: before a shift closes and when the program ends."""
        for key, repeats in self._repeats.items():
            if repeats.count:
                self._write(key, repeats.count)
        self._repeats.clear()

    def _write_what_is_over(self, now: int) -> None:
        for key in [key for key, seen in self._repeats.items() if now - seen.since_ms >= MINUTE_MS]:
            repeats = self._repeats.pop(key)
            if repeats.count:
                self._write(key, repeats.count)

    def _write(self, key: tuple[str, str, str], count: int) -> None:
        name, value, reason = key
        payload = {name: value, "reason": reason, "count": count}
        self._journal.record(self._session.draft("voucher_refused", payload))


def _hash_of(text: str) -> str:
    """Half a surrogate pair, as a broken scanner sends it, has a hash too."""
    return hashlib.sha256(normalise(text).encode("utf-8", "surrogatepass")).hexdigest()
