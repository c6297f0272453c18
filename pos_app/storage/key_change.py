"""Whether this till's keys are to be changed: asked for by a manager, or because they are old."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from pos_app.storage.feed_items import item
from pos_app.storage.files import TillFiles
from pos_app.storage.identity import Identity
from pos_app.storage.policy import PolicyStore
from pos_app.storage.status import StatusStore

ROW: Final = "key_change"


class KeyChange:
    """The wish is a row of the status: losing it loses nothing, the next year brings it again."""

    def __init__(self, files: TillFiles, identity: Identity, status: StatusStore) -> None:
        self._files = files
        self._identity = identity
        self._status = status
        self._policy = PolicyStore(files)

    def ask(self, now: datetime) -> None:
        """A manager wants new keys: at the next contact, in use from the next start on."""
        self._status.set(ROW, {"asked_at": now.isoformat()})

    def settled(self, now: datetime, outcome: str) -> None:
        """done, or central's code for its refusal."""
        self._status.set(ROW, {"outcome": outcome, "at": now.isoformat()})

    @property
    def is_asked(self) -> bool:
        return "asked_at" in (self._status.get(ROW) or {})

    def is_due(self, now: datetime) -> bool:
        """Asked for, or older than `policy.key_age`; before the feed of tills has come nobody knows."""
        if self.is_asked:
            return True
        since = self.in_use_since()
        return since is not None and now - since >= timedelta(seconds=self._policy.policy().key_age)

    def in_use_since(self) -> datetime | None:
        """When central took the present key, by the feed of tills."""
        own = self._identity
        body = item(self._files.store, "tills", f"{own.till}/{own.epoch}/{own.key_no}")
        return None if body is None else datetime.fromisoformat(body["from"])
