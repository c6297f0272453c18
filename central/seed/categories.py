"""The twelve kinds of goods: name, icon, VAT by date and return window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

from central.seed import colours

Sizes = Literal["shoe", "clothes", "none"]

REDUCED: Final = (
    {"rate": 800, "from": "2025-07-01", "to": "2026-12-31"},
    {"rate": 1000, "from": "2027-01-01"},
)
FULL: Final = ({"rate": 1000, "from": "2025-07-01"},)
FIVE: Final = ({"rate": 500, "from": "2025-07-01"},)


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of goods. `share` is its part of all variants in thousandths, `prices` đồng in thousands."""

    id: str
    name: str
    icon: str
    prefix: str
    vat: tuple[dict[str, Any], ...]
    return_days: int
    share: int
    prices: tuple[int, int]
    sizes: Sizes
    palette: tuple[str, ...]
    unit: str
    aisle: str
    uncoded: bool = True

    def body(self) -> dict[str, Any]:
        """The item `category/<id>` of the catalogue feed."""
        return {
            "id": self.id,
            "name": self.name,
            "icon": self.icon,
            "vat": [dict(rate) for rate in self.vat],
            "return_days": self.return_days,
            "uncoded": self.uncoded,
        }


CATEGORIES: Final = (
    Category("giay-cao-got", "Giày cao gót", "package", "GCG", REDUCED, 30, 150, (295, 695),
             "shoe", colours.LEATHER, "đôi", "A"),
    Category("giay-bup-be", "Giày búp bê", "package", "GBB", REDUCED, 30, 130, (259, 529),
             "shoe", colours.LEATHER, "đôi", "C"),
    Category("giay-the-thao", "Giày thể thao", "package", "GTT", REDUCED, 30, 120, (399, 899),
             "shoe", colours.SPORT, "đôi", "B"),
    Category("sandal-dep", "Sandal & dép", "package", "SDL", REDUCED, 30, 140, (99, 495),
             "shoe", colours.LEATHER, "đôi", "A"),
    Category("tui-xach", "Túi xách", "handbag", "TUI", REDUCED, 14, 90, (299, 1290),
             "none", colours.BAGS, "cái", "D"),
    Category("balo-vi", "Balo & ví", "backpack", "BLV", REDUCED, 14, 50, (149, 690),
             "none", colours.BAGS, "cái", "B"),
    Category("ao-quan", "Áo & quần", "tag", "AOQ", REDUCED, 14, 140, (159, 459),
             "clothes", colours.CLOTHES, "cái", "E"),
    Category("vay-dam", "Váy & đầm", "tag", "VAY", REDUCED, 14, 100, (259, 790),
             "clothes", colours.CLOTHES, "cái", "E"),
    Category("phu-kien", "Phụ kiện", "package", "PKN", REDUCED, 7, 35, (29, 259),
             "none", colours.SMALL, "cái", "Q"),
    Category("cham-soc-giay", "Chăm sóc giày", "spray-can", "CSG", FULL, 7, 10, (35, 189),
             "none", (), "hộp", "Q"),
    Category("my-pham", "Mỹ phẩm", "sparkles", "MPH", FULL, 7, 25, (79, 459),
             "none", (), "hộp", "F", uncoded=False),
    Category("do-coi", "Đồ cói thủ công", "handbag", "COI", FIVE, 14, 10, (129, 459),
             "none", colours.SEDGE, "cái", "D"),
)  # fmt: skip
BY_ID: Final = {category.id: category for category in CATEGORIES}
SHOES: Final = ("giay-cao-got", "giay-bup-be", "giay-the-thao", "sandal-dep")
BAG_KINDS: Final = ("tui-xach", "balo-vi")
