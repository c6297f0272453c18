"""The goods: styles with their variants by colour and size, barcodes, shelf places and sales rank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Final

from central.seed import barcodes, colours
from central.seed.categories import BY_ID, CATEGORIES, Category
from central.seed.dice import Dice
from central.seed.known_styles import KNOWN, SHOE_SIZES, KnownStyle
from central.seed.style_names import style_names

CLEARANCE: Final = "clearance"
CLOTHES_SIZES: Final = ("S", "M", "L", "XL")
_ITEMS_PER_COMPANY: Final = 10_000
_FIRST_COMPANY: Final = 12_345


@dataclass(frozen=True, slots=True)
class Style:
    """One model with its colours and sizes; `price` is today's in đồng."""

    category: Category
    sku: str
    name: str
    price: int
    colours: tuple[str, ...]
    sizes: tuple[str, ...]
    shelf: str
    unit: str
    clearance: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """One sellable thing. `rank` 1 = best seller; `price` is today's in đồng."""

    id: str
    style: Style
    colour: str
    size: str
    barcodes: tuple[str, ...]
    rank: int = 0

    @property
    def name(self) -> str:
        return self.style.name

    @property
    def words(self) -> str:
        """ "Đen · size 37", "Kem", or the unit of goods that come in one kind only."""
        size = f"size {self.size}" if self.size else ""
        return " · ".join(filter(None, (self.colour, size))) or self.style.unit.capitalize()

    def body(self) -> dict[str, Any]:
        """The part of the feed item that central keeps as JSON."""
        body: dict[str, Any] = {
            "style": self.style.sku,
            "variant": self.words,
            "unit": self.style.unit,
            "weighed": False,
            "barcodes": list(self.barcodes),
            "shelf": self.style.shelf,
        }
        if self.colour:
            body |= {"colour": colours.HEX[self.colour], "colour_name": self.colour}
        if self.size:
            body["size"] = self.size
        if self.style.clearance:
            body["no_return"] = CLEARANCE
        return body


def make_products(seed: int, wanted: int) -> tuple[Variant, ...]:
    """Exactly `wanted` variants (at least 150), known styles first, ids in that order."""
    numbers, variants = count(), list[Variant]()
    for known in KNOWN:
        variants.extend(_variants(_known(known), numbers))
    for quota, category in _quotas(wanted, variants):
        made: list[Variant] = []
        for style in _styles(category, Dice(seed, f"styles/{category.id}")):
            if len(made) >= quota:
                break
            made.extend(_variants(style, numbers))
        variants.extend(made[:quota])
        numbers = count(len(variants))
    return _ranked(tuple(variants), Dice(seed, "rank"))


def _quotas(wanted: int, known: list[Variant]) -> Iterator[tuple[int, Category]]:
    """How many variants each category still needs; the last one takes what the others leave."""
    left = wanted - len(known)
    for place, category in enumerate(CATEGORIES[::-1]):
        own = sum(variant.style.category is category for variant in known)
        quota = min(left, max(0, wanted * category.share // 1000 - own))
        if place == len(CATEGORIES) - 1:
            quota = left
        left -= quota
        yield quota, category


def _known(known: KnownStyle) -> Style:
    category = BY_ID[known.category]
    return Style(
        category, known.sku, known.name, known.price, known.colours, known.sizes,
        known.shelf, known.unit or category.unit, known.clearance,
    )  # fmt: skip


def _styles(category: Category, dice: Dice) -> Iterator[Style]:
    """Styles that are not among the known ones, with SKUs of their own."""
    taken = {known.sku for known in KNOWN}
    names = {known.name for known in KNOWN}
    free = [number for number in range(1000, 10_000) if f"{category.prefix}-{number}" not in taken]
    dice.shuffle(free)
    for name, number in zip(style_names(category.id, dice), free, strict=False):
        if name in names:
            continue
        yield Style(
            category, f"{category.prefix}-{number}", name, _price(category, dice), _palette(category, dice),
            _sizes(category, dice), f"{category.aisle}-{dice.randint(1, 14):02d}", _unit(category, name),
            dice.happens(6),
        )  # fmt: skip


def _price(category: Category, dice: Dice) -> int:
    """A price as shops write it: 359.000 rather than 360.000 in four cases of five."""
    low, high = category.prices
    tens = dice.triangular(low, high, low + (high - low) / 3) // 10
    return int(tens) * 10_000 + (9_000 if dice.happens(80) else 5_000)


def _palette(category: Category, dice: Dice) -> tuple[str, ...]:
    most = min(4, len(category.palette))
    return tuple(dice.sample(category.palette, dice.randint(min(2, most), most)))


def _sizes(category: Category, dice: Dice) -> tuple[str, ...]:
    if category.sizes == "shoe":
        return SHOE_SIZES if dice.happens(80) else SHOE_SIZES[1:5]
    return CLOTHES_SIZES[: dice.randint(3, 4)] if category.sizes == "clothes" else ()


def _unit(category: Category, name: str) -> str:
    if "gói" in name:
        return "gói"
    if name.startswith(("Tất", "Dép", "Bông tai")):
        return "đôi"
    if name.startswith("Son "):
        return "thỏi"
    return "chai" if name.startswith(("Nước", "Xịt")) else category.unit


def _variants(style: Style, numbers: Iterator[int]) -> Iterator[Variant]:
    for colour in style.colours or ("",):
        for size in style.sizes or ("",):
            number = next(numbers)
            company, item = divmod(number * 7 + 1217, _ITEMS_PER_COMPANY)
            code = barcodes.ean13(_FIRST_COMPANY + company, item)
            yield Variant(f"SP{number + 1:06d}", style, colour, size, (code,))


def _ranked(variants: tuple[Variant, ...], dice: Dice) -> tuple[Variant, ...]:
    """Known styles sell best; inside a style the middle sizes do."""
    pull = {style: dice.random() for style in dict.fromkeys(variant.style.sku for variant in variants)}
    for place, known in enumerate(KNOWN):
        pull[known.sku] = -len(KNOWN) + place
    order = sorted(variants, key=lambda one: (pull[one.style.sku] + _size_pull(one), one.id))
    ranks = {variant.id: rank for rank, variant in enumerate(order, 1)}
    return tuple(replace(variant, rank=ranks[variant.id]) for variant in variants)


def _size_pull(variant: Variant) -> float:
    """Sizes 37, 38 and M sell before the outer ones."""
    sizes = variant.style.sizes
    return abs(sizes.index(variant.size) - (len(sizes) - 1) / 2) / 50 if variant.size else 0.0
