"""Why a line costs less, worded as a Discount: by a promotion, a person or a voucher."""

from __future__ import annotations

from pos_app.domain.cart_line import ManualDiscount
from pos_app.domain.priced import Discount, Step
from pos_app.domain.promotion import Promotion
from pos_app.domain.voucher import VoucherUse


def of_promotion(rule: Promotion) -> Discount:
    """For one version of one promotion, still without its amount."""
    return Discount(Step.PROMOTION, rule.id, rule.ver, rule.name, rule.explanation, 0)


def by_hand(step: Step, discount: ManualDiscount) -> Discount:
    """For a manual discount: the reason code stands for the rule, the person is named."""
    return Discount(step, discount.reason, 0, "", "", 0, by=discount.by)


def of_voucher(use: VoucherUse) -> Discount:
    """For a voucher: its campaign's number stands for the rule, its serial is named."""
    rules, serial = use.campaign, use.serial
    return Discount(Step.VOUCHER, str(rules.no), rules.ver, rules.name, rules.explanation, 0, serial=serial)


def with_amount(why: Discount, amount: int) -> Discount:
    """The same reason for `amount` đồng."""
    return Discount(why.step, why.rule, why.ver, why.name, why.explanation, amount, why.serial, why.by)
