"""Requests are believed only when they are signed as protocol §4.4 demands."""

from __future__ import annotations

import json
import secrets

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.support.central_server import CentralServer
from tests.support.central_till import Cheat, Till, minutes


def test_a_signed_hello_is_answered(till: Till) -> None:
    answer = till.hello()
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert body["protocol"] == {"min": 1, "max": 1}
    assert body["spare"]["epoch"] == 2
    assert body["directives"] == []


def test_an_unsigned_request_is_refused(server: CentralServer, till: Till) -> None:
    answer = till.http.post(server.url + "/v1/hello", json={})
    assert (answer.status_code, answer.json()) == (401, {"code": "bad_signature"})


def test_another_body_is_refused(till: Till) -> None:
    answer = till.hello(Cheat(body=json.dumps({"head": None}).encode()))
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_signature")


def test_a_missing_digest_is_refused(till: Till) -> None:
    answer = till.hello(Cheat(digest=False))
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_signature")


def test_another_path_is_refused(server: CentralServer, till: Till) -> None:
    answer = till.hello(Cheat(url=server.url + "/v1/documents"))
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_signature")


def test_another_query_is_refused(server: CentralServer, till: Till) -> None:
    url = server.url + "/v1/feeds/catalogue?cursor=&limit=10"
    answer = till.send("GET", url, b"", {}, Cheat(url=url + "0"))
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_signature")


@pytest.mark.parametrize("component", ["@method", "@target-uri"])
def test_each_component_must_be_covered(till: Till, component: str) -> None:
    answer = till.hello(Cheat(components=(component,)))
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_signature")


@pytest.mark.parametrize("by", [-6, 6])
def test_six_minutes_off_is_answered_with_the_server_time(till: Till, by: int) -> None:
    answer = till.hello(Cheat(created=till.server.clock() + minutes(by)))
    assert answer.status_code == 401
    assert answer.json() == {"code": "clock_skew", "server_time": "2026-11-22T03:00:00Z"}


def test_four_minutes_off_is_taken(till: Till) -> None:
    assert till.hello(Cheat(created=till.server.clock() - minutes(4))).status_code == 200


def test_a_replayed_request_is_refused(till: Till) -> None:
    nonce = secrets.token_hex(16)
    assert till.hello(Cheat(nonce=nonce)).status_code == 200
    answer = till.hello(Cheat(nonce=nonce))
    assert (answer.status_code, answer.json()["code"]) == (401, "replayed")


def test_a_key_of_a_till_that_is_not_known_is_named_as_such(till: Till) -> None:
    answer = till.hello(Cheat(keyid="01a1f3d4-f500-7116-a393-64007ade500e.1.1"))
    assert (answer.status_code, answer.json()["code"]) == (401, "unknown_till")


def test_another_key_under_a_known_name_is_refused(till: Till) -> None:
    answer = till.hello(Cheat(key=Ed25519PrivateKey.generate()))
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_signature")


@pytest.mark.parametrize("keyid", ["", "x", "a.b.c", "a.1.+1", "a..", "a" * 200 + ".1.1"])
def test_a_keyid_of_another_form_is_refused(till: Till, keyid: str) -> None:
    answer = till.hello(Cheat(keyid=keyid or " "))
    assert answer.status_code == 401


def test_another_host_header_changes_nothing(till: Till) -> None:
    url = till.server.url + "/v1/feeds/keyset?cursor=&limit=10"
    headers: dict[str, str] = {}
    till.sign("GET", url, b"", headers, Cheat())
    assert till.http.get(url, headers={**headers, "Host": "evil.example"}).status_code == 200


@pytest.mark.expects_log("central", "a bug is planted and told in the log")
def test_a_bug_shows_nothing_of_its_insides(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret insides")

    monkeypatch.setattr("central.routes.hello._hello", broken)
    answer = till.hello()
    assert (answer.status_code, answer.json()) == (500, {"code": "internal"})


def test_wrong_shapes_are_refused_without_repeating_them(till: Till) -> None:
    answer = till.post("/v1/hello", {"head": "secret"})
    assert answer.status_code == 422
    assert "secret" not in answer.text


def test_health_and_the_openapi_page_need_no_signature(server: CentralServer, till: Till) -> None:
    assert till.http.get(server.url + "/healthz").json() == {"status": "ok"}
    paths = till.http.get(server.url + "/openapi.json").json()["paths"]
    assert {"/v1/enrol", "/v1/documents", "/v1/hello", "/v1/feeds/{name}"} <= set(paths)
