"""A day at a whole till: every document that the services can write, made by the services themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from central.seed.campaigns import BAGS, BIRTHDAY, GIFT
from central.seed.issuer import Issuer
from central.seed.orders import Order
from pos_app.domain.approval import Approval
from pos_app.domain.cart import ManualDiscount, Uncoded
from pos_app.domain.errors import ApprovalRequired, CodeRefused
from pos_app.domain.product import Product
from pos_app.services.approvals import Granted
from pos_app.services.return_draft import LineState, RefundMethod, ReturnDraft
from pos_app.storage.journal import Recorded
from tests.support.central_server import CentralServer
from tests.support.whole_till import WholeTill

CASHIER, SENIOR, MANAGER = 1, 4, 5
T = TypeVar("T")


@dataclass
class WholeDay:
    """`run()` does everything once; each act can be done alone as well."""

    till: WholeTill
    central: CentralServer

    def __post_init__(self) -> None:
        self.services = self.till.services
        self.chain = self.till.chain
        self.issuer = Issuer(self.central.central.keys, self.chain.tenant)
        self._orders = self._waiting_orders()

    def run(self) -> WholeDay:
        """From signing in to a verified shift."""
        self.till.enter(CASHIER)
        self.sell_to_a_customer()
        self.sell_with_vouchers()
        self.sell_with_a_discount()
        self.sell_without_a_code()
        self.return_for_cash()
        self.return_of_a_seeded_hand_over()
        self.hand_over_what_is_paid()
        self.hand_over_with_an_amount_due()
        self.hand_over_a_part_and_refuse_the_rest()
        self.services.customers.create("Đào Thị Mười", "0912 000 111", ("loyalty",))
        self.services.reprints.last()
        self.refuse_a_code()
        self.give_a_voucher()
        self.move_cash()
        self.services.sign_in.lock()
        self.services.sign_in.unlock(self.chain.pins[CASHIER])
        self.set_the_clock_back()
        self.close_and_verify()
        self.take_away_what_is_unsent()
        return self

    # --- selling ------------------------------------------------------------------------------
    def sell_to_a_customer(self) -> Recorded:
        """Several kinds of goods, points and cash."""
        self._attach()
        for product, pieces in zip(self.goods(), (1, 4, 2), strict=False):
            self.services.checkout.add(product.id, pieces * 1000)
        payment = self.services.selling.begin_payment()
        payment.add_points(30)
        return payment.complete(payment.cash_due + 100_000).recorded

    def sell_with_vouchers(self) -> Recorded:
        """The birthday amount, a tenth off bags, and a gift."""
        self._attach()
        for product in self.goods():
            self.services.checkout.add(product.id, 4000)
        self.services.checkout.add(self._bag().id)
        for campaign in (BIRTHDAY, BAGS, GIFT):
            text = self._voucher(campaign)
            self.approved(lambda given, text=text: self.services.scans.scan(text, given))  # type: ignore[misc]
        return self.pay()

    def sell_with_a_discount(self) -> Recorded:
        """More off than the cashier may give, on a line and on everything."""
        first, second = list(self.goods())[:2]
        checkout = self.services.checkout
        checkout.add(first.id, 3000)
        checkout.add(second.id)
        line = ManualDiscount("damaged", CASHIER, percent_bp=2000)
        order = ManualDiscount("regular", CASHIER, amount=5_000)
        self.approved(lambda given: checkout.discount_line(1, line, given))
        self.approved(lambda given: checkout.discount_order(order, given))
        return self.pay()

    def sell_without_a_code(self) -> Recorded:
        """Goods that the catalogue does not know."""
        self.services.checkout.add_uncoded(Uncoded("Dây giày", 15_000, "phu-kien", 800, "8930000099999"))
        return self.pay()

    def pay(self) -> Recorded:
        """Everything in cash."""
        payment = self.services.selling.begin_payment()
        return payment.complete(payment.cash_due).recorded

    def goods(self) -> Iterator[Product]:
        """Three cheap styles that may come back, dear ones apart."""
        styles: set[str] = set()
        for variant in self.chain.variants:
            product = self.till.stores.catalogue.by_id(variant.id)
            if product is None or product.style in styles or not product.returnable_days:
                continue
            if product.price_at(self.till.clock.now()).amount > 350_000:
                continue
            styles.add(product.style)
            yield product
            if len(styles) == 3:
                return

    def _bag(self) -> Product:
        bags = (one for one in self.chain.variants if one.style.category.id == "tui-xach")
        product = self.till.stores.catalogue.by_id(next(bags).id)
        assert product is not None
        return product

    def _attach(self) -> None:
        card = self.till.stores.customers.by_id(self.chain.customers[0].id)
        assert card is not None
        self.services.checkout.attach(card)

    def _voucher(self, campaign: int) -> str:
        hoa = self.chain.customers[0].id
        drawn = next(
            one
            for one in self.chain.vouchers
            if (one.campaign, one.state) == (campaign, "fresh") and one.customer in (None, hoa)
        )
        return self.issuer.voucher(drawn)

    # --- a second person ----------------------------------------------------------------------
    def approved(self, act: Callable[[Approval | None], T]) -> T:
        """Tries alone, then with the manager's PIN, as the approval dialog does."""
        try:
            return act(None)
        except ApprovalRequired as asked:
            draft = self.services.checkout.draft_hash
            granted = self._granted(asked, draft)
            return act(self.services.approvals.take(granted, draft))

    def granted(self, act: Callable[[Granted | None], T], draft: Callable[[], str]) -> T:
        """The same for what settles its approvals itself."""
        try:
            return act(None)
        except ApprovalRequired as asked:
            return act(self._granted(asked, draft()))

    def _granted(self, asked: ApprovalRequired, draft: str) -> Granted:
        need = self.services.approvals.need_of(asked)
        return self.services.approvals.approve(need, MANAGER, self.chain.pins[MANAGER], draft)

    # --- returns ------------------------------------------------------------------------------
    def return_for_cash(self) -> Recorded:
        """Half of an own sale, for cash."""
        product = next(self.goods())
        self.services.checkout.add(product.id, 2000)
        sold = self.pay()
        return self._give_back(self.services.refunds.open(sold.doc_id))

    def return_of_a_seeded_hand_over(self) -> Recorded:
        """Of an order that was handed over before the till existed; an online order gives store credit."""
        today = self.till.clock.now().date()
        for done in self.chain.handovers:
            if done.order.store != self.till.identity.store:
                continue
            draft = self.services.refunds.open(done.doc_id)
            good = (LineState.RETURNABLE, LineState.LAST_DAY)
            if any(draft.state_of(line) in good and line.amount for line in draft.original.lines):
                draft.method = RefundMethod.STORE_CREDIT
                return self._give_back(draft)
        raise AssertionError(f"the seed has nothing to return on {today}")

    def _give_back(self, draft: ReturnDraft) -> Recorded:
        good = (LineState.RETURNABLE, LineState.LAST_DAY)
        line = next(one for one in draft.original.lines if draft.state_of(one) in good and one.amount)
        draft.choose(line.no, 1000)
        draft.reason(line.no, "wrong_size")
        return self.granted(lambda given: draft.complete(given), lambda: draft.draft_hash).recorded

    # --- orders -------------------------------------------------------------------------------
    def hand_over_what_is_paid(self) -> Recorded:
        """By its QR, with the PIN if it has one; somebody else fetches it."""
        order = next(one for one in self._orders if one.payment == "paid" and one.pin)
        return self._hand_over(order, collector=True)

    def hand_over_with_an_amount_due(self) -> Recorded:
        """The rest is paid in cash."""
        return self._hand_over(next(one for one in self._orders if one.payment == "due"))

    def hand_over_a_part_and_refuse_the_rest(self) -> Recorded:
        """One line goes out, another is not wanted: what was paid for it becomes store credit."""
        paid = [one for one in self._orders if one.payment != "due" and len(one.lines) > 1]
        order = min(paid, key=lambda one: one.order)
        return self._hand_over(order, refuse=order.lines[-1].no)

    def _hand_over(self, order: Order, *, collector: bool = False, refuse: int | None = None) -> Recorded:
        draft = self.services.pickups.open(self.issuer.pickup(order))
        if order.pin is not None:
            draft.enter_pin(order.pin)
        if collector:
            draft.set_collector("Trần Văn Bảy", "chồng")
        for line in draft.order.lines:
            if line.no == refuse:
                draft.refuse(line.no)
            while draft.open_of(line) > 0:
                draft.tick(line.no)
        if draft.needs_identity:
            draft.confirm_identity()
        payment = self.granted(lambda given: draft.begin_payment(given), lambda: draft.draft_hash)
        self._orders.remove(order)
        return payment.complete(payment.cash_due).recorded

    def _waiting_orders(self) -> list[Order]:
        here = self.till.identity.store
        ready = ("ready", "none")
        return [
            one
            for one in self.chain.orders
            if one.store == here and (one.preparation, one.handover) == ready and one.total < 10_000_000
        ]

    # --- small things -------------------------------------------------------------------------
    def refuse_a_code(self) -> None:
        """A voucher with one character changed, scanned twice."""
        text = self._voucher(GIFT)
        for _ in range(2):
            try:
                self.services.scans.scan(text[:-1] + ("0" if text[-1] != "0" else "1"))
            except CodeRefused:
                continue

    def give_a_voucher(self) -> Recorded:
        """From the blanks that central sends when the policy says so; the manager answers for it."""
        goodwill, reason = self.services.goodwill, "khách chờ lâu"
        offer = goodwill.offers()[0]
        return self.granted(
            lambda given: goodwill.issue(offer, reason, given), lambda: goodwill.draft_hash(offer, reason)
        )

    def move_cash(self) -> None:
        """In, out above the cashier's limit, and the drawer once more than a cashier may."""
        drawer = self.services.cash_drawer
        drawer.cash_in(200_000, "tiền lẻ")
        self.granted(
            lambda given: drawer.cash_out(700_000, "nộp két", given),
            lambda: drawer.move_hash("cash_out", 700_000, "nộp két"),
        )
        for _ in range(4):
            self.granted(
                lambda given: drawer.open_drawer("đổi tiền", given), lambda: drawer.opening_hash("đổi tiền")
            )

    def close_and_verify(self) -> Recorded:
        """110.000 đ are missing; the manager verifies, then everybody goes home."""
        shift = self.services.session.require_shift()
        expected = self.till.stores.shifts.expected_cash(shift.number)
        self.services.shifts.begin_count()
        counted = (expected - 110_000) // 1000 * 1000
        closed = self.services.shifts.close({1000: counted // 1000}, "trả nhầm tiền thừa")
        pin = self.chain.pins[MANAGER]
        verified = self.services.shifts.verify(closed.recorded.doc_id, MANAGER, pin)
        self.services.sign_in.sign_out()
        return verified

    def set_the_clock_back(self) -> None:
        """Somebody sets the PC's date back a day, and right again."""
        clock, right = self.till.clock, self.till.clock.now()
        for wall in (right - timedelta(days=1), right):
            clock.set_wall(wall)
            self.services.clock_watch.look()

    def take_away_what_is_unsent(self) -> None:
        """The manager signs in once more and writes it into the till's own folder, sealed."""
        self.services.sign_in.sign_in(MANAGER, self.chain.pins[MANAGER])
        self.services.exporting.export(self.till.opened.folder)
        self.services.sign_in.sign_out()
