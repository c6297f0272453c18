"""Answers of the rules: allowed, allowed with a person or a proof more, or not at all."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Allowed:
    """Go on."""


@dataclass(frozen=True, slots=True)
class NeedsManager:
    """Above a soft limit: try online first, then ask. `reason` is a code; `asked` and `most` in its unit."""

    reason: str
    asked: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class NeedsProof:
    """The PIN or identity of the person must be seen first, above `most` đồng."""

    reason: str
    asked: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class NeedsApproval:
    """This person may not, another may approve. `limit` is the person's own, None = no right."""

    right: str
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Above a hard limit, or not possible offline. `reason` is a code; `asked` and `most` in its unit."""

    reason: str
    asked: int | None = None
    most: int | None = None


Verdict = Allowed | NeedsManager | NeedsProof | Refused

ALLOWED = Allowed()
