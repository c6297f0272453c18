"""Feeds: applied as a whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos_app.domain.errors import DiskFull
from pos_app.storage import feed_build
from pos_app.storage.catalogue import CatalogueStore
from pos_app.storage.files import TillFiles
from pos_app.storage.vouchers import VoucherStore
from tests.support.till_files import (
    DATABASE_KEY,
    MadeTill,
    Page,
    campaign,
    catalogue,
    customer,
    product,
    reopen,
)


def products(count: int, first: int = 0) -> dict[str, dict[str, object] | None]:
    return {
        f"product/SP{number:06d}": product(f"SP{number:06d}", f"Giày {number}", number + 1, barcodes=[])
        for number in range(first, first + count)
    }


def test_a_feed_is_seen_once_it_is_finished(till: MadeTill) -> None:
    goods = CatalogueStore(till.files.catalogue)
    page = till.page("catalogue", catalogue())
    till.feeds.stage("catalogue", page)
    assert goods.by_id("SP000001") is None
    assert till.feeds.cursor("catalogue") is None
    assert till.feeds.finish("catalogue", 5, till.checksum("catalogue"))
    assert goods.by_id("SP000001") is not None
    assert till.feeds.cursor("catalogue") == ("handle-1", page.next)


def test_an_empty_feed_has_a_cursor_too(till: MadeTill) -> None:
    till.feed("revocations", {})
    assert till.feeds.cursor("revocations") is not None
    assert till.feeds.age("revocations") == till.clock.now()


def test_a_wrong_checksum_keeps_the_old_feed_and_starts_again(till: MadeTill) -> None:
    till.feed("campaigns", {"campaign/7": campaign()})
    held = till.feeds.cursor("campaigns")
    till.feeds.stage("campaigns", till.page("campaigns", {"campaign/8": campaign(campaign=8)}))
    assert not till.feeds.finish("campaigns", 2, "1234")
    vouchers = VoucherStore(till.files)
    assert vouchers.campaign(7) is not None
    assert vouchers.campaign(8) is None
    assert till.feeds.cursor("campaigns") == held
    assert till.feeds.resume("campaigns") is None


def test_a_wrong_count_keeps_the_old_file(till: MadeTill) -> None:
    till.feed("catalogue", products(10))
    path = till.files.catalogue.path
    till.feeds.stage("catalogue", till.page("catalogue", products(5100, first=10)))
    assert not till.feeds.finish("catalogue", 1, till.checksum("catalogue"))
    assert till.files.catalogue.path == path
    assert CatalogueStore(till.files.catalogue).count() == 10


def test_a_large_change_is_built_in_a_new_file(till: MadeTill) -> None:
    till.feed("catalogue", catalogue())
    old = till.files.catalogue.path
    goods = CatalogueStore(till.files.catalogue)
    assert goods.by_id("SP000001") is not None
    till.feed("catalogue", {**products(5100, first=100), "product/SP000001": None})
    assert till.files.catalogue.path != old
    assert not old.exists()
    assert goods.by_id("SP000001") is None
    assert goods.by_id("SP000002") is not None
    assert goods.by_id("SP005000") is not None
    assert len(goods.promotions()) == 1
    assert till.feeds.check("catalogue")


def test_the_new_file_is_found_after_a_restart(till: MadeTill) -> None:
    till.feed("catalogue", products(5100))
    path = till.files.catalogue.path
    till.files.dispose()
    again = reopen(till.files.folder)
    assert again.files.catalogue.path == path
    assert CatalogueStore(again.files.catalogue).count() == 5100
    again.files.dispose()


def test_changes_go_on_in_a_built_file(till: MadeTill) -> None:
    till.feed("catalogue", products(5100))
    till.feed("catalogue", {"product/SP000003": product("SP000003", "Áo dài", 3), "product/SP000004": None})
    goods = CatalogueStore(till.files.catalogue)
    assert [one.id for one in goods.search("ao dai")] == ["SP000003"]
    assert goods.by_id("SP000004") is None
    assert till.feeds.check("catalogue")


def test_customers_are_built_in_a_new_file_with_their_marker(till: MadeTill) -> None:
    till.marker("customers", through=3)
    people = {f"c{number}": customer(id=f"c{number}", cards=[]) for number in range(5100)}
    till.feed("customers", people)
    with till.files.customers.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM customer").scalar_one() == 5100
        assert connection.exec_driver_sql("SELECT count(*) FROM marker").scalar_one() == 1


def test_another_handle_means_everything_again(till: MadeTill) -> None:
    till.feed("campaigns", {"campaign/7": campaign()})
    page = till.page("campaigns", {"campaign/8": campaign(campaign=8)})
    foreign = Page("handle-2", page.items, page.next)
    assert not till.feeds.stage("campaigns", foreign)
    assert till.feeds.resume("campaigns") is None
    till.vers["campaigns"] = {"campaign/8": page.items[0].ver}
    assert till.feeds.stage("campaigns", foreign)
    assert till.feeds.finish("campaigns", 1, till.checksum("campaigns"))
    vouchers = VoucherStore(till.files)
    assert (vouchers.campaign(7), vouchers.campaign(8) is not None) == (None, True)


def test_an_interrupted_download_resumes(till: MadeTill) -> None:
    page = till.page("campaigns", {"campaign/7": campaign()})
    till.feeds.stage("campaigns", page)
    till.files.dispose()
    again = reopen(till.files.folder)
    assert again.feeds.resume("campaigns") == ("handle-1", page.next)
    assert again.feeds.finish("campaigns", 1, till.checksum("campaigns"))
    again.files.dispose()


def test_the_version_for_as_of_is_the_newest_ver(till: MadeTill) -> None:
    till.feed("catalogue", catalogue())
    till.feed("stock", {"SP000001": {"product": "SP000001", "quantity": 1}})
    assert till.feeds.as_of("catalogue", "stock", "sales") == {"catalogue": 5, "stock": 6, "sales": 0}


def test_a_confirmed_feed_is_fresh(till: MadeTill) -> None:
    till.feed("stock", {})
    till.clock.pass_time(3600)
    till.feeds.confirmed(["stock", "orders"])
    assert till.feeds.age("stock") == till.clock.now()
    assert till.feeds.age("orders") is None


def test_a_dropped_feed_is_gone_and_others_stay(till: MadeTill) -> None:
    till.feed("campaigns", {"campaign/7": campaign()})
    till.feed("customers", {"c1": customer(id="c1")})
    till.feeds.drop("customers")
    assert till.feeds.cursor("customers") is None
    assert VoucherStore(till.files).campaign(7) is not None
    till.feeds.drop("campaigns")
    assert VoucherStore(till.files).campaign(7) is None


@pytest.mark.parametrize("name", ["catalogue", "customers", "store"])
def test_a_damaged_feed_file_is_made_again(till: MadeTill, name: str) -> None:
    till.feed("campaigns", {"campaign/7": campaign()})
    path = till.files.folder / f"{name}-1.db"
    till.files.dispose()
    data = bytearray(path.read_bytes())
    data[100:400] = b"\xff" * 300
    path.write_bytes(bytes(data))
    files = TillFiles.open(till.files.folder, DATABASE_KEY)
    with files.of_feed(name).reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM feed").scalar_one() == 0
    files.dispose()


def test_a_build_that_was_cut_short_is_cleared_away(till: MadeTill) -> None:
    left = till.files.new_feed_file("catalogue")
    left.dispose()
    till.files.dispose()
    assert left.path.exists()
    TillFiles.open(till.files.folder, DATABASE_KEY).dispose()
    assert not left.path.exists()


def test_a_full_disk_drops_what_was_staged(till: MadeTill, monkeypatch: pytest.MonkeyPatch) -> None:
    till.feed("campaigns", {"campaign/7": campaign()})
    till.feeds.stage("campaigns", till.page("campaigns", {"campaign/8": campaign(campaign=8)}))

    def no_room(*_: object) -> bool:
        raise DiskFull(file="store-1.db")

    monkeypatch.setattr(feed_build, "apply", no_room)
    with pytest.raises(DiskFull):
        till.feeds.finish("campaigns", 2, till.checksum("campaigns"))
    assert till.feeds.resume("campaigns") == till.feeds.cursor("campaigns")
    assert VoucherStore(till.files).campaign(7) is not None


def test_readers_finish_on_the_old_file(till: MadeTill, tmp_path: Path) -> None:
    till.feed("catalogue", catalogue())
    with till.files.catalogue.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM product").scalar_one()
        till.feed("catalogue", products(5100, first=100))
        assert connection.exec_driver_sql("SELECT count(*) FROM product").scalar_one() == 3
    assert CatalogueStore(till.files.catalogue).count() == 5103
