"""A data folder like that of an enrolled till after its first sync, filled without any network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from bench import sample
from bench.people import PIN, STAFF
from bench.sample import Item
from pos_app.bootstrap.stores import open_folder
from pos_app.domain.feed_checksum import FeedSum
from pos_app.storage.clock import SystemClock
from pos_app.storage.feeds import FeedStore
from pos_app.storage.keys import PHONE_KEY, PIN_PEPPER, SEAL_KEY, SIGNING_KEY, FileKeyStore
from pos_app.storage.staff import StaffStore
from tests.support import till_files
from tests.support.till_files import Page

PAGE = 2000
MADE = "bench-made"


def fill(folder: Path, products: int, customers: int) -> None:
    """Make the folder, unless it is there with as much in it. Raises ValueError if it holds other data."""
    wanted = f"{products} {customers}"
    mark = folder / MADE
    if mark.exists() and mark.read_text() == wanted:
        return
    if folder.exists() and any(folder.iterdir()):
        raise ValueError(f"{folder} is in use with other data")
    folder.mkdir(parents=True, exist_ok=True)
    _keys(folder)
    opened = open_folder(folder, allow_system_keys=False)
    own = till_files.identity()
    opened.identities.save(own)
    feeds = FeedStore(opened.files, SystemClock())
    _feed(feeds, "catalogue", sample.catalogue(products))
    _feed(feeds, "customers", sample.customers(customers))
    _feed(feeds, "staff", [("7", till_files.staff_member(STAFF, pin=PIN))])
    _feed(feeds, "keyset", [("keyset", till_files.keyset())])
    _feed(feeds, "tills", [(f"{own.till}/1/1", till_files.own_till(own))])
    _feed(feeds, "policy", [("policy", {"day_end": 240}), ("store/12", till_files.store_info())])
    _feed(feeds, "stock", _stock(min(products, 20_000)))
    for name in ("campaigns", "orders", "sales", "revocations"):
        _feed(feeds, name, ())
    StaffStore(opened.files, till_files.PEPPER).remember_verifiers(till_files.SEAL_KEY, own.till)
    opened.close()
    mark.write_text(wanted)


def _keys(folder: Path) -> None:
    keys = FileKeyStore(folder)
    for name, value in {
        SIGNING_KEY: till_files.SIGNING_SEED,
        SEAL_KEY: till_files.SEAL_KEY,
        PIN_PEPPER: till_files.PEPPER,
        PHONE_KEY: till_files.PHONE_KEY,
    }.items():
        keys.set(name, value)


def _stock(products: int) -> Iterator[Item]:
    for number in range(1, products + 1):
        id_ = f"SP{number:07d}"
        yield (
            id_,
            {"product": id_, "quantity": 4000, "others": [{"store": 13, "name": "Lê Văn Sỹ", "band": 3}]},
        )


def _feed(feeds: FeedStore, name: str, items: Iterable[Item]) -> None:
    """The items as pages, then compared and applied."""
    versions = iter(range(1, 1 << 62))
    sums, last, rest = FeedSum(name), 0, iter(items)
    while True:
        changes = [till_files.Item(key, next(versions), "put", body) for key, body in islice(rest, PAGE)]
        for change in changes:
            sums, last = sums.put(change.key, change.ver), change.ver
        assert feeds.stage(name, Page("bench-1", changes, str(last)))
        if len(changes) < PAGE:
            break
    assert feeds.finish(name, sums.count, sums.checksum)
