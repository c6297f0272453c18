"""Voucher codes at the counter: checked offline in the order of protocol §7, each refusal with its reason."""

from __future__ import annotations

from datetime import datetime

from pos_app.domain.codes import VoucherCode, date_of
from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import ApprovalRequired, CodeRefused, CodeRevoked, PolicyRefused, VoucherUsedHere
from pos_app.domain.ids import CustomerId
from pos_app.domain.policy import VoucherUses, voucher_allowed
from pos_app.domain.priced import PricedCart, PricedVoucher
from pos_app.domain.verdict import NeedsManager, Refused
from pos_app.domain.voucher import (
    VoucherFacts,
    VoucherKind,
    VoucherUse,
    check_customer,
    check_place_and_dates,
)
from pos_app.services.session import Session
from pos_app.storage.keyring import KeyringStore
from pos_app.storage.vouchers import UsedVoucher, VoucherStore

KINDS = (VoucherKind.AMOUNT, VoucherKind.PERCENT, VoucherKind.GIFT, VoucherKind.STORED_VALUE)
APPROVED = "manager"


class Vouchers:
    """Turns a code whose signature holds into a use that a cart may carry."""

    def __init__(self, session: Session, vouchers: VoucherStore, keyring: KeyringStore) -> None:
        self._session = session
        self._vouchers = vouchers
        self._keyring = keyring

    def use_of(self, code: VoucherCode, customer: CustomerCard | None) -> VoucherUse:
        """Everything that does not need the price: key, dates, revocation, own journal, customer.

        Raises CodeRefused, CodeRevoked, VoucherUsedHere and the VoucherRefused family.
        """
        at = self._session.trusted_now
        self._check_key(code)
        campaign = self._vouchers.campaign(code.campaign)
        if campaign is None:
            raise CodeRefused(reason="unknown_campaign", serial=code.serial)
        use = VoucherUse(
            serial=code.serial,
            key_id=code.key_id,
            kind=KINDS[code.kind - 1],
            value=code.value,
            campaign=campaign,
            min_basket=code.min_basket,
            valid_until=date_of(code.valid_until_day),
            store=code.store,
            max_uses=code.max_uses,
            is_bound=code.customer_tag is not None,
        )
        facts = VoucherFacts(
            store=self._session.identity.store,
            at=at,
            zone=self._session.policy.timezone,
            customer=customer,
            bound_to_customer=self._is_for(code, customer),
        )
        check_place_and_dates(use, facts)
        if self._vouchers.is_revoked(code.serial):
            raise CodeRevoked(serial=code.serial)
        used = self._vouchers.used_here(code.serial)
        if used is not None and code.max_uses <= 1:
            raise _used_here(used)
        check_customer(use, facts)
        return use

    def check_again(self, priced: PricedCart, customer: CustomerCard | None) -> None:
        """Before paying: the limits on what each voucher takes off now, and that none was used meanwhile."""
        for voucher in priced.used_vouchers:
            used = self._vouchers.used_here(voucher.use.serial)
            if used is not None and voucher.use.max_uses <= 1:
                raise _used_here(used)
            if voucher.use.is_bound or voucher.use.campaign.birthday:
                self._check_still_theirs(voucher.use, customer)
            self.check_limits(voucher)

    def check_limits(self, voucher: PricedVoucher) -> None:
        """Raises ApprovalRequired above the soft limit, PolicyRefused above the hard one (protocol §11)."""
        if voucher.use.allowed_by == APPROVED:
            return
        uses = VoucherUses(self._vouchers.uses_in_shift(), self._vouchers.uses_in_day())
        verdict = voucher_allowed(
            self._session.policy, voucher.use, voucher.amount, uses, online=self._session.can_check_online
        )
        if isinstance(verdict, NeedsManager):
            raise ApprovalRequired(
                right="voucher.over_limit",
                reason=verdict.reason,
                asked=verdict.asked,
                most=verdict.most,
                serial=voucher.use.serial,
            )
        if isinstance(verdict, Refused):
            raise PolicyRefused(reason=verdict.reason, asked=verdict.asked, most=verdict.most)

    def _check_key(self, code: VoucherCode) -> None:
        key = self._keyring.issuing_key(code.key_id)
        reason = None if key is None else key.refusal_at(self._session.trusted_now)
        if reason is not None:
            raise CodeRefused(reason=reason, serial=code.serial)

    def _is_for(self, code: VoucherCode, customer: CustomerCard | None) -> bool:
        if customer is None:
            return code.customer_tag is None
        tenant = self._session.identity.tenant
        return any(code.is_for(tenant, CustomerId(name)) for name in (customer.id, *customer.aliases))

    def _check_still_theirs(self, use: VoucherUse, customer: CustomerCard | None) -> None:
        facts = VoucherFacts(
            store=self._session.identity.store,
            at=self._session.trusted_now,
            zone=self._session.policy.timezone,
            customer=customer,
            bound_to_customer=customer is not None,
        )
        check_customer(use, facts)


def _used_here(used: UsedVoucher) -> VoucherUsedHere:
    at = datetime.fromisoformat(used.wall)
    return VoucherUsedHere(serial=int(used.serial), at=at, receipt_no=used.receipt_no or "")
