"""What must hold when everything works again and nothing is left to exchange."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from central.tables.customers import customer_alias
from central.tables.inbox import case, document, rejected, result
from central.tables.ledgers import (
    order_entry,
    points_entry,
    returned_entry,
    stock_entry,
    stock_level,
    voucher_use,
)
from central.tables.money import sale_line, shift
from central.tables.orders import order_line
from central.tables.vouchers import voucher
from pos_app.domain.document import chain_hash
from tests.simulation.checks import goods_moved, rows_of, shown_stock, stock_levels
from tests.simulation.till import SimTill

if TYPE_CHECKING:
    from tests.simulation.world import World

Body = dict[str, Any]


def at_rest(world: World) -> None:
    """After healing: every document once, every sum right, every projection the same everywhere."""
    stored = _stored(world)
    _each_document_once(world, stored)
    _all_applied(world)
    _chains_are_whole(world, stored)
    _stock_adds_up(world, stored)
    _points_add_up(world, stored)
    _numbers_have_no_gap(world, stored)
    _own_journals_refuse(world, stored)
    _forks_are_known(world)
    _vouchers_are_bounded(world)
    _orders_are_bounded(world)
    _returns_are_bounded(world)
    _shifts_are_closed_with_all_documents(world, stored)
    _tills_show_what_central_has(world)


def _stored(world: World) -> dict[str, Body]:
    """Bodies of what the tills of this world sent, by doc_id."""
    ours = [till.identity.till for till in world.tills]
    rows = rows_of(world, select(document.c.doc_id, document.c.body).where(document.c.till.in_(ours)))
    assert len({row.doc_id for row in rows}) == len(rows)
    return {row.doc_id: json.loads(row.body) for row in rows}


def _each_document_once(world: World, stored: dict[str, Body]) -> None:
    known = set(world.gone)
    for till in world.tills:
        assert not till.unsent, f"{till.name} is stuck with {till.unsent}"
        mine = till.documents()
        known |= mine
        assert set(till.promised) <= mine | world.gone, f"{till.name} lost what it had promised"
        assert mine <= stored.keys(), f"{till.name}: not at central: {len(mine - stored.keys())}"
    assert stored.keys() <= known, "central invents"


def _all_applied(world: World) -> None:
    states = Counter(row.status for row in rows_of(world, select(result.c.status)))
    assert states.keys() <= {"applied", "applied_flagged", *(("fork",) if world.forked else ())}, states
    unanswered = select(document.c.doc_id).where(document.c.doc_id.not_in(select(result.c.doc_id)))
    assert not rows_of(world, unanswered)
    assert not rows_of(world, select(rejected.c.reason))


def _chains_are_whole(world: World, stored: dict[str, Body]) -> None:
    if world.forked:
        return  # branches: each link was looked at by central itself, which found the fork
    rows = rows_of(world, select(document).order_by(document.c.till, document.c.epoch, document.c.seq))
    before: dict[tuple[str, int], tuple[int, bytes]] = {}
    for row in rows:
        if row.doc_id not in stored:
            continue
        place = (row.till, row.epoch)
        seq, prev_hash = before.get(place, (0, bytes(row.prev_hash)))
        assert (row.seq, bytes(row.prev_hash)) == (seq + 1, prev_hash)
        assert chain_hash(bytes(row.prev_hash), bytes(row.body)) == bytes(row.hash)
        before[place] = (row.seq, bytes(row.hash))


def _numbers_have_no_gap(world: World, stored: dict[str, Body]) -> None:
    """Receipt numbers 1, 2, 3… per till and epoch."""
    numbers: dict[tuple[str, int], list[int]] = defaultdict(list)
    for body in stored.values():
        if "receipt_no" in body["payload"]:
            numbers[body["till"], body["epoch"]].append(int(body["payload"]["receipt_no"][-6:]))
    if not world.forked:
        assert all(sorted(one) == list(range(1, len(one) + 1)) for one in numbers.values()), numbers


def _own_journals_refuse(world: World, stored: dict[str, Body]) -> None:
    """What one till has done it does not do again, whether anybody could be asked or not."""
    if world.forked:
        return
    uses: Counter[tuple[str, str]] = Counter()
    handed: Counter[tuple[str, int, int]] = Counter()
    for body in stored.values():
        payload = body["payload"]
        uses.update((body["till"], one["serial"]) for one in payload.get("vouchers") or ())
        if body["kind"] == "handover":
            for line in payload["lines"]:
                handed[body["till"], payload["order"], line["order_line"]] += line["quantity"]
    freed = {row.serial for row in rows_of(world, select(voucher_use.c.serial).where(voucher_use.c.uses < 0))}
    assert all(count == 1 or serial in freed for (_, serial), count in uses.items()), uses
    lines = rows_of(world, select(order_line.c.order, order_line.c.no, order_line.c.quantity))
    ordered = {(row.order, row.no): row.quantity for row in lines}
    assert all(count <= ordered[order, no] for (_, order, no), count in handed.items()), handed


def _forks_are_known(world: World) -> None:
    """Two documents on one fence have a case."""
    fences = rows_of(
        world,
        select(document.c.till, document.c.epoch)
        .group_by(document.c.till, document.c.epoch, document.c.seq)
        .having(func.count() > 1),
    )
    cases = {row.till for row in rows_of(world, select(case.c.till).where(case.c.code == "TILL_FORK"))}
    assert {row.till for row in fences} <= cases


def _stock_adds_up(world: World, stored: dict[str, Body]) -> None:
    moved: Counter[tuple[int, str]] = Counter()
    for body in stored.values():
        for product, delta in goods_moved(body).items():
            moved[body["store"], product] += delta
    booked: Counter[tuple[int, str]] = Counter()
    for row in rows_of(world, select(stock_entry).where(stock_entry.c.doc_id.in_(stored))):
        booked[row.store, row.product] += row.delta
    assert +moved == +booked
    assert -moved == -booked
    total = select(stock_entry.c.store, stock_entry.c.product, func.sum(stock_entry.c.delta).label("sum"))
    sums = rows_of(world, total.group_by(stock_entry.c.store, stock_entry.c.product))
    levels = {(row.store, row.product): row.quantity for row in rows_of(world, select(stock_level))}
    assert {(row.store, row.product): row.sum for row in sums} == levels


def _points_add_up(world: World, stored: dict[str, Body]) -> None:
    claimed: Counter[str] = Counter()
    for body in stored.values():
        for entry in body["payload"].get("points") or ():
            claimed[body["doc_id"]] += entry["delta"]
    booked: Counter[str] = Counter()
    for row in rows_of(world, select(points_entry).where(points_entry.c.doc_id.in_(stored))):
        booked[row.doc_id] += row.delta
    assert {key: value for key, value in claimed.items() if value} == {
        key: value for key, value in booked.items() if value
    }


def _flagged(world: World, code: str) -> int:
    rows = rows_of(world, select(result.c.codes))
    return sum(1 for row in rows if code in row.codes)


def _vouchers_are_bounded(world: World) -> None:
    """Uses beyond what a code allows are exactly those that were flagged."""
    query = select(voucher_use.c.serial, func.sum(voucher_use.c.uses).label("uses"), voucher.c.max_uses)
    uses = rows_of(
        world,
        query.join(voucher, voucher.c.serial == voucher_use.c.serial)
        .where(voucher.c.max_uses > 0)
        .group_by(voucher_use.c.serial, voucher.c.max_uses),
    )
    excess = sum(max(0, row.uses - row.max_uses) for row in uses)
    flagged = rows_of(world, select(voucher_use.c.doc_id).where(voucher_use.c.over))
    assert excess <= len(flagged)
    assert len({row.doc_id for row in flagged}) == _flagged(world, "VOUCHER_OVERUSED")


def _orders_are_bounded(world: World) -> None:
    handed = select(order_entry.c.order, order_entry.c.line, func.sum(order_entry.c.handed).label("handed"))
    taken = {
        (row.order, row.line): row.handed
        for row in rows_of(world, handed.group_by(order_entry.c.order, order_entry.c.line))
    }
    over = {
        (row.order, row.no)
        for row in rows_of(world, select(order_line.c.order, order_line.c.no, order_line.c.quantity))
        if taken.get((row.order, row.no), 0) > row.quantity
    }
    assert bool(over) == bool(_flagged(world, "DUPLICATE_HANDOVER"))


def _returns_are_bounded(world: World) -> None:
    back = select(
        returned_entry.c.original, returned_entry.c.line, func.sum(returned_entry.c.quantity).label("back")
    )
    sold = {
        (row.doc_id, row.no): row.quantity
        for row in rows_of(
            world, select(sale_line).where(sale_line.c.part.in_(("sale", "handover", "extra")))
        )
    }
    over = [
        row
        for row in rows_of(world, back.group_by(returned_entry.c.original, returned_entry.c.line))
        if (row.original, row.line) in sold and row.back > sold[row.original, row.line]
    ]
    assert bool(over) == bool(_flagged(world, "RETURN_EXCEEDS_SOLD"))


def _shifts_are_closed_with_all_documents(world: World, stored: dict[str, Body]) -> None:
    closed = {
        (body["till"], body["epoch"], body["payload"]["number"])  # two branches may close the same one
        for body in stored.values()
        if body["kind"] == "shift_close"
    }
    rows = rows_of(world, select(shift.c.state).where(shift.c.close_doc.in_(stored)))
    assert len(rows) == len(closed)
    known = {"closed", "to_verify", "verified", *(("mismatch",) if world.forked else ())}
    assert {row.state for row in rows} <= known, rows


def _tills_show_what_central_has(world: World) -> None:
    points: dict[str, int] = defaultdict(int)
    aliases = {row.alias: row.customer for row in rows_of(world, select(customer_alias))}
    for row in rows_of(world, select(points_entry.c.customer, points_entry.c.delta)):
        points[aliases.get(row.customer, row.customer)] += row.delta
    for till in world.tills:
        if till.name in world.excused:
            continue
        levels = stock_levels(world, till.identity.store)
        shown = shown_stock(till, world.wares)
        assert shown == {product: levels[product] for product in shown}, till.name
        for customer in world.wares.customers:
            card = till.stores.customers.by_id(customer)
            assert card is not None
            assert card.balance == points[customer], (till.name, customer)
        broken = [feed for feed in _large(till) if not till.stores.feeds.check(feed)]
        assert not broken, f"{till.name}: {broken}"


def _large(_till: SimTill) -> Iterable[str]:
    return ("catalogue", "customers", "orders", "sales", "stock", "campaigns", "revocations")
