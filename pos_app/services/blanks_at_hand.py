"""Counter vouchers that this till may hand out now: held, given to nobody, in time, not revoked."""

from __future__ import annotations

from datetime import date

from pos_app.services.session import Session
from pos_app.storage.blanks import Blank, BlankStore
from pos_app.storage.revocations import RevocationStore


class BlanksAtHand:
    """A blank is used once: own documents say which are gone, the feed forgets them later (protocol §7)."""

    def __init__(self, session: Session, blanks: BlankStore, revocations: RevocationStore) -> None:
        self._session = session
        self._blanks = blanks
        self._revocations = revocations

    def free(self, campaign: int | None = None) -> list[Blank]:
        """In the order of their serials; of one campaign only when it is named."""
        held = self._blanks.held(campaign)
        if not held:
            return []
        given, today = self._blanks.given(), self._today()
        return [
            blank
            for blank in held
            if blank.serial not in given
            and (blank.valid_until is None or blank.valid_until >= today)
            and self._revocations.code(int(blank.serial)) is None
        ]

    def _today(self) -> date:
        return self._session.now.astimezone(self._session.policy.timezone).date()
