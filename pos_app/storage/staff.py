"""People of the store, their PIN verifiers, and wrong tries at this till (protocol §4.8; rules: People)."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from pos_app.domain.canonical import parse_body
from pos_app.domain.errors import DocumentRefused, SealRefused
from pos_app.domain.ids import TillId
from pos_app.domain.sealing import open_box
from pos_app.domain.staff import StaffMember
from pos_app.storage.feed_items import all_items
from pos_app.storage.files import TillFiles
from pos_app.storage.revocations import RevocationStore

HASH_BYTES = 32


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong PINs in a row at this till, and when the last was."""

    wrong: int = 0
    last_wrong: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Verifier:
    salt: bytes
    memory_kib: int
    passes: int
    lanes: int
    mac: bytes


class StaffStore:
    """`pepper` comes from the key store: without it till.db alone cannot be searched for PINs."""

    def __init__(self, files: TillFiles, pepper: bytes) -> None:
        self._files = files
        self._pepper = pepper

    def everyone(self) -> list[StaffMember]:
        """All of the feed, by staff number; some may be inactive."""
        people = [StaffMember.from_json(body) for _, body in all_items(self._files.store, "staff")]
        return sorted(people, key=lambda person: person.no)

    def is_revoked(self, staff: int) -> bool:
        return RevocationStore(self._files).staff(staff) is not None

    def verify(self, staff: int, pin: str) -> bool:
        """Whether this is the person's PIN; False also for somebody without a verifier. Takes ~50 ms."""
        known = self._verifier(staff)
        if known is None:
            return False
        derived = pin_hash(pin, known.salt, known.memory_kib, known.passes, known.lanes)
        return hmac.compare_digest(self._mac(derived), known.mac)

    def remember_verifiers(self, seal_key: bytes, till: TillId, former: bytes | None = None) -> int:
        """Open the sealed verifiers of the feed and keep only their HMAC. Returns how many are known.

        Call it when the staff feed was applied. A box that does not open (another till's) knows nobody;
        after a change of keys boxes for the `former` one open until central has sealed them anew.
        """
        found = {
            int(body["staff"]): self._opened(body, seal_key, till)
            or (self._opened(body, former, till) if former else None)
            for _, body in all_items(self._files.store, "staff")
            if body.get("sealed")
        }
        known = {staff: verifier for staff, verifier in found.items() if verifier is not None}
        with self._files.till.writing() as connection:
            connection.exec_driver_sql("DELETE FROM staff_verifier")
            for staff, one in known.items():
                connection.exec_driver_sql(
                    "INSERT INTO staff_verifier (staff, salt, memory_kib, passes, lanes, mac) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    (staff, one.salt, one.memory_kib, one.passes, one.lanes, one.mac),
                )
        return len(known)

    def forget_verifiers(self) -> None:
        """A revoked till wipes them (protocol §4.6)."""
        with self._files.till.writing() as connection:
            connection.exec_driver_sql("DELETE FROM staff_verifier")

    # --- wrong tries --------------------------------------------------------------------------
    def tries(self, staff: int) -> Tries:
        with self._files.till.reading() as connection:
            row = connection.exec_driver_sql(
                "SELECT wrong, last_wrong FROM pin_tries WHERE staff = ?", (staff,)
            ).fetchone()
        return Tries() if row is None else Tries(row[0], datetime.fromisoformat(row[1]))

    def wrong_try(self, staff: int, now: datetime) -> Tries:
        """Count one more, on the disk before the answer is given: a restart does not help."""
        with self._files.till.writing() as connection:
            connection.exec_driver_sql(
                "INSERT INTO pin_tries (staff, wrong, last_wrong) VALUES (?, 1, ?) "
                "ON CONFLICT (staff) DO UPDATE SET wrong = wrong + 1, last_wrong = excluded.last_wrong",
                (staff, now.isoformat()),
            )
        return self.tries(staff)

    def clear_tries(self, staff: int) -> None:
        """The right PIN was entered."""
        if self.tries(staff).wrong == 0:
            return
        with self._files.till.writing() as connection:
            connection.exec_driver_sql("DELETE FROM pin_tries WHERE staff = ?", (staff,))

    # --- verifiers ----------------------------------------------------------------------------
    def _verifier(self, staff: int) -> _Verifier | None:
        with self._files.till.reading() as connection:
            row = connection.exec_driver_sql(
                "SELECT salt, memory_kib, passes, lanes, mac FROM staff_verifier WHERE staff = ?", (staff,)
            ).fetchone()
        return None if row is None else _Verifier(*row)

    def _opened(self, body: dict[str, Any], seal_key: bytes, till: TillId) -> _Verifier | None:
        try:
            inside: dict[str, Any] = parse_body(
                open_box(bytes.fromhex(body["sealed"]), seal_key, "pin", till)
            )
        except (SealRefused, DocumentRefused):
            # sealed to a key this till no longer has: the person signs in again once the feed is renewed
            return None
        return _Verifier(
            bytes.fromhex(inside["salt"]), inside["m"], inside["t"], inside["p"],
            self._mac(bytes.fromhex(inside["verifier"])),
        )  # fmt: skip

    def _mac(self, derived: bytes) -> bytes:
        return hmac.digest(self._pepper, derived, hashlib.sha256)


def pin_hash(pin: str, salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytes:
    """`t` of protocol §4.8: Argon2id, 32 bytes."""
    argon2 = Argon2id(salt=salt, length=HASH_BYTES, iterations=passes, lanes=lanes, memory_cost=memory_kib)
    return argon2.derive(pin.encode())
