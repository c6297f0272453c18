"""Keeps PySide6 6.12 from wearing out None, True and False on Python 3.11.

That build counts on Python 3.12, where these objects cannot be used up: many calls (QFont.setPixelSize,
QPainter.setPen, QWidget.isVisible, …) give away a reference to them that they do not own. On 3.11 the
interpreter dies with "none_dealloc" after a few thousand strokes, which is a few seconds of painting. So each
of them gets a stock of references that no till can spend.
"""

from __future__ import annotations

import ctypes
import platform
import sys
from typing import Final

STOCK: Final = 1 << 60
ENOUGH: Final = 1 << 50
CONSTANTS: Final[tuple[object, ...]] = (None, True, False, NotImplemented, Ellipsis)


def install() -> bool:
    """Fill the stocks once; False where it is not needed or not possible."""
    if sys.version_info >= (3, 12) or platform.python_implementation() != "CPython":
        return False
    if hasattr(sys, "gettotalrefcount") or ctypes.sizeof(ctypes.c_ssize_t) != 8:
        return False  # debug and 32-bit builds lay objects out differently
    for constant in CONSTANTS:
        if sys.getrefcount(constant) < ENOUGH:
            ctypes.c_ssize_t.from_address(id(constant)).value += STOCK
    return True
