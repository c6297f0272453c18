"""Hand-over of online orders: opened as a draft, checked, paid if due, recorded once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from pos_app.domain import codes
from pos_app.domain.approval import Approval
from pos_app.domain.customer import CustomerCard
from pos_app.domain.document import DocumentKind
from pos_app.domain.errors import (
    OrderOtherStore,
    OrderUnknownHere,
    PaymentOutdated,
    ProductUnknownHere,
    UnknownAtCentral,
)
from pos_app.domain.handover import HandoverFacts, HandoverPlan, handover_payload
from pos_app.domain.money import line_gross
from pos_app.domain.order import Order
from pos_app.domain.price import ENGINE
from pos_app.domain.product import Product
from pos_app.domain.tender import Settlement
from pos_app.services.approvals import Approvals
from pos_app.services.bag_draft import BagDraft
from pos_app.services.claims import ClaimDesk, Claims, ClaimsInWork
from pos_app.services.credits import Purse
from pos_app.services.draft_checks import ask_handover
from pos_app.services.order_finder import FoundOrder, OrderFinder
from pos_app.services.paper_money import is_covered
from pos_app.services.payment import Payable, Payment
from pos_app.services.pickup_draft import PickupDesk, PickupDraft
from pos_app.services.pickup_proof import PickupProof, PinTries
from pos_app.services.restricted import judged
from pos_app.services.selling import buyer_of
from pos_app.services.session import Session
from pos_app.services.splits import Splits
from pos_app.storage.catalogue import CatalogueStore
from pos_app.storage.customers import CustomerStore
from pos_app.storage.journal import Journal, Recorded
from pos_app.storage.orders import OrderStore
from pos_app.storage.print_jobs import PrintOrder
from pos_app.storage.recent import RecentActs
from pos_app.storage.status import StatusStore


@dataclass(frozen=True, slots=True)
class PickupStores:
    """Goods and people of a hand-over, and where it is written."""

    orders: OrderStore
    catalogue: CatalogueStore
    customers: CustomerStore
    journal: Journal
    status: StatusStore
    recent: RecentActs


@dataclass(frozen=True, slots=True)
class WaitingOrder:
    """One row of the list by promise time; `items` and `left` in thousandths, `amount_due` in đồng."""

    order: int
    number: str
    name: str
    last3: str
    items: int
    left: int
    amount_due: int
    promised_by: datetime | None
    is_late: bool
    preparation: str
    shelf: str


class Pickups:
    """Opens orders as drafts; what a draft pays is recorded as one `handover`."""

    def __init__(
        self,
        session: Session,
        stores: PickupStores,
        finder: OrderFinder,
        approvals: Approvals,
        purse: Purse,
        claim_desk: ClaimDesk,
    ) -> None:
        self._session = session
        self._stores = stores
        self._finder = finder
        self._approvals = approvals
        self._purse = purse
        self._lookups = claim_desk.lookups
        self._claims = ClaimsInWork(claim_desk)
        self._tries = PinTries(stores.status)

    def waiting(self, limit: int = 200) -> list[WaitingOrder]:
        """Not wholly handed over, the earliest promise first."""
        return [self._row(order) for order in self._stores.orders.waiting(limit)]

    def _row(self, order: Order) -> WaitingOrder:
        promised = order.promised_by
        return WaitingOrder(
            order=order.order,
            number=order.number,
            name=order.person.name,
            last3=order.person.last3,
            items=sum(line.quantity for line in order.lines),
            left=sum(line.left for line in order.lines),
            amount_due=order.amount_due,
            promised_by=promised,
            is_late=promised is not None and promised < self._session.now,
            preparation=order.preparation.value,
            shelf=order.shelf,
        )

    def open(self, target: str | int | codes.PickupCode) -> PickupDraft:
        """By the text of a scan, an order number, a short code, or a row of the list.

        A signed code whose order nobody here knows is opened as a bag, where the policy has room for it.
        Raises AskCentral, NotSignedIn, NoOpenShift, ShiftOutdated, UsedElsewhere, PolicyRefused, and what
        OrderFinder.find raises.
        """
        self._approvals.require_right("pickup.hand_over")
        self._session.require_shift()
        self._session.check_new_cart()
        try:
            found = self._found(target)
        except OrderUnknownHere:
            code = self._finder.read(target) if isinstance(target, str) else target
            if not isinstance(code, codes.PickupCode):
                raise
            return self._from_bag(code)
        proof = PickupProof(found.order, self._tries, by_qr=found.by_qr, by_short_code=found.by_short_code)
        card = self._card(found.order)
        draft = PickupDraft(found.order, card, proof, self._desk(self._claims.of(str(found.order.order))))
        self.ask_central(draft)
        return draft

    def _from_bag(self, code: codes.PickupCode) -> PickupDraft:
        """An order that is not here, and central is silent. Raises PolicyRefused above a hard limit."""
        orders, claims = self._stores.orders, self._claims.of(str(code.order_number))
        session = self._session
        draft = BagDraft(code, self._tries, self._desk(claims), lambda: session.now, orders.unknown_in_shift)
        _need = draft.needs_approval
        return draft

    def ask_central(self, draft: PickupDraft) -> None:
        """Also before handing over: a claim may have ended. Raises what `ask_handover` raises."""
        ask_handover(draft.claims, draft.order)

    def _found(self, target: str | int | codes.PickupCode) -> FoundOrder:
        """In the feed, else at central."""
        try:
            return self._finder.find(target)
        except OrderUnknownHere as unknown:
            if isinstance(target, int):
                raise
            answer = self._lookups.find("order", str(unknown.fields["number"]))
            if answer is None:
                raise
            if not answer["found"]:
                raise UnknownAtCentral(reason="order", number=unknown.fields["number"]) from unknown
        body = answer["order"]
        if body["store"] != self._session.identity.store:
            raise OrderOtherStore(number=body["number"], store=body["store"])
        return self._finder.told(target, Order.from_json(body))

    def _card(self, order: Order) -> CustomerCard | None:
        return None if order.person.id is None else self._stores.customers.by_id(order.person.id)

    def _desk(self, claims: Claims) -> PickupDesk:
        session = self._session
        return PickupDesk(
            policy=session.policy,
            approvals=self._approvals,
            find=self._find,
            product=self._stores.catalogue.by_id,
            pay=self._payment,
            today=session.now.astimezone(session.policy.timezone).date(),
            feed_age=session.feed_age_s("orders"),
            claims=claims,
            as_of=self._finder.as_of,
            judged=partial(judged, session),
            earlier=Splits(session, self._stores.recent).handovers,
        )

    def _find(self, text: str) -> Product:
        """The goods of a scan. Raises ProductUnknownHere."""
        catalogue = self._stores.catalogue
        code = self._finder.read(text)
        names = [text.strip()]
        if isinstance(code, codes.ProductCode):
            names.insert(0, code.code)
        elif isinstance(code, codes.WeighedCode):
            names = [code.code, code.item]
        for name in names:
            product = catalogue.by_barcode(name) or catalogue.by_sku(name)
            if product is not None:
                return product
        raise ProductUnknownHere(text=text.strip())

    # --- paying and recording ------------------------------------------------------------------
    def _payment(self, draft: PickupDraft, plan: HandoverPlan, approvals: tuple[Approval, ...]) -> Payment:
        while_paying: list[Approval] = []
        goods = sum(line_gross(line.line.unit_price, line.quantity) for line in plan.lines)

        def record(settlement: Settlement, jobs: tuple[PrintOrder, ...]) -> Recorded:
            if draft.claims.is_over:
                raise PaymentOutdated()
            draft.check_still_allowed()
            payload = handover_payload(plan, settlement, self._facts(draft, (*approvals, *while_paying)))
            return self._record(draft, payload, settlement, jobs)

        payable = Payable(
            kind=DocumentKind.HANDOVER.value,
            customer=draft.card,
            buyer=buyer_of(draft.card),
            items=sum(line.quantity for line in plan.lines),
            goods=max(goods, plan.total),
            discount=max(goods - plan.total, 0),
            total=plan.total,
            record=record,
            claims=draft.claims,
            prepaid=plan.prepaid,
            web_credited=plan.order.web_credited,
            number=plan.order.number,
            allow=while_paying.append,
        )
        return Payment(self._session, self._purse, payable)

    def _facts(self, draft: PickupDraft, approvals: tuple[Approval, ...]) -> HandoverFacts:
        now, order = self._session.now, draft.order
        return HandoverFacts(
            business_date=self._session.require_shift().business_date,
            day=now.astimezone(self._session.policy.timezone).date(),
            priced_at=now.isoformat(),
            engine=ENGINE,
            checks=draft.proof.checks,
            collector="self" if draft.collector is None else "other",
            serial=order.serial if draft.proof.by_qr else None,
            buyer=buyer_of(draft.card),
            approvals=approvals,
        )

    def _record(
        self,
        draft: PickupDraft,
        payload: dict[str, object],
        settlement: Settlement,
        jobs: tuple[PrintOrder, ...],
    ) -> Recorded:
        private = None
        if draft.collector is not None:
            name, relation = draft.collector
            private = {"collector": {"name": name, "relation": relation}}
        approvals = payload["approvals"]
        assert isinstance(approvals, list)
        claims = draft.claims
        is_checked = draft.is_checked and all(is_covered(one, claims) for one in settlement.tenders)
        recorded = self._stores.journal.record(
            self._session.draft(
                DocumentKind.HANDOVER.value,
                payload,
                private=private,
                approver=approvals[-1]["by"] if approvals else None,
                depends_on=settlement.credit_accounts,
                print_jobs=jobs,
                doc_id=claims.doc_id,
                is_unchecked=not is_checked,
            )
        )
        claims.spent()
        return recorded
