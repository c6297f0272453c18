"""What a payload proves wrong about itself."""

from __future__ import annotations

from collections.abc import Mapping
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
