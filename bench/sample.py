"""Made-up goods, prices, promotions and customers in any number, as the items of feeds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pos_app.domain import phone
from tests.support.till_files import PHONE_KEY

Item = tuple[str, dict[str, Any]]

CATEGORIES = {"giay": "Giày", "tui": "Túi", "ao": "Áo", "phu-kien": "Phụ kiện"}
NAMES = (
    "Giày cao gót",
    "Giày búp bê",
    "Dép quai ngang",
    "Túi đeo chéo",
    "Áo sơ mi lụa",
    "Khăn choàng",
    "Ví gập",
)
LEATHERS = ("da mềm", "da lộn", "vải dệt", "nhựa trong", "lụa", "canvas")
COLOURS = ("Đen", "Be", "Trắng", "Nâu", "Đỏ rượu", "Xanh rêu")
SIZES = ("35", "36", "37", "38", "39")
PROMOTIONS = 12
KINDS: tuple[dict[str, Any], ...] = (
    {"kind": "percent", "percent_bp": 800},
    {"kind": "nth_item", "n": 2, "percent_bp": 5000},
    {"kind": "threshold", "threshold": 2_000_000, "amount": 50_000},
    {"kind": "buy_n_get_m", "n": 3, "m": 1},
)
SINCE = "2026-01-01T00:00:00+07:00"


def barcode(number: int) -> str:
    """EAN-13 with its check digit, in the range for own use."""
    digits = f"20{number:010d}"
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-weighted % 10)


def catalogue(products: int) -> Iterator[Item]:
    """Categories, twelve promotions, then the products by rank."""
    for key, name in CATEGORIES.items():
        yield f"category/{key}", {
            "id": key, "name": name, "icon": "tag", "return_days": 15, "uncoded": True,
            "vat": [{"rate": 800, "from": "2026-01-01"}],
        }  # fmt: skip
    for number in range(PROMOTIONS):
        ids = [f"SP{one:07d}" for one in range(number + 1, min(products, 3000) + 1, 7)]
        yield f"promotion/KM{number:02d}", {
            "id": f"KM{number:02d}", "ver": 1, "name": f"Chương trình {number + 1}", "explanation": "",
            "priority": 10 + number, "products": {"ids": ids}, **KINDS[number % len(KINDS)],
        }  # fmt: skip
    for number in range(1, products + 1):
        yield f"product/SP{number:07d}", _product(number)


def _product(number: int) -> dict[str, Any]:
    style, place = divmod(number, len(COLOURS) * len(SIZES))
    colour, size = COLOURS[place // len(SIZES)], SIZES[place % len(SIZES)]
    return {
        "id": f"SP{number:07d}", "sku": f"MLC-{style:05d}-{place}", "style": f"ST{style}",
        "name": f"{NAMES[style % len(NAMES)]} {LEATHERS[style // 7 % len(LEATHERS)]} {style}",
        "variant": f"{colour} · size {size}", "colour": "#202020", "colour_name": colour, "size": size,
        "category": list(CATEGORIES)[style % len(CATEGORIES)], "unit": "đôi", "weighed": False,
        "barcodes": [barcode(number)], "rank": number, "shelf": f"A{style % 40}",
        "prices": [{"ver": 1, "amount": 150_000 + style % 90 * 10_000, "from": SINCE}],
    }  # fmt: skip


def phone_of(number: int) -> str:
    """A made-up mobile number, one a customer."""
    return f"+8490{number:07d}"


def customers(count: int) -> Iterator[Item]:
    """One phone, one card and some points each."""
    for number in range(1, count + 1):
        e164 = phone_of(number)
        id_ = f"01a1f3d4-f500-7116-a393-{number:012x}"
        yield id_, {
            "id": id_, "name": f"Khách {number}", "tag": phone.tag(e164, PHONE_KEY), "last3": e164[-3:],
            "tier": ("member", "silver", "gold")[number % 3], "balance": number % 900,
            "cards": [f"{number:019d}"], "aliases": [], "flags": [], "vouchers": [],
        }  # fmt: skip
