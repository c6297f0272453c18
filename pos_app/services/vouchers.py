"""Voucher codes at the counter: checked offline in the order of protocol §7, each refusal with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pos_app.domain.codes import VoucherCode, date_of
from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import (
    ApprovalRequired,
    CodeRefused,
    CodeRevoked,
    PolicyRefused,
    PosError,
    UnknownAtCentral,
    UsedElsewhere,
    VoucherCustomerUsedUp,
    VoucherNotFirstPurchase,
    VoucherUsedHere,
)
from pos_app.domain.ids import CustomerId
from pos_app.domain.policy import VoucherUses, unknown_paper_allowed, voucher_allowed
from pos_app.domain.priced import PricedCart, PricedVoucher
from pos_app.domain.staff import limit_of
from pos_app.domain.verdict import NeedsManager, Refused, Verdict
from pos_app.domain.voucher import (
    VoucherFacts,
    VoucherKind,
    VoucherUse,
    check_customer,
    check_place_and_dates,
)
from pos_app.services.claims import Claims
from pos_app.services.online_checks import CheckKind
from pos_app.services.online_checks import Verdict as Told
from pos_app.services.restricted import judged
from pos_app.services.session import Session
from pos_app.services.splits import Splits
from pos_app.storage.keyring import KeyringStore
from pos_app.storage.vouchers import UsedVoucher, VoucherStore

KINDS = (VoucherKind.AMOUNT, VoucherKind.PERCENT, VoucherKind.GIFT, VoucherKind.STORED_VALUE)
STORED = VoucherKind.STORED_VALUE
APPROVED, ONLINE = "manager", "online"
OVER_LIMIT = "voucher.over_limit"


@dataclass(frozen=True, slots=True)
class Company:
    """What a voucher is in a cart with: the customer, and đồng that those scanned before it take off."""

    customer: CustomerCard | None
    taken_off: tuple[int, ...] = ()

    @classmethod
    def of(cls, voucher: PricedVoucher, priced: PricedCart, customer: CustomerCard | None) -> Company:
        """In that cart."""
        serials = [one.use.serial for one in priced.used_vouchers]
        place = serials.index(voucher.use.serial) if voucher.use.serial in serials else len(serials)
        return cls(customer, tuple(one.amount for one in priced.used_vouchers[:place]))


class Vouchers:
    """Turns a code whose signature holds into a use that a cart may carry."""

    def __init__(
        self, session: Session, vouchers: VoucherStore, keyring: KeyringStore, splits: Splits
    ) -> None:
        self._session = session
        self._vouchers = vouchers
        self._keyring = keyring
        self._splits = splits

    def use_of(self, code: VoucherCode, customer: CustomerCard | None) -> VoucherUse:
        """Everything that does not need the price: key, dates, revocation, own journal, customer.

        Raises CodeRefused, CodeRevoked, VoucherUsedHere and the VoucherRefused family.
        """
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
        self._check(use, customer, self._is_for(code, customer))
        return _taken_for(use, customer)

    def use_told(self, terms: Mapping[str, Any], customer: CustomerCard | None) -> VoucherUse:
        """A voucher that central has told of, by the same checks; its key is central's business.

        Raises CodeRefused, CodeRevoked, VoucherUsedHere and the VoucherRefused family.
        """
        campaign = self._vouchers.campaign(terms["campaign"])
        if campaign is None:
            raise CodeRefused(reason="unknown_campaign", serial=int(terms["serial"]))
        kind = STORED if terms["kind"] == "stored" else VoucherKind(terms["kind"])
        use = VoucherUse(
            serial=int(terms["serial"]),
            key_id=terms["key_id"],
            kind=kind,
            value=terms["value"],
            campaign=campaign,
            min_basket=terms["min_basket"],
            valid_until=date.fromisoformat(terms["valid_until"]),
            store=terms["store"],
            max_uses=terms["max_uses"],
            is_bound=terms["is_bound"],
        )
        ids = () if customer is None else (customer.id, *customer.aliases)
        self._check(use, customer, terms["customer"] in ids)
        return _taken_for(use, customer)

    def check_paper(self, use: VoucherUse, customer: CustomerCard | None, *, is_approved: bool) -> None:
        """An unsigned paper in no list (services.foreign_vouchers); it is bound to nobody.

        Raises ApprovalRequired, PolicyRefused, and what `use_of` raises.
        """
        self._check(use, customer, is_theirs=True)
        verdict = unknown_paper_allowed(self._session.policy, use, self._uses(Company(customer)))
        raise_needed(verdict, use, is_approved=is_approved)

    def _check(self, use: VoucherUse, customer: CustomerCard | None, is_theirs: bool) -> None:
        facts = VoucherFacts(
            store=self._session.identity.store,
            at=self._session.now,
            zone=self._session.policy.timezone,
            customer=customer,
            bound_to_customer=is_theirs,
        )
        check_place_and_dates(use, facts)
        if self._vouchers.is_revoked(use.serial):
            raise CodeRevoked(serial=use.serial)
        used = self._vouchers.used_here(use.serial)
        if used is not None and use.max_uses <= 1:
            raise _used_here(used)
        check_customer(use, facts)

    def check_again(self, priced: PricedCart, customer: CustomerCard | None, claims: Claims) -> None:
        """Before paying: a cart may have waited for days, and its customer may be another one now.

        Raises what `use_of` and `check_limits` raise.
        """
        ids = () if customer is None else (customer.id, *customer.aliases)
        for voucher in priced.used_vouchers:
            self._check(voucher.use, customer, voucher.use.customer in ids)
            self.check_limits(voucher, Company.of(voucher, priced, customer), claims)

    def check_limits(self, voucher: PricedVoucher, company: Company, claims: Claims) -> None:
        """Central's word where it can be had, else the policy's (protocol §7, §11).

        Raises AskCentral first; then UsedElsewhere, CodeRevoked, VoucherNotFirstPurchase,
        VoucherCustomerUsedUp, UnknownAtCentral for what is not signed, or ApprovalRequired above the soft
        limit, PolicyRefused above the hard one. One that a manager has allowed is asked about all the same,
        and kept within the hard limits.
        """
        serial = voucher.use.serial
        verdict = claims.verdict(CheckKind.VOUCHER, str(serial), customer=_asked_about(voucher.use, company))
        if verdict is not None and verdict.word == "insufficient":
            raise _rule_of(voucher.use)
        if verdict is not None and verdict.word not in ("ok", "unknown"):
            raise refusal_of(serial, verdict)
        if verdict is not None and verdict.word == "unknown" and not voucher.use.is_signed:
            raise UnknownAtCentral(reason="voucher")
        # a signed code that central has lost is judged as if it had not been asked
        self._judge(voucher, company, online=verdict is not None and verdict.is_ok)

    def settled(self, priced: PricedCart, customer: CustomerCard | None, claims: Claims) -> PricedCart:
        """At the commit: who allowed each voucher. What a claim covers no longer, the policy judges again.

        Raises ApprovalRequired, PolicyRefused.
        """
        settled = [self._settled(one, Company.of(one, priced, customer), claims) for one in priced.vouchers]
        return replace(priced, vouchers=tuple(settled))

    def _settled(self, voucher: PricedVoucher, company: Company, claims: Claims) -> PricedVoucher:
        if voucher.refused is not None:
            return voucher
        if claims.covers(CheckKind.VOUCHER, str(voucher.use.serial)):
            return voucher if voucher.use.allowed_by else replace(voucher, use=voucher.use.allowed(ONLINE))
        if self._judge(voucher, company, online=False):
            return replace(voucher, use=voucher.use.allowed(APPROVED))
        return voucher

    def _judge(self, voucher: PricedVoucher, company: Company, *, online: bool) -> bool:
        """Whether it stands on a manager's word: a second person's, or of the manager who sells it."""
        uses = VoucherUses() if online else self._uses(company)
        verdict = voucher_allowed(self._session.policy, voucher.use, voucher.amount, uses, online=online)
        verdict = judged(self._session, verdict, voucher.amount, is_checked=online)
        person, rights = self._session.person, self._session.policy.rights
        alone = person is not None and limit_of(person, OVER_LIMIT, rights) is not None
        raise_needed(verdict, voucher.use, is_approved=alone or voucher.use.allowed_by == APPROVED)
        return isinstance(verdict, NeedsManager)

    def _uses(self, company: Company) -> VoucherUses:
        earlier = (*self._splits.vouchers(company.customer), *company.taken_off)
        return VoucherUses(self._vouchers.uses_in_shift(), self._vouchers.uses_in_day(), earlier)

    def _check_key(self, code: VoucherCode) -> None:
        key = self._keyring.issuing_key(code.key_id)
        reason = None if key is None else key.refusal_at(self._session.now)
        if reason is not None:
            raise CodeRefused(reason=reason, serial=code.serial)

    def _is_for(self, code: VoucherCode, customer: CustomerCard | None) -> bool:
        if customer is None:
            return code.customer_tag is None
        tenant = self._session.identity.tenant
        return any(code.is_for(tenant, CustomerId(name)) for name in (customer.id, *customer.aliases))


def _asked_about(use: VoucherUse, company: Company) -> str | None:
    """Whose purchases and uses central counts; what is silent about it, the campaign's `offline` decides."""
    customer = company.customer
    return customer.id if customer is not None and use.campaign.has_customer_rules else None


