"""A tiny chain in central's tables: two stores, two products, a customer, vouchers, one online order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, insert

from central import publish
from central.keys import TenantKeys
from central.tables.catalogue import campaign, category, product, product_price
from central.tables.customers import customer
from central.tables.ledgers import points_entry, stock_entry, stock_level
from central.tables.orders import order, order_line, order_prepaid
from central.tables.people import staff
from central.tables.tenant import policy, store, tenant
from central.tables.vouchers import voucher
from pos_app.domain.phone import tag

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
TENANT = "01a1e4bd-63b7-7838-93c5-f38938430856"
HOA = "01a1e4bd-63b7-7000-8000-000000000001"
HOA_PHONE = "+84901234567"
SHOES, BAG = "SP000001", "SP000002"
VOUCHER, BOUND_VOUCHER = "1111111111111111111", "2222222222222222222"
ORDER = 48207
NGUYEN_TRAI, CAU_GIAY = 1, 2


def fill(connection: Connection, keys: TenantKeys, now: datetime = NOW) -> None:
    """Everything, published."""
    _chain(connection, now)
    _goods(connection, now)
    _people(connection, keys, now)
    _order(connection, now)
    publish.everything(connection, keys, now)


def _chain(connection: Connection, now: datetime) -> None:
    connection.execute(
        insert(tenant), {"id": TENANT, "name": "Mộc Lan", "incarnation": "a" * 32, "created_at": now}
    )
    connection.execute(
        insert(store),
        [
            {"no": NGUYEN_TRAI, "code": "NT", "name": "Mộc Lan Nguyễn Trãi"},
            {"no": CAU_GIAY, "code": "CG", "name": "Mộc Lan Cầu Giấy"},
        ],
    )
    connection.execute(
        insert(policy),
        [
            {
                "level": "tenant",
                "owner": "",
                "body": {"zone": "Asia/Ho_Chi_Minh", "rounding": {"step": 1000}},
            },
            {"level": "store", "owner": "1", "body": {"rounding": {"step": 500}}},
        ],
    )


def _goods(connection: Connection, now: datetime) -> None:
    vat = [{"rate": 800, "from": "2025-07-01", "to": "2026-12-31"}]
    row = {"id": "giay", "name": "Giày", "icon": "footprints", "vat": vat, "return_days": 30}
    connection.execute(insert(category), row)
    goods = [(SHOES, "Giày búp bê", 600_000), (BAG, "Túi tote", 250_000)]
    for rank, (product_id, name, price) in enumerate(goods, start=1):
        body = {"unit": "đôi", "barcodes": [f"893000000000{rank}"], "weighed": False}
        row = {"id": product_id, "sku": f"SKU{rank}", "name": name, "category": "giay", "rank": rank}
        connection.execute(insert(product), {**row, "body": body})
        versions = [
            {"ver": 1, "amount": price + 50_000, "valid_from": now - timedelta(days=400),
             "valid_to": now - timedelta(days=100)},
            {"ver": 2, "amount": price, "valid_from": now - timedelta(days=100), "valid_to": None},
        ]  # fmt: skip
        connection.execute(
            insert(product_price),
            [{"product": product_id, "store": 0, "tier": None, **one} for one in versions],
        )
        levels = [
            {"store": NGUYEN_TRAI, "product": product_id, "quantity": 20_000},
            {"store": CAU_GIAY, "product": product_id, "quantity": 3_000},
        ]
        connection.execute(insert(stock_level), levels)
        opening = {"doc_id": "", "product": product_id, "reason": "opening", "at": now}
        connection.execute(
            insert(stock_entry),
            [{**opening, "store": one["store"], "delta": one["quantity"]} for one in levels],
        )

    body = {
        "campaign": 7, "ver": 1, "name": "Giảm 50.000đ", "kind": "amount", "categories": [], "products": [],
        "stacking": True, "offline": "accept", "from": "2026-01-01", "to": "2026-12-31", "gifts": {},
    }  # fmt: skip
    connection.execute(insert(campaign), {"no": 7, "ver": 1, "store": 0, "body": body})


def _people(connection: Connection, keys: TenantKeys, now: datetime) -> None:
    connection.execute(
        insert(customer),
        {
            "id": HOA, "name": "Nguyễn Thị Hoa", "phone": HOA_PHONE, "tag": tag(HOA_PHONE, keys.phone_key),
            "birthday_month": 11, "birthday_day": 20, "tier": "gold", "flags": [], "created_at": now,
        },
    )  # fmt: skip
    opening = {"doc_id": "", "customer": HOA, "delta": 240, "why": "opening", "at": now}
    connection.execute(insert(points_entry), opening)
    for serial, owner in ((VOUCHER, None), (BOUND_VOUCHER, HOA)):
        connection.execute(
            insert(voucher),
            {
                "serial": serial, "code": f"QX1{serial}", "short_code": "", "key_id": 2, "campaign": 7,
                "kind": "amount", "value": 50_000, "valid_until": date(2026, 12, 31), "customer": owner,
                "issued_at": now,
            },
        )  # fmt: skip
    connection.execute(
        insert(staff),
        [
            {
                "no": 11, "store": 0, "name": "Trần Lan", "initials": "TL", "tint": 1, "role": "cashier",
                "salt": "00" * 16, "memory": 19456, "time": 2, "lanes": 1, "verifier": "11" * 32,
            },
            {
                "no": 12, "store": 0, "name": "Lê Minh", "initials": "LM", "tint": 2, "role": "manager",
                "salt": "01" * 16, "memory": 19456, "time": 2, "lanes": 1, "verifier": "12" * 32,
            },
        ],
    )  # fmt: skip


def _order(connection: Connection, now: datetime) -> None:
    connection.execute(
        insert(order),
        {
            "order": ORDER, "number": "MN-48207", "store": NGUYEN_TRAI, "placed_at": now, "customer": HOA,
            "preparation": "ready", "shelf": "B2", "serial": "987654321", "short_code": "ABCD-EFGH",
            "web_credited": True,
        },
    )  # fmt: skip
    body = {"name": "Giày búp bê", "variant": "Đen · 37", "category": "giay", "unit": "đôi"}
    connection.execute(
        insert(order_line),
        {
            "order": ORDER, "no": 1, "product": SHOES, "quantity": 2_000, "unit_price": 600_000,
            "price_ver": 2, "amount": 1_200_000, "vat_rate": 800, "return_days": 30, "body": body,
        },
    )  # fmt: skip
    prepaid = {"order": ORDER, "no": 1, "kind": "paid_online", "amount": 1_200_000, "reference": "VNP-1"}
    connection.execute(insert(order_prepaid), prepaid)
