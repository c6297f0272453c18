"""The till below its window: the real composition on a filled folder, in this process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bench.people import PIN, STAFF
from pos_app.bootstrap.services import Services, make_services
from pos_app.bootstrap.stores import OpenFolder, Stores, make_stores, open_folder
from pos_app.domain.errors import NotEnrolled
from pos_app.storage.clock import Boot, SystemClock


@dataclass(frozen=True, slots=True)
class BenchTill:
    """Everything below the window."""

    opened: OpenFolder
    stores: Stores
    services: Services

    def close(self) -> None:
        self.opened.close()


def open_till(folder: Path) -> BenchTill:
    """As the program does it. Raises NotEnrolled for an empty folder."""
    clock = SystemClock()
    opened = open_folder(folder, allow_system_keys=False)
    identity = opened.identities.load()
    if identity is None:
        raise NotEnrolled()
    boot = Boot.new(clock)
    stores = make_stores(opened, identity, clock, boot)
    return BenchTill(opened, stores, make_services(stores, identity, boot))


def begin_work(till: BenchTill) -> None:
    """Somebody signs in and a shift is open."""
    services = till.services
    services.sign_in.sign_in(STAFF, PIN)
    if services.session.shift is None:
        services.shifts.open({100_000: 20})
    services.checkout.clear()
