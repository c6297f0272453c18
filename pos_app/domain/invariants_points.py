"""What the points of a document prove about themselves: their reasons, and the money that moved them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pos_app.domain.points import POINT_WORTH, TIER_PERCENT, earned_by
from pos_app.domain.tender import Tender, TenderKind
from pos_app.domain.violation import Payload, Violation, differs

SOLD: Mapping[str, int] = {"spent": -1, "earned": 1}
BACK: Mapping[str, int] = {"refund": 1, "return": -1}
"""Why points move, and which way."""


def points(payload: Payload) -> Iterator[Violation]:
    """Points that were spent pay a tender; those that were earned follow the rest of the money."""
    entries = payload.get("points", ())
    yield from point_entries(entries, SOLD, payload.get("customer"))
    tenders = [Tender.from_json(tender) for tender in payload["tenders"]]
    spent = sum(tender.amount for tender in tenders if tender.kind is TenderKind.POINTS) // POINT_WORTH
    found = -sum(entry["delta"] for entry in entries if entry["why"] == "spent")
    yield from differs("points_spent", "points", spent, found)
    earned = sum(entry["delta"] for entry in entries if entry["why"] == "earned")
    if not earned:
        return
    if payload.get("customer") is None:
        yield Violation("points_without_customer", "points", 0, earned)
    percent = payload.get("tier_percent", max(TIER_PERCENT.values()))
    credited = payload.get("web_credited", True)
    expected = earned_by(tenders, payload["rounding"], percent, web_credited=credited)
    if earned > expected or ("tier_percent" in payload and earned != expected):
        yield Violation("points_earned", "points", expected, earned)


def point_entries(entries: Iterable[Payload], signs: Mapping[str, int], of: object) -> Iterator[Violation]:
    """Each has a reason of its kind of document, the sign of that reason, and one customer."""
    for place, entry in enumerate(entries):
        sign = signs.get(entry["why"])
        if sign is None or entry["delta"] * sign <= 0:
            yield Violation("points_reason", f"points[{place}]", sorted(signs), entry["why"])
        if of is not None:
            yield from differs("points_customer", f"points[{place}].customer", of, entry["customer"])


def points_back(payload: Payload) -> Iterator[Violation]:
    """Points that were spent come back as the refund of their tender."""
    entries = payload.get("points", ())
    yield from point_entries(entries, BACK, payload.get("customer"))
    refunded = sum(one["amount"] for one in payload["refunds"] if one["kind"] == TenderKind.POINTS)
    found = sum(entry["delta"] for entry in entries if entry["why"] == "refund")
    yield from differs("points_refunded", "points", -refunded // POINT_WORTH, found)
