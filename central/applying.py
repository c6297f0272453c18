"""Applies stored documents: effects, results, markers and feeds in one transaction (protocol §5)."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError

from central import claims, markers, private_parts, publish, results, silences
from central.apply import closings, customer, levels
from central.apply.booking import Booking, Flag
from central.apply.catalogue import Catalogue
from central.apply.depending import depends_on
from central.apply.kinds import KINDS, SCHEMA
from central.apply.reading import BrokenPayload, products_in
from central.apply.shelves import Shelves
from central.bulk import among
from central.cases import Trouble, open_case
from central.entries import Entries
from central.feeds import FeedWriter
from central.fences import is_booked
from central.filed import Filed, Known
from central.inbox import Proved
from central.keys import TenantKeys
from central.markers import Place
from central.results import Outcome
from central.tables.inbox import result, waiting
from central.tables.tills import epoch
from pos_app.domain.errors import DocumentRefused

_log = logging.getLogger("central.applying")


class Applying:
    """One apply transaction; `finish` writes what it has touched into the feeds."""

    def __init__(
        self,
        connection: Connection,
        keys: TenantKeys,
        now: datetime,
        *,
        is_late: bool = False,
        shelves: Shelves | None = None,
    ) -> None:
        """`is_late`: nobody waits for the answers, so that all of them go into the `results` feed."""
        self.connection = connection
        self.keys = keys
        self.now = now
        self._touched = publish.Touched()
        self._booked: dict[Place, list[tuple[int, str]]] = defaultdict(list)
        self._trust_changed = False
        self._catalogue = Catalogue(connection, shelves)
        self._entries = Entries(connection)
        self._filed = Filed(connection)
        self._judged: Mapping[str, Sequence[Flag]] = {}
        self._answered: set[str] = set()
        self._forks: dict[Place, int | None] = {}
        self._is_late = is_late
        self._again: set[str] = set()
        self._released: set[str] = set()

    def knows(self, proved: Iterable[Proved], judged: Mapping[str, Sequence[Flag]]) -> None:
        """Documents that the inbox has just stored, and what is wrong with the prices of some: neither need
        be found out again."""
        self._filed.proved = {one.doc_id: one for one in proved}
        self._judged = judged

    def run(self, doc_ids: Iterable[str], *, are_new: bool = False) -> None:
        """Applies these documents in the order in which their journals are named first (that of arrival),
        then those that waited for them. `are_new`: none of them has a result yet."""
        wanted = list(doc_ids)
        wave = self._filed.in_order(wanted)
        self._answered = set() if are_new else self._filed.with_results(wanted)
        while wave:
            self._apply_wave(wave)
            # a person may decide about what has been booked in the meantime: once is enough
            decided = sorted(one for one in self._again if not is_booked(self.connection, one))
            self._again = set()
            again = [*self._filed.woken(wave), *decided]
            wave, self._answered = self._filed.in_order(again), self._filed.with_results(again)

    def private_came(self, doc_id: str) -> None:
        """A customer's private part arrived after its document: the row is filled now, if not erased."""
        rows = self._filed.in_order([doc_id])
        self._forget_erased(rows)
        if not rows or rows[0].kind not in ("customer_create", "customer_update"):
            return
        booked = self.connection.scalar(select(result.c.booked).where(result.c.doc_id == doc_id))
        if not booked:
            return
        self._look_up(rows)
        with self.connection.begin_nested():
            booking = self._booking(rows[0])
            customer.enter(booking)
            codes, case_id = booking.settle()
        if codes:
            outcome = Outcome("applied_flagged", codes, case_id, booked=True)
            results.save(self.connection, doc_id, outcome, self.now)
            self._touched.results.add(doc_id)
        self._touched.update(booking.touched)

    def finish(self) -> None:
        """Closings whose range is complete, markers, feeds: the last things in the transaction."""
        writer = FeedWriter(self.connection)
        for place in sorted(self._booked):
            self._touched.results |= closings.recompute(self.connection, place, self.now)
        markers.note(writer, self._booked)
        if self._trust_changed:
            publish.tills(writer)
        publish.touched(writer, self._touched, self.now)
        writer.flush()

    # --- one wave -----------------------------------------------------------------------------
    def _apply_wave(self, rows: Sequence[Known]) -> None:
        """All in one savepoint; when that fails again, one savepoint for each document."""
        self._forget_erased(rows)
        self._look_up(rows)
        touched = publish.Touched()
        booked: list[bool] = []
        try:
            with self.connection.begin_nested():
                for row in rows:
                    booked.append(self._apply(row, touched))
                levels.enter(self.connection, touched.levels)
        except OperationalError:
            raise
        except Exception:  # noqa: BLE001  # the document at fault is found below, and quarantined
            touched, booked = publish.Touched(), []
            for row in rows:
                alone = publish.Touched()
                booked.append(self._apply_alone(row, alone))
                touched.update(alone)
        self._touched.update(touched)
        for row, is_booked_now in zip(rows, booked, strict=True):
            entries = self._booked[row.till, row.epoch]
            if is_booked_now:
                entries.append((row.seq, row.doc_id))
        claims.settle(self.connection, [row.doc_id for row, now in zip(rows, booked, strict=True) if now])

    def _forget_erased(self, rows: Sequence[Known]) -> None:
        """On its way while its customer was erased: nothing of it may come back, whatever becomes of it."""
        private = {row.doc_id: bytes(row.body) for row in rows if b'"private_hash"' in bytes(row.body)}
        gone = private_parts.of_erased(self.connection, private) if private else []
        private_parts.forget(self.connection, gone, self.now)

    def _look_up(self, rows: Sequence[Known]) -> None:
        """What all documents at hand are held against, in a few questions instead of a few for each."""
        wanted: dict[int, set[str]] = defaultdict(set)
        people: set[int] = set()
        proved = self._filed.proved
        for one in (proved[row.doc_id] for row in rows if row.doc_id in proved):
            wanted[int(one.envelope.store)] |= products_in(one.content["payload"])
            people.add(int(one.envelope.staff))
        for store, products in wanted.items():
            self._catalogue.goods(store, products)
        self._catalogue.look_up_people(people)
        self._catalogue.look_up_homes(row.till for row in rows)
        tills = {row.till for row in rows if (row.till, row.epoch) not in self._forks}
        query = select(epoch.c.till, epoch.c.epoch, epoch.c.forked_at).where(among(epoch.c.till, tills))
        for till, number, forked_at in self.connection.execute(query) if tills else ():
            self._forks[till, number] = forked_at

    def _apply_alone(self, row: Known, touched: publish.Touched) -> bool:
        try:
            with self.connection.begin_nested():
                is_booked_now = self._apply(row, touched)
                levels.enter(self.connection, touched.levels)
                return is_booked_now
        except OperationalError:
            raise
        except BrokenPayload as broken:
            outcome = self._quarantined(row, "BROKEN_INVARIANT", broken.reason)
        except Exception as bug:  # noqa: BLE001  # a bug of ours must not lose the document
            _log.exception("document %s cannot be applied", row.doc_id)
            outcome = self._quarantined(row, "BUG", type(bug).__name__)
        self._save(row.doc_id, outcome, touched)
        return outcome.booked

    def _apply(self, row: Known, touched: publish.Touched) -> bool:
        outcome = self._outcome(row, touched)
        self._save(row.doc_id, outcome, touched)
        return outcome.booked

    def _save(self, doc_id: str, outcome: Outcome, touched: publish.Touched) -> None:
        """What had an answer before, or is answered to nobody now, is told by the feed."""
        if doc_id in self._answered:
            results.save(self.connection, doc_id, outcome, self.now)
        else:
            self._entries.add(result, results.first_row(doc_id, outcome, self.now))
            self._entries.add(waiting, *results.waiting_rows(doc_id, outcome, self.now))
        if self._is_late or doc_id in self._answered:
            touched.results.add(doc_id)

    def _outcome(self, row: Known, touched: publish.Touched) -> Outcome:
        if not row.verified and not self._filed.verifies_now(row):
            return Outcome("parked", missing=[f"key/{row.till}/{row.epoch}"])
        try:
            booking = self._booking(row)
        except DocumentRefused as refusal:
            return self._quarantined(row, "NOT_A_DOCUMENT", str(refusal.fields["reason"]))
        kind = booking.envelope.kind
        if kind not in KINDS:
            return self._quarantined(row, "UNKNOWN_KIND", kind)
        if booking.envelope.schema > SCHEMA or booking.envelope.v > 1:
            return self._quarantined(row, "UNKNOWN_SCHEMA", str(booking.envelope.schema))
        if self._catalogue.home(row.till) not in (None, booking.store):
            raise BrokenPayload("foreign_store:store")
        missing = [name for name in depends_on(booking) if not is_booked(self.connection, name)]
        if missing and row.doc_id not in self._released:
            return Outcome("parked", missing=missing, fork=booking.is_fork)
        if not booking.envelope.training:
            KINDS[kind](booking)
            silences.check(booking)
        return self._settled(booking, touched)

    def _settled(self, booking: Booking, touched: publish.Touched) -> Outcome:
        codes, case_id = booking.settle()
        touched.update(booking.touched)
        self._again |= booking.again
        self._released |= booking.released
        if "EPOCH_BEGUN" in codes:
            codes.remove("EPOCH_BEGUN")
            self._trust_changed = True
        if booking.is_fork:
            return Outcome("fork", codes or ["TILL_FORK"], case_id, booked=True, fork=True)
        return Outcome("applied_flagged" if codes else "applied", codes, case_id, booked=True)

    def _quarantined(self, row: Known, code: str, note: str) -> Outcome:
        if row.doc_id in self._released:
            return Outcome("applied_flagged", ["RELEASED"], booked=True, note=f"{code}:{note}")
        facts = {"kind": row.kind, "epoch": row.epoch, "seq": row.seq, "reason": note}
        trouble = Trouble(code=code, doc_id=row.doc_id, till=row.till, facts=facts)
        case_id = open_case(self.connection, trouble, self.now)
        return Outcome("quarantined", [code], case_id, note=note)

    # --- what a booking needs -----------------------------------------------------------------
    def _booking(self, row: Known) -> Booking:
        """Raises DocumentRefused for bytes that are no document."""
        envelope, content = self._filed.read(row)
        # forks are found in the inbox: during an apply they stay as they are
        forked_at = self._forks.get((row.till, row.epoch))
        return Booking(
            connection=self.connection,
            entries=self._entries,
            keys=self.keys,
            now=self.now,
            envelope=envelope,
            payload=content["payload"],
            hash=bytes(row.hash),
            is_fork=forked_at is not None and row.seq >= forked_at,
            catalogue=self._catalogue,
            private=self._filed.private(row.doc_id) if envelope.private_hash else None,
            judged=self._judged.get(row.doc_id),
        )
