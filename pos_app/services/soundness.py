"""Before a document is committed: better no document than one whose sums do not add up."""

from __future__ import annotations

from pos_app.domain.invariants import Violation, check_payload
from pos_app.storage.journal import Payload
from pos_app.storage.json_text import JsonObject


class UnsoundDocument(Exception):
    """A payload that breaks an invariant of protocol §3a. Our bug: nobody at the counter can mend it."""

    def __init__(self, kind: str, violations: list[Violation]) -> None:
        super().__init__(f"{kind}: {violations}")
        self.violations = violations


def sound(kind: str, payload: Payload) -> Payload:
    """The same payload, checked; one that needs its place is checked as it is made, inside the commit.

    Raises UnsoundDocument.
    """
    if not callable(payload):
        return _checked(kind, payload)
    make = payload
    return lambda commit: _checked(kind, make(commit))


def _checked(kind: str, payload: JsonObject) -> JsonObject:
    violations = check_payload(kind, payload)
    if violations:
        raise UnsoundDocument(kind, violations)
    return payload
