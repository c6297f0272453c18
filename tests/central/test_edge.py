"""What may come in and what may go out: sizes, kinds, how often, headers, logs, figures."""

from __future__ import annotations

import gzip
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from central.logs import logger, note, write_json
from tests.support.admin_calls import Shop
from tests.support.central_server import CentralServer
from tests.support.central_till import Till
from tests.support.central_world import HOA, HOA_PHONE, ORDER, VOUCHER
from tests.support.memory import most_memory

MIB = 1 << 20
ALLOWED_GROWTH = 48 * MIB


# --- sizes ------------------------------------------------------------------------------------
def test_a_gzip_bomb_is_refused_at_bounded_memory(till: Till) -> None:
    bomb = gzip.compress(b"\0" * (512 * MIB), 9)
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    with most_memory() as grown:
        answer = till.send("POST", till.server.url + "/v1/documents", bomb, headers)
    assert (answer.status_code, answer.json()) == (413, {"code": "too_large"})
    assert grown() < ALLOWED_GROWTH


def test_fifty_megabytes_are_refused_unread(listening: CentralServer) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(50):
            yield b"0" * MIB

    shop = Shop.of(listening)
    headers = {"Content-Type": "application/json", "Idempotency-Key": "k"}
    with most_memory() as grown:
        for path in ("/v1/documents", "/v1/hello", "/v1/enrol"):
            answer = listening.http.post(listening.url + path, content=endless(), headers=headers)
            assert answer.status_code in (401, 413)
        answer = shop.send("POST", "/stock", content=endless(), headers=headers)
    assert (answer.status_code, answer.json()) == (413, {"code": "too_large"})
    assert grown() < ALLOWED_GROWTH


