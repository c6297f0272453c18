"""The made-up chain in central's tables and feeds: complete, repeatable, and readable by the domain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from argon2.low_level import Type, hash_secret_raw
from sqlalchemy import Connection, func, select

from central.database import Database
from central.keys import TenantKeys, current_keyset
from central.publishing.customers import uses_of
from central.seed.chain import SMALL, Chain, make_chain
from central.seed.load import AlreadySeeded, load, read_demo_seed, write_demo_files
from central.seed.stores import STORES
from central.tables import metadata
from central.tables.customers import customer_card
from central.tables.feeds import feed_item
from central.tables.ledgers import stock_entry, stock_level
from central.tables.money import receipt, sale_line, tender_entry
from central.tables.orders import order
from central.tables.people import staff
from central.tables.vouchers import revocation, voucher
from pos_app.domain.codes import (
    BadgeCode,
    HeldKeys,
    IssuingKey,
    MemberCode,
    PickupCode,
    SignedCode,
    VoucherCode,
    read_signed,
)
from pos_app.domain.customer import CustomerCard
from pos_app.domain.ids import CustomerId, TenantId
from pos_app.domain.order import Order
from pos_app.domain.original import OriginalSale
from pos_app.domain.policy import Policy
from pos_app.domain.product import Category, Product
from pos_app.domain.promotion import Promotion
from pos_app.domain.voucher import Campaign
from tests.support import central_databases

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


class Loaded:
    """A small chain in a database of its own."""

    def __init__(self, folder: Path, seed: int = 7) -> None:
        self.chain: Chain = make_chain(seed, TODAY, SMALL)
        self.keys = TenantKeys.open(folder / "keys.json")
        self.database = Database(central_databases.url(folder))
        self.database.create_all()
        self.items = load(self.database, self.keys, self.chain, NOW)

    def feed(self, connection: Connection, feed: str, scope: str, prefix: str = "") -> dict[str, Any]:
        rows = connection.execute(
            select(feed_item.c.key, feed_item.c.body).where(
                feed_item.c.feed == feed, feed_item.c.scope == scope, feed_item.c.key.startswith(prefix)
            )
        )
        return {key: json.loads(body) for key, body in rows if body is not None}

    def read(self, connection: Connection, text: str) -> SignedCode:
        body = current_keyset(connection)
        assert body is not None
        held = HeldKeys(
            {
                key["kid"]: IssuingKey(
                    key_id=key["kid"], public=bytes.fromhex(key["public"]), types=frozenset(key["types"])
                )
                for key in body["keys"]
            }
        )
        return read_signed(text, held, TenantId(self.chain.tenant))


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    made = Loaded(tmp_path_factory.mktemp("seed"))
    yield made
    made.database.dispose()


@pytest.fixture
def connection(loaded: Loaded) -> Iterator[Connection]:
    with loaded.database.reading() as open_:
        yield open_


_SECRET = {"tenant.incarnation", "code_key.public", "keyset.body", "customer.tag", "feed_counter.handle"}
_SIGNED = {"code", "badge"}


def dump(database: Database) -> dict[str, str]:
    """A fingerprint per table, without what hangs on random keys."""
    prints = {}
    with database.reading() as connection:
        for table in metadata.sorted_tables:
            if table.name in ("feed_item", "feed_counter"):
                continue
            columns = [
                column
                for column in table.c
                if column.name not in _SIGNED and f"{table.name}.{column.name}" not in _SECRET
            ]
            rows = sorted(repr(tuple(row)) for row in connection.execute(select(*columns)))
            prints[table.name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return prints


def test_the_same_seed_fills_two_databases_alike(loaded: Loaded, tmp_path: Path) -> None:
    other = Loaded(tmp_path)
    assert dump(other.database) == dump(loaded.database)
    assert other.items == loaded.items
    other.database.dispose()


def test_a_database_that_holds_a_chain_is_left_alone(loaded: Loaded) -> None:
    before = dump(loaded.database)
    with pytest.raises(AlreadySeeded):
        load(loaded.database, loaded.keys, make_chain(8, TODAY, SMALL), NOW)
    assert dump(loaded.database) == before


def test_every_store_reads_the_whole_catalogue(loaded: Loaded, connection: Connection) -> None:
    for store in STORES:
        scope = f"store/{store.no}"
        kinds = {
            key: Category.from_json(body)
            for key, body in loaded.feed(connection, "catalogue", scope, "category/").items()
        }
        goods = loaded.feed(connection, "catalogue", scope, "product/")
        assert len(kinds) == 12
        assert len(goods) == len(loaded.chain.variants)
        for body in goods.values():
            product = Product.from_json(body, kinds[f"category/{body['category']}"])
            assert product.price_at(NOW).amount > 0
            assert product.vat_at(TODAY) in {500, 800, 1000}


def test_tier_prices_are_lower(loaded: Loaded, connection: Connection) -> None:
    goods = loaded.feed(connection, "catalogue", "store/1", "product/")
    tiered = [body for body in goods.values() if any("tier" in price for price in body["prices"])]
    assert tiered
    for body in tiered:
        product = Product.from_json(body)
        assert product.price_at(NOW, "platinum").amount <= product.price_at(NOW).amount


def test_clearance_cannot_be_returned(loaded: Loaded, connection: Connection) -> None:
    goods = loaded.feed(connection, "catalogue", "store/1", "product/").values()
    clearance = [Product.from_json(body) for body in goods if body.get("no_return") == "clearance"]
    assert clearance
    assert all(product.returnable_days == 0 for product in clearance)


def test_promotions_and_campaigns_reach_the_tills(loaded: Loaded, connection: Connection) -> None:
    promotions = loaded.feed(connection, "catalogue", "store/2", "promotion/")
    campaigns = loaded.feed(connection, "campaigns", "store/2")
    names = {Promotion.from_json(body).name for body in promotions.values()}
    assert names == {body["name"] for body in loaded.chain.promotions}
    assert {Campaign.from_json(body).no for body in campaigns.values()} == {201, 202, 203, 204, 205, 206}


def test_customers_show_no_more_than_a_short_name(loaded: Loaded, connection: Connection) -> None:
    bodies = loaded.feed(connection, "customers", "region/1")
    assert len(bodies) == SMALL.customers
    hoa = loaded.chain.customers[0]
    card = CustomerCard.from_json(bodies[hoa.id])
    assert (card.name, card.tier, card.last3, card.birthday) == ("Hoa L.", "gold", "567", (11, 26))
    assert card.balance >= hoa.balance
    assert bodies[hoa.id]["vouchers"]
    assert "phone" not in bodies[hoa.id]


def test_orders_of_the_feed_are_what_was_drawn(loaded: Loaded, connection: Connection) -> None:
    seen = 0
    for store in STORES:
        bodies = loaded.feed(connection, "orders", f"store/{store.no}")
        for drawn in loaded.chain.orders:
            if drawn.store != store.no:
                continue
            body = bodies[str(drawn.order)]
            known = Order.from_json(body)
            assert (body["payment"], body["preparation"], body["handover"]) == (
                drawn.payment,
                drawn.preparation,
                drawn.handover,
            )
            assert known.total == drawn.total == body["goods_total"] - body["discount"]
            if drawn.handover in ("none", "part"):
                assert known.amount_due == body["amount_due"] == drawn.amount_due
            seen += 1
    assert seen == SMALL.orders + SMALL.reservations


def test_a_pin_is_kept_as_its_hash_only(loaded: Loaded, connection: Connection) -> None:
    drawn = next(one for one in loaded.chain.orders if one.number == "MN-48207")
    pin = connection.scalar(select(order.c.pin).where(order.c.number == "MN-48207"))
    assert pin == {
        "salt": drawn.pin_salt,
        "hash": hashlib.sha256(bytes.fromhex(drawn.pin_salt) + b"4802").hexdigest(),
    }


def test_pickup_codes_verify_and_say_what_the_order_says(loaded: Loaded, connection: Connection) -> None:
    texts = dict(connection.execute(select(order.c.order, order.c.code)).all())
    for drawn in loaded.chain.orders:
        code = loaded.read(connection, texts[drawn.order])
        assert isinstance(code, PickupCode)
        assert (code.serial, code.order_number, code.store) == (drawn.serial, drawn.order, drawn.store)
        assert code.amount_due == drawn.amount_due
        assert code.is_paid == (drawn.payment == "paid")


def test_voucher_codes_verify_and_are_bound_to_their_customers(
    loaded: Loaded, connection: Connection
) -> None:
    texts = dict(connection.execute(select(voucher.c.serial, voucher.c.code)).all())
    tenant = TenantId(loaded.chain.tenant)
    for drawn in loaded.chain.vouchers:
        code = loaded.read(connection, texts[str(drawn.serial)])
        assert isinstance(code, VoucherCode)
        assert (code.campaign, code.value, code.store) == (drawn.campaign, drawn.value, drawn.store)
        if drawn.customer is not None:
            assert code.is_for(tenant, CustomerId(drawn.customer))
        assert (code.customer_tag is None) == (drawn.customer is None)


def test_cards_and_badges_verify(loaded: Loaded, connection: Connection) -> None:
    for serial, text in connection.execute(select(customer_card.c.serial, customer_card.c.code)):
        code = loaded.read(connection, text)
        assert isinstance(code, MemberCode)
        assert str(code.serial) == serial
    for no, text in connection.execute(select(staff.c.no, staff.c.badge)):
        badge = loaded.read(connection, text)
        assert isinstance(badge, BadgeCode)
        assert badge.staff == no


def test_used_and_revoked_vouchers_are_known_as_such(loaded: Loaded, connection: Connection) -> None:
    gone = set(connection.scalars(select(revocation.c.key)))
    for drawn in loaded.chain.vouchers:
        assert uses_of(connection, str(drawn.serial)) == (drawn.state == "used")
        assert (f"code/{drawn.serial}" in gone) == (drawn.state == "revoked")


def test_pins_verify_and_stand_nowhere_in_the_database(loaded: Loaded, connection: Connection) -> None:
    for row in connection.execute(select(staff)):
        pin = loaded.chain.pins[row.no]
        found = hash_secret_raw(
            pin.encode(), bytes.fromhex(row.salt), row.time, row.memory, row.lanes, 32, Type.ID
        )
        assert found.hex() == row.verifier
        assert pin not in {str(value) for value in row}


def test_handed_over_orders_can_be_returned(loaded: Loaded, connection: Connection) -> None:
    bodies: dict[str, Any] = {}
    for store in STORES:
        bodies |= loaded.feed(connection, "sales", f"store/{store.no}")
    assert {doc_id for doc_id, body in bodies.items() if body["kind"] == "handover"} == {
        done.doc_id for done in loaded.chain.handovers
    }
    for done in loaded.chain.handovers:
        sale = OriginalSale.from_json(bodies[done.doc_id])
        assert sale.order == done.order.order
        assert sum(line.amount for line in sale.lines) == sale.total == done.total
        assert sum(tender.amount for tender in sale.tenders) == sale.total + sale.rounding


def test_the_ledgers_of_hand_overs_add_up(loaded: Loaded, connection: Connection) -> None:
    taken = connection.execute(
        select(tender_entry.c.doc_id, func.sum(tender_entry.c.amount)).group_by(tender_entry.c.doc_id)
    )
    paid = dict(taken.all())
    lines = connection.execute(
        select(sale_line.c.doc_id, func.sum(sale_line.c.amount)).group_by(sale_line.c.doc_id)
    )
    sold = dict(lines.all())
    for row in connection.execute(select(receipt)):
        assert sold[row.doc_id] == row.total
        assert paid[row.doc_id] == row.total + row.rounding


def test_stock_levels_are_the_sums_of_their_entries(connection: Connection) -> None:
    entries = connection.execute(
        select(stock_entry.c.store, stock_entry.c.product, func.sum(stock_entry.c.delta)).group_by(
            stock_entry.c.store, stock_entry.c.product
        )
    )
    sums = {(store, product): total for store, product, total in entries}
    levels = {(row.store, row.product): row.quantity for row in connection.execute(select(stock_level))}
    assert sums == levels


def test_the_shops_and_their_policy_are_published_once_a_till_enrols(
    loaded: Loaded, connection: Connection
) -> None:
    stores = loaded.feed(connection, "policy", "store/1", "store/")
    assert {body["code"] for body in stores.values()} == {"NT", "LVS", "QT"}
    policies = loaded.feed(connection, "policy", "store/1", "policy")
    assert all(Policy.from_json(body) == Policy() for body in policies.values())


def test_the_demo_files_hold_the_pins_and_draw_the_chain_again(loaded: Loaded, tmp_path: Path) -> None:
    write_demo_files(tmp_path, loaded.chain)
    rows = json.loads((tmp_path / "demo-pins.json").read_text(encoding="utf-8"))
    assert {row["staff"]: row["pin"] for row in rows} == loaded.chain.pins
    assert (tmp_path / "demo-pins.json").stat().st_mode & 0o077 == 0
    assert read_demo_seed(tmp_path) == loaded.chain
