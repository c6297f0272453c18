"""A start in order: what the last run left is proved before the window opens (protocol §8)."""

from __future__ import annotations

import logging

from pos_app.bootstrap.stores import Stores
from pos_app.domain.document import DocumentKind
from pos_app.domain.errors import DatabaseUnreadable
from pos_app.storage import epochs
from pos_app.storage.files import TILL_FILE
from pos_app.storage.journal import Draft, Journal
from pos_app.storage.start_checks import Run, look

log = logging.getLogger(__name__)


def check_start(stores: Stores, journal: Journal) -> Run:
    """Restricts the till where the anchor says so; an unclean end is journaled.

    Raises DatabaseUnreadable for a journal that does not hold: nothing is written to a damaged file.
    """
    run = Run(stores.status)
    identity = journal.identity
    was_clean = run.ended_in_order()
    findings = look(stores.files.till, identity, stores.outbox, stores.anchor, was_clean=was_clean)
    if findings.is_damaged:
        log.error("till.db does not hold: %s %s", findings.chain.faults[:5], findings.pages[:5])
        raise DatabaseUnreadable(file=TILL_FILE)
    run.begin()
    if findings.reason is not None:
        stores.standing.restrict(findings.reason, stores.clock.now())
    epochs.begin(journal)
    if not was_clean:
        payload = {"clean": False, "checked": findings.chain.checked}
        journal.record(Draft(DocumentKind.APP_START.value, payload, staff=0))
    return run
