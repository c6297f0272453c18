"""Keeps PySide6 6.12 from wearing out None on Python 3.11.

Many setters of that build (QFont.setPixelSize, QPainter.setPen, …) give away one reference to None that
they do not own. From Python 3.12 on None cannot be used up; on 3.11 the interpreter dies with "none_dealloc"
after a few thousand strokes, which is a few seconds of painting. So None gets a stock that no till can spend.
"""

from __future__ import annotations

import ctypes
import platform
import sys
from typing import Final

STOCK: Final = 1 << 60
_ENOUGH: Final = 1 << 50


def install() -> bool:
    """Fill the stock once; False where it is not needed or not possible."""
    if sys.version_info >= (3, 12) or platform.python_implementation() != "CPython":
        return False
    if hasattr(sys, "gettotalrefcount") or ctypes.sizeof(ctypes.c_ssize_t) != 8:
        return False  # debug and 32-bit builds lay objects out differently
    if sys.getrefcount(None) > _ENOUGH:
        return True
    ctypes.c_ssize_t.from_address(id(None)).value += STOCK
    return True
