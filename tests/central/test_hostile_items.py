"""Items and words that no till of ours sends: each is answered, nothing genuine suffers from them."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_app.domain.canonical import canonical
from pos_app.domain.document import chain_hash, sign_hash
from pos_app.domain.ids import uuid7
from tests.support.central_books import cases, outcome
from tests.support.central_payloads import sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till

pytestmark = pytest.mark.both_databases


@pytest.fixture
def other(server: CentralServer) -> Till:
    return Till.enrol(server, store=2)


def _without_a_clock(till: Till) -> Item:
    """Signed by the till, and no valid document."""
    item = till.document("sale", sale(till))
    body = json.loads(item["body"]) | {"mono_ms": "?"}
    text = canonical(body)
    till.prev_hash = chain_hash(bytes.fromhex(body["prev_hash"]), text)
    signature = sign_hash(till.key.sign, till.prev_hash).hex()
    return item | {"body": text.decode(), "hash": till.prev_hash.hex(), "signature": signature}


def test_what_was_made_up_for_an_epoch_to_come_forks_nobody(
    server: CentralServer, till: Till, other: Till
) -> None:
    epoch_to_come = till.answer["spare"]["epoch"] + 1
    foreign = replace(till, key=Ed25519PrivateKey.generate(), answer=till.answer | {"epoch": epoch_to_come})
    foreign.prev_hash = secrets.token_bytes(32)
    assert outcome(other, foreign.document("app_start", {}))[0] == "parked"
    again = Till.enrol(server)
    assert again.epoch == epoch_to_come
    assert outcome(again, again.document("sale", sale(again))) == ("applied", [])
    assert cases(server) == []


def test_a_body_that_is_no_document_keeps_its_link_to_the_one_before(till: Till) -> None:
    before = till.document("sale", sale(till))
    till.upload(_without_a_clock(till), till.document("sale", sale(till)))
    assert outcome(till, before) == ("applied", [])


def test_a_wrong_private_part_that_comes_late_is_kept_and_told(server: CentralServer, till: Till) -> None:
    whole = till.document("sale", sale(till), private={"name": "Hoa"})
    bare = {name: value for name, value in whole.items() if name not in ("private", "salt")}
    assert till.results(bare)[0]["private"] == "missing"
    assert till.results(whole | {"private": '{"name":"Eva"}'})[0]["private"] == "mismatch"
    assert [one["code"] for one in cases(server)] == ["DOCUMENT_REJECTED"]
    assert till.results(whole)[0]["private"] == "stored"


def _raw(till: Till, path: str, words: object) -> int:
    """As JSON writes it: with escapes, which may name half a character."""
    body = json.dumps(words).encode()
    answer = till.send("POST", till.server.url + path, body, {"Content-Type": "application/json"})
    return answer.status_code


def test_a_body_with_half_a_character_is_kept_as_a_conflict(till: Till) -> None:
    item = till.document("sale", sale(till)) | {"body": "\ud800"}
    body = json.dumps(till.batch(item)).encode()
    headers = {"Content-Type": "application/json"}
    answer = till.send("POST", till.server.url + "/v1/documents", body, headers).json()
    assert [one["codes"] for one in answer["results"]] == [["BAD_UTF8"]]


@pytest.mark.parametrize("bad", ["a\0b", "\ud800"])
def test_names_that_no_database_takes_are_refused_not_a_bug(till: Till, bad: str) -> None:
    item = till.document("sale", sale(till))
    doc_id = uuid7(till.server.clock())
    hello = {
        "head": till.batch()["head"], "keyset_version": 1, "health": {}, "clock": till.clock(), "app": bad,
    }  # fmt: skip
    asked = {"kind": "handover", "key": bad, "quantity": 0, "doc_id": doc_id}
    assert _raw(till, "/v1/documents", till.batch(item | {"doc_id": bad})) == 422
    assert _raw(till, "/v1/hello", hello) == 422
    assert _raw(till, "/v1/checks", asked) == 422
    assert _raw(till, "/v1/claims/release", {"key": bad, "doc_id": doc_id}) == 422


def test_a_key_that_no_database_takes_is_not_looked_up(till: Till) -> None:
    for by in ("receipt", "order", "customer"):
        assert till.send("GET", f"{till.server.url}/v1/lookup?{by}=%2B%00", b"", {}).status_code == 422
