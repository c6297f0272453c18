from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from pos_app.services.outage import OutageRule
from pos_app.services.readiness import DataCheck, DeviceCheck, Readiness, ReadinessStores, ReadyCheck
from pos_app.storage.catalogue import CatalogueStore
from pos_app.storage.clock import Boot
from pos_app.storage.customers import CustomerStore
from pos_app.storage.keyring import KeyringStore
from pos_app.storage.keys import FileKeyStore
from pos_app.storage.orders import OrderStore
from pos_app.storage.vouchers import VoucherStore
from tests.support import till_files
from tests.support.counter import Counter

HOUR = 3600
DAY = 24 * HOUR
BOOT = Boot("01a1fbd4-f500-7c8a-80d6-a23ccc30f55a")


class SystemKeys:
    """A key store of the operating system, which tests do not have."""

    kind = "keyring"

    def get(self, name: str) -> bytes | None:
        return None

    def set(self, name: str, value: bytes) -> None:
        """Nothing is kept."""


@dataclass
class Page:
    """What the page would be told."""

    counter: Counter
    keys: Any = field(default_factory=SystemKeys)

    def check(self) -> Readiness:
        till = self.counter.till
        files = till.files
        stores = ReadinessStores(
            catalogue=CatalogueStore(files.catalogue),
            orders=OrderStore(files),
            vouchers=VoucherStore(files),
            customers=CustomerStore(files),
            keyring=KeyringStore(files),
            staff=self.counter.staff,
            feeds=till.feeds,
            outbox=self.counter.outbox,
            print_jobs=self.counter.print_jobs,
            status=self.counter.status,
            keys=self.keys,
            folder=files.folder,
            pc=till.clock,
        )
        return ReadyCheck(self.counter.session, stores, BOOT).check()

    def data(self, name: str) -> DataCheck:
        return next(one for one in self.check().data if one.name == name)

    def device(self, name: str) -> DeviceCheck:
        return next(one for one in self.check().devices if one.name == name)

    def rule(self, name: str) -> OutageRule:
        return next(one for one in self.check().outage if one.name == name)

    def policy(self, **body: Any) -> None:
        self.counter.till.feed("policy", {"policy": body})

    def contact(self, ahead_s: float = 0.0) -> None:
        """Central was heard; our wall clock was so many seconds ahead of its."""
        clock = self.counter.till.clock
        now = clock.now()
        self.counter.status.set(
            "sync",
            {
                "last_contact": now.isoformat(),
                "server_time": (now - timedelta(seconds=ahead_s)).isoformat(),
                "mono_ms": clock.mono_ms(),
                "boot_id": BOOT.boot_id,
            },
        )


@pytest.fixture
def page(counter: Counter) -> Page:
    return Page(counter)


def wait(page: Page, seconds: int) -> None:
    page.counter.till.clock.pass_time(seconds)


def test_a_till_with_fresh_data_sells_the_whole_day(page: Page) -> None:
    assert page.check().verdict == "whole_day"


def test_every_feed_says_how_much_there_is_and_when_it_came(page: Page) -> None:
    found = {one.name: one for one in page.check().data}

    assert found["catalogue"].count == CatalogueStore(page.counter.till.files.catalogue).count() > 0
    assert found["customers"].count > 0
    assert found["staff"].count == 4
    assert found["catalogue"].at == page.counter.till.feeds.age("catalogue")


def test_old_orders_need_somebody_before_they_are_too_old(page: Page) -> None:
    wait(page, 4 * HOUR + 1)

    assert page.data("orders").state == "need"
    assert page.rule("pickup").reason == "aged"
    assert page.check().verdict == "limited"


def test_orders_that_are_too_old_are_not_handed_over(page: Page) -> None:
    wait(page, 72 * HOUR + 1)

    assert page.rule("pickup") == OutageRule("pickup", "none", "too_old")


def test_points_grow_old_in_two_steps(page: Page) -> None:
    assert page.rule("points") == OutageRule("points", "limited", "", 200_000)
    wait(page, DAY + 1)
    assert page.rule("points").reason == "aged"
    wait(page, 6 * DAY)
    assert page.rule("points").allowance == "none"


def test_what_an_outage_allows_follows_the_shops_policy(page: Page) -> None:
    page.policy(voucher_value_soft=70_000, voucher_per_shift=3, return_cash_soft=100_000)

    assert page.rule("voucher") == OutageRule("voucher", "limited", "", 70_000, 3)
    assert page.rule("own_return").amount == 100_000


def test_what_this_version_cannot_do_is_said(page: Page) -> None:
    assert page.rule("gift_card") == OutageRule("gift_card", "none", "online_only")


def test_a_till_without_goods_is_closed(page: Page) -> None:
    page.counter.till.feeds.drop("catalogue")

    found = page.check()
    assert found.verdict == "closed"
    assert next(one for one in found.data if one.name == "catalogue").state == "stop"
    assert found.outage[0] == OutageRule("sale", "none", "no_data")


def test_unsent_documents_need_somebody_after_a_day(page: Page) -> None:
    page.counter.open()
    assert page.data("unsent").count == 2
    assert page.data("unsent").state == "ok"
    wait(page, DAY + 1)
    assert page.data("unsent").state == "need"


def test_the_printer_and_the_drawer_behind_it(page: Page) -> None:
    assert page.device("printer").reason == "none"
    page.counter.status.set("printer", {"state": "ready", "reason": ""})
    assert [page.device(name).state for name in ("printer", "drawer")] == ["ok", "ok"]
    page.counter.status.set("printer", {"state": "trouble", "reason": "paper_out"})
    assert page.device("printer") == DeviceCheck("printer", "need", "paper_out")
    assert page.device("drawer").reason == "printer"


def test_the_clock_is_compared_with_centrals(page: Page) -> None:
    assert page.device("clock").reason == "unknown"
    page.contact(ahead_s=0.4)
    wait(page, HOUR)
    assert (page.device("clock").state, page.device("clock").amount) == ("ok", 400)


def test_a_clock_that_somebody_has_set_since_is_seen(page: Page) -> None:
    page.contact()
    page.counter.till.clock.set_wall(page.counter.till.clock.now() + timedelta(minutes=10))

    assert (page.device("clock").state, page.device("clock").amount) == ("need", 600_000)


def test_a_key_in_a_file_is_warned_of(page: Page) -> None:
    assert page.device("disk").state == "ok"
    page.keys = FileKeyStore(page.counter.till.files.folder)
    assert (page.device("disk").state, page.device("disk").reason) == ("need", "key_file")


def test_that_there_is_no_backup_is_said_honestly(page: Page) -> None:
    assert page.device("backup") == DeviceCheck("backup", "need", "never")
    assert page.device("keybox") == DeviceCheck("keybox", "stop", "waits")


def test_keys_say_until_when_they_check_codes(page: Page) -> None:
    assert page.data("keyset").state == "ok"
    body = till_files.keyset(2)
    body["keys"] = [key | {"verify_until": "2026-11-14T02:30:00+00:00"} for key in body["keys"]]
    page.counter.till.feed("keyset", {"keyset": body})
    assert page.data("keyset").until is not None
    wait(page, HOUR)
    assert page.data("keyset").state == "stop"


def test_restricted_mode_is_said_and_nothing_when_there_is_none(page: Page) -> None:
    assert "standing" not in [one.name for one in page.check().devices]
    page.counter.standing.restrict("restored", page.counter.till.clock.now())
    assert (page.device("standing").state, page.device("standing").reason) == ("need", "restored")
