"""What is sold: a variant with its prices, VAT rates and return window, as the catalogue feed brings it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pos_app.domain.errors import NoPriceInForce
from pos_app.domain.validity import begins, ends, is_within

DEFAULT_RETURN_DAYS = 30


@dataclass(frozen=True, slots=True)
class Price:
    """A price in đồng, VAT included, in force from `valid_from` up to but not at `valid_to`."""

    ver: int
    amount: int
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    tier: str | None = None

    def is_in_force(self, instant: datetime) -> bool:
        return is_within(instant, self.valid_from, self.valid_to)


@dataclass(frozen=True, slots=True)
class VatRate:
    """A VAT rate in basis points (money.EXEMPT for exempt goods), both days included."""

    rate_bp: int
    valid_from: date | None = None
    valid_to: date | None = None

    def is_in_force(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Category:
    """What goods of a kind share: VAT, return window in days (0 = none), whether sold uncoded."""

    id: str
    name: str
    vat: tuple[VatRate, ...] = ()
    return_days: int = DEFAULT_RETURN_DAYS
    icon: str = ""
    uncoded: bool = False

    def vat_at(self, day: date) -> int:
        """Basis points in force that day. Raises NoPriceInForce without a rate."""
        for rate in reversed(self.vat):
            if rate.is_in_force(day):
                return rate.rate_bp
        raise NoPriceInForce(product=None, sku="", name=self.name)

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Category:
        """Reads a `category/<id>` item of the catalogue feed."""
        return cls(
            id=str(body["id"]),
            name=body["name"],
            vat=_rates(body.get("vat") or ()),
            return_days=body.get("return_days", DEFAULT_RETURN_DAYS),
            icon=body.get("icon") or "",
            uncoded=bool(body.get("uncoded", False)),
        )


@dataclass(frozen=True, slots=True)
class Product:
    """One sellable variant. `return_days` 0 = not returnable, `no_return_reason` says why (a code)."""

    id: str
    sku: str
    name: str
    category: str
    prices: tuple[Price, ...]
    vat: tuple[VatRate, ...]
    variant: str = ""
    unit: str = "cái"
    colour: str = ""
    colour_name: str = ""
    size: str = ""
    style: str = ""
    shelf: str = ""
    return_days: int = DEFAULT_RETURN_DAYS
    weighed: bool = False
    barcodes: tuple[str, ...] = ()
    no_return_reason: str | None = None

    def price_at(self, instant: datetime, tier: str | None = None) -> Price:
        """The shop's price in force, or the tier's if lower. Raises NoPriceInForce."""
        plain = self._latest(instant, None)
        if plain is None:
            raise NoPriceInForce(product=self.id, sku=self.sku, name=self.name)
        special = None if tier is None else self._latest(instant, tier)
        return special if special is not None and special.amount < plain.amount else plain

    def _latest(self, instant: datetime, tier: str | None) -> Price | None:
        best: Price | None = None
        for price in self.prices:
            if price.tier == tier and price.is_in_force(instant) and (best is None or _begins(price, best)):
                best = price
        return best

    def vat_at(self, day: date) -> int:
        """Basis points in force on the document's calendar date. Raises NoPriceInForce without a rate."""
        for rate in reversed(self.vat):
            if rate.is_in_force(day):
                return rate.rate_bp
        raise NoPriceInForce(product=self.id, sku=self.sku, name=self.name)

    @property
    def returnable_days(self) -> int:
        """Days to bring it back, 0 when it cannot come back at all."""
        return 0 if self.no_return_reason else self.return_days

    def to_json(self) -> dict[str, Any]:
        """Everything needed to price the product again without the catalogue (drafts)."""
        body: dict[str, Any] = {name: getattr(self, name) for name in _TEXTS if getattr(self, name)}
        body |= {"id": self.id, "sku": self.sku, "name": self.name, "category": self.category}
        body |= {"return_days": self.return_days, "weighed": self.weighed, "barcodes": list(self.barcodes)}
        if self.no_return_reason:
            body["no_return"] = self.no_return_reason
        body["prices"] = [_price_json(price) for price in self.prices]
        body["vat"] = [
            {"rate": rate.rate_bp, "from": _day_text(rate.valid_from), "to": _day_text(rate.valid_to)}
            for rate in self.vat
        ]
        return body

    @classmethod
    def from_json(cls, body: Mapping[str, Any], category: Category | None = None) -> Product:
        """Reads a `product/<id>` item with its category, or a draft's snapshot, which needs none."""
        days = DEFAULT_RETURN_DAYS if category is None else category.return_days
        return cls(
            id=body["id"],
            sku=body.get("sku") or "",
            name=body["name"],
            category=body.get("category") or "",
            prices=tuple(_price(item) for item in body["prices"]),
            vat=_rates(body.get("vat") or ()) or (() if category is None else category.vat),
            return_days=body.get("return_days", days),
            weighed=body.get("weighed", False),
            barcodes=tuple(body.get("barcodes") or ()),
            no_return_reason=body.get("no_return"),
            **{name: body[name] for name in _TEXTS if body.get(name)},
        )


_TEXTS = ("variant", "unit", "colour", "colour_name", "size", "style", "shelf")


def _begins(one: Price, other: Price) -> bool:
    """Of two prices in force the one that began later wins, then the newer version."""
    if one.valid_from == other.valid_from:
        return one.ver > other.ver
    return other.valid_from is None or (one.valid_from is not None and one.valid_from > other.valid_from)


def _price_json(price: Price) -> dict[str, Any]:
    return {
        "ver": price.ver,
        "amount": price.amount,
        "from": None if price.valid_from is None else price.valid_from.isoformat(),
        "to": None if price.valid_to is None else price.valid_to.isoformat(),
        "tier": price.tier,
    }


def _price(body: Mapping[str, Any]) -> Price:
    return Price(
        body["ver"], body["amount"], begins(body.get("from")), ends(body.get("to")), body.get("tier")
    )


def _rates(items: Iterable[Mapping[str, Any]]) -> tuple[VatRate, ...]:
    return tuple(VatRate(item["rate"], _day(item.get("from")), _day(item.get("to"))) for item in items)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
