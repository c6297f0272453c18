"""Gift cards at the counter: the code is checked here, what is on it only central knows (protocol §7)."""

from __future__ import annotations

from pos_app.domain import codes
from pos_app.domain.errors import CodeRefused, CodeRevoked, VoucherExpired, VoucherOtherStore
from pos_app.domain.signed_codes import ANY_STORE, STORED_VALUE
from pos_app.services.refusals import RefusalLog
from pos_app.services.session import Session
from pos_app.storage.keyring import KeyringStore
from pos_app.storage.revocations import RevocationStore


class GiftCards:
    """Tells a gift card from every other paper."""

    def __init__(
        self, session: Session, keyring: KeyringStore, revocations: RevocationStore, refusals: RefusalLog
    ) -> None:
        self._session = session
        self._keyring = keyring
        self._revocations = revocations
        self._refusals = refusals

    def serial_of(self, text: str) -> str | None:
        """What central is asked about: a genuine card's serial, or a typed short code; None for other papers.

        Raises CodeRefused, VoucherOtherStore, VoucherExpired, CodeRevoked for a card that is not good here.
        """
        code = self._read(text)
        if isinstance(code, codes.ShortCodeTyped):
            return code.text
        if not isinstance(code, codes.VoucherCode) or code.kind != STORED_VALUE:
            return None
        try:
            self._check(code)
        except (CodeRefused, CodeRevoked, VoucherOtherStore, VoucherExpired) as refused:
            self._refusals.note(str(refused.fields.get("reason", refused.code)), serial=code.serial)
            raise
        return str(code.serial)

    def _read(self, text: str) -> codes.Scanned | None:
        try:
            return codes.read(text, self._keyring, self._session.identity.tenant, codes.ScanPatterns())
        except CodeRefused:
            return None  # whoever reads papers next says why

    def _check(self, code: codes.VoucherCode) -> None:
        at = self._session.now
        key = self._keyring.issuing_key(code.key_id)
        reason = None if key is None else key.refusal_at(at)
        if reason is not None:
            raise CodeRefused(reason=reason, serial=code.serial)
        if code.store not in (ANY_STORE, self._session.identity.store):
            raise VoucherOtherStore(serial=code.serial, store=code.store)
        last_day = codes.date_of(code.valid_until_day)
        if at.astimezone(self._session.policy.timezone).date() > last_day:
            raise VoucherExpired(serial=code.serial, valid_until=last_day)
        if self._revocations.code(code.serial) is not None:
            raise CodeRevoked(serial=code.serial)
