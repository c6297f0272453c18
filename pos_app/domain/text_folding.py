"""Folding of text for search: no case, no marks, đ as d (rules: Phones, names, search)."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """NFC, casefold, đ to d, NFD, combining marks dropped, spaces collapsed and trimmed."""
    # đ has no decomposition: without the replacement "dien thoai" would not find "điện thoại"
    lowered = unicodedata.normalize("NFC", text).casefold().replace("đ", "d")
    decomposed = unicodedata.normalize("NFD", lowered)
    bare = "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn")
    return " ".join(bare.split())
