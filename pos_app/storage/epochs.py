"""A new epoch of this till's journal: its first document, and the spare that is opened in the dark."""

from __future__ import annotations

from dataclasses import replace

from pos_app.domain.document import DocumentKind
from pos_app.domain.errors import NoSpareEpoch
from pos_app.domain.signing import Sign
from pos_app.storage.clock import Boot, Clock
from pos_app.storage.database import Database
from pos_app.storage.identity import Identity, IdentityStore
from pos_app.storage.journal import Draft, Journal, Recorded
from pos_app.storage.standing import StandingStore


def start_spare(till: Database, identity: Identity, sign: Sign, clock: Clock, boot: Boot) -> Identity:
    """Go on under the spare epoch with the present key, restricted until central has answered (protocol §8).

    For a fresh till.db after a salvage; works without central. `identity` is the former one. An end in
    between is harmless: `begin` at the next start writes what is missing. Raises NoSpareEpoch.
    """
    if identity.spare_epoch is None or identity.spare_nonce is None:
        raise NoSpareEpoch(file=till.path.name)
    fresh = replace(
        identity,
        epoch=identity.spare_epoch,
        nonce=identity.spare_nonce,
        spare_epoch=None,
        spare_nonce=None,
    )
    StandingStore(till).restrict("spare", clock.now())
    IdentityStore(till).save(fresh)
    begin(Journal(till, fresh, sign, clock, boot))
    return fresh


def begin(journal: Journal) -> Recorded | None:
    """The first document of a later epoch, which central takes as the retirement of those before.

    None in the first epoch, and when this one has begun already.
    """
    epoch = journal.identity.epoch
    if epoch == 1 or journal.head().seq > 0:
        return None
    return journal.record(Draft(DocumentKind.EPOCH_START.value, {"epoch": epoch}, staff=0))
