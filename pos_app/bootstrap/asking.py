"""Central asked before the act: connections made late, questions run beside the screen."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pos_app.bootstrap.stores import Stores
from pos_app.domain.online_check import CHECK_S, CheckKind, LookupBy, Verdict
from pos_app.domain.signing import signer
from pos_app.storage.identity import Identity
from pos_app.storage.keys import SIGNING_KEY
from ui import background
from ui.running import Done

if TYPE_CHECKING:
    from sync.online_checks import CentralChecks

log = logging.getLogger(__name__)


class LateChecks:
    """Nobody to ask until central was heard: only then are the network's libraries loaded anyway."""

    def __init__(self, make: Callable[[], CentralChecks]) -> None:
        self._make = make
        self._checks: CentralChecks | None = None

    def heard(self, is_online: bool) -> None:
        """After every turn of the sync loop."""
        if self._checks is None and is_online:
            self._checks = self._make()
        if self._checks is not None:
            self._checks.heard(is_online)

    def close(self) -> None:
        """Whoever is being asked is not waited for."""
        if self._checks is not None:
            self._checks.close()

    @property
    def may_ask(self) -> bool:
        return self._checks is not None and self._checks.may_ask

    def check(
        self, kind: CheckKind, key: str, quantity: int, doc_id: str, customer: str | None = None
    ) -> Verdict | None:
        return None if self._checks is None else self._checks.check(kind, key, quantity, doc_id, customer)

    def release(self, key: str, doc_id: str) -> None:
        if self._checks is not None:
            self._checks.release(key, doc_id)

    def look_up(self, by: LookupBy, key: str) -> Mapping[str, Any] | None:
        return None if self._checks is None else self._checks.look_up(by, key)


def make_checks(stores: Stores, identity: Identity, ca: Path | None) -> CentralChecks:
    """Signed like every request, on connections of its own (protocol §5)."""
    from sync.client import CentralClient, RequestKey, Timeouts
    from sync.online_checks import CentralChecks
    from sync.server_clock import ServerClock

    seed = stores.keys.get(SIGNING_KEY)
    assert seed is not None, "an enrolled till has a signing key"
    key = RequestKey(f"{identity.till}.{identity.epoch}.{identity.key_no}", signer(seed))
    times = Timeouts(CHECK_S, CHECK_S, CHECK_S)
    clock = ServerClock(stores.clock.pc)

    def connect() -> CentralClient:
        return CentralClient(identity.central_url, clock, key, ca=ca, timeouts=times)

    return CentralChecks(connect, stores.clock)


def ask_beside(work: Callable[[], Any], done: Done) -> None:
    """The screen goes on; after CHECK_S it is told that nothing came, whatever the network still does."""

    def told(result: Any, error: Exception | None) -> None:
        if error is not None and not isinstance(error, background.Overdue):
            log.error("a question to central failed", exc_info=error)
        done(result, error)

    background.once(work, CHECK_S, told)


def do_aside(work: Callable[[], None]) -> None:
    """What nobody waits for."""
    background.once(work, 0, lambda _nothing, error: _logged(error))


def _logged(error: Exception | None) -> None:
    if error is not None:
        log.error("a claim could not be released", exc_info=error)
