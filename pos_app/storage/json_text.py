"""JSON as it is kept in a column: compact text in, a plain object out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

JsonObject = dict[str, Any]


def text_of(value: Mapping[str, Any] | list[Any] | tuple[Any, ...]) -> str:
    """Compact text; it is read by us alone, so nothing needs to be canonical."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def object_of(text: str | bytes) -> JsonObject:
    """The object that a column holds."""
    value = json.loads(text)
    if not isinstance(value, dict):
        raise TypeError("a column that holds an object holds something else")
    return value
