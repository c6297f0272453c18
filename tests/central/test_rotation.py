"""Changing a till's keys (protocol §4.7, fault 55): the old ones work until the new ones are in use."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import select

from central.tables.tills import till_key
from pos_app.domain.ids import TillId
from pos_app.domain.sealing import open_box
from pos_app.domain.signed_object import verify_object
from sync.messages.keys import rotation_message
from tests.support.central_server import CentralServer
from tests.support.central_till import Cheat, Till, enrolled

pytestmark = pytest.mark.both_databases


@pytest.fixture
def server(tmp_path: Path) -> Any:
    with enrolled(tmp_path, port=False) as running:
        yield running


@pytest.fixture
def till(server: CentralServer) -> Till:
    return Till.known(server)


class New:
    """A pair of keys that a till wants to have."""

    def __init__(self) -> None:
        self.key, self.seal_key = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    @property
    def seal_public(self) -> bytes:
        return self.seal_key.public_key().public_bytes_raw()

    def asked(self, till: Till, **wrong: str) -> dict[str, Any]:
        message = rotation_message(TillId(till.id), till.epoch, self.public, self.seal_public)
        proof = {"old": till.key.sign(message).hex(), "new": self.key.sign(message).hex()} | wrong
        return {"public_key": self.public.hex(), "seal_key": self.seal_public.hex(), "proof": proof}


def rotated(till: Till, new: New, cheat: Cheat | None = None) -> httpx.Response:
    return till.post("/v1/keys/rotate", new.asked(till), cheat)


def by(till: Till, new: New, key_no: int = 2) -> Cheat:
    """Signed with the new key."""
    return Cheat(keyid=f"{till.id}.{till.epoch}.{key_no}", key=new.key)


def test_the_answer_is_a_certificate_of_the_new_keys(server: CentralServer, till: Till) -> None:
    new = New()
    answer = rotated(till, new).json()
    certificate = answer["certificate"]
    assert (answer["key_no"], certificate["key_no"]) == (2, 2)
    assert (certificate["public_key"], certificate["seal_key"]) == (new.public.hex(), new.seal_public.hex())
    assert verify_object("certificate", certificate, server.central.keys.for_type("enrol").public)


def test_asking_again_is_answered_the_same(till: Till) -> None:
    new = New()
    assert rotated(till, new).json() == rotated(till, new).json()


def test_both_keys_sign_until_the_first_request_with_the_new_one(till: Till) -> None:
    new = New()
    rotated(till, new)
    assert till.hello().status_code == 200
    assert till.hello(by(till, new)).status_code == 200
    refused = till.hello()
    assert (refused.status_code, refused.json()["code"]) == (401, "key_replaced")


def test_a_rotation_that_was_never_finished_leaves_the_old_key_alone(till: Till) -> None:
    forgotten, second = New(), New()
    rotated(till, forgotten)
    assert rotated(till, second).json()["key_no"] == 3
    assert till.hello(by(till, second, 3)).status_code == 200
    assert till.hello(by(till, forgotten)).status_code == 401


def test_documents_verify_under_any_key_that_their_epoch_ever_had(till: Till) -> None:
    new = New()
    before = till.document("drawer_open", {"reason": "x"})
    rotated(till, new)
    till.hello(by(till, new))
    changed = replace(till, key=new.key)
    after = changed.document("drawer_open", {"reason": "x"})
    answer = changed.upload(before, after, cheat=by(till, new))
    assert [one["status"] for one in answer.json()["results"]] == ["applied", "applied"]


def test_a_spare_epoch_may_be_begun_under_either_key(server: CentralServer, till: Till) -> None:
    rotated(till, New())
    with server.central.database.reading() as connection:
        rows = connection.execute(
            select(till_key.c.epoch, till_key.c.key_no).where(till_key.c.till == till.id)
        ).all()
    assert sorted((row.epoch, row.key_no) for row in rows) == [(1, 1), (1, 2), (2, 1), (2, 2)]


def test_verifiers_and_phone_key_are_sealed_anew_once_the_new_key_is_in_use(
    server: CentralServer, till: Till
) -> None:
    new = New()
    rotated(till, new)
    held, _page = till.pull("policy")
    box = bytes.fromhex(held["phone_key"][1]["sealed"])
    private = till.seal_key.private_bytes_raw()
    assert open_box(box, private, "phone-key", TillId(till.id)) == server.central.keys.phone_key
    changed = replace(till, key=new.key)
    answer = changed.send("GET", f"{server.url}/v1/feeds/policy?cursor=&limit=1000", b"", {}, by(till, new))
    items = {one["key"]: one["body"] for one in answer.json()["items"]}
    box = bytes.fromhex(items["phone_key"]["sealed"])
    assert (
        open_box(box, new.seal_key.private_bytes_raw(), "phone-key", TillId(till.id))
        == server.central.keys.phone_key
    )


@pytest.mark.parametrize("which", ["old", "new"])
def test_a_wrong_proof_changes_nothing(till: Till, which: str) -> None:
    wish = New().asked(till, **{which: "00" * 64})
    refused = till.post("/v1/keys/rotate", wish)
    assert (refused.status_code, refused.json()["code"]) == (422, "bad_proof")


def test_a_known_key_with_another_seal_key_is_refused(till: Till) -> None:
    first, second = New(), New()
    rotated(till, first)
    second.key = first.key
    assert rotated(till, second).json()["code"] == "key_taken"


def test_nobody_rotates_without_the_tills_signature(till: Till) -> None:
    new = New()
    assert rotated(till, new, Cheat(key=new.key)).status_code == 401
    assert json.loads(till.hello().text)["feeds"]
