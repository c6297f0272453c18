"""The search panel: goods as you type, with price, stock here and elsewhere, colours and sizes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pos_app.domain.errors import NoPriceInForce, ProductUnknownHere
from pos_app.domain.product import Product
from pos_app.services.session import Session
from pos_app.storage.catalogue import CatalogueStore, SearchFilter
from pos_app.storage.stock import MANY, Stock, StockElsewhere, StockStore

SHOWN = 50
LOOKED_AT = 200
"""With a filter more hits are looked at than are shown."""


@dataclass(frozen=True, slots=True)
class Filter:
    """`below` in đồng; None = any price."""

    only_here: bool = False
    below: int | None = None
    category: str | None = None

    @property
    def is_open(self) -> bool:
        return not self.only_here and self.below is None


@dataclass(frozen=True, slots=True)
class Hit:
    """`price` in đồng (None = none in force), `here` in thousandths (None = not known).

    `elsewhere` in pieces over all other stores; `at_least` when a store has ten or more.
    """

    product: Product
    price: int | None
    here: int | None
    elsewhere: int
    at_least: bool


@dataclass(frozen=True, slots=True)
class Swatch:
    """A colour of the same style; `product` is what choosing it shows."""

    product: str
    colour: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class SizeChoice:
    """A size in the chosen colour, with what is here in thousandths."""

    product: str
    size: str
    here: int | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ProductDetails:
    """`stores`: pieces elsewhere, 10 = ten or more; `as_of` = age of the stock feed."""

    product: Product
    price: int | None
    here: int | None
    colours: tuple[Swatch, ...]
    sizes: tuple[SizeChoice, ...]
    stores: tuple[StockElsewhere, ...]
    as_of: datetime | None


class Search:
    """Reads only."""

    def __init__(self, session: Session, catalogue: CatalogueStore, stock: StockStore) -> None:
        self._session = session
        self._catalogue = catalogue
        self._stock = stock

    def search(self, text: str, where: Filter | None = None, limit: int = SHOWN) -> list[Hit]:
        """Best sellers first; any word order, prefixes, with or without accents. Empty = best sellers."""
        chosen = where or Filter()
        looked = limit if chosen.is_open else max(limit, LOOKED_AT)
        products = self._catalogue.search(text, looked, SearchFilter(chosen.category))
        stock = self._stock.of_many([product.id for product in products])
        hits = (self._hit(product, stock[product.id]) for product in products)
        return [hit for hit in hits if _fits(hit, chosen)][:limit]

    def details(self, product_id: str) -> ProductDetails:
        """Raises ProductUnknownHere."""
        product = self._catalogue.by_id(product_id)
        if product is None:
            raise ProductUnknownHere(text=product_id)
        variants = self._catalogue.variants(product.style) or [product]
        stock = self._stock.of_many([product.id, *(variant.id for variant in variants)])
        return ProductDetails(
            product=product,
            price=self._price(product),
            here=stock[product.id].here,
            colours=_colours(product, variants),
            sizes=_sizes(product, variants, stock),
            stores=stock[product.id].others,
            as_of=stock[product.id].as_of,
        )

    def _hit(self, product: Product, stock: Stock) -> Hit:
        return Hit(
            product=product,
            price=self._price(product),
            here=stock.here,
            elsewhere=sum(other.band for other in stock.others),
            at_least=any(other.band >= MANY for other in stock.others),
        )

    def _price(self, product: Product) -> int | None:
        try:
            return product.price_at(self._session.now).amount
        except NoPriceInForce:
            return None  # listed all the same: the cashier sees that it cannot be sold, and why


def _fits(hit: Hit, where: Filter) -> bool:
    if where.only_here and not (hit.here or 0) > 0:
        return False
    return where.below is None or (hit.price is not None and hit.price < where.below)


def _colours(product: Product, variants: list[Product]) -> tuple[Swatch, ...]:
    """One of each colour, in the chosen size where there is one."""
    found: dict[str, Product] = {}
    for variant in variants:
        held = found.get(variant.colour)
        if held is None or (variant.size == product.size and held.size != product.size):
            found[variant.colour] = variant
    return tuple(
        Swatch(variant.id, colour, variant.colour_name, colour == product.colour)
        for colour, variant in found.items()
        if colour
    )


def _sizes(product: Product, variants: list[Product], stock: dict[str, Stock]) -> tuple[SizeChoice, ...]:
    same = [variant for variant in variants if variant.colour == product.colour and variant.size]
    return tuple(
        SizeChoice(variant.id, variant.size, stock[variant.id].here, variant.size == product.size)
        for variant in sorted(same, key=lambda variant: _size_order(variant.size))
    )


_LETTERS = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL")


def _size_order(size: str) -> tuple[int, int, str]:
    """35 36 37, then S M L XL, then the rest by their letters."""
    if size.isascii() and size.isdigit():
        return 0, int(size), ""
    upper = size.upper()
    return (1, _LETTERS.index(upper), "") if upper in _LETTERS else (2, 0, size)
