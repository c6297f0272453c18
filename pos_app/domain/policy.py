"""The policy of a shop as data, every default of protocol §11, and what it allows online and offline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pos_app.domain.cash import CashRounding, RoundingMode
from pos_app.domain.limits import as_one, between, strictest, together
from pos_app.domain.points import OfflineCap
from pos_app.domain.staff import RIGHTS, Rights, rights_of
from pos_app.domain.verdict import ALLOWED, NeedsManager, NeedsProof, Refused, Verdict
from pos_app.domain.voucher import VoucherKind, VoucherUse

HOUR = 3600
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Policy:
    """Đồng, seconds, basis points, minutes of the day. Above `_soft` a manager, above `_hard` nobody.

    `e_invoice`: the chain's own system issues tax invoices from the documents and takes a buyer's data by the
    receipt code; only then the paper says so. Operations within `split_within` that were each at
    `split_share_bp` of their limit or more count as one (domain.limits); 0 = every one for itself.
    """

    zone: str = "Asia/Ho_Chi_Minh"
    day_end: int = 4 * 60
    cash_step: int = 1000
    cash_mode: str = "favour"
    journal_retention: int = 90 * DAY
    key_age: int = 365 * DAY
    auto_lock: int = 3 * 60
    uncoded_most: int = 500_000
    offline_soft: int = 24 * HOUR
    offline_hard: int = 7 * DAY
    catalogue_age_warn: int = 24 * HOUR
    revocations_age_warn: int = 24 * HOUR
    staff_age_most: int = 7 * DAY
    pickup_value_soft: int = 10_000_000
    pickup_value_hard: int = 50_000_000
    pickup_age_soft: int = 4 * HOUR
    pickup_age_hard: int = 72 * HOUR
    pickup_identity_above: int = 2_000_000
    pickup_unknown_value: int = 2_000_000
    pickup_unknown_per_shift: int = 5
    voucher_value_soft: int = 200_000
    voucher_value_hard: int = 1_000_000
    voucher_unsigned_soft: int = 100_000
    voucher_unsigned_hard: int = 200_000
    voucher_unknown_most: int = 50_000
    voucher_per_shift: int = 10
    voucher_per_day: int = 30
    points_most: int = 200_000
    points_share_bp: int = 5_000
    points_age_soft: int = 24 * HOUR
    points_age_hard: int = 7 * DAY
    points_sales_per_day: int = 3
    return_cash_soft: int = 500_000
    return_cash_hard: int = 2_000_000
    return_cash_per_shift: int = 5_000_000
    return_foreign_cash_hard: int = 500_000
    return_no_receipt_most: int = 300_000
    return_no_receipt_per_day: int = 2
    void_manager_above: int = 300_000
    void_per_shift: int = 3
    discount_soft_bp: int = 1_000
    discount_hard_bp: int = 3_000
    new_customers_per_shift: int = 20
    drawer_soft: int = 3
    drawer_hard: int = 10
    split_within: int = 30 * 60
    split_share_bp: int = 8_000
    shift_verify_above: int = 50_000
    e_invoice: bool = False
    rights: Rights = field(default_factory=lambda: RIGHTS, hash=False)
    """Who may do what alone and up to which amount (domain.staff)."""

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Policy:
        """Reads the `policy` item: unknown fields are ignored, missing ones keep their default."""
        known = {one.name for one in fields(cls)} - {"rights"}
        values = {name: value for name, value in body.items() if name in known and value is not None}
        return cls(**values, rights=rights_of(body.get("rights")))

    def to_json(self) -> dict[str, Any]:
        """As the `policy` item carries it; rights as they come with the program are left out."""
        body = asdict(self)
        if self.rights == RIGHTS:
            del body["rights"]
        return body

    def with_(self, **changes: Any) -> Policy:
        return replace(self, **changes)

    @property
    def timezone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def cash_rounding(self) -> CashRounding:
        return CashRounding(self.cash_step, RoundingMode(self.cash_mode))

    def business_date(self, at: datetime) -> date:
        """The business day of an instant: it ends at `day_end`, so 02:00 still belongs to yesterday."""
        return (at.astimezone(self.timezone) - timedelta(minutes=self.day_end)).date()

    def points_cap(self, *, online: bool) -> OfflineCap | None:
        """None online: the balance alone limits."""
        return None if online else OfflineCap(self.points_most, self.points_share_bp)


@dataclass(frozen=True, slots=True)
class PickupFacts:
    """`value` and `amount_due` in đồng, `feed_age` of `orders` in seconds; `unknown_in_shift` so far.

    `earlier`: đồng of the hand-overs just before, by the same customer or person.
    """

    online: bool
    is_known: bool
    value: int
    amount_due: int = 0
    feed_age: int = 0
    identity_seen: bool = False
    unknown_in_shift: int = 0
    earlier: tuple[int, ...] = ()


def pickup_allowed(policy: Policy, facts: PickupFacts) -> Verdict:
    """Hand-over of a signed, unrevoked order; the same limits with and without an amount due."""
    if facts.online:
        return ALLOWED
    if not facts.is_known:
        return _unknown_pickup(policy, facts)
    proof: Verdict = ALLOWED
    if facts.value > policy.pickup_identity_above and not facts.identity_seen:
        proof = NeedsProof("pickup_identity", facts.value, policy.pickup_identity_above)
    limits = policy.pickup_value_soft, policy.pickup_value_hard
    return strictest(
        together("pickup_value", facts.value, facts.earlier, limits, policy.split_share_bp),
        between("pickup_feed_age", facts.feed_age, policy.pickup_age_soft, policy.pickup_age_hard),
        proof,
    )


def _unknown_pickup(policy: Policy, facts: PickupFacts) -> Verdict:
    if facts.amount_due:
        return Refused("pickup_unknown_due", facts.amount_due, 0)
    if facts.value > policy.pickup_unknown_value:
        return Refused("pickup_unknown_value", facts.value, policy.pickup_unknown_value)
    whole = as_one(facts.value, facts.earlier, policy.pickup_unknown_value, policy.split_share_bp)
    if whole > policy.pickup_unknown_value:
        return Refused("pickup_unknown_value_split", whole, policy.pickup_unknown_value)
    if facts.unknown_in_shift >= policy.pickup_unknown_per_shift:
        return Refused("pickup_unknown_count", facts.unknown_in_shift, policy.pickup_unknown_per_shift)
    return NeedsManager("pickup_unknown", facts.value, policy.pickup_unknown_value)


@dataclass(frozen=True, slots=True)
class VoucherUses:
    """Vouchers already taken offline by this till; `earlier`: đồng of those just before, by the same customer
    or person."""

    in_shift: int = 0
    in_day: int = 0
    earlier: tuple[int, ...] = ()


def voucher_allowed(
    policy: Policy, use: VoucherUse, takes_off: int, uses: VoucherUses, *, online: bool
) -> Verdict:
    """Whether a voucher that takes off `takes_off` đồng may be accepted without central's word."""
    if online:
        return ALLOWED
    if use.kind is VoucherKind.STORED_VALUE:
        return Refused("stored_value_offline")
    if use.max_uses != 1:
        return Refused("voucher_multi_use_offline", use.max_uses, 1)
    if use.campaign.offline != "accept":
        return Refused("voucher_campaign_offline")
    if uses.in_shift >= policy.voucher_per_shift:
        return Refused("voucher_count_shift", uses.in_shift, policy.voucher_per_shift)
    if uses.in_day >= policy.voucher_per_day:
        return Refused("voucher_count_day", uses.in_day, policy.voucher_per_day)
    limits = policy.voucher_value_soft, policy.voucher_value_hard
    reason = "voucher_value"
    if not use.is_signed:
        limits, reason = (policy.voucher_unsigned_soft, policy.voucher_unsigned_hard), "voucher_unsigned"
    return together(reason, takes_off, uses.earlier, limits, policy.split_share_bp)


