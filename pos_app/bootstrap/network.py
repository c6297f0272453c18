"""Central for this till: enrolling once, and the engine that syncs."""

from __future__ import annotations

import platform
import random
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.bootstrap.stores import OpenFolder, Stores
from pos_app.domain.errors import EnrolmentRefused, SettingsRefused, ShiftAlreadyOpen
from pos_app.domain.signing import signer
from pos_app.storage.anchor import forget
from pos_app.storage.clock import Boot, Clock
from pos_app.storage.identity import Identity
from pos_app.storage.journal import Journal
from pos_app.storage.keys import OLD_DATABASE_KEY, SIGNING_KEY
from pos_app.storage.new_keys import promote, settle
from pos_app.storage.shifts import ShiftStore
from pos_app.storage.standing import StandingStore

if TYPE_CHECKING:
    from sync.engine import Engine
    from sync.hearing import Ears

APP = f"quay {version('quay-pos')}"


def enrol_till(
    opened: OpenFolder, ticket_text: str, url: str | None, clock: Clock, ca: Path | None = None
) -> Identity:
    """Become a till with a manager's one-time code; repeating it after an interruption is harmless.

    A till that is one already becomes the same one again, under a new epoch and new keys; what it has not
    sent yet is still sent. Raises Offline, CentralRefused, Unauthorised, EnrolmentRefused, SettingsRefused
    without an address, ShiftAlreadyOpen: numbers begin anew, so the shift is closed before.
    """
    from sync.client import CentralClient
    from sync.enrol import Ticket, enrol
    from sync.server_clock import ServerClock

    former = opened.identities.load()
    if former is not None:
        _check_no_shift(opened, former)
    ticket = Ticket.read(ticket_text)
    address = url or ticket.url
    if not address:
        raise SettingsRefused(reason="missing", field="central_url", value="")
    client = CentralClient(address, ServerClock(clock), ca=ca)
    try:
        enrolled = enrol(
            client, address, ticket, opened.keys, {"app": APP, "system": platform.platform(terse=True)}
        )
    finally:
        client.close()
    if former is not None and former.till != enrolled.identity.till:
        raise EnrolmentRefused(reason="other_till")
    forget(opened.folder, opened.keys)
    opened.identities.save(enrolled.identity)
    promote(opened.keys)
    if enrolled.old_database_key is not None:
        opened.keys.set(OLD_DATABASE_KEY, enrolled.old_database_key)
    StandingStore(opened.files.till).clear()
    return enrolled.identity


def _check_no_shift(opened: OpenFolder, identity: Identity) -> None:
    shift = ShiftStore(opened.files.till, identity).open_shift()
    if shift is not None:
        raise ShiftAlreadyOpen(number=shift.number, business_date=shift.business_date)


def known_identity(opened: OpenFolder) -> Identity | None:
    """Who this folder's till is, with its keys in place even if the last enrolment ended half-way."""
    identity = opened.identities.load()
    if identity is not None:
        settle(opened.keys, identity)
    return identity


def moved_to(opened: OpenFolder, identity: Identity, url: str | None) -> Identity:
    """The till's central has another address now (settings or command line)."""
    if url is None or url == identity.central_url:
        return identity
    moved = replace(identity, central_url=url)
    opened.identities.save(moved)
    return moved


def ears_of(stores: Stores, journal: Journal) -> Ears:
    """Central's time goes to the trusted clock; a confirmed head starts the anchor anew."""
    from sync.hearing import Ears

    def confirmed() -> None:
        head = journal.head()
        stores.anchor.rebuild(head.epoch, head.seq, head.hash)

    return Ears(stores.clock.heard, confirmed)


def make_engine(stores: Stores, journal: Journal, boot: Boot, ca: Path | None = None) -> Engine:
    """The sync engine; `run_once` is called by its loop, which also makes it."""
    # the network's libraries take a third of a start: only this loads them
    from sync.client import CentralClient, RequestKey
    from sync.engine import Engine
    from sync.server_clock import ServerClock
    from sync.till_side import till_side

    identity = journal.identity
    seed = stores.keys.get(SIGNING_KEY)
    assert seed is not None, "an enrolled till has a signing key"
    key = RequestKey(f"{identity.till}.{identity.epoch}.{identity.key_no}", signer(seed))
    clock = stores.clock.pc
    client = CentralClient(identity.central_url, ServerClock(clock), key, ca=ca)
    side = till_side(stores.files, identity, journal, stores.staff, stores.keys, stores.clock)
    side.hearing.ears = ears_of(stores, journal)
    return Engine(client, side, clock, boot, random=random.random, app=APP)