def _rule_of(use: VoucherUse) -> PosError:
    """Which of the campaign's customer rules leaves nothing; a first purchase is the narrower one."""
    if use.campaign.first_purchase:
        return VoucherNotFirstPurchase(serial=use.serial)
    return VoucherCustomerUsedUp(serial=use.serial, most=use.campaign.uses_per_customer)


def _taken_for(use: VoucherUse, customer: CustomerCard | None) -> VoucherUse:
    """A bound voucher stays this customer's, whoever is put on the cart later."""
    return replace(use, customer=customer.id) if use.is_bound and customer is not None else use


def raise_needed(verdict: Verdict, use: VoucherUse, *, is_approved: bool) -> None:
    """Nothing where the policy allows it, or a manager has. Raises ApprovalRequired, PolicyRefused."""
    if isinstance(verdict, NeedsManager) and not is_approved:
        raise ApprovalRequired(
            right=OVER_LIMIT,
            reason=verdict.reason,
            asked=verdict.asked,
            most=verdict.most,
            serial=use.serial,
        )
    if isinstance(verdict, Refused):
        raise PolicyRefused(reason=verdict.reason, asked=verdict.asked, most=verdict.most)


def refusal_of(serial: int, verdict: Told) -> PosError:
    """What central's no to a discount voucher means."""
    if verdict.word in ("revoked", "cancelled"):
        return CodeRevoked(serial=serial)
    return UsedElsewhere(reason="voucher", serial=serial, holder=verdict.holder)


def _used_here(used: UsedVoucher) -> VoucherUsedHere:
    at = datetime.fromisoformat(used.wall)
    return VoucherUsedHere(serial=int(used.serial), at=at, receipt_no=used.receipt_no or "")
