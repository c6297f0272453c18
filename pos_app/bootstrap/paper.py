"""The printer for this till: its device and the worker behind it."""

from __future__ import annotations

from pos_app.bootstrap.stores import Stores
from pos_app.settings import Settings
from pos_app.storage.clock import Clock
from pos_app.storage.journal import Journal
from printing.devices import open_device
from printing.paper_facts import PaperFacts
from printing.worker import PrintWorker


def make_paper_facts(stores: Stores, journal: Journal) -> PaperFacts:
    """What papers say beside the document's own body."""
    return PaperFacts(
        journal,
        stores.catalogue,
        stores.customers,
        stores.orders,
        stores.policy,
        stores.staff,
        stores.vouchers,
        stores.credits,
    )


def make_print_worker(settings: Settings, stores: Stores, journal: Journal, clock: Clock) -> PrintWorker:
    """Prints what the database asks for, on the printer of the settings ("none" without one)."""
    facts = make_paper_facts(stores, journal)

    def told(state: str, reason: str) -> None:
        stores.status.set("printer", {"state": state, "reason": reason})

    device = open_device(_address(settings))
    return PrintWorker(stores.print_jobs, journal, facts.of, device, clock, told, settings.paper_language)


def _address(settings: Settings) -> str:
    address = settings.printer or "none"
    if settings.paper == 576 or address == "none":
        return address
    return f"{address}{'&' if '?' in address else '?'}width={settings.paper}"
