from __future__ import annotations

from typing import Any

import pytest

from pos_app.domain.errors import ProductUnknownHere
from pos_app.services.catalogue import Filter
from tests.support import till_files
from tests.support.counter import Counter


def shoe(number: int, colour: str, size: str, **changes: Any) -> dict[str, Any]:
    return till_files.product(
        f"SP1{number:05d}", "Giày búp bê", 100 + number, style="GBB", colour=colour, size=size,
        colour_name={"#F1C0C0": "Hồng", "#000000": "Đen"}[colour], barcodes=[], **changes,
    )  # fmt: skip


@pytest.fixture
def shoes(counter: Counter) -> Counter:
    pink, black = "#F1C0C0", "#000000"
    made = [
        shoe(1, pink, "38"),
        shoe(2, pink, "37"),
        shoe(3, pink, "40"),
        shoe(4, black, "37"),
        shoe(5, black, "38"),
    ]
    counter.till.feed("catalogue", {f"product/{body['id']}": body for body in made})
    others = [
        {"store": 13, "name": "Lê Văn Sỹ", "band": 6},
        {"store": 14, "name": "Quang Trung", "band": 10},
    ]
    counter.till.feed(
        "stock",
        {
            "SP100001": {"product": "SP100001", "quantity": 4000, "others": others},
            "SP100002": {"product": "SP100002", "quantity": 0, "others": []},
        },
    )
    return counter


def test_a_search_without_accents_finds_with_price_and_stock(shoes: Counter) -> None:
    hit = shoes.search.search("giay bup be 38")[0]

    assert hit.product.id == "SP100001"
    assert (hit.price, hit.here, hit.elsewhere, hit.at_least) == (500_000, 4000, 16, True)


def test_an_empty_search_lists_the_best_sellers(counter: Counter) -> None:
    assert [hit.product.id for hit in counter.search.search("")] == ["SP000001", "SP000002", "SP000003"]


def test_only_what_is_here_can_be_listed(shoes: Counter) -> None:
    hits = shoes.search.search("giay bup be", Filter(only_here=True))

    assert [hit.product.id for hit in hits] == ["SP100001"]


def test_a_highest_price_narrows_the_list(shoes: Counter) -> None:
    assert shoes.search.search("giay", Filter(below=400_000)) == []


def test_goods_without_a_price_are_listed_without_one(counter: Counter) -> None:
    counter.till.feed("catalogue", {"product/SP000009": till_files.product("SP000009", "Nón", 9, prices=[])})

    assert counter.search.search("non")[0].price is None


def test_own_sales_are_taken_off_the_stock_at_once(counter: Counter) -> None:
    counter.open()
    counter.till.sell()

    assert counter.search.search("giay cao got")[0].here == 4000


def test_details_offer_the_colours_in_the_same_size_and_the_sizes_of_the_colour(shoes: Counter) -> None:
    details = shoes.search.details("SP100001")

    assert [(swatch.name, swatch.product, swatch.is_chosen) for swatch in details.colours] == [
        ("Hồng", "SP100001", True),
        ("Đen", "SP100005", False),
    ]
    assert [(size.size, size.here, size.is_chosen) for size in details.sizes] == [
        ("37", 0, False),
        ("38", 4000, True),
        ("40", None, False),
    ]
    assert [(store.name, store.band) for store in details.stores] == [("Lê Văn Sỹ", 6), ("Quang Trung", 10)]
    assert details.as_of == shoes.session.now


def test_details_of_what_is_not_here_are_refused(counter: Counter) -> None:
    with pytest.raises(ProductUnknownHere):
        counter.search.details("SP999999")
