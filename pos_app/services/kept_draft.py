"""The draft of the current cart: what survives the program, and what is known to be sold."""

from __future__ import annotations

import logging
from collections.abc import Callable

from pos_app.domain.errors import TroubleOutside
from pos_app.storage.drafts import DraftStore
from pos_app.storage.json_text import JsonObject

log = logging.getLogger(__name__)


class KeptDraft:
    """`is_recorded` tells whether a document is in the journal: then its cart was sold."""

    def __init__(self, drafts: DraftStore, is_recorded: Callable[[str], bool]) -> None:
        self._drafts = drafts
        self._is_recorded = is_recorded

    def load(self) -> JsonObject | None:
        """As it was before the program ended; None also when the power went between the sale and this."""
        kept = self._drafts.load_current()
        if kept is not None and self._is_recorded(str(kept.get("doc_id"))):
            self._drafts.clear_current()
            return None
        return kept

    def save(self, body: JsonObject | None) -> None:
        """None = an empty cart."""
        if body is None:
            self._drafts.clear_current()
        else:
            self._drafts.save_current(body)

    def sold(self) -> None:
        """Its document is on the disk: a draft that cannot be deleted now takes nothing of that back."""
        try:
            self._drafts.clear_current()
        except TroubleOutside as trouble:
            log.warning("the draft of a cart that was sold stays for now: %s", trouble)
