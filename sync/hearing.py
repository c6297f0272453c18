"""What central's answers say of this till itself: the time, the spare epoch, whether it may be trusted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from pos_app.storage.clock import Clock
from pos_app.storage.identity import Identity, IdentityStore
from pos_app.storage.outbox import Outbox
from pos_app.storage.standing import Reason, StandingStore
from sync.answers import instant
from sync.messages import HelloAnswer

CONFIRMING: Final = 2
"""The answer from which on a head counts as confirmed: the first hello of a run may be signed by a PC clock
that is behind, and then proves nothing (protocol §8, fork fact 3); it also brings central's time."""

_LIFTED: Final = frozenset({"anchor_unknown", "restored", "spare"})
"""What central's answer settles. The others need a new enrolment."""


@dataclass(frozen=True, slots=True)
class Ears:
    """Who is told: `time` hears central's clock, `confirmed` that central knows this journal's head."""

    time: Callable[[datetime], None] = lambda _told: None
    confirmed: Callable[[], None] = lambda: None


class Hearing:
    """Used by the engine's thread alone."""

    def __init__(
        self,
        identity: Identity,
        identities: IdentityStore,
        standing: StandingStore,
        outbox: Outbox,
        clock: Clock,
    ) -> None:
        self.ears = Ears()
        self._identity = identity
        self._identities = identities
        self._standing = standing
        self._outbox = outbox
        self._clock = clock
        self._answers = 0

    def hello(self, answer: HelloAnswer) -> None:
        """Time and spare of every answer; the head is confirmed when no new epoch is ordered."""
        self._answers += 1
        told = instant(answer.server_time)
        if told is not None:
            self.ears.time(told)
        self._remember_spare(answer)
        if self._answers >= CONFIRMING and not any(map(self._ends_our_epoch, answer.directives)):
            self._confirm()

    def retired(self, epoch: int | None = None) -> bool:
        """Central wants this till enrolled again; False when that is about an epoch it has left already."""
        if epoch not in (None, self._identity.epoch):
            return False
        reason: Reason = "forked" if self._outbox.counts().forks else "epoch_retired"
        self._standing.restrict(reason, self._clock.now())
        return True

    def _ends_our_epoch(self, directive: dict[str, object]) -> bool:
        return directive.get("directive") == "new_epoch" and directive.get("epoch") == self._identity.epoch

    def _confirm(self) -> None:
        reason = self._standing.read().reason
        if reason in _LIFTED:
            self._standing.clear()
            self.ears.confirmed()

    def _remember_spare(self, answer: HelloAnswer) -> None:
        spare, held = answer.spare, self._identities.load()
        if spare is None or held is None or held.epoch != self._identity.epoch:
            return
        if (held.spare_epoch, held.spare_nonce) != (spare.epoch, spare.nonce):
            self._identities.save(replace(held, spare_epoch=spare.epoch, spare_nonce=spare.nonce))
