"""Canonical JSON: the one way to write a value as bytes, and a reader that mends nothing (protocol §3)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import NoReturn

from pos_app.domain.errors import DocumentRefused

INTEGER_LIMIT = 1 << 53
"""Integers lie strictly between -2^53 and 2^53."""
BODY_LIMIT = 256 * 1024
"""Bytes of the largest body."""
PRIVATE_LIMIT = 8 * 1024
"""Bytes of the largest private part."""
DEPTH_LIMIT = 100
"""Levels of nesting that are read: a limit of our own, so that no text can exhaust the stack."""

_BYTE_ORDER_MARK = "\ufeff"
_BAD_CHARACTER = re.compile("[\x00\ud800-\udfff]")
_LONG_NUMBER = re.compile("[0-9]{16}")
_IN_ORDER = ("float", "bad_type", "too_deep", "bad_character", "not_nfc", "integer_range")


def canonical(value: object) -> bytes:
    """The value as UTF-8 JSON: keys sorted by code point, no white space, integers only.

    Raises DocumentRefused with the reason: `float`, `bad_type` (not a JSON value), `too_deep`,
    `bad_character` (U+0000 or a lone surrogate), `not_nfc`, `integer_range`.
    """
    _check(value)
    return _written(value)


def parse_body(data: bytes, limit: int = BODY_LIMIT) -> dict[str, object]:
    """The object that canonical bytes hold.

    Raises DocumentRefused with the first reason in the order of the journal vectors: `too_large`,
    `bad_utf8`, `bad_json`, `duplicate_key`, `float`, `bad_character`, `not_nfc`, `integer_range`,
    `not_canonical`; `not_object` for any other JSON value.
    """
    if len(data) > limit:
        raise DocumentRefused(reason="too_large", most=limit)
    text = decoded(data)
    value = _read_strictly(text)
    if not _is_plain(text):
        _check(value)
    if _written(value) != data:
        raise DocumentRefused(reason="not_canonical")
    if not isinstance(value, dict):
        raise DocumentRefused(reason="not_object")
    return value


def decoded(data: bytes) -> str:
    """The text of UTF-8 bytes. Raises DocumentRefused(`bad_utf8`)."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentRefused(reason="bad_utf8") from error


def named_in(text: str, key: str) -> object:
    """What a JSON object of unproven form gives for a key; None where there is none or no object at all."""
    try:
        value = json.loads(text.removeprefix(_BYTE_ORDER_MARK), parse_int=_integer)
    except (ValueError, RecursionError):
        return None
    return value.get(key) if isinstance(value, dict) else None


def _written(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def _integer(digits: str) -> int:
    # int() itself refuses endless digits with a ValueError; whatever is this long is out of range anyway
    return int(digits) if len(digits) < 32 else INTEGER_LIMIT


def _read_strictly(text: str) -> object:
    """Read, remembering what strict JSON forbids: a duplicate key is named before a float."""
    found: set[str] = set()

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        read = dict(items)
        if len(read) != len(items):
            found.add("duplicate_key")
        return read

    def fraction(_: str) -> int:
        found.add("float")
        return 0

    try:
        value: object = json.loads(
            # a mark in front is not canonical, which the comparison of the bytes will say
            text.removeprefix(_BYTE_ORDER_MARK),
            object_pairs_hook=pairs,
            parse_float=fraction,
            parse_constant=fraction,
            parse_int=_integer,
        )
    except (ValueError, RecursionError) as error:
        raise DocumentRefused(reason="bad_json") from error
    for reason in ("duplicate_key", "float"):
        if reason in found:
            raise DocumentRefused(reason=reason)
    return value


def _is_plain(text: str) -> bool:
    """Whether a JSON text that was read cannot hold what `_check` looks for; it says so of nearly all.

    What stands between quotes begins after a quote, which nothing combines with: if the text is NFC, so is
    every string in it. No escape can bring a surrogate, no number is long enough, nothing lies deep enough.
    """
    return (
        "\\u" not in text
        and text.count("{") + text.count("[") <= DEPTH_LIMIT
        and _LONG_NUMBER.search(text) is None
        and (text.isascii() or unicodedata.is_normalized("NFC", text))
    )


def _check(value: object) -> None:
    found = set(_faults(value))
    for reason in _IN_ORDER:
        if reason in found:
            _refuse(reason)


def _refuse(reason: str) -> NoReturn:
    raise DocumentRefused(reason=reason)


def _faults(value: object) -> Iterator[str]:
    """Every reason that anything inside the value gives, without recursion."""
    open_values: list[tuple[object, int]] = [(value, 0)]
    while open_values:
        item, depth = open_values.pop()
        if depth > DEPTH_LIMIT:
            yield "too_deep"
            return
        if isinstance(item, dict):
            open_values.extend((inside, depth + 1) for pair in item.items() for inside in pair)
            if any(not isinstance(key, str) for key in item):
                yield "bad_type"
        elif isinstance(item, list | tuple):
            open_values.extend((inside, depth + 1) for inside in item)
        else:
            yield from _scalar_faults(item)


def _scalar_faults(item: object) -> Iterator[str]:
    if isinstance(item, str):
        if _BAD_CHARACTER.search(item) is not None:
            yield "bad_character"
        elif not item.isascii() and not unicodedata.is_normalized("NFC", item):
            yield "not_nfc"
    elif isinstance(item, float):
        yield "float"
    elif isinstance(item, int):
        if not -INTEGER_LIMIT < item < INTEGER_LIMIT:
            yield "integer_range"
    elif item is not None:
        yield "bad_type"
