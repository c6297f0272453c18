"""One line of a cart: a product or goods without a code, and what was done to it by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pos_app.domain.errors import AmountRefused
from pos_app.domain.money import WHOLE
from pos_app.domain.product import DEFAULT_RETURN_DAYS, Product


@dataclass(frozen=True, slots=True)
class Uncoded:
    """Goods without a code: what the cashier typed. `price` in đồng with VAT, `vat_rate` in basis points."""

    name: str
    price: int
    category: str
    vat_rate: int
    barcode: str = ""
    return_days: int = DEFAULT_RETURN_DAYS

    @property
    def style(self) -> str:
        return ""

    @property
    def returnable_days(self) -> int:
        return self.return_days

    def vat_at(self, day: date) -> int:  # noqa: ARG002 - like a product's, but typed with the goods
        return self.vat_rate

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "price": self.price,
            "category": self.category,
            "vat_rate": self.vat_rate,
            "barcode": self.barcode,
            "return_days": self.return_days,
        }


@dataclass(frozen=True, slots=True)
class ManualDiscount:
    """Percent or amount off by a person: exactly one of `percent_bp` and `amount`, a reason code, who."""

    reason: str
    by: int
    percent_bp: int | None = None
    amount: int | None = None
    approver: int | None = None

    def __post_init__(self) -> None:
        if (self.percent_bp is None) == (self.amount is None):
            raise AmountRefused(amount=self.amount, least=1, most=None)
        if self.percent_bp is not None and not 0 < self.percent_bp <= WHOLE:
            raise AmountRefused(amount=self.percent_bp, least=1, most=WHOLE)
        if self.amount is not None and self.amount <= 0:
            raise AmountRefused(amount=self.amount, least=1, most=None)

    def to_json(self) -> dict[str, Any]:
        return {
            "reason": self.reason,
            "by": self.by,
            "percent_bp": self.percent_bp,
            "amount": self.amount,
            "approver": self.approver,
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any] | None) -> ManualDiscount | None:
        if body is None:
            return None
        return cls(body["reason"], body["by"], body["percent_bp"], body["amount"], body.get("approver"))


@dataclass(frozen=True, slots=True)
class CartLine:
    """`quantity` in thousandths; exactly one of `product` and `uncoded`."""

    no: int
    quantity: int
    product: Product | None = None
    uncoded: Uncoded | None = None
    salesperson: int | None = None
    note: str = ""
    discount: ManualDiscount | None = None
    label_amount: int | None = None

    @property
    def is_weighed(self) -> bool:
        return self.label_amount is not None or (self.product is not None and self.product.weighed)

    @property
    def product_id(self) -> str | None:
        return None if self.product is None else self.product.id

    @property
    def name(self) -> str:
        return self._goods.name

    @property
    def category(self) -> str:
        return self._goods.category

    @property
    def style(self) -> str:
        return self._goods.style

    @property
    def return_days(self) -> int:
        """Days to bring it back, 0 = not returnable."""
        return self._goods.returnable_days

    def vat_at(self, day: date) -> int:
        """Basis points in force that day. Raises NoPriceInForce."""
        return self._goods.vat_at(day)

    @property
    def _goods(self) -> Product | Uncoded:
        goods = self.product or self.uncoded
        assert goods is not None
        return goods

    def takes(self, product: Product, salesperson: int | None) -> bool:
        """Whether more of this product may join the line: same goods, and nobody has touched the line."""
        return (
            not self.is_weighed
            and self.product == product
            and self.salesperson == salesperson
            and not self.note
            and self.discount is None
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "no": self.no,
            "quantity": self.quantity,
            "product": None if self.product is None else self.product.to_json(),
            "uncoded": None if self.uncoded is None else self.uncoded.to_json(),
            "salesperson": self.salesperson,
            "note": self.note,
            "discount": None if self.discount is None else self.discount.to_json(),
            "label_amount": self.label_amount,
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> CartLine:
        """`product` as JSON, or as it is already."""
        product, uncoded = body.get("product"), body.get("uncoded")
        if isinstance(product, Mapping):
            product = Product.from_json(product)
        return cls(
            no=body["no"],
            quantity=body["quantity"],
            product=product,
            uncoded=None if uncoded is None else Uncoded(**uncoded),
            salesperson=body.get("salesperson"),
            note=body.get("note", ""),
            discount=ManualDiscount.from_json(body.get("discount")),
            label_amount=body.get("label_amount"),
        )
