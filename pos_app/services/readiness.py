"""Ready to open? What is in this till and how old, what its devices say, and what an outage would allow."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal

from pos_app.domain.order import Order
from pos_app.domain.policy import DAY
from pos_app.services.outage import Outage, OutageRule
from pos_app.services.session import NEVER, Session
from pos_app.storage.catalogue import CatalogueStore
from pos_app.storage.clock import Boot, Clock
from pos_app.storage.customers import CustomerStore
from pos_app.storage.feeds import FeedStore
from pos_app.storage.keyring import KeyringStore
from pos_app.storage.keys import KeyStore
from pos_app.storage.orders import OrderStore
from pos_app.storage.outbox import Outbox
from pos_app.storage.print_jobs import PrintJobStore
from pos_app.storage.staff import StaffStore
from pos_app.storage.status import StatusStore
from pos_app.storage.vouchers import VoucherStore

CheckState = Literal["ok", "need", "stop"]
"""Fine; works, but somebody should act; does not work."""

LEAST_DISK: Final = 2 << 30
SKEW: Final = timedelta(seconds=120)
"""Central refuses signatures that are 5 minutes off: this is said while there is still time."""

BACKUP_AGE: Final = timedelta(hours=3)
"""Made hourly: one that is older has failed, or the till was off."""

ORDERS: Final = 2000
"""More orders are not counted one by one."""


@dataclass(frozen=True, slots=True)
class ReadinessStores:
    """Everything that is looked at; nothing is changed. `pc` is the clock that the machine shows."""

    catalogue: CatalogueStore
    orders: OrderStore
    vouchers: VoucherStore
    customers: CustomerStore
    keyring: KeyringStore
    staff: StaffStore
    feeds: FeedStore
    outbox: Outbox
    print_jobs: PrintJobStore
    status: StatusStore
    keys: KeyStore
    folder: Path
    pc: Clock


@dataclass(frozen=True, slots=True)
class DataCheck:
    """One kind of data: when central last confirmed it (None = never came), and how much there is.

    `name` = the feed, or "unsent" (then `at` is the oldest waiting document). `today` counts orders that
    are promised for today; `until` is the last day on which the keys check codes.
    """

    name: str
    state: CheckState
    at: datetime | None = None
    count: int = 0
    today: int = 0
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeviceCheck:
    """printer, drawer, scanner on a port, clock (`amount` = ms ahead of central), disk (bytes free), backup.

    `reason` is a code; `at` when it was last used or checked.
    """

    name: str
    state: CheckState
    reason: str = ""
    amount: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Readiness:
    """`verdict`: whole_day, limited (sells, but not everything goes), closed (cannot sell)."""

    checked_at: datetime
    verdict: Literal["whole_day", "limited", "closed"]
    data: tuple[DataCheck, ...]
    devices: tuple[DeviceCheck, ...]
    outage: tuple[OutageRule, ...]

    @property
    def to_do(self) -> int:
        """How many things somebody should look at."""
        states = [check.state for check in self.data] + [check.state for check in self.devices]
        return sum(state != "ok" for state in states)


class ReadyCheck:
    """Counts whole tables: call it beside the screen, not on the sale path."""

    def __init__(self, session: Session, stores: ReadinessStores, boot: Boot) -> None:
        self._session = session
        self._stores = stores
        self._boot = boot
        self._outage = Outage(session, stores.vouchers)

    def check(self) -> Readiness:
        """As of this moment."""
        orders = self._stores.orders.waiting(ORDERS)
        data = self._data(orders)
        return Readiness(
            checked_at=self._session.now,
            verdict=_verdict(data),
            data=data,
            devices=self._devices(),
            outage=self._outage.rules(len(orders)),
        )

    # --- data ----------------------------------------------------------------------------------
    def _data(self, orders: list[Order]) -> tuple[DataCheck, ...]:
        policy, stores = self._session.policy, self._stores
        today = sum(self._is_today(order) for order in orders)
        until = stores.keyring.usable_until()
        keys = self._feed("keyset", policy.offline_hard, until=until)
        if until is not None and until <= self._session.now:
            keys = DataCheck("keyset", "stop", keys.at, until=until)
        return (
            self._feed("catalogue", policy.catalogue_age_warn, stores.catalogue.count()),
            self._feed("orders", policy.pickup_age_soft, len(orders), today=today),
            self._feed("campaigns", policy.revocations_age_warn, len(stores.vouchers.campaigns())),
            self._feed("customers", policy.points_age_soft, stores.customers.count()),
            keys,
            self._feed("staff", policy.staff_age_most, sum(one.active for one in stores.staff.everyone())),
            self._unsent(),
        )

    def _feed(
        self, feed: str, fresh_s: int, count: int = 0, *, today: int = 0, until: datetime | None = None
    ) -> DataCheck:
        at, age = self._stores.feeds.age(feed), self._session.feed_age_s(feed)
        state: CheckState = "stop" if age == NEVER else "need" if age > fresh_s else "ok"
        return DataCheck(feed, state, at, count, today, until)

    def _is_today(self, order: Order) -> bool:
        if order.promised_by is None:
            return False
        zone = self._session.policy.timezone
        return order.promised_by.astimezone(zone).date() <= self._session.now.astimezone(zone).date()

    def _unsent(self) -> DataCheck:
        counts = self._stores.outbox.counts()
        oldest = None if counts.oldest_wall is None else datetime.fromisoformat(counts.oldest_wall)
        waited = 0 if oldest is None else (self._session.now - oldest).total_seconds()
        return DataCheck("unsent", "need" if waited > DAY else "ok", oldest, counts.unsent)

    # --- devices -------------------------------------------------------------------------------
    def _devices(self) -> tuple[DeviceCheck, ...]:
        attached = self._printer(), self._drawer(), self._scanner()
        always = *attached, self._clock(), self._disk(), self._backup(), self._keybox()
        reason = self._session.standing.reason
        return always if reason is None else (*always, DeviceCheck("standing", "need", reason))

    def _printer(self) -> DeviceCheck:
        row = self._stores.status.get("printer") or {}
        state, waiting = str(row.get("state") or "none"), self._stores.print_jobs.waiting_count()
        if state == "none":
            return DeviceCheck("printer", "need", "none", waiting)
        if state != "ready":
            return DeviceCheck("printer", "need", str(row.get("reason") or "trouble"), waiting)
        return DeviceCheck("printer", "ok", "", waiting, self._stores.print_jobs.last_made())

    def _drawer(self) -> DeviceCheck:
        row = self._stores.status.get("printer") or {}
        ready = row.get("state") == "ready"
        at = self._stores.print_jobs.last_made(drawer=True)
        return DeviceCheck("drawer", "ok" if ready else "need", "" if ready else "printer", at=at)

    def _scanner(self) -> DeviceCheck:
        """One that types like a keyboard tells nothing of itself."""
        reason = str((self._stores.status.get("scanner") or {}).get("reason") or "")
        return DeviceCheck("scanner", "need" if reason else "ok", reason)

    def _clock(self) -> DeviceCheck:
        """Central's time at the last contact, gone on with the clock that nobody can set."""
        row = self._stores.status.get("sync") or {}
        if not row.get("server_time"):
            return DeviceCheck("clock", "need", "unknown")
        ahead = self._ahead(row)
        at = datetime.fromisoformat(str(row["last_contact"]))
        return DeviceCheck("clock", "need" if abs(ahead) > SKEW else "ok", "", _ms(ahead), at)

    def _ahead(self, row: Mapping[str, Any]) -> timedelta:
        told = datetime.fromisoformat(str(row["server_time"]))
        if row.get("boot_id") != self._boot.boot_id:  # another run's monotonic time says nothing here
            return datetime.fromisoformat(str(row["last_contact"])) - told
        passed = timedelta(milliseconds=self._session.clock.mono_ms() - int(row["mono_ms"]))
        return self._stores.pc.now() - (told + passed)

    def _disk(self) -> DeviceCheck:
        free = shutil.disk_usage(self._stores.folder).free
        if free < LEAST_DISK:
            return DeviceCheck("disk", "need", "full", free)
        reason = "" if self._stores.keys.kind == "keyring" else "key_file"
        return DeviceCheck("disk", "need" if reason else "ok", reason, free)

    def _backup(self) -> DeviceCheck:
        row = self._stores.status.get("backup") or {}
        if not row.get("at"):
            return DeviceCheck("backup", "need", str(row.get("reason") or "never"))
        at = datetime.fromisoformat(str(row["at"]))
        if self._session.now - at > BACKUP_AGE:
            return DeviceCheck("backup", "need", str(row.get("reason") or "old"), at=at)
        elsewhere = str(row.get("elsewhere") or "none")
        if elsewhere == "ok":
            return DeviceCheck("backup", "ok", at=at)
        reason = elsewhere if elsewhere in ("none", "same_disk") else "not_carried"
        return DeviceCheck("backup", "need", reason, at=at)

    def _keybox(self) -> DeviceCheck:
        """Until central holds the sealed key, a lost key store would lose what is unsent (protocol §3)."""
        at = (self._stores.status.get("keybox") or {}).get("at")
        if at is None:
            return DeviceCheck("keybox", "stop", "waits")
        return DeviceCheck("keybox", "ok", at=datetime.fromisoformat(str(at)))


def _ms(span: timedelta) -> int:
    return round(span.total_seconds() * 1000)


def _verdict(data: tuple[DataCheck, ...]) -> Literal["whole_day", "limited", "closed"]:
    states = {check.name: check.state for check in data}
    if "stop" in (states["catalogue"], states["staff"]):
        return "closed"
    feeds = [state for name, state in states.items() if name != "unsent"]
    return "whole_day" if all(state == "ok" for state in feeds) else "limited"
