"""Everything the search screen shows, as plain data without Qt; texts are ready to read."""

from __future__ import annotations

from dataclasses import dataclass

from ui.goods import Face, Part


@dataclass(frozen=True, slots=True)
class HitRow:
    """One product found; the matched letters of `name` and `second` are parts of their own."""

    key: str
    face: Face
    name: tuple[Part, ...]
    second: tuple[Part, ...]
    price: str
    here: Part
    elsewhere: str

    @property
    def spoken(self) -> str:
        name, second = ("".join(part.text for part in parts) for parts in (self.name, self.second))
        return f"{name}, {second}, {self.price}, {self.here.text}, {self.elsewhere}"


@dataclass(frozen=True, slots=True)
class SwatchState:
    """A colour of the same style; `product` is what a press shows."""

    product: str
    colour: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class SizeState:
    """A size in the chosen colour; `stock` is the figure, or in words that there is none."""

    product: str
    size: str
    stock: str
    is_gone: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class StoreRow:
    """What another store has."""

    key: str
    name: str
    stock: str

    @property
    def spoken(self) -> str:
        return f"{self.name}: {self.stock}"


@dataclass(frozen=True, slots=True)
class DetailsState:
    """The chosen product. `price` in đồng; `refusal` says why it cannot be sold now ("" = it can)."""

    product: str
    face: Face
    name: str
    variant: str
    price: int | None
    shelf: str
    colours: tuple[SwatchState, ...]
    sizes: tuple[SizeState, ...]
    stores_title: str
    stores: tuple[StoreRow, ...]
    age: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class EmptyWords:
    """What stands instead of rows."""

    title: str
    line: str


@dataclass(frozen=True, slots=True)
class SearchState:
    """The whole screen; `filters` as (name, label), `current` is the selected row ("" = none)."""

    text: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    filter: str = ""
    note: str = ""
    rows: tuple[HitRow, ...] = ()
    current: str = ""
    details: DetailsState | None = None
    empty: EmptyWords | None = None
