"""Store credit at the counter: an own paper is read, and what it may still pay is known (protocol §7)."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain import codes
from pos_app.domain.document import DocumentKind
from pos_app.domain.errors import CodeRefused, CreditRefused
from pos_app.domain.tender import TenderKind
from pos_app.services.gift_cards import GiftCards
from pos_app.services.refusals import RefusalLog
from pos_app.services.session import Session
from pos_app.services.splits import Splits
from pos_app.storage.credits import CreditStore
from pos_app.storage.customers import CustomerStore
from pos_app.storage.documents import StoredDocument
from pos_app.storage.journal import Journal
from pos_app.storage.keyring import KeyringStore
from pos_app.storage.revocations import RevocationStore

_NOTED = frozenset({"credit_other_till", "credit_revoked", "credit_used_up"})


@dataclass(frozen=True, slots=True)
class CreditPaper:
    """An own document that gave store credit. `accounts`: those it filled, with đồng left > 0."""

    doc_id: str
    kind: str
    receipt_no: str
    accounts: tuple[tuple[str, int], ...]

    @property
    def left(self) -> int:
        """Đồng that this paper still pays."""
        return sum(left for _account, left in self.accounts)


@dataclass(frozen=True, slots=True)
class CreditTaken:
    """What a paper pays here and what stays on it, in đồng; `receipt_no` "" where it is not known here."""

    receipt_no: str
    amount: int
    left: int
    kind: TenderKind = TenderKind.STORE_CREDIT


@dataclass(frozen=True, slots=True)
class CreditStores:
    """Where papers are looked up, and what is left of them."""

    credits: CreditStore
    keyring: KeyringStore
    revocations: RevocationStore
    journal: Journal


class Credits:
    """Offline a till spends what its own journal has put into an account, and never more.

    So the sum that all tills spend can never be above what all of them gave. A paper of another till needs
    central (services.paper_money).
    """

    def __init__(self, session: Session, stores: CreditStores, refusals: RefusalLog) -> None:
        self._session = session
        self._stores = stores
        self._refusals = refusals

    def find(self, text: str) -> CreditPaper:
        """By the receipt code or the printed number of an own document that gave store credit.

        Raises CodeRefused for a damaged code, CreditRefused with its `reason`.
        """
        try:
            document = self._document(self._read(text))
            paper = None if document is None else self._paper(document)
            if paper is None:
                raise CreditRefused(reason="credit_not_paper")
            return self._checked(paper)
        except CreditRefused as refused:
            self._note(refused, text)
            raise

    def shown(self, code: codes.Scanned, text: str) -> CreditPaper | None:
        """While selling: the credit of an own return's paper; None when it is any other receipt.

        Raises CreditRefused for one that is revoked or used up.
        """
        try:
            document = self._document(code)
        except CreditRefused:
            return None
        paper = None if document is None or document.kind != DocumentKind.RETURN else self._paper(document)
        try:
            return None if paper is None else self._checked(paper)
        except CreditRefused as refused:
            self._note(refused, text)
            raise

    def left(self, account: str) -> int:
        """Đồng, by the own journal."""
        return max(self._stores.credits.left(account).left, 0)

    def paper_of(self, account: str) -> str:
        """The receipt number of the document that opened the account; "" when another till did."""
        body = self._stores.journal.body(account)
        return "" if body is None else str(body["payload"].get("receipt_no") or "")

    # --- reading -------------------------------------------------------------------------------
    def _read(self, text: str) -> codes.Scanned:
        keyring, tenant = self._stores.keyring, self._session.identity.tenant
        try:
            return codes.read(text, keyring, tenant, codes.ScanPatterns())
        except CodeRefused as refused:
            reason, serial = str(refused.fields["reason"]), refused.fields.get("serial")
            if reason == "unknown_key" and isinstance(codes.decode_structure(text).code, codes.ReceiptCode):
                # a till that this one has not heard of yet: surely not this one
                raise CreditRefused(reason="credit_other_till") from refused
            self._refusals.note(reason, serial=serial if isinstance(serial, int) else None, text=text)
            raise

    def _document(self, code: codes.Scanned) -> StoredDocument | None:
        """The own document behind a receipt's code or number; None for anything else."""
        own, journal = self._session.identity, self._stores.journal
        match code:
            case codes.ReceiptCode():
                is_own = (code.store, code.till_number) == (own.store, own.till_number)
                doc_id = journal.find_fence(None, code.epoch, code.seq) if is_own else None
            case codes.ReceiptNumberTyped(number):
                is_own = (number.store_code, number.till_number) == (own.store_code, own.till_number)
                doc_id = journal.find_receipt(str(number)) if is_own else None
            case _:
                return None
        stored = None if doc_id is None else journal.stored(doc_id)
        if not is_own:
            raise CreditRefused(reason="credit_other_till")
        if stored is None or (isinstance(code, codes.ReceiptCode) and stored.hash[:10].hex() != code.hash10):
            raise CreditRefused(reason="credit_unknown_here")
        return stored

    # --- what is left --------------------------------------------------------------------------
    def _paper(self, document: StoredDocument) -> CreditPaper | None:
        accounts = self._stores.credits.filled_by(document.doc_id)
        if not accounts:
            return None
        return CreditPaper(
            doc_id=document.doc_id,
            kind=document.kind,
            receipt_no=str(document.content["payload"].get("receipt_no") or ""),
            accounts=tuple((account, self.left(account)) for account in accounts if self.left(account)),
        )

    def _checked(self, paper: CreditPaper) -> CreditPaper:
        accounts = [account for account, _left in paper.accounts]
        if any(self._is_revoked(doc_id) for doc_id in (paper.doc_id, *accounts)):
            raise CreditRefused(reason="credit_revoked", receipt_no=paper.receipt_no)
        if not paper.left:
            raise CreditRefused(reason="credit_used_up", receipt_no=paper.receipt_no)
        return paper

    def _is_revoked(self, doc_id: str) -> bool:
        stored = self._stores.journal.stored(doc_id)
        if stored is None:
            return False
        till = self._session.identity.till
        return self._stores.revocations.receipt(till, stored.epoch, stored.seq) is not None

    def _note(self, refused: CreditRefused, text: str) -> None:
        """What may be an attempt goes into the journal; a slip of the hand does not."""
        reason = str(refused.fields["reason"])
        if reason in _NOTED:
            self._refusals.note(reason, text=text)


@dataclass(frozen=True, slots=True)
class Purse:
    """What customers have with the shop besides money: points, store credit, gift cards."""

    customers: CustomerStore
    credits: Credits
    gift_cards: GiftCards
    splits: Splits
