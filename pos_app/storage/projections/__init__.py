"""What documents do to the till's own figures, one file a kind, derived from the body alone.

So everything here can be thrown away and made again from the journal. Training has no effects.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from pos_app.storage.documents import BookedDocument
from pos_app.storage.projections import receipts, shifts

Apply = Callable[[Connection, BookedDocument], None]

_ALWAYS: tuple[Apply, ...] = (receipts.apply,)
_REAL: dict[str, tuple[Apply, ...]] = {}


def project(connection: Connection, document: BookedDocument) -> None:
    """Write the effects of one document."""
    for apply in _ALWAYS:
        apply(connection, document)
    if not document.training:
        shifts.belongs(connection, document)
        for apply in _REAL.get(document.kind, ()):
            apply(connection, document)
