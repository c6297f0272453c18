"""One turn of syncing: push until empty, then pull; no threads, no sleeping, no error removes anything."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pos_app.domain.errors import CentralRefused, Offline, TroubleOutside, Unauthorised
from pos_app.storage import download
from pos_app.storage.clock import Boot, Clock
from pos_app.storage.feeds import FeedStore
from pos_app.storage.identity import Identity
from pos_app.storage.journal import Journal
from pos_app.storage.outbox import Outbox
from pos_app.storage.status import StatusStore
from pos_app.storage.suspects import SuspectStore
from sync import errands
from sync.backoff import Backoff
from sync.client import CentralClient
from sync.errands import Errand
from sync.hearing import Hearing
from sync.leaving import Leaving
from sync.messages import Health, HelloAnswer, HelloRequest
from sync.messages.directives import NewEpoch, Refetch, Revoked, Rewind, order_of
from sync.pull import Accepts, Pull, PullReport
from sync.push import Push
from sync.readings import Readings
from sync.report import Need
from sync.report import SyncReport as SyncReport
from sync.telling import Telling
from sync.trust import revocation_counts

log = logging.getLogger(__name__)

PULL_SHARE_MS: Final = 3_000
"""For so long a download that has been cut short once goes on before what was sold meanwhile is sent."""

FROZEN_S: Final = 3600.0


@dataclass(frozen=True, slots=True)
class TillSide:
    """Everything of the till that syncing touches; sync.till_side makes it.

    `keyset` answers the keyset that is held ({} before the first); `after` is called when a feed has
    changed, and once at the start (verifiers, phone key); `accepts` may refuse pages; `wipe` deletes
    personal data of a revoked till, `leaving` gives away what it has; `errands` follow each hello.
    """

    identity: Identity
    hearing: Hearing
    journal: Journal
    outbox: Outbox
    suspects: SuspectStore
    feeds: FeedStore
    status: StatusStore
    keyset: Callable[[], Mapping[str, Any]]
    health: Callable[[], Health]
    after: Mapping[str, Callable[[], None]]
    accepts: Mapping[str, Accepts]
    wipe: Callable[[], None]
    leaving: Leaving
    errands: tuple[Errand, ...] = ()


class Engine:
    """Lives as long as the program; keeps back-off, batch size and suspects between turns."""

    def __init__(
        self,
        client: CentralClient,
        till: TillSide,
        clock: Clock,
        boot: Boot,
        *,
        random: Callable[[], float],
        app: str,
    ) -> None:
        self._client = client
        self._till = till
        self._clock = clock
        self._app = app
        self._backoff = Backoff(random)
        self._readings = Readings(till.journal, clock, boot, till.health, self._troubles)
        self._push = Push(client, till.outbox, till.suspects, clock, self._readings.on_the_way)
        self._pull = Pull(
            client, till.feeds, clock, till.accepts, lambda one: download.tell(till.status, one)
        )
        self._telling = Telling(till.status, clock, boot)
        self._caught_up: set[str] = set()
        self._stopping = False
        self._need: Need | None = None
        self._sent = 0
        self._was_cut = False
        self._pull_began_ms = 0

    def stop_soon(self) -> None:
        """Called from another thread: the turn ends, the request under way too."""
        self._stopping = True
        self._client.cut_short()

    def run_once(self) -> SyncReport:
        """Push, hello, pull. Every failure becomes a report; storage's own bugs do not."""
        self._sent = 0
        if self._need == "revoked":
            self._till.leaving.leave(self._client)
            return self._report(False, FROZEN_S, "revoked")
        self._need = None
        try:
            return self._turn()
        except Offline as error:
            wait = self._backoff.failed(error.fields.get("retry_after_s"))  # type: ignore[arg-type]
            return self._report(False, wait, str(error.fields["reason"]))
        except Unauthorised as error:
            return self._unauthorised(str(error.fields["refusal"]))
        except CentralRefused as error:
            return self._refused(error)
        except TroubleOutside as error:
            log.warning("sync stopped by trouble outside: %s", error)
            return self._report(True, self._backoff.failed(), error.code)

    def _turn(self) -> SyncReport:
        trouble = None if self._stopping else self._send_all()
        if self._stopping:
            return SyncReport(
                False, 0.0, "stopped", self._sent, suspects=self._push.suspects, need=self._need
            )
        hello = self._hello()
        if trouble is not None:
            # central answers, so it was the batch: count it, and let the feeds come all the same
            self._push.failed_though_central_answers()
        if self._need is None:
            errands.run(self._till.errands, self._client, hello)
        pulled = self._fetch_all(hello)
        if trouble is not None:
            return self._report(True, self._backoff.failed(), str(trouble.fields["reason"]), pulled, hello)
        self._backoff.succeeded()
        wait = self._backoff.poll() if pulled.is_whole else 0.0
        return self._report(True, wait, None, pulled, hello)

    # --- up -----------------------------------------------------------------------------------
    def _send_all(self) -> Offline | None:
        """None when nothing is left to send now; the failure of a batch when there was one."""
        self._push.begin()
        if not self._push.has_work():
            return None
        total = self._till.outbox.counts().unsent
        if self._telling.is_linked:  # in an outage every try would else look as if the link were back
            self._telling.link("sending", done=0, total=total)
        while not self._stopping:
            try:
                batch = self._push.send_one()
            except Offline as error:
                if error.fields["reason"] == "busy":
                    raise
                return error
            if batch is None:
                return None
            self._sent += batch.done
            self._telling.link("sending", done=self._sent, total=max(total, self._sent))
            if batch.answer is not None:
                self._obey(batch.answer.directives)
        return None

    # --- down ---------------------------------------------------------------------------------
    def _hello(self) -> HelloAnswer:
        reading = self._readings.now()
        hello = self._client.hello(
            HelloRequest(
                head=reading.head,
                keyset_version=int(self._till.keyset().get("version", 0)),
                health=reading.health,
                clock=reading.clock,
                app=self._app,
            )
        )
        self._till.hearing.hello(hello)
        self._obey(hello.directives)
        return hello

    def _fetch_all(self, hello: HelloAnswer) -> PullReport:
        if self._need in ("revoked", "revocation_unproved", "enrol_again"):  # it would be answered 409
            return PullReport()
        self._pull_began_ms = self._clock.mono_ms()
        pulled = self._pull.run(hello.feeds, self._pull_goes_on, self._changed)
        self._was_cut = not pulled.is_whole
        for feed in self._till.after:
            if feed not in self._caught_up:  # it may have changed just before the last program ended
                self._changed(feed)
        return pulled

    def _changed(self, feed: str) -> None:
        self._caught_up.add(feed)
        if feed in self._till.after:
            self._till.after[feed]()

    def _pull_goes_on(self) -> bool:
        """A document that was made meanwhile goes first: the download resumes in the next turn.

        There it has its time, whatever is sold meanwhile: a busy till gets its feeds too.
        """
        if self._stopping or not self._push.has_work():
            return not self._stopping
        return self._was_cut and self._clock.mono_ms() - self._pull_began_ms < PULL_SHARE_MS

    # --- what central orders ------------------------------------------------------------------
    def _obey(self, directives: Sequence[Mapping[str, Any]]) -> None:
        """Exactly the four of protocol §5; anything else is of a later version and waits for ours."""
        for words in directives:
            match order_of(words):
                case Rewind() as back:
                    self._till.outbox.rewind(back.epoch, back.from_seq, back.incarnation)
                case Refetch() as again:
                    self._pull.refetch(again.feed)
                case NewEpoch() as ended:
                    if self._till.hearing.retired(ended.epoch):
                        self._need = "enrol_again"
                case Revoked():
                    self._revoked(words)

    def _revoked(self, proof: Mapping[str, Any]) -> None:
        """Only a signed entry for this till counts: then personal data go, the journal stays."""
        identity = self._till.identity
        if not revocation_counts(self._till.keyset(), proof, identity):
            self._need = "revocation_unproved"
            return
        log.critical("this till is revoked: customers and staff are wiped, the journal is kept")
        self._need = "revoked"
        self._till.wipe()

    # --- refusals -----------------------------------------------------------------------------
    def _unauthorised(self, refusal: str) -> SyncReport:
        """A central that was restored without us learns of us again; anything else is an alarm."""
        self._need = "unknown_till" if refusal == "unknown_till" else "unauthorised"
        if refusal == "unknown_till" and self._till.identity.certificate:
            try:
                self._client.present_certificate(json.loads(self._till.identity.certificate))
            except (Offline, Unauthorised, CentralRefused) as error:
                log.warning("central does not take our certificate: %s", error)
        return self._report(False, self._backoff.failed(), refusal)

    def _refused(self, error: CentralRefused) -> SyncReport:
        status, refusal = error.fields["status"], str(error.fields["refusal"])
        if refusal == "revoked":
            answer = error.fields["answer"]
            self._revoked(answer if isinstance(answer, dict) else {})
        elif refusal == "epoch_retired":
            self._till.hearing.retired()
            self._need = "enrol_again"
        elif status == 426:
            self._need = "update"
        else:
            log.error("central refuses: %s %s", status, refusal)
        return self._report(self._need != "revoked", self._backoff.failed(), refusal)

    # --- what is told -------------------------------------------------------------------------
    def _troubles(self) -> dict[str, object]:
        return {"mismatched": list(self._pull.mismatched), "suspects": len(self._push.suspects)}

    def _report(
        self,
        is_online: bool,
        next_in_s: float,
        reason: str | None = None,
        pulled: PullReport | None = None,
        hello: HelloAnswer | None = None,
    ) -> SyncReport:
        pulled = pulled or PullReport()
        report = SyncReport(
            is_online=is_online,
            next_in_s=next_in_s,
            reason=reason,
            sent=self._sent,
            changed=pulled.changed,
            mismatched=self._pull.mismatched,
            suspects=self._push.suspects,
            need=self._need,
            server_time=None if hello is None else hello.server_time,
        )
        self._telling.link("online" if is_online else "offline")
        trouble = {"reason": reason, "need": self._need}
        lists = {"mismatched": list(report.mismatched), "suspects": list(report.suspects)}
        self._telling.sync({**trouble, **lists}, hello)
        return report
