"""Sets of goods that rules speak of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ProductSet:
    """Which goods a rule speaks of: any match of id, category or style; nothing named = all goods."""

    ids: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    styles: frozenset[str] = frozenset()

    @property
    def is_everything(self) -> bool:
        return not (self.ids or self.categories or self.styles)

    def holds(self, product_id: str | None, category: str, style: str) -> bool:
        return (
            category in self.categories
            or product_id in self.ids
            or (style != "" and style in self.styles)
            or self.is_everything
        )

    def places(self, goods: Sequence[tuple[str | None, str, str]]) -> set[int]:
        """Where in a list of (id, category, style) it holds: as `holds`, for a whole cart at once."""
        if self.is_everything:
            return set(range(len(goods)))
        ids, categories, styles = self.ids, self.categories, self.styles
        return {
            place
            for place, (product, category, style) in enumerate(goods)
            if product in ids or category in categories or (style in styles and style != "")
        }

    def to_json(self) -> dict[str, Any]:
        return {
            "ids": sorted(self.ids),
            "categories": sorted(self.categories),
            "styles": sorted(self.styles),
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any] | None) -> ProductSet:
        body = body or {}
        return cls(
            frozenset(body.get("ids") or ()),
            frozenset(body.get("categories") or ()),
            frozenset(body.get("styles") or ()),
        )


EVERYTHING = ProductSet()
