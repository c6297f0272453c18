"""A priced cart: every line with its discounts and why, what vouchers took, totals and VAT."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pos_app.domain.cart_line import Uncoded
from pos_app.domain.errors import LineUnknown, VoucherRefused
from pos_app.domain.money import VatRow
from pos_app.domain.product import Product
from pos_app.domain.voucher import VoucherUse


class Step(StrEnum):
    """The steps of the fixed order that take something off."""

    PROMOTION = "promotion"
    LINE = "line"
    ORDER = "order"
    VOUCHER = "voucher"


@dataclass(frozen=True, slots=True)
class Discount:
    """One reason why a line costs less: `amount` ≥ 0 đồng off.

    `rule` is a promotion's id, a campaign's number or, for manual discounts, the reason code (`ver` 0).
    """

    step: Step
    rule: str
    ver: int
    name: str
    explanation: str
    amount: int
    serial: int | None = None
    by: int | None = None


@dataclass(frozen=True, slots=True)
class GiftCondition:
    """A gift stays free while these lines (numbers) still cost at least `least` đồng together."""

    least: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PricedLine:
    """Đồng and thousandths. A gift costs 0: its rule is in `gift_of`, its price in `gift_value`."""

    no: int
    product: Product | None
    uncoded: Uncoded | None
    quantity: int
    unit_price: int
    price_ver: int
    gross: int
    discounts: tuple[Discount, ...]
    amount: int
    vat_rate: int
    vat: int
    salesperson: int | None = None
    note: str = ""
    price_tier: str | None = None
    gift_of: str | None = None
    gift_value: int | None = None
    gift_condition: GiftCondition | None = None
    return_until: date | None = None
    label_amount: int | None = None

    @property
    def goods(self) -> Product | Uncoded:
        goods = self.product or self.uncoded
        assert goods is not None
        return goods

    @property
    def product_id(self) -> str | None:
        return None if self.product is None else self.product.id

    @property
    def name(self) -> str:
        return self.goods.name

    @property
    def category(self) -> str:
        return self.goods.category

    @property
    def discount(self) -> int:
        """Everything taken off this line."""
        return self.gross - self.amount

    @property
    def is_gift(self) -> bool:
        return self.gift_of is not None


@dataclass(frozen=True, slots=True)
class PricedVoucher:
    """What one voucher took; `rest` is lost. `refused` says why it takes nothing from this cart now."""

    use: VoucherUse
    amount: int = 0
    rest: int = 0
    refused: VoucherRefused | None = None
    gift_no: int | None = None


@dataclass(frozen=True, slots=True)
class PricedCart:
    """The one price of a cart at `priced_at`; `total` is what is due before cash rounding."""

    engine: str
    priced_at: datetime
    lines: tuple[PricedLine, ...]
    vouchers: tuple[PricedVoucher, ...]
    gross: int
    total: int
    vat: tuple[VatRow, ...]

    @property
    def discount(self) -> int:
        return self.gross - self.total

    @property
    def used_vouchers(self) -> tuple[PricedVoucher, ...]:
        """Those that took something or brought a gift."""
        return tuple(voucher for voucher in self.vouchers if voucher.refused is None)

    def line(self, no: int) -> PricedLine:
        """Raises LineUnknown."""
        for line in self.lines:
            if line.no == no:
                return line
        raise LineUnknown(no=no)
