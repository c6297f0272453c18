"""Whether this till may be trusted by itself: a restriction stands until central or a person lifts it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import Connection

from pos_app.storage.database import Database

Reason = Literal["anchor_newer", "anchor_unknown", "restored", "spare", "forked", "epoch_retired"]
"""Why a till is restricted (protocol §8).

anchor_newer = the anchor has seen documents that the database lacks; anchor_unknown = no anchor of ours to
compare with; restored = a backup was put back; spare = runs under the spare epoch and central has not
answered yet; forked = central has seen two journals; epoch_retired = central wants a new enrolment.
"""

_GRAVITY: Final = {
    "anchor_unknown": 0,
    "spare": 1,
    "restored": 2,
    "anchor_newer": 3,
    "epoch_retired": 4,
    "forked": 5,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """`reason` None = nothing stands against this till; `since` is aware UTC."""

    reason: Reason | None = None
    since: datetime | None = None

    @property
    def is_restricted(self) -> bool:
        return self.reason is not None


NEED_ENROLMENT: Final = frozenset({"anchor_newer", "epoch_retired", "forked"})
"""What only a new enrolment settles; the other reasons end with central's answer."""


class StandingStore:
    """One row of till.db, which a restored copy brings along: hence what lifts it is checked elsewhere."""

    def __init__(self, till: Database) -> None:
        self._till = till

    def read(self) -> Standing:
        """How it is at this moment."""
        with self._till.reading() as connection:
            return standing_of(connection)

    def restrict(self, reason: Reason, at: datetime) -> None:
        """From now on restricted. A weaker reason never replaces a graver one; the first moment stays."""
        with self._till.writing() as connection:
            restrict(connection, reason, at)

    def clear(self) -> None:
        """Central, a new enrolment or a new epoch has settled it."""
        with self._till.writing() as connection:
            connection.exec_driver_sql("DELETE FROM standing")


def standing_of(connection: Connection) -> Standing:
    """As above, inside a transaction of the caller."""
    row = connection.exec_driver_sql("SELECT reason, since FROM standing").fetchone()
    return Standing() if row is None else Standing(row[0], datetime.fromisoformat(row[1]))


def restrict(connection: Connection, reason: Reason, at: datetime) -> None:
    """As above, inside a transaction of the caller."""
    held = standing_of(connection)
    if held.reason is not None and _GRAVITY[reason] <= _GRAVITY[held.reason]:
        return
    since = at if held.since is None else held.since
    connection.exec_driver_sql(
        "INSERT INTO standing (id, reason, since) VALUES (1, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET reason = excluded.reason",
        (reason, since.isoformat()),
    )