def test_a_million_items_are_refused_at_bounded_memory(till: Till) -> None:
    body = b'{"items":[' + b'{"doc_id":"","signature":""},' * 1_000_000 + b"{}]}"
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    packed = gzip.compress(body, 9)
    with most_memory() as grown:
        answer = till.send("POST", till.server.url + "/v1/documents", packed, headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert grown() < ALLOWED_GROWTH


def test_too_many_items_within_the_bytes_are_refused_too(till: Till) -> None:
    body = b'{"items":[' + b'{"doc_id":"","signature":""},' * 200_000 + b"{}]}"
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    answer = till.send("POST", till.server.url + "/v1/documents", gzip.compress(body, 9), headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_many")


# --- kinds ------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded", ""])
def test_only_json_is_taken(server: CentralServer, till: Till, kind: str) -> None:
    headers = {"Content-Type": kind} if kind else {}
    assert till.send("POST", till.server.url + "/v1/hello", b"{}", headers).status_code == 415
    shop = Shop.of(server)
    headers |= {"Idempotency-Key": "k"}
    assert shop.send("POST", "/stock", content=b"{}", headers=headers).status_code == 415


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[" * 100_000, b'{"a":' + b"9" * 5000 + b"}"])
def test_no_json_is_refused_without_insides(server: CentralServer, body: bytes) -> None:
    shop = Shop.of(server)
    headers = {"Idempotency-Key": "k", "Content-Type": "application/json"}
    answer = shop.send("POST", "/stock", content=body, headers=headers)
    assert answer.status_code in (400, 422)
    assert set(answer.json()) <= {"code", "where"}


def test_a_strangers_bytes_are_not_even_parsed(server: CentralServer) -> None:
    answer = server.http.post(server.url + "/admin/v1/stock", content=b"{", headers={"Content-Type": "x/y"})
    assert (answer.status_code, answer.json()) == (401, {"code": "bad_key"})


def test_another_method_is_refused(server: CentralServer) -> None:
    for path in ("/v1/hello", "/v1/documents", "/admin/v1/orders", "/healthz"):
        answer = server.http.request("PATCH", server.url + path)
        assert (answer.status_code, answer.json()) == (405, {"code": "method_not_allowed"})
        assert answer.headers["allow"]


# --- headers ----------------------------------------------------------------------------------
def test_every_answer_has_the_headers_that_protect_it(server: CentralServer) -> None:
    for path in ("/healthz", "/nowhere", "/admin/v1/tills", "/v1/hello"):
        headers = server.http.get(server.url + path, headers={"Origin": "https://evil.example"}).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert len(headers["x-request-id"]) == 16
        assert not [name for name in headers if name.startswith("access-control-")]


def test_the_api_describes_itself_without_a_page_that_needs_a_foreign_host(server: CentralServer) -> None:
    assert "/admin/v1/orders" in server.http.get(server.url + "/openapi.json").json()["paths"]
    assert [server.http.get(server.url + path).status_code for path in ("/docs", "/redoc")] == [404, 404]


# --- how often --------------------------------------------------------------------------------
def test_a_till_that_calls_too_often_is_told_to_wait(tmp_path: Path) -> None:
    with CentralServer.filled(tmp_path, port=False, calls_of_a_till=3) as server:
        till = Till.enrol(server)
        answers = [till.hello() for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60


def test_an_address_that_calls_too_often_is_told_to_wait(tmp_path: Path) -> None:
    with CentralServer.filled(tmp_path, port=False, calls_of_an_address=3) as server:
        answers = [server.http.get(server.url + "/healthz") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


def test_guessing_api_keys_ends_soon(server: CentralServer) -> None:
    headers = {"Authorization": "Bearer quay_x"}
    answers = [server.http.get(server.url + "/admin/v1/tills", headers=headers) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [401] * 30 + [429]
    assert Shop.of(server).get("/tills").status_code == 200
    server.clock.advance(minutes=2)
    assert server.http.get(server.url + "/admin/v1/tills", headers=headers).status_code == 401


def test_looking_for_people_is_counted_whether_found_or_not(server: CentralServer) -> None:
    shop = Shop.of(server)
    phones = ["0901234567", "0901234568"] * 30
    assert {shop.post("/customer-search", {"phone": phone}).status_code for phone in phones} == {200}
    busy = shop.post("/customer-search", {"phone": HOA_PHONE})
    assert (busy.status_code, busy.json()) == (429, {"code": "too_busy"})


# --- logs -------------------------------------------------------------------------------------
@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that a running central would write to stderr."""
    root = logging.getLogger()
    former = root.handlers[:], root.level
    stream = io.StringIO()
    write_json(stream)
    root.handlers = [*former[0], *root.handlers]
    # the client of the test is no part of central
    logging.getLogger("httpx").disabled = True
    yield stream
    logging.getLogger("httpx").disabled = False
    root.handlers, root.level = former


def test_each_request_is_one_line_of_json(till: Till, log: io.StringIO) -> None:
    answer = till.results(till.document("app_start", {"version": "1"}))
    assert answer
    line = next(one for one in map(json.loads, log.getvalue().splitlines()) if one["event"] == "request")
    assert (line["route"], line["status"], line["till"], line["documents"]) == (
        "/v1/documents",
        200,
        till.id,
        1,
    )
    assert line["ms"] > 0
    assert len(line["request_id"]) == 16


def test_an_answer_names_its_line(server: CentralServer, log: io.StringIO) -> None:
    answer = server.http.get(server.url + "/healthz")
    assert answer.headers["x-request-id"] in log.getvalue()


def test_no_personal_data_get_into_the_log(till: Till, log: io.StringIO) -> None:
    shop = Shop.of(till.server)
    shop.post("/customer-search", {"phone": HOA_PHONE})
    shop.post("/customers", {"name": "Phạm Thị Lan", "phone": "0987654321"})
    shop.post("/customers", {"name": "Phạm Thị Lan", "phone": "0987654321", "wrong": "Lan"})
    code = shop.post("/vouchers", {"campaign": 7, "value": 1, "valid_until": "2026-12-31"}).json()["code"]
    shop.get(f"/customers/{HOA}")
    shop.get(f"/orders/{ORDER}")
    till.feed("customers")
    till.send("GET", f"{till.server.url}/v1/lookup?customer={HOA_PHONE[1:]}", b"", {})
    till.server.http.get(f"{till.server.url}/admin/v1/customers/0987654321?name=Lan")
    private = {"name": "Phạm Thị Lan", "phone": "0987654321"}
    till.results(till.document("customer_create", {"customer": HOA, "fields": ["name"]}, private=private))
    text = log.getvalue()
    assert text.count('"event": "request"') >= 9
    assert '"route": "/admin/v1/customer-search"' in text
    secrets = (
        "Lan",
        "Hoa",
        "0987654321",
        "987654321",
        HOA_PHONE,
        HOA_PHONE[1:],
        code,
        VOUCHER,
        shop.key,
        "4802",
    )
    assert [secret for secret in secrets if secret in text] == []


@pytest.mark.expects_log("central", "a bug is planted and told in the log")
def test_a_bug_is_told_by_its_place_without_its_words(
    till: Till, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("parameters: ('Phạm Thị Lan', '0987654321')")

    monkeypatch.setattr("central.routes.hello._hello", broken)
    assert till.hello().status_code == 500
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    bug = next(line for line in lines if line["level"] == "error")
    assert bug["exception"] == "RuntimeError"
    assert "broken" in bug["stack"][-1]
    assert "Lan" not in log.getvalue()
    assert bug["request_id"] == next(line for line in lines if line["event"] == "request")["request_id"]


def test_a_fact_with_a_phone_or_a_code_in_it_is_masked_all_the_same(log: io.StringIO) -> None:
    logger("central.x").info("seen", what=f"call {HOA_PHONE} with QX1{'0' * 150}")
    note(nothing="is noted outside a request")
    assert HOA_PHONE[1:] not in log.getvalue()
    assert "0" * 20 not in log.getvalue()


# --- figures ----------------------------------------------------------------------------------
def test_the_figures_tell_requests_documents_cases_and_tills(till: Till) -> None:
    till.hello()
    till.results(till.document("app_start", {"version": "1"}))
    text = Shop.of(till.server, "metrics:read").get("/metrics").text
    for line in (
        'quay_requests_total{method="POST",route="/v1/documents",status="200"} 1.0',
        'quay_documents{status="applied"} 1.0',
        'quay_documents{status="unapplied"} 0.0',
        "quay_oldest_unapplied_seconds 0.0",
        'quay_tills{seen="within_60s"} 1.0',
    ):
        assert line in text
    assert "quay_request_seconds_bucket" in text
    assert till.id not in text


def test_the_figures_are_not_for_everybody(server: CentralServer) -> None:
    assert server.http.get(server.url + "/metrics").status_code == 401


def test_a_made_up_address_makes_no_figure_of_its_own(server: CentralServer) -> None:
    for path in ("/a", "/b", "/admin/v1/products/SP1/nothing"):
        server.http.request("FOO" if path == "/b" else "GET", server.url + path)
    text = Shop.of(server, "metrics:read").get("/metrics").text
    assert 'route="unmatched"' in text
    assert '"/a"' not in text
    assert "FOO" not in text
