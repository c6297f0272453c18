"""A scanned voucher goes on the cart, or is refused with its reason and a line in the journal."""

from __future__ import annotations

from pos_app.domain.approval import Approval
from pos_app.domain.codes import VoucherCode
from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import ApprovalRequired, AskCentral, PosError
from pos_app.domain.priced import PricedVoucher
from pos_app.domain.voucher import VoucherUse
from pos_app.services.checkout import Checkout
from pos_app.services.foreign_vouchers import ForeignVouchers, Take
from pos_app.services.online_checks import CheckKind, Verdict
from pos_app.services.refusals import RefusalLog
from pos_app.services.scan_outcome import ScanKind, ScanOutcome
from pos_app.services.session import Session
from pos_app.services.vouchers import APPROVED, Company, Vouchers, refusal_of


class ScannedVouchers:
    """From a code whose signature holds to a voucher on the cart."""

    def __init__(
        self,
        session: Session,
        checkout: Checkout,
        vouchers: Vouchers,
        foreign: ForeignVouchers,
        refusals: RefusalLog,
    ) -> None:
        self._session = session
        self._checkout = checkout
        self._vouchers = vouchers
        self._foreign = foreign
        self._refusals = refusals

    def take(self, code: VoucherCode, approval: Approval | None) -> ScanOutcome:
        """Checked in the order of protocol §7; refusals are journaled, throttled. Raises the PosError."""
        return self._take(code.serial, lambda: self._vouchers.use_of(code, self._customer), approval)

    def take_named(self, short_code: str, approval: Approval | None) -> ScanOutcome | None:
        """A voucher by its short code: what it is only central knows. None when it does not, or is silent."""
        verdict = self._checkout.claims.verdict(CheckKind.VOUCHER, short_code)
        return None if verdict is None else self._take_told(verdict, approval)

    def is_foreign(self, text: str) -> bool:
        """Whether a code that may be something else is known as a voucher that is not ours."""
        return self._foreign.is_known(text)

    def take_foreign(self, text: str, approval: Approval | None) -> ScanOutcome | None:
        """A voucher whose code is not ours: by central's list, else by its word, else, where it is silent, as
        a paper of the campaign that it looks like. None for what is no voucher.

        All digits are goods unless they are listed: nobody waits for master data.
        """
        serial = self._foreign.serial_of(text)
        if serial is None:
            return None
        listed = self._foreign.listed(text, self._customer)
        if listed is not None:
            return self._take(serial, listed, approval)
        if text.isdigit():
            return None
        verdict = self._checkout.claims.verdict(CheckKind.VOUCHER, text)
        if verdict is not None:
            return self._take_told(verdict, approval)
        if not self._foreign.is_like_ours(text):
            return None
        return self._take(
            serial,
            lambda: self._foreign.unlisted(text, self._customer, is_approved=approval is not None),
            approval,
        )

    @property
    def _customer(self) -> CustomerCard | None:
        return self._checkout.cart.customer

    def _take_told(self, verdict: Verdict, approval: Approval | None) -> ScanOutcome | None:
        terms = verdict.terms
        if terms is None:
            return None
        if not verdict.is_ok:
            raise refusal_of(int(verdict.key), verdict)
        return self._put(self._vouchers.use_told(terms, self._customer), approval)

    def _take(self, serial: int, take: Take, approval: Approval | None) -> ScanOutcome:
        self._session.check_may_sell()
        try:
            return self._put(take(), approval)
        except (ApprovalRequired, AskCentral):
            raise
        except PosError as refused:
            self._refusals.note(str(refused.fields.get("reason", refused.code)), serial=serial)
            raise

    def _put(self, use: VoucherUse, approval: Approval | None) -> ScanOutcome:
        if approval is not None:
            use = use.allowed(APPROVED)
        claims = self._checkout.claims

        def check(taken: PricedVoucher) -> None:
            company = Company.of(taken, self._checkout.priced(), self._checkout.cart.customer)
            self._vouchers.check_limits(taken, company, claims)

        taken = self._checkout.add_voucher(use, check, approval)
        return ScanOutcome(ScanKind.VOUCHER, name=use.campaign.name, amount=taken.amount, serial=use.serial)
