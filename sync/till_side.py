"""Connects syncing to the till's storage: what happens after a feed came, what hello tells, what is wiped."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from datetime import datetime
from typing import Any

from pos_app.domain.errors import SealRefused
from pos_app.domain.sealing import open_box
from pos_app.storage import erasing
from pos_app.storage.clock import Clock
from pos_app.storage.escrow import KeyEscrow
from pos_app.storage.feed_items import item
from pos_app.storage.feeds import FeedStore
from pos_app.storage.files import TillFiles
from pos_app.storage.identity import Identity, IdentityStore
from pos_app.storage.journal import Journal
from pos_app.storage.key_change import KeyChange
from pos_app.storage.keys import FORMER_SEAL_KEY, PHONE_KEY, SEAL_KEY, KeyStore
from pos_app.storage.later_outcomes import LaterOutcomes
from pos_app.storage.outbox import Outbox
from pos_app.storage.policy import PolicyStore
from pos_app.storage.rescue import RescueNote
from pos_app.storage.staff import StaffStore
from pos_app.storage.standing import StandingStore
from pos_app.storage.status import StatusStore
from pos_app.storage.suspects import SuspectStore
from sync.engine import TillSide
from sync.hearing import Hearing
from sync.keybox import lay_down
from sync.leaving import Leaving
from sync.messages import FeedPage, Health
from sync.refetch import refetch
from sync.rotation import Rotation
from sync.trust import keyset_holds

log = logging.getLogger(__name__)


def till_side(
    files: TillFiles, identity: Identity, journal: Journal, staff: StaffStore, keys: KeyStore, clock: Clock
) -> TillSide:
    """Everything the engine needs, of an opened till."""
    feeds = FeedStore(files, clock)
    outbox = Outbox(files.till, identity, clock)
    keyset = _keyset_of(files)
    status = StatusStore(files.drafts_database)
    identities, standing = IdentityStore(files.till), StandingStore(files.till)
    return TillSide(
        identity=identity,
        hearing=Hearing(identity, identities, standing, outbox, clock),
        journal=journal,
        outbox=outbox,
        suspects=SuspectStore(files.till, clock),
        feeds=feeds,
        status=status,
        keyset=keyset,
        health=_health_of(files, outbox, clock),
        after={
            "staff": _verifiers(staff, keys, identity),
            "policy": _phone_key(files, keys, identity),
            "results": _later_outcomes(files, clock),
        },
        accepts={"keyset": _accepts_keyset(keyset, bytes.fromhex(identity.root_public_key))},
        wipe=_wipe(files, feeds, staff, keys),
        leaving=Leaving(outbox, status),
        errands=(
            lay_down(KeyEscrow(status, keys, identity), clock),
            refetch(files.till, identity, outbox, RescueNote(status), clock),
            Rotation(identity, identities, keys, KeyChange(files, identity, status), keyset, clock),
        ),
    )


def _keyset_of(files: TillFiles) -> Callable[[], dict[str, Any]]:
    return lambda: item(files.store, "keyset", "keyset") or {}


def _health_of(files: TillFiles, outbox: Outbox, clock: Clock) -> Callable[[], Health]:
    def health() -> Health:
        counts = outbox.counts()
        age = 0
        if counts.oldest_wall is not None:
            age = max(0, int((clock.now() - datetime.fromisoformat(counts.oldest_wall)).total_seconds()))
        return Health(
            unsent=counts.unsent,
            oldest_age_s=age,
            quarantined=counts.quarantined,
            disk_free_mb=shutil.disk_usage(files.folder).free >> 20,
        )

    return health


def _verifiers(staff: StaffStore, keys: KeyStore, identity: Identity) -> Callable[[], None]:
    """The staff feed came: open what is sealed to us, keep only its HMAC."""

    def remember() -> None:
        seal_key = keys.get(SEAL_KEY)
        if seal_key is not None:
            staff.remember_verifiers(seal_key, identity.till, keys.get(FORMER_SEAL_KEY))

    return remember


def _phone_key(files: TillFiles, keys: KeyStore, identity: Identity) -> Callable[[], None]:
    """The policy feed came: a rotated phone key is opened into the key store."""
    policy = PolicyStore(files)

    def open_it() -> None:
        sealed = policy.sealed_phone_key()
        own = [key for name in (SEAL_KEY, FORMER_SEAL_KEY) if (key := keys.get(name))]
        if sealed is None or not own:
            return
        phone_key = next((found for key in own if (found := _opened(sealed, key, identity))), None)
        if phone_key is None:
            log.warning("the phone key of the policy feed is not sealed to this till's key")
        elif keys.get(PHONE_KEY) != phone_key:
            keys.set(PHONE_KEY, phone_key)

    return open_it


def _opened(sealed: str, seal_key: bytes, identity: Identity) -> bytes | None:
    try:
        return open_box(bytes.fromhex(sealed), seal_key, "phone-key", identity.till)
    except SealRefused:
        return None


def _later_outcomes(files: TillFiles, clock: Clock) -> Callable[[], None]:
    """The results feed came: what it says of own documents stands in till.db from here on."""
    outcomes = LaterOutcomes(files, clock)

    def take_over() -> None:
        outcomes.take_over()

    return take_over


def _accepts_keyset(keyset: Callable[[], dict[str, Any]], root: bytes) -> Callable[[FeedPage], bool]:
    """Only a keyset that the root has signed, and never an older one (protocol §7)."""

    def accepts(page: FeedPage) -> bool:
        least = int(keyset().get("version", 0))
        return all(
            one.op == "put" and one.body is not None and keyset_holds(one.body, root, least)
            for one in page.items
            if one.key == "keyset"
        )

    return accepts


def _wipe(files: TillFiles, feeds: FeedStore, staff: StaffStore, keys: KeyStore) -> Callable[[], None]:
    """protocol §4.6: everything that names customers, and the verifiers, go; the sealed journal stays."""

    def wipe() -> None:
        for feed in ("customers", "orders", "sales", "staff"):
            feeds.drop(feed)
        with files.till.writing() as connection:
            erasing.erase_everybody(connection)
        staff.forget_verifiers()
        keys.set(PHONE_KEY, b"")

    return wipe
