"""The prices of a batch computed again before its turn to be booked comes: no booking changes a price."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from central.apply import sale
from central.apply.booking import Booking, Flag
from central.apply.catalogue import Catalogue
from central.apply.reading import products_in
from central.apply.shelves import Shelves
from central.entries import Entries
from central.inbox import Proved
from central.state import Central
from pos_app.domain.document import DocumentKind

_log = logging.getLogger("central.judging")


class Judging:
    """Of one process. Reads what is committed; a price that changes meanwhile was in force until then."""

    def __init__(self, central: Central, shelves: Shelves) -> None:
        self._central = central
        self._shelves = shelves

    def sales(self, proved: Sequence[Proved]) -> Mapping[str, Sequence[Flag]]:
        """By document what is wrong with the price of each sale. One that cannot be judged is missing: who
        books it says why."""
        wanted = [one for one in proved if one.kind == DocumentKind.SALE and not one.envelope.training]
        if not wanted:
            return {}
        try:
            with self._central.database.reading() as connection:
                return self._judged(connection, wanted)
        except DBAPIError as error:
            _log.info("judged while booking: %s", type(error).__name__)
            return {}

    def _judged(self, connection: Connection, wanted: Sequence[Proved]) -> Mapping[str, Sequence[Flag]]:
        catalogue = Catalogue(connection, self._shelves)
        for store in sorted({int(one.envelope.store) for one in wanted}):
            here = [one.content["payload"] for one in wanted if int(one.envelope.store) == store]
            catalogue.goods(store, {product for payload in here for product in products_in(payload)})
        entries = Entries(connection)
        bookings = [self._booking(entries, catalogue, one) for one in wanted]
        return {one.doc_id: one.flags for one in bookings if _is_judged(one)}

    def _booking(self, entries: Entries, catalogue: Catalogue, one: Proved) -> Booking:
        return Booking(
            connection=entries.connection,
            entries=entries,
            keys=self._central.keys,
            now=self._central.now(),
            envelope=one.envelope,
            payload=one.content["payload"],
            hash=one.hash,
            is_fork=False,
            catalogue=catalogue,
        )


def _is_judged(booking: Booking) -> bool:
    try:
        sale.judge(booking)
    except DBAPIError:
        raise
    except Exception:  # noqa: BLE001  # booking it meets the same again, and quarantines the document
        return False
    return True
