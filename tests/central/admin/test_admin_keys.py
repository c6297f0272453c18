"""API keys: each opens what its scopes name, at its stores, until it ends; no signature of a till does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

from central.admin import api_keys
from central.main import main
from central.tables.admin import admin_act, api_key
from tests.support.admin_calls import Shop
from tests.support.central_server import CentralServer
from tests.support.central_till import Till
from tests.support.central_world import CAU_GIAY, HOA, NGUYEN_TRAI, ORDER, SHOES, VOUCHER

TILL = "01a1f3d4-f500-7116-a393-64007ade500e"
ORDER_WORDS: Mapping[str, Any] = {
    "order": 5, "number": "MN-5", "store": 1, "placed_at": "2026-11-22T03:00:00Z",
    "lines": [{"product": SHOES, "quantity": 1000, "unit_price": 600_000, "amount": 600_000}],
}  # fmt: skip
TERMS = {"campaign": 7, "value": 50_000, "valid_until": "2026-12-31"}
CALLS: list[tuple[str, str, str, Mapping[str, Any] | None]] = [
    ("catalogue:read", "GET", "/products", None),
    ("catalogue:read", "GET", f"/products/{SHOES}", None),
    ("catalogue:write", "PUT", "/products/X", {"sku": "X", "name": "X", "category": "giay"}),
    ("catalogue:write", "POST", f"/products/{SHOES}/prices", {"amount": 1, "from": "2027-01-01T00:00:00Z"}),
    ("stock:read", "GET", f"/stock?store=1&product={SHOES}", None),
    ("stock:write", "POST", "/stock", {"store": 1, "reason": "x", "lines": [{"product": SHOES, "delta": 1}]}),
    ("orders:read", "GET", f"/orders/{ORDER}", None),
    ("orders:write", "POST", "/orders", ORDER_WORDS),
    ("orders:write", "POST", f"/orders/{ORDER}/preparation", {"preparation": "picking"}),
    ("orders:write", "POST", f"/orders/{ORDER}/cancel", {"refunded": True}),
    ("vouchers:read", "GET", f"/vouchers/{VOUCHER}", None),
    ("vouchers:issue", "POST", "/vouchers", TERMS),
    ("vouchers:issue", "POST", "/voucher-batches", {**TERMS, "count": 2}),
    ("vouchers:issue", "POST", "/foreign-vouchers", {**TERMS, "codes": ["LM50K-000123"]}),
    ("vouchers:revoke", "POST", f"/vouchers/{VOUCHER}/revoke", {"reason": "lost"}),
    ("customers:read", "POST", "/customer-search", {"phone": "0901234567"}),
    ("customers:read", "GET", f"/customers/{HOA}", None),
    ("customers:write", "POST", "/customers", {"name": "Lê An"}),
    ("customers:erase", "POST", f"/customers/{HOA}/erase", None),
    ("cases:read", "GET", "/cases", None),
    ("cases:read", "GET", f"/cases/{TILL}", None),
    ("cases:close", "POST", f"/cases/{TILL}/close", {"action": "ignore", "by": 12, "note": "seen"}),
    ("tills:read", "GET", "/tills", None),
    ("tills:manage", "POST", "/tills", {"store": 1, "number": 9}),
    ("tills:manage", "POST", f"/tills/{TILL}/revoke", {"reason": "lost"}),
    ("tills:manage", "POST", f"/tills/{TILL}/retire", None),
    ("tills:manage", "POST", f"/tills/{TILL}/confirm", None),
    ("metrics:read", "GET", "/metrics", None),
]


def _send(shop: Shop, method: str, path: str, words: Mapping[str, Any] | None) -> Any:
    extra = {} if words is None else {"json": words}
    return shop.send(method, path, headers={"Idempotency-Key": "k"}, **extra)


@pytest.mark.parametrize(("scope", "method", "path", "words"), CALLS, ids=[f"{c[1]} {c[2]}" for c in CALLS])
def test_each_call_needs_its_scope(
    server: CentralServer, scope: str, method: str, path: str, words: Mapping[str, Any] | None
) -> None:
    others = Shop.of(server, *(api_keys.SCOPES.keys() - {scope}))
    refused = _send(others, method, path, words)
    assert (refused.status_code, refused.json()) == (403, {"code": "scope_missing", "scope": scope})
    own = _send(Shop.of(server, scope), method, path, words)
    # what names a case or a till that is not there has come past the scope all the same
    assert own.status_code == (404 if TILL in path else own.status_code) < 500
    assert own.status_code not in (401, 403)


def test_every_route_of_the_admin_api_is_among_these_calls(server: CentralServer) -> None:
    paths = server.app.openapi()["paths"]
    there = sum(len(ways) for path, ways in paths.items() if path.startswith("/admin/") or path == "/metrics")
    assert there == len(CALLS)


@pytest.mark.parametrize("spoilt", ["", "quay_x", "Basic", "other", "longer", "unknown"])
def test_a_key_that_does_not_count_is_one_answer(server: CentralServer, shop: Shop, spoilt: str) -> None:
    key_id, secret = shop.key.split("_")[1:]
    header = {
        "": None,
        "quay_x": "Bearer quay_x",
        "Basic": f"Basic {shop.key}",
        "other": f"Bearer quay_{key_id}_{'0' * 64}",
        "longer": f"Bearer quay_{key_id}_{secret}0",
        "unknown": f"Bearer quay_{'0' * 16}_{secret}",
    }[spoilt]
    headers = {} if header is None else {"Authorization": header}
    answer = server.http.get(f"{server.url}/admin/v1/tills", headers=headers)
    assert (answer.status_code, answer.json()) == (401, {"code": "bad_key"})


def test_a_revoked_key_opens_nothing_more(server: CentralServer, shop: Shop) -> None:
    assert shop.get("/tills").status_code == 200
    with server.central.database.writing() as connection:
        assert api_keys.revoke(connection, shop.id, server.clock())
        assert not api_keys.revoke(connection, shop.id, server.clock())
    assert shop.get("/tills").status_code == 401


def test_a_key_ends_on_its_day(server: CentralServer) -> None:
    from datetime import timedelta

    wish = api_keys.Wish(name="short", scopes=["tills:read"], lifetime=timedelta(days=1))
    with server.central.database.writing() as connection:
        shop = Shop(server, api_keys.create(connection, wish, server.clock()))
    assert shop.get("/tills").status_code == 200
    server.clock.advance(days=1)
    assert shop.get("/tills").status_code == 401


def test_the_secret_is_not_kept_and_the_last_use_is(server: CentralServer, shop: Shop) -> None:
    shop.get("/tills")
    with server.central.database.reading() as connection:
        row = connection.execute(select(api_key).where(api_key.c.id == shop.id)).one()
    assert shop.key.split("_")[2] not in str(row)
    assert row.last_used_at == server.clock()


def test_a_tills_signature_opens_no_admin_route(till: Till) -> None:
    answer = till.send("GET", f"{till.server.url}/admin/v1/tills", b"", {})
    assert (answer.status_code, answer.json()) == (401, {"code": "bad_key"})


def test_an_api_key_opens_no_route_of_the_tills(shop: Shop) -> None:
    headers = {"Authorization": f"Bearer {shop.key}"}
    answer = shop.server.http.get(f"{shop.server.url}/v1/feeds/catalogue", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_signature")


def test_a_key_of_one_store_does_not_know_the_others(server: CentralServer, till: Till) -> None:
    other = Shop.of(server, stores=[CAU_GIAY])
    place = {"store": NGUYEN_TRAI, "reason": "x", "lines": [{"product": SHOES, "delta": 1}]}
    answers = [
        other.get(f"/orders/{ORDER}"),
        other.post(f"/orders/{ORDER}/cancel", {}),
        other.post(f"/orders/{ORDER}/preparation", {"preparation": "new"}),
        other.post("/orders", ORDER_WORDS),
        other.get("/stock", store=NGUYEN_TRAI, product=SHOES),
        other.post("/stock", place),
        other.put(f"/products/{SHOES}", {"sku": "X", "name": "X", "category": "giay"}),
        other.post(f"/products/{SHOES}/prices", {"amount": 1, "from": "2027-01-01T00:00:00Z"}),
        other.post("/vouchers", TERMS),
        other.post("/tills", {"store": NGUYEN_TRAI, "number": 4}),
        other.post(f"/tills/{till.id}/revoke", {"reason": "lost"}),
        other.post(f"/tills/{till.id}/retire"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert other.get("/tills").json() == {"tills": []}
    assert other.get("/stock", store=CAU_GIAY, product=SHOES).status_code == 200


def test_what_was_done_is_entered_with_ids_only(server: CentralServer, shop: Shop) -> None:
    shop.post("/customer-search", {"phone": "0901234567"})
    shop.post("/customers", {"name": "Lê An", "phone": "0912345678"})
    with server.central.database.reading() as connection:
        acts = connection.execute(select(admin_act).order_by(admin_act.c.id)).all()
    assert [(act.act, act.api_key) for act in acts] == [
        ("customer_find", shop.id),
        ("customer_enter", shop.id),
    ]
    assert acts[0].subject == HOA
    assert "0912345678" not in str(acts)


def test_the_command_makes_lists_and_revokes_keys(
    tmp_path: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QUAY_CENTRAL_DATABASE", raising=False)
    data = ["--data", str(tmp_path)]
    assert main([*data, "api-key", "create", "--name", "web", "--scopes", "stock:write,orders:write"]) == 0
    key = capsys.readouterr().out.strip()
    assert main([*data, "api-key", "list"]) == 0
    listed = capsys.readouterr().out
    assert key.split("_")[1] in listed
    assert key.split("_")[2] not in listed
    assert main([*data, "api-key", "revoke", key.split("_")[1]]) == 0
    assert main([*data, "api-key", "revoke", key.split("_")[1]]) == 1
    assert main([*data, "api-key", "create", "--name", "web", "--scopes", "everything"]) == 1
