"""Asks central while a customer waits: 1.5 seconds in all, on connections of its own (protocol §5, §9)."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from pos_app.domain.errors import CentralRefused, Offline, Unauthorised
from pos_app.domain.online_check import CHECK_S, CheckKind, LookupBy, Verdict
from pos_app.storage.clock import Clock
from sync.breaker import Breaker
from sync.client import CentralClient
from sync.messages.checks import CheckAnswer, CheckRequest, LookupAnswer, ReleaseRequest

log = logging.getLogger(__name__)

EARLY_MS: Final = 5_000
"""So long before its end a claim covers no commit any more (protocol §9)."""

Model = TypeVar("Model", bound=BaseModel)


class CentralChecks:
    """The till's only asker, used by any thread; one request at a time for each kind of question.

    `connect` makes a client whose calls end within CHECK_S; it is called for the first question of a kind.
    """

    def __init__(self, connect: Callable[[], CentralClient], clock: Clock) -> None:
        self._connect = connect
        self._clock = clock
        self._breaker = Breaker(clock)
        self._guard = threading.Lock()
        self._turns: dict[str, threading.Lock] = {}
        self._clients: dict[str, CentralClient] = {}

    @property
    def may_ask(self) -> bool:
        """Whether an answer can be hoped for."""
        return self._breaker.lets_through

    def heard(self, is_online: bool) -> None:
        """After every turn of the sync loop."""
        if is_online:
            self._breaker.succeeded()
        else:
            self._breaker.opened()

    def close(self) -> None:
        """The program ends: nobody waits for an answer any more."""
        with self._guard:
            clients = list(self._clients.values())
        for client in clients:
            client.cut_short()

    # --- questions -----------------------------------------------------------------------------
    def check(
        self, kind: CheckKind, key: str, quantity: int, doc_id: str, customer: str | None = None
    ) -> Verdict | None:
        """protocol §9; None = no answer in time."""
        request = CheckRequest(kind=kind.value, key=key, quantity=quantity, doc_id=doc_id, customer=customer)
        asked_ms = self._clock.mono_ms()
        answer = self._asked(
            kind.value,
            CheckAnswer,
            lambda client: client.post("/v1/checks", request.model_dump(exclude_none=True)),
        )
        return None if answer is None else _verdict(answer, asked_ms)

    def release(self, key: str, doc_id: str) -> None:
        """A release that is lost does no harm: the claim ends by itself."""
        request = ReleaseRequest(key=key, doc_id=doc_id)
        self._asked("release", _Any, lambda client: client.post("/v1/claims/release", request.model_dump()))

    def look_up(self, by: LookupBy, key: str) -> Mapping[str, Any] | None:
        """None = no answer in time; `found` says whether there is such a thing."""
        answer = self._asked("lookup", LookupAnswer, lambda client: client.get("/v1/lookup", {by: key}))
        return None if answer is None else answer.model_dump()

    # --- one request ---------------------------------------------------------------------------
    def _asked(
        self, kind: str, model: type[Model], call: Callable[[CentralClient], dict[str, Any]]
    ) -> Model | None:
        turn = self._turn(kind)
        if not self._breaker.enter() or not turn.acquire(timeout=CHECK_S):
            return None
        try:
            answer = model.model_validate(call(self._client(kind)))
        except (Offline, ValidationError) as silence:
            log.info("no answer to a question about %s: %s", kind, type(silence).__name__)
            self._breaker.failed()
            return None
        except (CentralRefused, Unauthorised) as refused:
            log.info("central does not answer about %s: %s", kind, refused)
            self._breaker.failed()
            return None
        finally:
            turn.release()
        self._breaker.succeeded()
        return answer

    def _turn(self, kind: str) -> threading.Lock:
        with self._guard:
            return self._turns.setdefault(kind, threading.Lock())

    def _client(self, kind: str) -> CentralClient:
        """Only whoever has the turn comes here."""
        client = self._clients.get(kind)
        if client is None:
            client = self._connect()
            with self._guard:
                self._clients[kind] = client
        return client


class _Any(BaseModel, extra="allow"):
    """An answer that nobody reads."""


def _verdict(answer: CheckAnswer, asked_ms: int) -> Verdict:
    """What is left of the claim counts from before it was asked for: the answer's way takes time too."""
    covers = 0
    if answer.verdict == "ok" and answer.claim_until is not None:
        held = datetime.fromisoformat(answer.claim_until) - datetime.fromisoformat(answer.server_time)
        covers = asked_ms + round(held.total_seconds() * 1000) - EARLY_MS
    terms = None if answer.terms is None else answer.terms.model_dump()
    return Verdict(answer.verdict, answer.key, answer.holder or "", answer.balance or 0, covers, terms)
