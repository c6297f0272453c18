"""Applies stored documents: effects, results, markers and feeds in one transaction (protocol §5)."""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.exc import OperationalError

from central import claims, markers, private_parts, publish, results, silences
from central.apply import closings, customer, levels
from central.apply.booking import Booking
from central.apply.catalogue import Catalogue
from central.apply.depending import depends_on
from central.apply.kinds import KINDS, SCHEMA
from central.apply.reading import BrokenPayload, products_in
from central.cases import Trouble, open_case
from central.entries import Entries
from central.feeds import FeedWriter
from central.fences import fence_text, is_booked
from central.keys import TenantKeys
from central.results import Outcome
from central.tables.inbox import document, private_part, result, waiting
from central.tables.tills import epoch, till_key
from pos_app.domain.canonical import parse_body
from pos_app.domain.document import verify_hash
from pos_app.domain.envelope import Envelope
from pos_app.domain.errors import DocumentRefused

_log = logging.getLogger("central.applying")
_CHUNK = 500


class Applying:
    """One apply transaction; `finish` writes what it has touched into the feeds."""

    def __init__(
        self, connection: Connection, keys: TenantKeys, now: datetime, *, is_late: bool = False
    ) -> None:
        """`is_late`: nobody waits for the answers, so that all of them go into the `results` feed."""
        self.connection = connection
        self.keys = keys
        self.now = now
        self._touched = publish.Touched()
        self._booked: dict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
        self._trust_changed = False
        self._catalogue = Catalogue(connection)
        self._entries = Entries(connection)
        self._bodies: dict[str, Mapping[str, Any]] = {}
        self._answered: set[str] = set()
        self._forks: dict[tuple[str, int], int | None] = {}
        self._is_late = is_late
        self._again: set[str] = set()
        self._released: set[str] = set()

    def knows(self, bodies: Mapping[str, Mapping[str, Any]]) -> None:
        """Bodies by document that the inbox has just proved: they need not be read again."""
        self._bodies.update(bodies)

    def run(self, doc_ids: Iterable[str]) -> None:
        """Applies these documents in the order of their journals, then those that waited for them."""
        wave = self._in_order(doc_ids)
        while wave:
            self._apply_wave(wave)
            # a person may decide about what has been booked in the meantime: once is enough
            decided = {one for one in self._again if not is_booked(self.connection, one)}
            self._again = set()
            wave = self._in_order([*self._woken(wave), *decided])

    def private_came(self, doc_id: str) -> None:
        """A customer's private part arrived after its document: the row is filled now, if not erased."""
        rows = self._in_order([doc_id])
        self._forget_erased(rows)
        if not rows or rows[0].kind not in ("customer_create", "customer_update"):
            return
        booked = self.connection.scalar(select(result.c.booked).where(result.c.doc_id == doc_id))
        if not booked:
            return
        with self.connection.begin_nested():
            booking = self._booking(rows[0], parse_body(bytes(rows[0].body)))
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
        for place, booked in sorted(self._booked.items()):
            self._touched.results |= closings.recompute(self.connection, place, self.now)
            markers.note(writer, *place, booked)
        if self._trust_changed:
            publish.tills(writer)
        publish.touched(writer, self._touched, self.now)
        writer.flush()

    # --- one wave -----------------------------------------------------------------------------
    def _apply_wave(self, rows: Sequence[Row[Any]]) -> None:
        """All in one savepoint; when that fails again, one savepoint for each document."""
        self._answered = self._with_results([row.doc_id for row in rows])
        self._forget_erased(rows)
        self._look_up_goods(rows)
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

    def _forget_erased(self, rows: Sequence[Row[Any]]) -> None:
        """On its way while its customer was erased: nothing of it may come back, whatever becomes of it."""
        private = {row.doc_id: bytes(row.body) for row in rows if b'"private_hash"' in bytes(row.body)}
        gone = private_parts.of_erased(self.connection, private) if private else []
        private_parts.forget(self.connection, gone, self.now)

    def _look_up_goods(self, rows: Sequence[Row[Any]]) -> None:
        """Those of all documents whose bodies are at hand, in a few questions instead of a few for each."""
        wanted: dict[int, set[str]] = defaultdict(set)
        for body in (self._bodies[row.doc_id] for row in rows if row.doc_id in self._bodies):
            wanted[body["store"]] |= products_in(body["payload"])
        for store, products in wanted.items():
            self._catalogue.goods(store, products)

    def _apply_alone(self, row: Row[Any], touched: publish.Touched) -> bool:
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

    def _apply(self, row: Row[Any], touched: publish.Touched) -> bool:
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

    def _outcome(self, row: Row[Any], touched: publish.Touched) -> Outcome:
        if not row.verified and not self._verifies_now(row):
            return Outcome("parked", missing=[f"key/{row.till}/{row.epoch}"])
        try:
            booking = self._booking(row, self._body(row))
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

    def _quarantined(self, row: Row[Any], code: str, note: str) -> Outcome:
        if row.doc_id in self._released:
            return Outcome("applied_flagged", ["RELEASED"], booked=True, note=f"{code}:{note}")
        facts = {"kind": row.kind, "epoch": row.epoch, "seq": row.seq, "reason": note}
        trouble = Trouble(code=code, doc_id=row.doc_id, till=row.till, facts=facts)
        case_id = open_case(self.connection, trouble, self.now)
        return Outcome("quarantined", [code], case_id, note=note)

    # --- what a booking needs -----------------------------------------------------------------
    def _booking(self, row: Row[Any], body: Mapping[str, Any]) -> Booking:
        envelope = Envelope.from_body(body)
        forked_at = self._forked_at(row.till, row.epoch)
        return Booking(
            connection=self.connection,
            entries=self._entries,
            keys=self.keys,
            now=self.now,
            envelope=envelope,
            payload=body["payload"],
            hash=bytes(row.hash),
            is_fork=forked_at is not None and row.seq >= forked_at,
            catalogue=self._catalogue,
            private=self._private(row.doc_id) if envelope.private_hash else None,
        )

    def _body(self, row: Row[Any]) -> Mapping[str, Any]:
        return self._bodies.get(row.doc_id) or parse_body(bytes(row.body))

    def _forked_at(self, till: str, number: int) -> int | None:
        """Forks are found in the inbox: during an apply they stay as they are."""
        place = till, number
        if place not in self._forks:
            here = select(epoch.c.forked_at).where(epoch.c.till == till, epoch.c.epoch == number)
            self._forks[place] = self.connection.scalar(here)
        return self._forks[place]

    def _private(self, doc_id: str) -> Mapping[str, Any] | None:
        data = self.connection.scalar(
            select(private_part.c.bytes).where(
                private_part.c.doc_id == doc_id, private_part.c.state == "stored"
            )
        )
        if data is None:
            return None
        try:
            value = json.loads(bytes(data))
        except (ValueError, RecursionError):
            return None
        return value if isinstance(value, dict) else None

    def _verifies_now(self, row: Row[Any]) -> bool:
        keys = self.connection.scalars(
            select(till_key.c.public_key).where(till_key.c.till == row.till, till_key.c.epoch == row.epoch)
        )
        return any(verify_hash(bytes.fromhex(key), bytes(row.hash), bytes(row.signature)) for key in keys)

    def _with_results(self, doc_ids: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for start in range(0, len(doc_ids), _CHUNK):
            part = result.c.doc_id.in_(doc_ids[start : start + _CHUNK])
            found.update(self.connection.scalars(select(result.c.doc_id).where(part)))
        return found

    def _in_order(self, doc_ids: Iterable[str]) -> list[Row[Any]]:
        wanted = sorted(set(doc_ids))
        rows: list[Row[Any]] = []
        for start in range(0, len(wanted), _CHUNK):
            part = document.c.doc_id.in_(wanted[start : start + _CHUNK])
            rows += self.connection.execute(select(document).where(part))
        return sorted(rows, key=lambda row: (row.till, row.epoch, row.seq, row.doc_id))

    def _woken(self, wave: Sequence[Row[Any]]) -> list[str]:
        """Parked documents that wait for one of these, and for nothing else any more."""
        names = {name for row in wave for name in (row.doc_id, fence_text(row))}
        found: set[str] = set()
        ordered = sorted(names)
        for start in range(0, len(ordered), _CHUNK):
            part = waiting.c.missing.in_(ordered[start : start + _CHUNK])
            found.update(self.connection.scalars(select(waiting.c.doc_id).where(part)))
        return [doc_id for doc_id in sorted(found) if self._has_all(doc_id)]

    def _has_all(self, doc_id: str) -> bool:
        missing = self.connection.scalars(select(waiting.c.missing).where(waiting.c.doc_id == doc_id))
        return all(is_booked(self.connection, name) for name in missing)
