"""Returns: a receipt found by its code, number or order, and what comes back of it recorded once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from pos_app.domain import codes
from pos_app.domain.approval import Approval
from pos_app.domain.document import DocumentKind
from pos_app.domain.errors import (
    CodeRefused,
    NothingToReturn,
    PaymentOutdated,
    ReceiptNotReturnable,
    ReceiptRevoked,
    ReceiptUnknownHere,
    UnknownAtCentral,
)
from pos_app.domain.ids import is_uuid7
from pos_app.domain.refund import RefundPlan
from pos_app.domain.return_document import ReturnDocumentFacts, return_payload
from pos_app.domain.tender import TenderKind
from pos_app.services.approvals import Approvals
from pos_app.services.claims import ClaimDesk, ClaimsInWork
from pos_app.services.draft_checks import ask_return
from pos_app.services.paper_return import Paper, PaperDraft
from pos_app.services.refusals import RefusalLog
from pos_app.services.restricted import judged
from pos_app.services.return_draft import ReturnDesk, ReturnDraft
from pos_app.services.session import Session
from pos_app.services.splits import Splits
from pos_app.storage.feeds import FeedStore
from pos_app.storage.journal import Journal, Recorded
from pos_app.storage.keyring import KeyringStore
from pos_app.storage.orders import OrderStore
from pos_app.storage.print_jobs import PrintOrder
from pos_app.storage.recent import RecentActs
from pos_app.storage.revocations import RevocationStore
from pos_app.storage.sales import FoundSale, SaleStore
from pos_app.storage.shifts import ShiftStore

_RETURNS = (DocumentKind.RETURN.value, DocumentKind.EXCHANGE.value)


@dataclass(frozen=True, slots=True)
class ReturnStores:
    """What receipts are looked up in, and where it is written."""

    sales: SaleStore
    orders: OrderStore
    revocations: RevocationStore
    keyring: KeyringStore
    feeds: FeedStore
    shifts: ShiftStore
    journal: Journal
    recent: RecentActs


class Refunds:
    """Opens receipts as drafts; what a draft completes is one `return`."""

    def __init__(
        self,
        session: Session,
        stores: ReturnStores,
        approvals: Approvals,
        refusals: RefusalLog,
        claim_desk: ClaimDesk,
    ) -> None:
        self._session = session
        self._stores = stores
        self._approvals = approvals
        self._refusals = refusals
        self._lookups = claim_desk.lookups
        self._claims = ClaimsInWork(claim_desk)

    # --- finding -------------------------------------------------------------------------------
    def open(self, target: str | codes.ReceiptCode) -> ReturnDraft:
        """By receipt code, receipt number, order number or QR, or doc_id.

        A genuine code of which nobody knows the lines is opened as a PaperDraft.
        Raises AskCentral, ReceiptUnknownHere (never "invalid"), UnknownAtCentral, ReceiptRevoked,
        ReceiptNotReturnable, NothingToReturn, CodeRefused, ShiftOutdated.
        """
        self._session.require_person()
        self._session.require_shift()
        self._session.check_new_cart()
        try:
            return self._draft(self._find(target))
        except ReceiptUnknownHere as unknown:
            if isinstance(target, codes.ReceiptCode):
                raise
            name = self._receipt_of_order(target, unknown) or target.strip()
            answer = self._lookups.find("receipt", name)
            if answer is None:
                return self._from_paper(name.upper(), unknown)
            if not answer["found"]:
                raise UnknownAtCentral(reason="receipt", receipt_no=name) from unknown
        return self._draft(self._stores.sales.told(answer["receipt"]))

    def _receipt_of_order(self, text: str, unknown: ReceiptUnknownHere) -> str:
        """The number of the newest hand-over of the order that the text names, by central; "" if it names no
        order.

        Raises AskCentral, UnknownAtCentral, ReceiptUnknownHere when central is silent.
        """
        code = None if is_uuid7(text.strip()) else self._read(text.strip())
        if not isinstance(code, codes.PickupCode | codes.OrderNumberTyped):
            return ""
        number = str(code.order_number) if isinstance(code, codes.PickupCode) else code.text
        answer = self._lookups.find("order", number)
        if answer is None:
            raise unknown
        receipts = answer["receipts"] if answer["found"] else ()
        for receipt in receipts:
            if receipt["kind"] == DocumentKind.HANDOVER:
                return str(receipt["receipt_no"])
        raise UnknownAtCentral(reason="order", number=number) from unknown

    def of_customer(self, customer: str) -> list[FoundSale]:
        """What this till knows of a customer's receipts with anything left on them, newest first."""
        return [
            found
            for found in self._stores.sales.by_customer(customer)
            if found.voided_by is None and not found.sale.is_fully_returned
        ]

    def _find(self, target: str | codes.ReceiptCode) -> FoundSale:
        if isinstance(target, codes.ReceiptCode):
            return self._by_code(target)
        text = target.strip()
        if is_uuid7(text):
            return self._known(self._stores.sales.by_doc(text), text)
        code = self._read(text)
        match code:
            case codes.ReceiptCode():
                return self._by_code(code)
            case codes.ReceiptNumberTyped():
                return self._by_number(str(code.number))
            case codes.PickupCode():
                return self._by_order(code.order_number, str(code.order_number))
            case codes.OrderNumberTyped():
                order = self._stores.orders.by_text(code.text)
                return self._by_order(code.number if order is None else order.order, code.text)
        raise ReceiptUnknownHere(receipt_no=text, as_of=self._stores.feeds.age("sales"))

    def _read(self, text: str) -> codes.Scanned:
        tenant = self._session.identity.tenant
        try:
            return codes.read(text, self._stores.keyring, tenant, codes.ScanPatterns())
        except CodeRefused as refused:
            if refused.fields["reason"] == "unknown_key":
                signed = codes.decode_structure(text).code
                if isinstance(signed, codes.ReceiptCode):
                    # a till that this one has not heard of yet: unknown here, not invalid
                    raise self._unknown(signed) from refused
            self._refusals.note(str(refused.fields["reason"]), text=text)
            raise

    def _by_code(self, code: codes.ReceiptCode) -> FoundSale:
        """A genuine receipt; its lines are in the feed, in the own journal, or not known here."""
        till = self._stores.keyring.till_of(code.store, code.till_number, code.epoch)
        if till is None:
            raise self._unknown(code)
        if self._stores.revocations.receipt(till.till, code.epoch, code.seq) is not None:
            raise ReceiptRevoked(receipt_no="")
        found = self._stores.sales.by_fence(till.till, code.epoch, code.seq)
        if found is None:
            self._refuse_other_kind(self._stores.journal.find_fence(till.till, code.epoch, code.seq))
            raise self._unknown(code)
        if found.hash10 and found.hash10 != code.hash10:
            raise self._unknown(code)
        return found

    def _unknown(self, code: codes.ReceiptCode) -> ReceiptUnknownHere:
        return ReceiptUnknownHere(
            receipt_no="",
            store=code.store,
            till_number=code.till_number,
            day=codes.date_of(code.day),
            total=code.total,
            as_of=self._stores.feeds.age("sales"),
        )

    def _by_number(self, receipt_no: str) -> FoundSale:
        found = self._stores.sales.by_receipt_no(receipt_no)
        if found is None:
            self._refuse_other_kind(self._stores.journal.find_receipt(receipt_no))
        return self._known(found, receipt_no)

    def _by_order(self, order: int, number: str) -> FoundSale:
        """The hand-over of it that still has goods on it, the newest first."""
        found = list(reversed(self._stores.sales.by_order(order)))
        with_goods = [one for one in found if not one.sale.is_fully_returned and one.voided_by is None]
        return self._known(next(iter([*with_goods, *found]), None), number)

    def _known(self, found: FoundSale | None, number: str) -> FoundSale:
        if found is None:
            raise ReceiptUnknownHere(receipt_no=number, as_of=self._stores.feeds.age("sales"))
        return found

    def _from_paper(self, text: str, unknown: ReceiptUnknownHere) -> ReturnDraft:
        """Central is silent: a genuine code is enough to enter the lines from the paper (protocol §9).

        Raises ReceiptUnknownHere without such a code, NothingToReturn when nothing is left of its total.
        """
        code = None if is_uuid7(text) else self._read(text)
        if not isinstance(code, codes.ReceiptCode):
            raise unknown
        till = self._stores.keyring.till_of(code.store, code.till_number, code.epoch)
        if till is None or self._stores.sales.by_fence(till.till, code.epoch, code.seq) is not None:
            raise unknown
        if self._stores.revocations.till(till.till) is not None:
            # its key may be in other hands: only receipts that central knows of count
            raise ReceiptRevoked(receipt_no="")
        room = code.total - self._stores.sales.returned_on_code(code, till.till)
        if room <= 0:
            raise NothingToReturn(receipt_no="")
        paper = Paper(text, code, till.till, room, self._session.now)
        return PaperDraft(paper, self._desk(paper.found()))

    def _refuse_other_kind(self, doc_id: str | None) -> None:
        """Own papers on which no goods can come back: returns, voids, order payments."""
        stored = None if doc_id is None else self._stores.journal.stored(doc_id)
        if stored is not None and stored.kind not in (DocumentKind.SALE, DocumentKind.HANDOVER):
            number = str(stored.content["payload"].get("receipt_no") or "")
            raise ReceiptNotReturnable(receipt_no=number, kind=stored.kind)

    # --- the draft -----------------------------------------------------------------------------
    def _draft(self, found: FoundSale) -> ReturnDraft:
        sale = found.sale
        if found.voided_by is not None:
            raise ReceiptNotReturnable(receipt_no=sale.receipt_no, kind="voided")
        if self._stores.revocations.receipt(found.till, found.epoch, found.seq) is not None:
            raise ReceiptRevoked(receipt_no=sale.receipt_no)
        if sale.is_fully_returned:
            raise NothingToReturn(receipt_no=sale.receipt_no)
        draft = ReturnDraft(found, self._desk(found))
        self.ask_central(draft)
        return draft

    def ask_central(self, draft: ReturnDraft) -> None:
        """Also before the money goes out: a claim may have ended. Raises what `ask_return` raises."""
        ask_return(draft.claims, draft.key, draft.original)

    def _desk(self, found: FoundSale) -> ReturnDesk:
        session = self._session
        store = found.body.get("store") or session.identity.store
        return ReturnDesk(
            policy=session.policy,
            approvals=self._approvals,
            today=session.now.astimezone(session.policy.timezone).date(),
            is_own_store=store == session.identity.store and found.sale.order is None,
            claims=self._claims.of(str(found.sale.doc_id or found.fence)),
            cash_in_shift=self._cash_in_shift,
            earlier=Splits(session, self._stores.recent).cash_returns,
            record=self._record,
            judged=partial(judged, session),
        )

    def _cash_in_shift(self) -> int:
        """đồng handed out for returns in this shift so far."""
        entries = self._stores.shifts.cash_entries(self._session.require_shift().number)
        return -sum(entry.amount for entry in entries if entry.why in _RETURNS and entry.amount < 0)

    def _record(self, of: ReturnDraft, plan: RefundPlan, approvals: tuple[Approval, ...]) -> Recorded:
        found, claims = of.found, of.claims
        if claims.is_over:
            raise PaymentOutdated()
        is_own = found.till == self._session.identity.till
        facts = ReturnDocumentFacts(
            business_date=self._session.require_shift().business_date,
            source=found.source,
            code=of.paper_code,
            approvals=approvals,
            provisional=of.paper_code is not None,
            place=None if is_own or of.paper_code else found.place,
        )
        draft = self._session.draft(
            DocumentKind.RETURN.value,
            return_payload(plan, facts),
            approver=approvals[-1].by if approvals else None,
            depends_on=() if is_own else (found.sale.doc_id or found.fence,),
            print_jobs=(PrintOrder("receipt", drawer=plan.given_as(TenderKind.CASH) > 0),),
            doc_id=claims.doc_id,
            is_unchecked=not of.is_checked,
        )
        recorded = self._stores.journal.record(draft)
        claims.spent()
        return recorded
