"""Whatever can happen to a chain: to tills, to wires, to central, to clocks, to disks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import requests

from central.admin.cancelling import cancel
from central.admin.goods import NewPrice, add_price
from central.admin.vouchers import revoke_voucher
from central.errors import Refusal
from central.restoring import mark_restored
from pos_app.bootstrap.network import enrol_till
from pos_app.storage.files import TILL_FILE
from sync import client
from tests.simulation import checks
from tests.simulation.acts import ACTS, attempt, count_and_close
from tests.simulation.network import Wire
from tests.simulation.template import carry_anchor
from tests.support.central_databases import DATABASE

if TYPE_CHECKING:
    from tests.simulation.till import SimTill
    from tests.simulation.world import World

Happening = Callable[["World"], None]


class CentralDied(Exception):
    """Planted between inbox and apply."""


# --- at a till --------------------------------------------------------------------------------
def somebody_acts(world: World) -> None:
    till = world.any_till()
    act = world.dice.choices(list(ACTS), list(ACTS.values()))[0]
    ended = attempt(act, till, world.wares)
    world.note(f"{till.name}: {act.__name__} {ended}")
    checks.after_act(world, till)


def a_till_syncs(world: World) -> None:
    till = world.any_till()
    report = till.sync()
    world.note(f"{till.name}: sync {report.reason or report.need or 'well'}")
    checks.after_sync(world, till, report)


def a_till_dies(world: World) -> None:
    till = world.any_till()
    till.crash()
    world.note(f"{till.name}: dies")
    checks.after_act(world, till)


def a_clock_is_set(world: World) -> None:
    till = world.any_till()
    jump = world.dice.choice((-86_400, -3600, -120, 120, 3600))
    till.clock.set_wall(till.clock.now() + timedelta(seconds=jump))
    world.note(f"{till.name}: clock {jump}")


# --- on the way -------------------------------------------------------------------------------
def a_link_breaks_or_comes_back(world: World) -> None:
    till = world.any_till()
    till.wire.is_up = not till.wire.is_up
    world.note(f"{till.name}: link {'up' if till.wire.is_up else 'down'}")


def a_line_gets_bad_or_good(world: World) -> None:
    till = world.any_till()
    till.wire.trouble = 0 if till.wire.trouble else world.dice.choice((20, 50, 80))
    world.note(f"{till.name}: trouble {till.wire.trouble}")


def what_was_late_arrives(world: World) -> None:
    till = world.any_till()
    world.note(f"{till.name}: {len(till.wire.late)} late")
    till.wire.deliver_late()


# --- at central -------------------------------------------------------------------------------
def central_dies_between_inbox_and_apply(world: World) -> None:
    booking = world.central.ingest.booking

    def die(*_args: object) -> None:
        del booking._apply  # type: ignore[method-assign]
        raise CentralDied

    booking._apply = die  # type: ignore[method-assign,assignment]
    world.note("central: will die")


def central_starts_again(world: World) -> None:
    world.restart_central()
    world.note("central: starts again")


def central_is_backed_up(world: World) -> None:
    world.restart_central(lambda: _copy(world.folder / "central" / DATABASE, world.folder / "backup"))
    world.note("central: backed up")


def central_is_restored(world: World) -> None:
    """From its last backup: what came since is known to the tills alone."""
    backup = world.folder / "backup"
    if not backup.exists():
        return
    world.restart_central(lambda: _copy(backup, world.folder / "central" / DATABASE))
    with world.central.central.database.writing() as connection:
        mark_restored(connection, world.central.clock(), accept_gap=False)
    for till in world.tills:
        world.bases[till.name] = checks.Base.of(till, world.wares)
    world.restores += 1
    world.note("central: restored")


def a_price_changes(world: World) -> None:
    product = world.dice.choice(world.wares.products)
    now = world.central.clock()
    price = NewPrice(amount=world.dice.randint(100, 300) * 1000, valid_from=now)
    _at_central(world, lambda connection: add_price(connection, product, price, now))
    world.note("central: new price")


def a_voucher_is_taken_back(world: World) -> None:
    serial = world.dice.choice(world.wares.serials)
    now = world.central.clock()
    _at_central(world, lambda connection: revoke_voucher(connection, serial, "mistake", now))
    world.note("central: voucher revoked")


def an_order_is_cancelled(world: World) -> None:
    order, refunded = world.dice.choice(world.wares.order_numbers), world.dice.random() < 0.4
    now = world.central.clock()
    _at_central(world, lambda connection: cancel(connection, order, refunded, now))
    world.note("central: order cancelled")


def _at_central(world: World, act: Callable[[Any], object]) -> None:
    try:
        with world.central.central.database.writing() as connection:
            act(connection)
    except Refusal:  # it is too late for it
        return


def _copy(source: Any, target: Any) -> None:
    """At rest: nobody has the file open, its WAL is empty."""
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(source, target)


# --- on the disks -----------------------------------------------------------------------------
def a_disk_is_copied(world: World) -> None:
    """An image of till.db, as a cautious person makes one."""
    till = world.any_till()
    till.stop()
    _copy(till.folder / TILL_FILE, world.folder / f"{till.name}-image")
    till.start()
    world.note(f"{till.name}: imaged")


def an_old_image_comes_back(world: World) -> None:
    """What the till had written since is gone, unless central has it."""
    till = world.any_till()
    image = world.folder / f"{till.name}-image"
    if not image.exists() or till.name in world.forked:
        return
    had = till.documents()
    till.stop()
    _copy(image, till.folder / TILL_FILE)
    till.start()
    image.unlink()
    # no more images of this life: what was forked once is enough for one seed
    world.forked.add(till.name)
    world.gone |= had - till.documents()
    world.bases[till.name] = checks.Base.of(till, world.wares)
    world.note(f"{till.name}: old image back")


def a_machine_is_cloned(world: World) -> None:
    """The same disk runs twice from now on."""
    till = world.any_till()
    if world.forked:
        return
    twin = f"{till.name}-twin"
    till.stop()
    folder = world.folder / twin
    shutil.copytree(till.folder, folder)
    carry_anchor(till.folder, folder)
    till.start()
    made = world.till(twin, folder, till.clock.now())
    world.forked |= {till.name, twin}
    world.tills.append(made)
    world.bases[twin] = checks.Base.of(made, world.wares)
    world.note(f"{till.name}: cloned")


def enrol_again(world: World, tills: list[SimTill]) -> bool:
    """A manager goes to every till that has to be; of a clone only the first is kept in use."""
    did = False
    for till in tills:
        count_and_close(till)
        till.sync()
        if till.name.endswith("-twin"):
            world.excused.add(till.name)
            continue
        store, number = till.identity.store, till.identity.till_number
        code = world.central.new_code(store, number)
        with _through(till.wire):
            enrol_till(till.whole.opened, code, world.central.url, till.clock)
        till.crash()
        did = True
        world.note(f"{till.name}: enrolled again")
    return did


@contextmanager
def _through(wire: Wire) -> Iterator[None]:
    """Connections that the program makes itself go over this wire."""
    real = client._Adapter.send

    def send(_adapter: object, request: requests.PreparedRequest, *_args: Any, **_more: Any) -> Any:
        return wire.send(request)

    client._Adapter.send = send  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        client._Adapter.send = real  # type: ignore[method-assign]


HAPPENINGS: dict[Happening, int] = {
    somebody_acts: 160,
    a_till_syncs: 66,
    a_link_breaks_or_comes_back: 18,
    a_line_gets_bad_or_good: 15,
    a_till_dies: 12,
    what_was_late_arrives: 9,
    central_dies_between_inbox_and_apply: 8,
    a_clock_is_set: 6,
    a_price_changes: 5,
    central_is_backed_up: 4,
    central_starts_again: 3,
    an_order_is_cancelled: 3,
    a_disk_is_copied: 3,
    central_is_restored: 2,
    a_voucher_is_taken_back: 2,
    an_old_image_comes_back: 2,
    a_machine_is_cloned: 1,
}
"""With how often each happens."""
