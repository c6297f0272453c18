"""What this till would still do if central could not be reached from now on, by policy and ages of data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from pos_app.domain.policy import DAY, Policy, points_allowed
from pos_app.domain.tender import TenderKind
from pos_app.domain.verdict import Allowed, Refused
from pos_app.services.payment import OFFERED
from pos_app.services.restricted import alone_for
from pos_app.services.session import NEVER, Session
from pos_app.storage.vouchers import VoucherStore

Allowance = Literal["free", "limited", "none"]


@dataclass(frozen=True, slots=True)
class OutageRule:
    """One thing a till does. `reason` is a code; `amount` in đồng, `count` pieces or days, as `name` needs.

    Reasons: "" | no_data (never downloaded) | aged (a manager must allow it) | too_old | used_up | later
    (not in this version) | online_only.
    """

    name: str
    allowance: Allowance
    reason: str = ""
    amount: int = 0
    count: int = 0


class Outage:
    """Asks the same policy that judges at the counter; counts what this shift has used already."""

    def __init__(self, session: Session, vouchers: VoucherStore) -> None:
        self._session = session
        self._vouchers = vouchers

    def rules(self, orders: int) -> tuple[OutageRule, ...]:
        """In the order in which a cashier needs them; `orders` are known at this till."""
        policy = self._session.policy
        return (
            self._selling(policy),
            self._aged(self._pickups(policy, orders)),
            _tender("transfer", TenderKind.TRANSFER, "free"),
            self._aged(OutageRule("own_return", "free", amount=policy.return_cash_soft)),
            self._aged(self._voucher(policy)),
            self._aged(self._points(policy)),
            self._aged(OutageRule("foreign_return", "limited", amount=policy.return_foreign_cash_hard)),
            _tender("gift_card", TenderKind.STORED_VALUE, "none"),
        )

    def _aged(self, rule: OutageRule) -> OutageRule:
        """What is left of it when central has not been heard for a day or a week already."""
        alone = alone_for(self._session)
        if rule.allowance == "none" or isinstance(alone, Allowed):
            return rule
        if isinstance(alone, Refused):
            return replace(rule, allowance="none", reason="too_old")
        return replace(rule, allowance="limited", reason="aged")

    def _selling(self, policy: Policy) -> OutageRule:
        if not self._has("catalogue"):
            return OutageRule("sale", "none", "no_data")
        return OutageRule("sale", "free", count=policy.offline_hard // DAY)

    def _pickups(self, policy: Policy, orders: int) -> OutageRule:
        age = self._session.feed_age_s("orders")
        if not self._has("orders") or not self._has("keyset"):
            return OutageRule("pickup", "none", "no_data")
        if age > policy.pickup_age_hard:
            return OutageRule("pickup", "none", "too_old")
        if age > policy.pickup_age_soft:
            return OutageRule("pickup", "limited", "aged", count=orders)
        return OutageRule("pickup", "free", count=orders)

    def _voucher(self, policy: Policy) -> OutageRule:
        if not self._has("campaigns") or not self._has("keyset"):
            return OutageRule("voucher", "none", "no_data")
        used = self._vouchers.uses_in_shift(), self._vouchers.uses_in_day()
        left = min(policy.voucher_per_shift - used[0], policy.voucher_per_day - used[1])
        if left <= 0:
            return OutageRule("voucher", "none", "used_up")
        return OutageRule("voucher", "limited", amount=policy.voucher_value_soft, count=left)

    def _points(self, policy: Policy) -> OutageRule:
        if not self._has("customers"):
            return OutageRule("points", "none", "no_data")
        verdict = points_allowed(policy, self._session.feed_age_s("customers"), online=False)
        if isinstance(verdict, Refused):
            return OutageRule("points", "none", "too_old")
        reason = "" if isinstance(verdict, Allowed) else "aged"
        return OutageRule("points", "limited", reason, amount=policy.points_most)

    def _has(self, feed: str) -> bool:
        return self._session.feed_age_s(feed) < NEVER


def _tender(name: str, kind: TenderKind, allowance: Allowance) -> OutageRule:
    if kind not in OFFERED:
        return OutageRule(name, "none", "later")
    return OutageRule(name, allowance, "" if allowance == "free" else "online_only")
