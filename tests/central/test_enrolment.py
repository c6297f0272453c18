"""Enrolment: one code, one till; a lost answer is said again, a stolen code raises a case."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from central.cases import list_cases
from pos_app.domain.sealing import open_box, seal
from pos_app.domain.signed_object import verify_object
from tests.support.admin_calls import Shop
from tests.support.central_server import CentralServer
from tests.support.central_till import Till, post_enrol

pytestmark = pytest.mark.both_databases


@pytest.fixture
def keys() -> tuple[Ed25519PrivateKey, X25519PrivateKey]:
    return Ed25519PrivateKey.generate(), X25519PrivateKey.generate()


Keys = tuple[Ed25519PrivateKey, X25519PrivateKey]


def _cases(server: CentralServer) -> list[str]:
    with server.central.database.reading() as connection:
        return [case["code"] for case in list_cases(connection)]


def test_the_answer_says_all_that_a_till_needs(server: CentralServer, keys: Keys) -> None:
    answer = post_enrol(server, server.new_code(), *keys).json()
    assert (answer["store"], answer["store_code"], answer["till_number"]) == (1, "NT", 1)
    assert (answer["epoch"], answer["spare"]["epoch"]) == (1, 2)
    assert answer["policy"] == {"zone": "Asia/Ho_Chi_Minh", "rounding": {"step": 500}}
    assert verify_object("keyset", answer["keyset"], bytes.fromhex(answer["root_public_key"]))
    enrolling = [key for key in answer["keyset"]["keys"] if "enrol" in key["types"]]
    assert verify_object("certificate", answer["certificate"], bytes.fromhex(enrolling[0]["public"]))
    phone_key = open_box(
        bytes.fromhex(answer["phone_key"]), keys[1].private_bytes_raw(), "phone-key", answer["till"]
    )
    assert phone_key == server.central.keys.phone_key


def test_a_lost_answer_is_said_again_even_after_the_fifteen_minutes(
    server: CentralServer, keys: Keys
) -> None:
    code = server.new_code()
    first = post_enrol(server, code, *keys)
    server.clock.advance(minutes=20)
    again = post_enrol(server, code, *keys)
    assert (again.status_code, again.json()) == (200, first.json())


def test_after_the_first_signed_request_the_code_answers_nothing(server: CentralServer, keys: Keys) -> None:
    code = server.new_code()
    till = Till(server, *keys, answer=post_enrol(server, code, *keys).json(), prev_hash=bytes(32))
    assert till.hello().status_code == 200
    answer = post_enrol(server, code, *keys)
    assert (answer.status_code, answer.json()) == (403, {"code": "code_refused"})


def test_the_same_code_with_another_key_is_refused_and_raises_a_case(
    server: CentralServer, keys: Keys
) -> None:
    code = server.new_code()
    post_enrol(server, code, *keys)
    answer = post_enrol(server, code, Ed25519PrivateKey.generate(), keys[1])
    assert (answer.status_code, answer.json()) == (403, {"code": "code_refused"})
    assert _cases(server) == ["ENROL_CODE_REUSED"]


def test_a_code_is_good_for_fifteen_minutes(server: CentralServer, keys: Keys) -> None:
    code = server.new_code()
    server.clock.advance(minutes=16)
    assert post_enrol(server, code, *keys).json() == {"code": "code_refused"}


def test_a_proof_by_another_key_is_refused(server: CentralServer, keys: Keys) -> None:
    code = server.new_code()
    public = keys[0].public_key().public_bytes_raw().hex()
    seal = keys[1].public_key().public_bytes_raw().hex()
    words = {"code": code, "public_key": public, "seal_key": seal, "proof": "00" * 64, "info": {}}
    answer = server.http.post(f"{server.url}/v1/enrol", json=words)
    assert (answer.status_code, answer.json()) == (403, {"code": "bad_proof"})


def test_codes_have_at_least_sixty_bits_and_are_typed_in_any_case(server: CentralServer, keys: Keys) -> None:
    code = server.new_code()
    assert 28 ** len(code.replace("-", "")) > 2**60
    assert post_enrol(server, code.lower().replace("-", " "), *keys).status_code == 200


def test_guessing_codes_is_told_to_wait(server: CentralServer, keys: Keys) -> None:
    for _ in range(10):
        assert post_enrol(server, "0000-0000-0000-0000", *keys).status_code == 403
    answer = post_enrol(server, server.new_code(), *keys)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


def test_enrolling_again_gives_a_new_epoch_and_retires_the_old_one(server: CentralServer) -> None:
    old = Till.enrol(server)
    new = Till.enrol(server)
    assert (new.id, new.epoch, new.answer["spare"]["epoch"]) == (old.id, 3, 4)
    answer = old.feed("catalogue")
    assert (answer.status_code, answer.json()["code"]) == (409, "epoch_retired")
    assert old.hello().json()["directives"] == [{"directive": "new_epoch", "epoch": 1}]


def test_the_admin_api_makes_a_till_with_a_code(server: CentralServer, keys: Keys) -> None:
    made = Shop.of(server, "tills:manage").post("/tills", {"store": 2, "number": 3}).json()
    answer = post_enrol(server, made["code"], *keys).json()
    assert (answer["till"], answer["store_code"], answer["till_number"]) == (made["till"], "CG", 3)


def test_a_revoked_till_is_answered_with_the_signed_entry(server: CentralServer) -> None:
    till = Till.enrol(server)
    other = Till.enrol(server, number=2)
    Shop.of(server, "tills:manage").post(f"/tills/{till.id}/revoke", {"reason": "stolen"})
    answer = till.hello()
    body = answer.json()
    assert (answer.status_code, body["code"], body["entry"]["till"]) == (403, "revoked", till.id)
    public = {key["kid"]: key["public"] for key in till.answer["keyset"]["keys"]}[body["key_id"]]
    signed = {**body["entry"], "signature": body["signature"]}
    assert verify_object("entry", signed, bytes.fromhex(public))
    assert other.pull("revocations")[0][f"till/{till.id}"][1]["reason"] == "stolen"


def test_the_database_key_comes_back_to_the_same_till(server: CentralServer) -> None:
    till = Till.enrol(server)
    key = b"k" * 32
    box = seal(key, bytes.fromhex(till.answer["recovery_key"]), "database-key", till.id)
    assert till.post("/v1/keybox", {"box": box.hex()}).status_code == 200
    again = Till.enrol(server)
    returned = bytes.fromhex(again.answer["old_database_key"])
    assert open_box(returned, again.seal_key.private_bytes_raw(), "database-key", again.id) == key


def test_a_box_that_cannot_be_opened_is_not_acknowledged(server: CentralServer) -> None:
    answer = Till.enrol(server).post("/v1/keybox", {"box": "00" * 80})
    assert (answer.status_code, answer.json()) == (422, {"code": "bad_box"})
