"""The database key in central's keeping: sealed once, laid down until it is acknowledged (protocol §3)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from pos_app.domain.ids import TillId
from pos_app.domain.sealing import seal
from pos_app.storage.identity import Identity
from pos_app.storage.keys import DATABASE_KEY, KeyStore
from pos_app.storage.status import StatusStore

STATUS: Final = "keybox"


class KeyEscrow:
    """The box is made once for this till, key and recovery key: sealing twice would give another."""

    def __init__(self, status: StatusStore, keys: KeyStore, identity: Identity) -> None:
        self._status = status
        self._keys = keys
        self._identity = identity

    def box(self) -> bytes | None:
        """80 bytes; None while there is no recovery key (enrolled by an older program)."""
        row = self._row()
        if row is not None:
            return bytes.fromhex(str(row["box"]))
        key = self._keys.get(DATABASE_KEY)
        if key is None or not self._identity.recovery_key:
            return None
        recovery = bytes.fromhex(self._identity.recovery_key)
        box = seal(key, recovery, "database-key", TillId(self._identity.till))
        self._status.set(STATUS, {"box": box.hex(), **self._seats()})
        return box

    def acknowledged_at(self) -> datetime | None:
        """Since when central holds it; None = a lost key store would lose what is unsent."""
        at = (self._row() or {}).get("at")
        return None if at is None else datetime.fromisoformat(str(at))

    def is_held_by(self, incarnation: str) -> bool:
        """Whether this central has acknowledged it; one that was restored may have forgotten."""
        return (self._row() or {}).get("incarnation") == incarnation

    def acknowledged(self, incarnation: str, at: datetime) -> None:
        """Central has answered for the box."""
        box = self.box()
        if box is not None:
            held = {"incarnation": incarnation, "at": at.isoformat()}
            self._status.set(STATUS, {"box": box.hex(), **self._seats(), **held})

    def _row(self) -> dict[str, object] | None:
        """The box that is still the right one."""
        row = self._status.get(STATUS) or {}
        seats = self._seats()
        return row if row.get("box") and {name: row.get(name) for name in seats} == seats else None

    def _seats(self) -> dict[str, object]:
        return {
            "till": self._identity.till,
            "epoch": self._identity.epoch,
            "for": self._identity.recovery_key,
        }
