"""Products, prices and stock that a shop's system enters reach the tills."""

from __future__ import annotations

import pytest

from tests.support.admin_calls import Shop
from tests.support.central_till import Till
from tests.support.central_world import BAG, NGUYEN_TRAI, SHOES

pytestmark = pytest.mark.both_databases

SCARF = {"sku": "KH-1", "name": "Khăn lụa", "category": "giay", "barcodes": ["8930000000099"]}


def test_a_product_reaches_the_tills_once_it_has_a_price(shop: Shop, till: Till) -> None:
    assert shop.put("/products/SP000099", SCARF).status_code == 201
    assert "product/SP000099" not in till.pull("catalogue")[0]
    made = shop.post("/products/SP000099/prices", {"amount": 90_000, "from": "2026-11-01T00:00:00Z"})
    assert (made.status_code, made.json()) == (201, {"product": "SP000099", "ver": 1})
    _ver, body = till.pull("catalogue")[0]["product/SP000099"]
    assert body["name"] == "Khăn lụa"
    assert body["prices"] == [{"ver": 1, "amount": 90_000, "from": "2026-11-01T00:00:00Z"}]


def test_a_new_price_leaves_the_former_versions_as_they_are(shop: Shop) -> None:
    before = shop.get(f"/products/{SHOES}").json()["prices"]
    made = shop.post(f"/products/{SHOES}/prices", {"amount": 1, "from": "2026-12-01T07:00:00+07:00"}).json()
    after = shop.get(f"/products/{SHOES}").json()["prices"]
    assert after[:-1] == before
    assert (made["ver"], after[-1]["valid_from"]) == (3, "2026-12-01T00:00:00Z")


def test_a_withdrawn_product_leaves_the_feed_and_may_come_back(shop: Shop, till: Till) -> None:
    words = {"sku": "SKU1", "name": "Giày búp bê", "category": "giay"}
    assert shop.put(f"/products/{SHOES}", {**words, "withdrawn": True}).status_code == 200
    assert f"product/{SHOES}" not in till.pull("catalogue")[0]
    shop.put(f"/products/{SHOES}", words)
    assert f"product/{SHOES}" in till.pull("catalogue")[0]


def test_products_are_walked_through_page_by_page(shop: Shop) -> None:
    assert shop.get("/products", limit=1).json() == {"ids": [SHOES]}
    assert shop.get("/products", limit=5, after=SHOES).json() == {"ids": [BAG]}


def test_a_count_is_absolute_and_a_delta_is_not(shop: Shop, till: Till) -> None:
    lines = [{"product": SHOES, "count": 7_000}, {"product": BAG, "delta": -500}]
    answer = shop.post("/stock", {"store": NGUYEN_TRAI, "reason": "count", "lines": lines})
    assert [one["quantity"] for one in answer.json()["levels"]] == [7_000, 19_500]
    assert shop.get("/stock", store=NGUYEN_TRAI, product=SHOES).json()["quantity"] == 7_000
    assert till.pull("stock")[0][SHOES][1]["quantity"] == 7_000


def test_one_wrong_line_enters_none(shop: Shop) -> None:
    lines = [{"product": SHOES, "delta": 1}, {"product": "SP-NONE", "delta": 1}]
    answer = shop.post("/stock", {"store": NGUYEN_TRAI, "reason": "delivery", "lines": lines})
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_product")
    assert shop.get("/stock", store=NGUYEN_TRAI, product=SHOES).json()["quantity"] == 20_000


@pytest.mark.parametrize(
    "words",
    [
        {**SCARF, "category": "none"},
        {**SCARF, "colour_of_money": "green"},
        {**SCARF, "rank": "1"},
        {**SCARF, "rank": 1.0},
        {**SCARF, "name": "Gia\u0300y"},
        {**SCARF, "name": "a\u0000b"},
        {**SCARF, "name": ""},
    ],
    ids=["category", "extra", "text", "float", "not-nfc", "nul", "empty"],
)
def test_what_cannot_be_is_refused_with_its_place(shop: Shop, words: dict[str, object]) -> None:
    answer = shop.put("/products/SP000099", words)
    assert answer.status_code == 422
    assert answer.json()["where"].startswith("body.")
    assert shop.get("/products/SP000099").status_code == 404
