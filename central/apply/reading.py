"""Reads payloads: what is missing or of another type breaks the payload, which quarantines the document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

Body = Mapping[str, Any]


class BrokenPayload(Exception):  # a fact about a document, not an error of ours
    """The document cannot be applied. `reason` is a machine code with the place."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def whole(body: Body, name: str, default: int | None = None) -> int:
    """An integer; with a default it may be absent."""
    value = body.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BrokenPayload(f"not_whole:{name}")
    return value


def text(body: Body, name: str, default: str | None = None) -> str:
    """A text; with a default it may be absent."""
    value = body.get(name, default)
    if not isinstance(value, str):
        raise BrokenPayload(f"not_text:{name}")
    return value


def texts(body: Body, name: str) -> list[str]:
    """A list of texts; an empty one when it is absent."""
    value = body.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise BrokenPayload(f"not_texts:{name}")
    return value


def day(body: Body, name: str) -> date:
    """A date, YYYY-MM-DD."""
    try:
        return date.fromisoformat(text(body, name))
    except ValueError as error:
        raise BrokenPayload(f"not_a_date:{name}") from error


def instant(body: Body, name: str) -> datetime:
    """A moment, RFC 3339 with offset."""
    try:
        value = datetime.fromisoformat(text(body, name))
    except ValueError as error:
        raise BrokenPayload(f"not_an_instant:{name}") from error
    if value.tzinfo is None:
        raise BrokenPayload(f"not_an_instant:{name}")
    return value


def moment(wall: str) -> datetime | None:
    """What a till's own clock said; None for a text that is no moment: its document counts all the same."""
    try:
        at = datetime.fromisoformat(wall)
    except ValueError:
        return None
    return None if at.tzinfo is None else at


def items(body: Body, name: str) -> Iterator[Body]:
    """The objects of a list; none when it is absent."""
    value = body.get(name, [])
    if not isinstance(value, list):
        raise BrokenPayload(f"not_a_list:{name}")
    for item in value:
        if not isinstance(item, dict):
            raise BrokenPayload(f"not_an_object:{name}")
        yield item


def products_in(payload: Body) -> set[str]:
    """Which goods the lines name, whatever else is wrong with them."""
    lines = payload.get("lines")
    named = lines if isinstance(lines, list) else []
    products = [line.get("product") for line in named if isinstance(line, dict)]
    return {product for product in products if isinstance(product, str)}


def part(body: Body, name: str) -> Body:
    """An object inside; an empty one when it is absent."""
    value = body.get(name, {})
    if not isinstance(value, dict):
        raise BrokenPayload(f"not_an_object:{name}")
    return value
