"""How much of everything lies in each shop."""

from __future__ import annotations

from central.seed.dice import Dice
from central.seed.known_styles import KNOWN
from central.seed.products import Variant
from central.seed.stores import STORES

PIECE = 1000


def make_stock(seed: int, variants: tuple[Variant, ...]) -> dict[tuple[int, str], int]:
    """(store, product) → thousandths. One in seven is sold out somewhere; known styles are well stocked."""
    dice = Dice(seed, "stock")
    known = {style.sku for style in KNOWN}
    levels: dict[tuple[int, str], int] = {}
    for variant in variants:
        for store in STORES:
            pieces = _pieces(variant, dice)
            if variant.style.sku in known:
                pieces += 4 if variant.size not in ("39",) or store.no != 1 else -pieces
            levels[store.no, variant.id] = pieces * PIECE
    return levels


def _pieces(variant: Variant, dice: Dice) -> int:
    if dice.happens(14):
        return 0
    if variant.style.price < 100_000:
        return dice.randint(5, 60)
    return dice.randint(1, 4) if dice.happens(60) else dice.randint(3, 12)
