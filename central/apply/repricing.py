"""The whole price of a document computed again with the till's own engine (protocol §10 f)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from central.apply.booking import Booking
from central.apply.cart_of import CannotRebuild, Rebuilt, rebuild
from central.apply.prices import Versions, check_versions, knew
from central.apply.reading import Body, items, text
from pos_app.domain.errors import PosError
from pos_app.domain.price import ENGINE, PricedCart, PricedLine, price_cart
from pos_app.domain.promotion import Promotion

_LIMIT = 20
"""So many differences are named in a case."""


def check_price(booking: Booking, part: Body, priced_at: datetime) -> None:
    """Flags what no version explains (PRICE_MISMATCH, a case), what was in force by the feed that the till
    held (STALE_PRICE, a report), and an engine that is not ours (ENGINE_OLD, a note).

    `part` holds `lines` and `vouchers`: a sale, or the extra goods of a hand-over.
    """
    lines = list(items(part, "lines"))
    found = check_versions(booking, lines, priced_at)
    if text(booking.payload, "engine") != ENGINE:
        booking.flag("ENGINE_OLD", needs_person=False, engine=text(booking.payload, "engine")[:40])
    elif not found.unknown:
        _reprice(booking, part, priced_at, found)
    if found.unknown:
        booking.flag("PRICE_MISMATCH", lines=found.unknown[:_LIMIT])
    if found.stale:
        booking.flag("STALE_PRICE", needs_person=False, lines=found.stale[:_LIMIT])


def _reprice(booking: Booking, part: Body, at: datetime, found: Versions) -> None:
    try:
        rebuilt = rebuild(booking, part, at, found)
    except CannotRebuild as why:
        found.unknown.append(why.facts)
        return
    if found.unknown:
        return
    first: list[dict[str, Any]] = []
    for place, promotions in enumerate(_sets(booking, part)):
        differences = list(_differences(part, _priced(booking, rebuilt, promotions, at)))
        if not differences:
            if place:
                found.stale.append({"promotions": [f"{rule.id}/{rule.ver}" for rule in promotions]})
            return
        first = first or differences
    found.unknown.extend(first)


def _priced(
    booking: Booking, rebuilt: Rebuilt, promotions: Sequence[Promotion], at: datetime
) -> PricedCart | PosError:
    zone = booking.catalogue.policy(booking.store, str(booking.envelope.till)).timezone
    try:
        return price_cart(rebuilt.cart, promotions, at, zone, rebuilt.gifts)
    except PosError as refusal:
        return refusal


def _sets(booking: Booking, part: Body) -> Iterator[list[Promotion]]:
    """The rules as they are now; then, of those changed since the till's feed, as it may have held them."""
    rules = booking.catalogue.rules(booking.store)
    named = {
        text(discount, "rule"): discount.get("ver")
        for line in items(part, "lines")
        for discount in items(line, "discounts")
        if discount.get("step") == "promotion"
    }
    newest: list[Promotion] = []
    before: list[Promotion] = []
    without: list[Promotion] = []
    changed = False
    for name, one in rules.items():
        versions = list(one.versions.values())
        now = [versions[-1].promotion] if one.here else []
        newest += now
        if knew(booking, "catalogue", one.told):
            before += now
            without += now
            continue
        changed = True
        if name in named:
            said = [rule.promotion for ver, rule in one.versions.items() if ver == named[name]]
            before += said
            without += said
        else:
            before += [rule.promotion for rule in versions[-2:-1]]
    yield newest
    if changed:
        yield before
        yield without


def _differences(part: Body, priced: PricedCart | PosError) -> Iterator[dict[str, Any]]:
    if isinstance(priced, PosError):
        yield {"refused": priced.code}
        return
    by_number = {line.no: line for line in priced.lines if not line.is_gift}
    for line in items(part, "lines"):
        if line.get("gift_of") is None:
            yield from _line_differences(line, by_number.pop(line["no"], None))
    for no in by_number:
        yield {"no": no, "missing": True}
    said = sorted(_gift_of(line) for line in items(part, "lines") if line.get("gift_of") is not None)
    given = sorted((line.product_id or "", str(line.gift_of)) for line in priced.lines if line.is_gift)
    if said != given:
        yield {"gifts": [list(gift) for gift in said], "recomputed": [list(gift) for gift in given]}


def _gift_of(line: Body) -> tuple[str, str]:
    return str(line.get("product") or ""), str(line["gift_of"])


def _line_differences(line: Body, again: PricedLine | None) -> Iterator[dict[str, Any]]:
    if again is None:
        yield {"no": line["no"], "unexpected": True}
        return
    ours: Mapping[str, Any] = {
        "gross": again.gross,
        "amount": again.amount,
        "vat_rate": again.vat_rate,
    }
    wrong = {name: [line[name], value] for name, value in ours.items() if line[name] != value}
    if wrong:
        yield {"no": line["no"], "product": line.get("product"), **wrong}
