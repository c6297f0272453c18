"""QR codes as modules and as 1-bit pictures, for paper and screens."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

import segno
from PIL import Image

Level = Literal["L", "M", "Q", "H"]
Matrix = tuple[tuple[bool, ...], ...]

QUIET: Final = 4
"""Modules of quiet zone on each side."""


@lru_cache(maxsize=32)
def matrix(text: str, level: Level = "Q") -> Matrix:
    """Modules, True = dark, without quiet zone. The smallest version that holds the text at this level."""
    code = segno.make_qr(text, error=level, boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def picture(text: str, module: int = 4, quiet: int = QUIET, level: Level = "Q") -> Image.Image:
    """Mode "1", black on white, `module` dots (or pixels) a module, `quiet` modules of white around."""
    rows = matrix(text, level)
    side = len(rows) + 2 * quiet
    small = Image.new("1", (side, side), 255)
    small.putdata(
        [0 if _is_dark(rows, x - quiet, y - quiet) else 255 for y in range(side) for x in range(side)]
    )
    return small.resize((side * module, side * module), Image.Resampling.NEAREST)


def _is_dark(rows: Matrix, x: int, y: int) -> bool:
    return 0 <= y < len(rows) and 0 <= x < len(rows) and rows[y][x]
