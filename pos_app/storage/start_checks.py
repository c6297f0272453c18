"""What is proved at every start before anybody sells: the anchor, the chain, and how the last run ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from pos_app.storage import chain
from pos_app.storage.anchor import Anchor, Witness
from pos_app.storage.database import Database
from pos_app.storage.identity import Identity
from pos_app.storage.outbox import Outbox
from pos_app.storage.standing import Reason
from pos_app.storage.status import StatusStore

RECENT: Final = 1000
"""Documents whose hashes are followed at least (protocol §8); those not sent yet always."""

_RUN: Final = "run"


class Run:
    """Whether the last run ended in order: a row that says *running* until `ended`."""

    def __init__(self, status: StatusStore) -> None:
        self._status = status

    def ended_in_order(self) -> bool:
        """Whether the last one did; True where there was none."""
        return (self._status.get(_RUN) or {}).get("state") != "running"

    def begin(self) -> None:
        """From now on an end without `ended` is noticed."""
        self._status.set(_RUN, {"state": "running"})

    def ended(self) -> None:
        """The last thing before the files are closed."""
        self._status.set(_RUN, {"state": "ended"})


@dataclass(frozen=True, slots=True)
class Findings:
    """`reason` restricts the till; a chain with faults, or faulty pages, is damage of till.db."""

    reason: Reason | None
    chain: chain.ChainReport
    pages: tuple[str, ...] = ()

    @property
    def is_damaged(self) -> bool:
        return bool(self.chain.faults or self.pages)


def look(till: Database, identity: Identity, outbox: Outbox, anchor: Anchor, *, was_clean: bool) -> Findings:
    """Read only. The pages are all read after an unclean end; else `Database.faults` runs beside the window.

    Raises DatabaseUnreadable.
    """
    pages = () if was_clean else tuple(till.faults())
    first = outbox.unsent(1, 1)
    # of what central has answered for, it has proved the signatures itself
    unsent_from = (first[0].epoch, first[0].seq) if first else (identity.epoch + 1, 0)
    with till.reading() as connection:
        report = chain.verify(connection, identity, _how_many(connection, unsent_from), unsent_from)
        return Findings(judge(connection, identity, anchor), report, pages)


def judge(connection: Connection, identity: Identity, anchor: Anchor) -> Reason | None:
    """anchor_newer: a witness saw a document of this journal that is not in it, or another in its place."""
    witnesses = anchor.witnesses()
    if any(_is_missing(connection, one, identity.epoch) for one in witnesses):
        return "anchor_newer"
    has_begun = _newest(connection, identity.epoch) > 0
    vouches = anchor.is_known() and any(one.epoch >= identity.epoch for one in witnesses)
    return "anchor_unknown" if has_begun and not vouches else None


def _is_missing(connection: Connection, witness: Witness, epoch: int) -> bool:
    """A former epoch says nothing any more: its end is central's business. What was pruned is no loss."""
    if witness.epoch < epoch:
        return False
    if witness.epoch > epoch:
        return True
    found = _hash_at(connection, witness.epoch, witness.seq)
    if found is not None:
        return found != witness.hash
    return _newest(connection, epoch) < witness.seq


def _hash_at(connection: Connection, epoch: int, seq: int) -> bytes | None:
    row = connection.exec_driver_sql(
        "SELECT hash FROM journal WHERE epoch = ? AND seq = ?", (epoch, seq)
    ).fetchone()
    return None if row is None else bytes(row[0])


def _newest(connection: Connection, epoch: int) -> int:
    query = "SELECT coalesce(max(seq), 0) FROM journal WHERE epoch = ?"
    return int(connection.exec_driver_sql(query, (epoch,)).scalar_one())


def _how_many(connection: Connection, since: tuple[int, int]) -> int:
    unsent = connection.exec_driver_sql(
        "SELECT count(*) FROM journal WHERE (epoch, seq) >= (?, ?)", since
    ).scalar_one()
    return max(RECENT, int(unsent))