def unknown_paper_allowed(policy: Policy, use: VoucherUse, uses: VoucherUses) -> Verdict:
    """A paper that looks like one of the campaign's, unsigned and in no list: a manager or nobody."""
    alone = voucher_allowed(policy, use, 0, uses, online=False)
    if isinstance(alone, Refused):
        return alone
    most = policy.voucher_unknown_most
    whole = as_one(use.value, uses.earlier, most, policy.split_share_bp)
    if whole > most:
        return Refused("voucher_unknown" if use.value > most else "voucher_unknown_split", whole, most)
    return NeedsManager("voucher_unknown", use.value)


def points_allowed(policy: Policy, snapshot_age: int, *, online: bool) -> Verdict:
    """Whether points may be spent at all; how many is points.spendable with policy.points_cap."""
    if online:
        return ALLOWED
    return between("points_age", snapshot_age, policy.points_age_soft, policy.points_age_hard)


@dataclass(frozen=True, slots=True)
class ReturnFacts:
    """`source`: own | feed | online | code | none; `is_own_store`: sold in this store, not online.

    `amount` of the return, `cash` to be handed out and `cash_in_shift` before it, in đồng. `earlier`: those
    of the returns just before, by the same customer or person: cash, without a receipt the amounts.
    """

    online: bool
    source: str
    is_own_store: bool
    amount: int
    cash: int = 0
    cash_in_shift: int = 0
    no_receipt_today: int = 0
    earlier: tuple[int, ...] = ()


