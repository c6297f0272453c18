"""The facts of the state strip: the link, what works without it, what waits, the printer, who is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pos_app.domain.staff import StaffMember
from pos_app.domain.verdict import Refused
from pos_app.services.attention import Attention
from pos_app.services.clock_watch import ClockTrouble, ClockWatch
from pos_app.services.restricted import alone_for
from pos_app.services.session import Session
from pos_app.storage.download import Download, under_way
from pos_app.storage.feeds import FeedStore
from pos_app.storage.outbox import Outbox
from pos_app.storage.policy import PolicyStore
from pos_app.storage.print_jobs import PrintJobStore
from pos_app.storage.status import StatusStore


@dataclass(frozen=True, slots=True)
class StripStores:
    """What the strip is read from."""

    status: StatusStore
    outbox: Outbox
    feeds: FeedStore
    print_jobs: PrintJobStore
    policy: PolicyStore


@dataclass(frozen=True, slots=True)
class StripFacts:
    """`link`: online, offline, sending (`done` of `total`); `printer`: ready, trouble, none;
    `scanner_reason`: why the scanner on a port is not heard, "" while it is, or where there is none.

    `restricted` = why this till cannot be trusted by itself, "" while it can; `clock` = what is wrong with
    the PC's date. `works` = codes of what goes on without central (sale, return, pickup, voucher, points).
    `untrusted_since` = since when whoever answers for central shows a certificate that is not accepted.
    The `_as_of` instants say when a feed was last known to be up to date; None = never.
    """

    link: str
    since: datetime | None
    untrusted_since: datetime | None
    done: int
    total: int
    works: tuple[str, ...]
    catalogue_as_of: datetime | None
    orders_as_of: datetime | None
    campaigns_as_of: datetime | None
    unsent: int
    printer: str
    printer_reason: str
    papers_waiting: int
    scanner_reason: str
    restricted: str
    clock: ClockTrouble
    attention: int
    shop: str
    till_number: int
    person: StaffMember | None
    shift_number: int | None
    download: Download | None
    is_locked: bool


class Strip:
    """Read again whenever a loop reports, and every few seconds."""

    def __init__(
        self, session: Session, stores: StripStores, attention: Attention, clock: ClockWatch
    ) -> None:
        self._session = session
        self._stores = stores
        self._attention = attention
        self._clock = clock

    def facts(self) -> StripFacts:
        """As of this moment."""
        session, stores = self._session, self._stores
        link = stores.status.get("link") or {}
        printer = stores.status.get("printer") or {}
        scanner = stores.status.get("scanner") or {}
        since = link.get("since")
        info = stores.policy.store_info(session.identity.store)
        shift = session.shift
        return StripFacts(
            link=str(link.get("state") or "offline"),
            since=None if since is None else datetime.fromisoformat(since),
            untrusted_since=_untrusted(stores.status) if link.get("state") == "offline" else None,
            done=int(link.get("done") or 0),
            total=int(link.get("total") or 0),
            works=self.works(),
            catalogue_as_of=stores.feeds.age("catalogue"),
            orders_as_of=stores.feeds.age("orders"),
            campaigns_as_of=stores.feeds.age("campaigns"),
            unsent=stores.outbox.counts().unsent,
            printer=str(printer.get("state") or "none"),
            printer_reason=str(printer.get("reason") or ""),
            papers_waiting=stores.print_jobs.waiting_count(),
            scanner_reason=str(scanner.get("reason") or ""),
            restricted=session.standing.reason or "",
            clock=self._clock.trouble(),
            attention=self._attention.count(),
            shop="" if info is None else info.name,
            till_number=session.identity.till_number,
            person=session.person,
            shift_number=None if shift is None else shift.number,
            download=under_way(stores.status),
            is_locked=session.is_locked,
        )

    def works(self) -> tuple[str, ...]:
        """What would go on if central could not be reached now, by the ages that policy allows."""
        policy, age = self._session.policy, self._session.feed_age_s
        if isinstance(alone_for(self._session), Refused):
            return ("sale",)
        possible = {
            "sale": True,
            "return": True,
            "pickup": age("orders") <= policy.pickup_age_hard,
            "voucher": self._stores.feeds.age("campaigns") is not None,
            "points": age("customers") <= policy.points_age_hard,
        }
        return tuple(name for name, works in possible.items() if works)


def _untrusted(status: StatusStore) -> datetime | None:
    sync = status.get("sync") or {}
    if sync.get("reason") != "certificate" or not sync.get("reason_since"):
        return None
    return datetime.fromisoformat(sync["reason_since"])
