"""How goods show themselves on any screen: tile, variant, runs of text; plain data without Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pos_app.domain.product import Product
from pos_app.text import _

IconOf = Callable[[str], str]
"""A category's id → the name of its icon."""


@dataclass(frozen=True, slots=True)
class Face:
    """What a colour tile shows: fill "#RRGGBB" or "", the size in it, else the category's icon."""

    fill: str = ""
    size: str = ""
    icon: str = "package"


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text in one colour role; `icon` stands before it."""

    text: str
    ink: str = "ink2"
    weight: int = 400
    icon: str = ""


def face_of(product: Product, icon_of: IconOf) -> Face:
    """The tile of a variant."""
    return Face(product.colour, product.size, icon_of(product.category) or "package")


def icons_by(names: Mapping[str, str]) -> IconOf:
    """Looks icons up in a mapping of category ids; unknown categories have a parcel."""
    return lambda category: names.get(category) or "package"


def variant_of(product: Product) -> str:
    """ "Đen · size 37": as the catalogue words it, or made of colour and size."""
    if product.variant:
        return product.variant
    size = _("size {size}").format(size=product.size) if product.size else ""
    return " · ".join(part for part in (product.colour_name, size) if part)
