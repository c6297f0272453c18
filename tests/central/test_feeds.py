"""Feeds: pages under a cursor, versions, count and checksum, markers for the own till alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from central import publish
from central.feeds import FeedWriter, new_handle
from pos_app.domain.feed_checksum import checksum
from pos_app.domain.sealing import open_box
from pos_app.domain.signed_object import verify_object
from sync.messages import FEEDS, MARKED_FEEDS
from tests.support.central_payloads import sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Till
from tests.support.central_world import BAG, CAU_GIAY, HOA, NOW, ORDER, SHOES

pytestmark = pytest.mark.both_databases


def _proves(name: str, held: dict[str, tuple[int, Any]], page: dict[str, Any]) -> None:
    versions = {key: ver for key, (ver, _body) in held.items()}
    assert (page["count"], page["checksum"]) == (len(versions), checksum(name, versions))


@pytest.mark.parametrize("name", FEEDS)
def test_every_feed_can_be_pulled_and_proved(till: Till, name: str) -> None:
    till.upload(till.document("sale", sale(till)))
    held, page = till.pull(name)
    _proves(name, held, page)
    assert page["next"] == till.hello().json()["feeds"][name]


def test_pages_of_one_give_the_same_as_one_page(till: Till) -> None:
    whole, _ = till.pull("catalogue")
    pieces, page = till.pull("catalogue", limit=1)
    assert pieces == whole
    _proves("catalogue", pieces, page)


def test_the_etag_is_the_cursor(till: Till) -> None:
    answer = till.feed("catalogue")
    assert answer.headers["etag"] == f'"{answer.json()["next"]}"'
    assert answer.headers["cache-control"] == "no-store"


def test_a_pull_from_the_head_brings_nothing(till: Till) -> None:
    page = till.pull("catalogue")[1]
    again = till.feed("catalogue", page["next"]).json()
    assert (again["items"], again["up_to_date"], again["next"]) == ([], True, page["next"])


def test_a_change_comes_alone(server: CentralServer, till: Till) -> None:
    cursor = till.pull("stock")[1]["next"]
    till.upload(till.document("sale", sale(till)))
    keys = {item["key"] for item in till.feed("stock", cursor).json()["items"]}
    assert keys == {SHOES, f"~till/{till.id}"}


def test_publishing_what_did_not_change_sends_nothing(server: CentralServer, till: Till) -> None:
    before = till.hello().json()["feeds"]["catalogue"]
    with server.central.database.writing() as connection:
        writer = FeedWriter(connection)
        publish.products(writer, NOW)
        assert writer.flush() == 0
    assert till.hello().json()["feeds"]["catalogue"] == before


def test_what_is_deleted_leaves_the_feed_and_its_checksum(server: CentralServer, till: Till) -> None:
    cursor = till.pull("catalogue")[1]["next"]
    with server.central.database.writing() as connection:
        writer = FeedWriter(connection)
        writer.delete("catalogue", "store/1", f"product/{BAG}")
        writer.delete("catalogue", "store/1", "product/never-there")
        writer.flush()
    items = till.feed("catalogue", cursor).json()["items"]
    assert [(item["key"], item["op"]) for item in items] == [(f"product/{BAG}", "del")]
    held, page = till.pull("catalogue")
    assert f"product/{BAG}" not in held
    _proves("catalogue", held, page)


def test_a_new_handle_makes_tills_fetch_anew(server: CentralServer, till: Till) -> None:
    cursor = till.pull("customers")[1]["next"]
    with server.central.database.writing() as connection:
        new_handle(connection, "customers", "region/1")
    answer = till.feed("customers", cursor)
    assert (answer.status_code, answer.json()["code"]) == (410, "handle_changed")


@pytest.mark.parametrize("cursor", ["garbage", "0-0", "zz", "0123456789abcdef-", "0123456789abcdef--1"])
def test_garbage_is_no_cursor(till: Till, cursor: str) -> None:
    answer = till.feed("catalogue", cursor)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")


def test_a_cursor_of_another_feed_or_of_the_future_is_gone(till: Till) -> None:
    foreign = till.pull("stock")[1]["next"]
    assert till.feed("catalogue", foreign).status_code == 410
    handle = till.pull("catalogue")[1]["handle"]
    assert till.feed("catalogue", f"{handle}-999999").status_code == 410


def test_a_feed_that_does_not_exist_is_not_found(till: Till) -> None:
    assert till.feed("secrets").status_code == 404


def test_markers_are_for_the_own_till_alone(server: CentralServer, till: Till) -> None:
    other = Till.enrol(server, number=2)
    sold = till.document("sale", sale(till))
    till.upload(sold)
    for name in MARKED_FEEDS:
        held, page = till.pull(name)
        assert held[f"~till/{till.id}"][1] == {"1": {"through": 1, "except": [], "ids": []}}
        _proves(name, held, page)
        held, page = other.pull(name)
        assert not any(key.startswith("~till/") for key in held)
        _proves(name, held, page)


def test_the_marker_names_what_is_missing_or_quarantined(till: Till) -> None:
    first, second, third = (till.document("sale", sale(till)) for _ in range(3))
    broken = till.document("teleport", {})
    till.upload(first, third, broken)
    body = till.pull("stock")[0][f"~till/{till.id}"][1]
    assert body == {"1": {"through": 3, "except": [2], "ids": []}}
    after = till.document("app_start", {})
    till.upload(second, after)
    body = till.pull("stock")[0][f"~till/{till.id}"][1]
    assert body == {"1": {"through": 5, "except": [4], "ids": []}}


def test_stock_is_exact_here_and_coarse_elsewhere(server: CentralServer, till: Till) -> None:
    body = till.pull("stock")[0][SHOES][1]
    other = {"store": CAU_GIAY, "name": "Mộc Lan Cầu Giấy", "band": 3}
    assert body == {"product": SHOES, "quantity": 20_000, "others": [other]}
    there = Till.enrol(server, store=CAU_GIAY).pull("stock")[0][SHOES][1]
    assert (there["quantity"], there["others"][0]["band"]) == (3_000, 10)


def test_a_product_carries_the_prices_in_force_and_to_come(till: Till) -> None:
    body = till.pull("catalogue")[0][f"product/{SHOES}"][1]
    assert body["prices"] == [{"ver": 2, "amount": 600_000, "from": "2026-08-14T03:00:00Z"}]
    assert (body["id"], body["sku"], body["barcodes"]) == (SHOES, "SKU1", ["8930000000001"])


def test_customers_carry_nothing_personal_but_what_the_counter_needs(till: Till) -> None:
    body = till.pull("customers")[0][HOA][1]
    assert (body["name"], body["last3"], body["balance"], body["birthday"]) == (
        "Hoa N.",
        "567",
        240,
        [11, 20],
    )
    assert [voucher["serial"] for voucher in body["vouchers"]] == ["2222222222222222222"]
    assert "Nguyễn" not in json.dumps(body, ensure_ascii=False)
    assert "901234" not in json.dumps(body)


def test_an_order_says_what_is_paid_and_due(till: Till) -> None:
    body = till.pull("orders")[0][str(ORDER)][1]
    states = (body["payment"], body["preparation"], body["handover"])
    assert states == ("paid", "ready", "none")
    assert (body["total"], body["amount_due"], body["customer"]["name"]) == (1_200_000, 0, "Hoa N.")


def test_verifiers_are_sealed_to_the_till_that_reads_them(server: CentralServer, till: Till) -> None:
    body = till.pull("staff")[0]["11"][1]
    opened = open_box(bytes.fromhex(body["sealed"]), till.seal_key.private_bytes_raw(), "pin", till.id)
    assert json.loads(opened)["verifier"] == "11" * 32
    other = Till.enrol(server, number=2)
    assert other.pull("staff")[0]["11"][1]["sealed"] != body["sealed"]


def test_policy_is_layered_and_brings_the_phone_key_sealed(server: CentralServer, till: Till) -> None:
    held = till.pull("policy")[0]
    assert held["policy"][1] == {"zone": "Asia/Ho_Chi_Minh", "rounding": {"step": 500}}
    assert held["store/2"][1]["code"] == "CG"
    box = bytes.fromhex(held["phone_key"][1]["sealed"])
    opened = open_box(box, till.seal_key.private_bytes_raw(), "phone-key", till.id)
    assert opened == server.central.keys.phone_key


def test_the_keyset_is_signed_by_the_root(till: Till) -> None:
    body = till.pull("keyset")[0]["keyset"][1]
    assert verify_object("keyset", body, bytes.fromhex(till.answer["root_public_key"]))


def test_the_tills_feed_names_the_keys_of_all_tills(server: CentralServer, till: Till) -> None:
    other = Till.enrol(server, store=CAU_GIAY)
    held = till.pull("tills")[0]
    assert held[f"{other.id}/1/1"][1]["public_key"] == other.key.public_key().public_bytes_raw().hex()
    assert {f"{till.id}/1/1", f"{till.id}/2/1"} <= set(held)


def test_a_keyset_version_above_ours_makes_a_newer_one(till: Till) -> None:
    words = {
        "head": {"epoch": 1, "seq": 0, "hash": till.prev_hash.hex()}, "keyset_version": 41, "health": {},
        "clock": till.clock(), "app": "test",
    }  # fmt: skip
    assert till.post("/v1/hello", words).status_code == 200
    body = till.pull("keyset")[0]["keyset"][1]
    assert body["version"] == 42
    assert verify_object("keyset", body, bytes.fromhex(till.answer["root_public_key"]))
