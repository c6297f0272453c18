"""A scanned voucher goes on the cart, or is refused with its reason and a line in the journal."""

from __future__ import annotations

from pos_app.domain.approval import Approval
from pos_app.domain.codes import VoucherCode
from pos_app.domain.errors import ApprovalRequired, AskCentral, PosError
from pos_app.domain.priced import PricedVoucher
from pos_app.domain.voucher import VoucherUse
from pos_app.services.checkout import Checkout
from pos_app.services.online_checks import CheckKind
from pos_app.services.refusals import RefusalLog
from pos_app.services.scan_outcome import ScanKind, ScanOutcome
from pos_app.services.session import Session
from pos_app.services.vouchers import APPROVED, Company, Vouchers, refusal_of


class ScannedVouchers:
    """From a code whose signature holds to a voucher on the cart."""

    def __init__(
        self, session: Session, checkout: Checkout, vouchers: Vouchers, refusals: RefusalLog
    ) -> None:
        self._session = session
        self._checkout = checkout
        self._vouchers = vouchers
        self._refusals = refusals

    def take(self, code: VoucherCode, approval: Approval | None) -> ScanOutcome:
        """Checked in the order of protocol §7; refusals are journaled, throttled. Raises the PosError."""
        self._session.check_may_sell()
        try:
            return self._take(code, approval)
        except (ApprovalRequired, AskCentral):
            raise
        except PosError as refused:
            self._refusals.note(str(refused.fields.get("reason", refused.code)), serial=code.serial)
            raise

    def take_named(self, short_code: str, approval: Approval | None) -> ScanOutcome | None:
        """A voucher by its short code, or by the text of a code that is not ours: what it is only central
        knows. None when it does not, or is silent."""
        claims = self._checkout.claims
        verdict = claims.verdict(CheckKind.VOUCHER, short_code)
        if verdict is None or verdict.terms is None:
            return None
        if not verdict.is_ok:
            raise refusal_of(int(verdict.key), verdict)
        use = self._vouchers.use_told(verdict.terms, self._checkout.cart.customer)
        return self._put(use, approval)

    def _take(self, code: VoucherCode, approval: Approval | None) -> ScanOutcome:
        use = self._vouchers.use_of(code, self._checkout.cart.customer)
        return self._put(use, approval)

    def _put(self, use: VoucherUse, approval: Approval | None) -> ScanOutcome:
        if approval is not None:
            use = use.allowed(APPROVED)
        claims = self._checkout.claims

        def check(taken: PricedVoucher) -> None:
            company = Company.of(taken, self._checkout.priced(), self._checkout.cart.customer)
            self._vouchers.check_limits(taken, company, claims)

        taken = self._checkout.add_voucher(use, check, approval)
        return ScanOutcome(ScanKind.VOUCHER, name=use.campaign.name, amount=taken.amount, serial=use.serial)
