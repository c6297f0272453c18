"""What a payload proves wrong about itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Violation:
    """`code` names the broken rule, `path` the place in the payload."""

    code: str
    path: str
    expected: object = None
    found: object = None


def differs(code: str, path: str, expected: object, found: object) -> Iterator[Violation]:
    """A violation unless both are the same."""
    if expected != found:
        yield Violation(code, path, expected, found)
