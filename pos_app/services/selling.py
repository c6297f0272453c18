"""From a cart to a sale: the price of the moment, the document, the empty cart afterwards."""

from __future__ import annotations

from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import CartEmpty, PaymentOutdated
from pos_app.domain.points import tier_percent
from pos_app.domain.priced import PricedCart
from pos_app.domain.sale import Buyer, SaleFacts, sale_payload
from pos_app.domain.tender import Settlement
from pos_app.services.approvals import Approvals
from pos_app.services.checkout import Checkout
from pos_app.services.claims import Claims
from pos_app.services.credits import Purse
from pos_app.services.discount_limits import check_again
from pos_app.services.given_vouchers import GivenVouchers, codes_of, issued_json
from pos_app.services.online_checks import CheckKind
from pos_app.services.paper_money import is_covered
from pos_app.services.payment import Payable, Payment
from pos_app.services.session import Session
from pos_app.services.vouchers import Vouchers
from pos_app.storage.journal import Journal, Recorded
from pos_app.storage.print_jobs import PrintOrder


def buyer_of(card: CustomerCard | None) -> Buyer | None:
    """Whose points move; staff on their own number earn nothing (rules: Points)."""
    if card is None:
        return None
    return Buyer(card.id, tier_percent(card.tier), earns=card.staff is None)


def has_unchecked(priced: PricedCart, settlement: Settlement, claims: Claims) -> bool:
    """Whether something was judged here that central could have judged."""
    serials = [str(voucher.use.serial) for voucher in priced.used_vouchers]
    vouchers = all(claims.covers(CheckKind.VOUCHER, serial) for serial in serials)
    return not (vouchers and all(is_covered(tender, claims) for tender in settlement.tenders))


class Selling:
    """Makes the Payment of the current cart."""

    def __init__(
        self,
        session: Session,
        checkout: Checkout,
        vouchers: Vouchers,
        purse: Purse,
        journal: Journal,
        approvals: Approvals,
        given: GivenVouchers,
    ) -> None:
        self._session = session
        self._checkout = checkout
        self._vouchers = vouchers
        self._purse = purse
        self._journal = journal
        self._approvals = approvals
        self._given = given

    def begin_payment(self) -> Payment:
        """Pay pressed: the cart gets its one price instant.

        Raises CartEmpty, NoOpenShift, NotSignedIn, StaffNotAllowed (an auditor), AskCentral where a claim has
        ended, and what a voucher or a discount by hand may have become meanwhile.
        """
        self._approvals.check_right("sale")
        self._session.require_shift()
        if not self._checkout.cart.lines:
            raise CartEmpty()
        quoted = self._checkout.priced().total
        priced = self._checkout.price_now()
        card = self._checkout.cart.customer
        for voucher in priced.vouchers:
            if voucher.refused is not None:
                raise voucher.refused
        self._vouchers.check_again(priced, card, self._checkout.claims)
        check_again(self._session, self._checkout.cart, priced, self._approvals.person)
        return Payment(self._session, self._purse, self._payable(priced, card, quoted))

    def _payable(self, priced: PricedCart, card: CustomerCard | None, quoted: int) -> Payable:
        checkout, claims, seen = self._checkout, self._checkout.claims, self._checkout.cart.contents

        def record(settlement: Settlement, jobs: tuple[PrintOrder, ...]) -> Recorded:
            if checkout.claims is not claims or checkout.cart.contents != seen:
                raise PaymentOutdated()
            recorded = self._record(priced, settlement, jobs)
            checkout.sold()
            return recorded

        return Payable(
            kind="sale",
            customer=card,
            buyer=buyer_of(card),
            items=sum(line.quantity for line in priced.lines),
            goods=priced.gross,
            discount=priced.discount,
            total=priced.total,
            record=record,
            claims=self._checkout.claims,
            quoted=quoted,
            allow=self._checkout.approvals.append,
        )

    def _record(self, priced: PricedCart, settlement: Settlement, jobs: tuple[PrintOrder, ...]) -> Recorded:
        shift, claims = self._session.require_shift(), self._checkout.claims
        priced = self._vouchers.settled(priced, self._checkout.cart.customer, claims)
        approvals = tuple(self._checkout.approvals)
        buyer, given = buyer_of(self._checkout.cart.customer), self._given.for_sale(priced.total)
        owner = None if buyer is None else buyer.customer
        facts = SaleFacts(
            business_date=shift.business_date,
            buyer=buyer,
            approvals=approvals,
            issued=[issued_json(blank, owner) for blank in given],
        )
        approver = approvals[-1].by if approvals else None
        draft = self._session.draft(
            "sale",
            sale_payload(priced, settlement, facts),
            approver=approver,
            depends_on=settlement.credit_accounts,
            private=codes_of(given),
            print_jobs=(*jobs, PrintOrder("voucher")) if given else jobs,
            doc_id=claims.doc_id,
            is_unchecked=has_unchecked(priced, settlement, claims),
        )
        return self._journal.record(draft)
