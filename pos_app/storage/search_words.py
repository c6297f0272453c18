"""Words of the product search: what goes into the index, and what a typed text asks of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from pos_app.domain.text_folding import fold

_WORD = re.compile(r"[^\W_]+")
_CATEGORY = "qzcat"
"""Begins the token of a category; no word of any language begins like this."""


def indexed(body: Mapping[str, Any]) -> str:
    """All words by which a product is found: folded, and as written where that differs (it ranks first)."""
    texts = [str(body.get(name) or "") for name in ("name", "variant", "sku", "colour_name", "size")]
    texts += [str(code) for code in body.get("barcodes") or ()]
    whole = " ".join(texts)
    words = dict.fromkeys(_WORD.findall(fold(whole)))
    words |= dict.fromkeys(word for word in exact_words(whole) if word not in words)
    return " ".join([*words, category_word(str(body.get("category") or ""))])


def exact_words(text: str) -> list[str]:
    """Words with their marks, without case."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def category_word(category: str) -> str:
    """One token for a category id, whatever letters it is made of."""
    return _CATEGORY + category.encode().hex()


def match(words: list[str], category: str | None) -> str:
    """The query: every word as a prefix, in any order, and the category if one is given."""
    terms = [f'"{word}"*' for word in words]
    if category is not None:
        terms.append(f'"{category_word(category)}"')
    return " AND ".join(terms)


def folded_words(text: str) -> list[str]:
    """The words of a typed text as the index has them."""
    return _WORD.findall(fold(text))
