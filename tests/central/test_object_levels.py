"""Object by object: no till reads or moves what is another till's, another store's or another chain's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from central.revoking import revoke_till
from pos_app.domain.ids import uuid7
from tests.support.central_payloads import sale, sale_with_voucher
from tests.support.central_server import CentralServer
from tests.support.central_till import Cheat, Till
from tests.support.central_world import ORDER, VOUCHER

OPEN = {"/v1/enrol", "/v1/tills"}
"""A code, or a certificate with a proof, stands for the signature there."""
QUERIES = {("get", "/v1/documents"): "?epoch=1&from=1", ("get", "/v1/lookup"): "?order=1"}


def _routes(server: CentralServer) -> list[tuple[str, str]]:
    """(method, path) of what tills call, from the application itself: a new route is tested at once."""
    paths = server.app.openapi()["paths"]
    return sorted(
        (method.upper(), path.replace("{name}", "stock") + QUERIES.get((method, path), ""))
        for path, methods in paths.items()
        for method in methods
        if path.startswith("/v1/") and path not in OPEN
    )


def _called(till: Till, method: str, path: str, cheat: Cheat | None = None) -> tuple[int, str]:
    body, headers = (b"{}", {"Content-Type": "application/json"}) if method == "POST" else (b"", {})
    answer = till.send(method, till.server.url + path, body, headers, cheat)
    return answer.status_code, str(answer.json().get("code"))


@pytest.fixture
def other(server: CentralServer) -> Till:
    """A till of the other store."""
    return Till.enrol(server, store=2)


def test_every_route_of_a_till_wants_its_signature(server: CentralServer, till: Till) -> None:
    routes = _routes(server)
    assert len(routes) >= 11
    for method, path in routes:
        sent = {"content": b"{}", "headers": {"Content-Type": "application/json"}} if method == "POST" else {}
        answer = server.http.request(method, server.url + path, **sent)
        assert answer.status_code == 401, (method, path)
        assert _called(till, method, path, Cheat(key=Ed25519PrivateKey.generate()))[0] == 401, (method, path)


def test_a_till_of_another_chain_is_nobody_at_any_route(till: Till, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    with CentralServer.filled(tmp_path / "theirs", port=False) as theirs:
        foreign = replace(Till.enrol(theirs), server=till.server)
        for method, path in _routes(till.server):
            assert _called(foreign, method, path)[0] == 401, (method, path)


def test_a_revoked_till_may_only_leave_what_it_has(server: CentralServer, till: Till) -> None:
    with server.central.database.writing() as connection:
        revoke_till(connection, server.central.keys, till.id, "lost", server.clock())
    for method, path in _routes(server):
        if path != "/v1/salvage":
            assert _called(till, method, path) == (403, "revoked"), (method, path)


def test_a_stolen_till_stays_revoked_when_another_was_enrolled_in_its_place(
    server: CentralServer, till: Till
) -> None:
    with server.central.database.writing() as connection:
        revoke_till(connection, server.central.keys, till.id, "stolen", server.clock())
    new = Till.enrol(server)
    assert (new.id, new.hello().status_code) == (till.id, 200)
    for method, path in _routes(server):
        if path not in ("/v1/salvage", "/v1/tills"):
            assert _called(till, method, path) == (403, "revoked"), (method, path)
    shown = till.post("/v1/tills", {"certificate": till.answer["certificate"]})
    assert (shown.status_code, shown.json()["code"]) == (403, "revoked")
    assert new.send("GET", f"{server.url}/v1/documents?epoch=1&from=1", b"", {}).status_code == 200


def test_a_till_reads_its_own_documents_only(till: Till, other: Till) -> None:
    till.upload(till.document("sale", sale(till)))
    answer = other.send("GET", f"{other.server.url}/v1/documents?epoch=1&from=1", b"", {})
    assert answer.json()["items"] == []


def test_results_and_markers_are_the_tills_own(till: Till, other: Till) -> None:
    broken = till.document("sale", sale(till) | {"total": 1})
    till.upload(broken)
    for feed in ("results", "stock", "sales", "orders", "customers"):
        held = other.pull(feed)[0]
        assert broken["doc_id"] not in held
        assert f"~till/{till.id}" not in held


def test_orders_receipts_and_cases_are_the_stores_own(till: Till, other: Till) -> None:
    sold = till.document("sale", sale_with_voucher(till, VOUCHER))
    till.upload(sold)
    till.upload(till.document("sale", sale_with_voucher(till, VOUCHER)))
    assert (str(ORDER) in till.pull("orders")[0], str(ORDER) in other.pull("orders")[0]) == (True, False)
    assert (sold["doc_id"] in till.pull("sales")[0], sold["doc_id"] in other.pull("sales")[0]) == (
        True,
        False,
    )
    assert (len(till.pull("cases")[0]), len(other.pull("cases")[0])) == (1, 0)


def _ask(till: Till, doc_id: str) -> Any:
    words = {"kind": "voucher", "key": VOUCHER, "quantity": 1, "doc_id": doc_id}
    return till.post("/v1/checks", words).json()["verdict"]


def test_no_till_releases_the_claim_of_another(till: Till, other: Till) -> None:
    doc_id = uuid7(till.server.clock())
    assert _ask(till, doc_id) == "ok"
    other.post("/v1/claims/release", {"key": VOUCHER, "doc_id": doc_id})
    assert _ask(other, uuid7(till.server.clock())) != "ok"


@pytest.mark.expects_log("central", "what a till says in another's name is a conflict")
def test_no_till_writes_in_the_name_of_another(till: Till, other: Till) -> None:
    forged = other.document("sale", sale(other)) | {"till": till.id}
    assert other.results(forged)[0]["status"] == "conflict"
    assert till.upload().json()["stored_through"] == 0


def test_no_till_writes_into_the_books_of_another_store(till: Till, other: Till) -> None:
    abroad = till.document("sale", sale(till), store=other.store)
    assert till.results(abroad)[0]["codes"] == ["BROKEN_INVARIANT"]
    assert abroad["doc_id"] not in other.pull("sales")[0]