def return_allowed(policy: Policy, facts: ReturnFacts) -> Verdict:
    """Limits on money handed out; the window of each line is original's business."""
    if facts.source == "none":
        return _without_receipt(policy, facts)
    if facts.source == "code" and facts.cash:
        return Refused("return_lines_unknown_cash", facts.cash, 0)
    if facts.online:
        return ALLOWED
    hard = policy.return_cash_hard if facts.is_own_store else policy.return_foreign_cash_hard
    soft = policy.return_cash_soft if facts.is_own_store else 0
    reason = "return_cash" if facts.is_own_store else "return_foreign_cash"
    in_shift = facts.cash_in_shift + facts.cash
    if facts.cash and in_shift > policy.return_cash_per_shift:
        return Refused("return_cash_shift", in_shift, policy.return_cash_per_shift)
    return together(reason, facts.cash, facts.earlier, (soft, hard), policy.split_share_bp)


def _without_receipt(policy: Policy, facts: ReturnFacts) -> Verdict:
    if facts.cash:
        return Refused("return_no_receipt_cash", facts.cash, 0)
    if facts.amount > policy.return_no_receipt_most:
        return Refused("return_no_receipt_value", facts.amount, policy.return_no_receipt_most)
    whole = as_one(facts.amount, facts.earlier, policy.return_no_receipt_most, policy.split_share_bp)
    if whole > policy.return_no_receipt_most:
        return Refused("return_no_receipt_value_split", whole, policy.return_no_receipt_most)
    if facts.no_receipt_today >= policy.return_no_receipt_per_day:
        return Refused("return_no_receipt_count", facts.no_receipt_today, policy.return_no_receipt_per_day)
    return NeedsManager("return_no_receipt", facts.amount, 0)


def drawer_allowed(policy: Policy, opened_in_shift: int) -> Verdict:
    """Opening the drawer without a sale once more."""
    return between("drawer_count", opened_in_shift + 1, policy.drawer_soft, policy.drawer_hard)


def new_customer_allowed(policy: Policy, created_in_shift: int, *, online: bool) -> Verdict:
    """Offline only so many new customers a shift."""
    if online or created_in_shift < policy.new_customers_per_shift:
        return ALLOWED
    return Refused("new_customer_count", created_in_shift, policy.new_customers_per_shift)


def discount_allowed(policy: Policy, percent_bp: int) -> Verdict:
    """A manual discount measured against what the goods cost before it."""
    return between("discount", percent_bp, policy.discount_soft_bp, policy.discount_hard_bp)


def void_allowed(policy: Policy, total: int, voids_in_shift: int) -> Verdict:
    """A second person is always needed (staff.may); above the limit it must be a manager."""
    if voids_in_shift >= policy.void_per_shift:
        return Refused("void_count", voids_in_shift, policy.void_per_shift)
    return (
        NeedsManager("void_value", total, policy.void_manager_above)
        if (total > policy.void_manager_above)
        else ALLOWED
    )
