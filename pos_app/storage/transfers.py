"""What became of money and invoices that others send: the feed `transfers`, by document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pos_app.storage.feed_items import item
from pos_app.storage.files import TillFiles


@dataclass(frozen=True, slots=True)
class Transfer:
    """`state` as central names it (matched, never_came, …), `amount` in đồng, `at` aware."""

    state: str
    amount: int
    at: datetime | None


class TransferStore:
    """Asked by document; what the till never made is never asked for."""

    def __init__(self, files: TillFiles) -> None:
        self._files = files

    def of(self, doc_id: str) -> Transfer | None:
        """None while central has matched nothing."""
        body = item(self._files.store, "transfers", doc_id)
        if body is None:
            return None
        at = body.get("at")
        return Transfer(
            str(body["state"]), int(body["amount"]), None if at is None else datetime.fromisoformat(at)
        )
