"""Search and look-up of products."""

from __future__ import annotations

import pytest

from pos_app.storage.catalogue import CatalogueStore, SearchFilter
from tests.support.till_files import MadeTill, category, fill, product


@pytest.fixture
def goods(till: MadeTill) -> CatalogueStore:
    fill(till)
    return CatalogueStore(till.files.catalogue)


@pytest.mark.parametrize(
    "typed", ["quan jean den", "Quần JEAN đen", "quần jean đen", "den qua je", "QUAN  jean"]
)
def test_marks_case_and_order_do_not_matter(goods: CatalogueStore, typed: str) -> None:
    assert [one.id for one in goods.search(typed)] == ["SP000002"]


@pytest.mark.parametrize("typed", ["mlc-002", "MLC 002", "893000000002", "8930000000026"])
def test_sku_and_barcode_are_found_by_their_beginning(goods: CatalogueStore, typed: str) -> None:
    assert goods.search(typed)[0].id == "SP000002"


def test_best_sellers_come_first(till: MadeTill, goods: CatalogueStore) -> None:
    till.feed("catalogue", {"product/SP000009": product("SP000009", "Giày mới", 0, barcodes=[])})
    assert [one.id for one in goods.search("giay")] == ["SP000009", "SP000001"]
    assert [one.id for one in goods.search("")][:2] == ["SP000009", "SP000001"]


def test_what_has_the_marks_as_typed_ranks_first(till: MadeTill, goods: CatalogueStore) -> None:
    till.feed(
        "catalogue",
        {
            "product/A": product("A", "Bo sữa", 4, barcodes=[]),
            "product/B": product("B", "Bò khô", 5, barcodes=[]),
            "product/C": product("C", "Bơ lạt", 6, barcodes=[]),
        },
    )
    assert [one.id for one in goods.search("bơ")] == ["C", "A", "B"]
    assert [one.id for one in goods.search("bo")] == ["A", "B", "C"]


def test_a_changed_name_is_found_by_the_new_one_alone(till: MadeTill, goods: CatalogueStore) -> None:
    till.feed("catalogue", {"product/SP000002": product("SP000002", "Váy hoa", 2)})
    assert goods.search("quan jean") == []
    assert [one.id for one in goods.search("vay hoa")] == ["SP000002"]


def test_a_category_narrows_the_search(till: MadeTill, goods: CatalogueStore) -> None:
    till.feed(
        "catalogue",
        {
            "category/tui": category(id="tui", name="Túi"),
            "product/T": product("T", "Túi đen", 7, category="tui", barcodes=[]),
        },
    )
    assert [one.id for one in goods.search("den", where=SearchFilter("tui"))] == ["T"]
    assert [one.id for one in goods.search("", where=SearchFilter("tui"))] == ["T"]


def test_signs_alone_find_no_more_than_nothing_typed(goods: CatalogueStore) -> None:
    assert goods.search('"*-') == goods.search("")


def test_a_product_has_its_category_s_vat_and_window(goods: CatalogueStore) -> None:
    found = goods.by_barcode("8930000000033")
    assert found is not None
    assert (found.id, found.vat[0].rate_bp, found.return_days) == ("SP000003", 800, 15)


def test_promotions_follow_the_feed(till: MadeTill, goods: CatalogueStore) -> None:
    assert [one.id for one in goods.promotions()] == ["KM1"]
    till.feed("catalogue", {"promotion/KM1": None})
    assert goods.promotions() == ()


def test_a_category_follows_the_feed_between_two_scans(till: MadeTill, goods: CatalogueStore) -> None:
    shorter = category() | {"return_days": 7}
    assert goods.by_barcode("8930000000033") is not None
    till.feed("catalogue", {"category/giay": shorter})
    found = goods.by_barcode("8930000000033")
    assert found is not None
    assert found.return_days == 7


def test_variants_and_sku(goods: CatalogueStore) -> None:
    assert [one.id for one in goods.variants("ST1")] == ["SP000001", "SP000002", "SP000003"]
    assert goods.variants("") == []
    found = goods.by_sku(" mlc-003-37 ")
    assert found is not None
    assert found.id == "SP000003"
