"""What central has said about one document to come: claims that cover it, answers that refuse, silence."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from pos_app.domain.errors import AskCentral
from pos_app.domain.ids import uuid7
from pos_app.services.lookups import FRESH_MS, Lookups
from pos_app.services.online_checks import CheckKind, NobodyToAsk, OnlineChecks, Question, Verdict
from pos_app.storage.clock import Clock

Aside = Callable[[Callable[[], None]], None]
"""Does something beside the screen and tells nobody."""


@dataclass(frozen=True, slots=True)
class _Answer:
    verdict: Verdict | None
    quantity: int
    at_ms: int
    customer: str | None = None


class _Releases:
    """What is to be given back: beside the screen, and at the latest before the next question is asked."""

    def __init__(self, checks: OnlineChecks, aside: Aside) -> None:
        self._checks = checks
        self._aside = aside
        self._guard = threading.Lock()
        self._waiting: deque[tuple[str, str]] = deque()

    def put(self, name: str, doc_id: str) -> None:
        self._waiting.append((name, doc_id))
        self._aside(self.send)

    def send(self) -> None:
        """Whoever asks meanwhile waits: the till must not stand in its own way."""
        with self._guard:
            while self._waiting:
                self._checks.release(*self._waiting.popleft())


class Claims:
    """Of one document, under the id it will have. Ends with it, or with `end` when it never comes."""

    def __init__(self, checks: OnlineChecks, clock: Clock, releases: _Releases, doc_id: str) -> None:
        self.doc_id = doc_id
        self._checks = checks
        self._clock = clock
        self._releases = releases
        self._claimed: dict[tuple[CheckKind, str], _Answer] = {}
        self._said: dict[tuple[CheckKind, str, int], _Answer] = {}
        self._held: set[tuple[CheckKind, str]] = set()
        self._names: dict[tuple[CheckKind, str], str] = {}
        self.is_over = False

    @property
    def may_ask(self) -> bool:
        """Whether more than the offline policy allows can be hoped for."""
        return self._checks.may_ask

    def verdict(
        self, kind: CheckKind, key: str, quantity: int = 1, customer: str | None = None
    ) -> Verdict | None:
        """Central's word on so much of this; None = cannot be asked, or was silent: the policy decides.

        What was said for one `customer` says nothing of another. Raises AskCentral while it can be asked and
        has not been.
        """
        name = self._name(kind, key)
        if self.covers(kind, name, quantity) and self._claimed[kind, name].customer == customer:
            return self._claimed[kind, name].verdict
        said = self._said.get((kind, name, quantity))
        is_fresh = said is not None and self._clock.mono_ms() - said.at_ms < FRESH_MS
        if said is not None and is_fresh and said.customer == customer:
            return said.verdict
        if not self._checks.may_ask:
            return None
        question = self._question(kind, key, quantity, customer)
        raise AskCentral(what=kind.value, question=question)

    def covers(self, kind: CheckKind, key: str, quantity: int = 1) -> bool:
        """Whether a commit at this moment stands on central's word (protocol §9)."""
        claim = self._claimed.get((kind, self._name(kind, key)))
        if claim is None or claim.verdict is None or claim.quantity < quantity:
            return False
        return self._clock.mono_ms() < claim.verdict.covers_until_ms

    def covers_any(self, kind: CheckKind) -> bool:
        """As `covers`, where a document can have but one thing of the kind."""
        return any(self.covers(kind, name) for held, name in self._held if held is kind)

    def drop(self, kind: CheckKind, key: str) -> None:
        """This has left the cart: others may have it."""
        if self.is_over:
            return
        name = self._name(kind, key)
        self._claimed.pop((kind, name), None)
        if (kind, name) in self._held:
            self._held.remove((kind, name))
            self._release(name)

    def end(self) -> None:
        """The document does not come; nothing happens when it has come."""
        for kind, name in list(self._held):
            self.drop(kind, name)
        self.is_over = True

    def spent(self) -> None:
        """The document is committed: it takes the place of its claims."""
        self.is_over = True

    def _name(self, kind: CheckKind, key: str) -> str:
        """Central's own name for what is called `key` here, once it has told."""
        return self._names.get((kind, key), key)

    def _question(self, kind: CheckKind, key: str, quantity: int, customer: str | None) -> Question:
        def ask() -> Verdict | None:
            self._releases.send()
            return self._checks.check(kind, key, quantity, self.doc_id, customer)

        def settle(verdict: Verdict | None) -> None:
            name = self._name(kind, key) if verdict is None else verdict.key
            if self.is_over:
                self._release(name)
                return
            self._names[kind, key] = name
            answer = _Answer(verdict, quantity, self._clock.mono_ms(), customer)
            if verdict is not None and verdict.covers_until_ms:
                self._claimed[kind, name] = answer
            else:
                self._forget_other(kind, name, customer)
                self._said[kind, name, quantity] = answer
            if verdict is None or verdict.covers_until_ms:
                self._held.add((kind, name))  # silence may have been a yes whose answer was lost

        return Question(ask, settle)

    def _forget_other(self, kind: CheckKind, name: str, customer: str | None) -> None:
        """A yes for somebody else covers no commit, whatever is said, or not said, now."""
        held = self._claimed.get((kind, name))
        if held is not None and held.customer != customer:
            del self._claimed[kind, name]

    def _release(self, name: str) -> None:
        self._releases.put(name, self.doc_id)


def at_once(work: Callable[[], None]) -> None:
    """For programs without a screen that could stand still."""
    work()


class ClaimDesk:
    """Opens the claims of each document, and looks up; `aside` does what nobody waits for."""

    def __init__(self, clock: Clock, checks: OnlineChecks | None = None, aside: Aside = at_once) -> None:
        self._checks = checks or NobodyToAsk()
        self.lookups = Lookups(self._checks, clock)
        self._clock = clock
        self._releases = _Releases(self._checks, aside)

    def open(self, doc_id: str | None = None) -> Claims:
        """For a new document, or for one that was kept as a draft."""
        return Claims(self._checks, self._clock, self._releases, doc_id or uuid7(self._clock.now()))


class ClaimsInWork:
    """Of the one thing that a screen works on: opened again it is the same document to come."""

    def __init__(self, desk: ClaimDesk) -> None:
        self._desk = desk
        self._open: tuple[str, Claims] | None = None

    def of(self, key: str) -> Claims:
        """Another thing frees what was claimed for the one before."""
        if self._open is not None:
            held, claims = self._open
            if held == key and not claims.is_over:
                return claims
            claims.end()
        claims = self._desk.open()
        self._open = key, claims
        return claims
