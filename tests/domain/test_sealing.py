"""Boxes and signed objects."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from pos_app.domain.errors import DocumentRefused, SealRefused
from pos_app.domain.ids import TillId
from pos_app.domain.sealing import OVERHEAD, open_box, seal
from pos_app.domain.signed_object import sign_object, signed_bytes, verify_object
from pos_app.domain.signing import public_key_of, signer, verifies

TILL = TillId("01a1f3d4-f500-7116-a393-64007ade500e")
OTHER_TILL = TillId("01a1f3d4-f500-7116-a393-64007ade500f")
KEY = X25519PrivateKey.from_private_bytes(bytes(range(32)))
PRIVATE, PUBLIC = KEY.private_bytes_raw(), KEY.public_key().public_bytes_raw()
SEED = bytes(range(32))


def test_a_box_opens_for_its_holder() -> None:
    assert open_box(
        seal(b"the key of the database", PUBLIC, "database-key", TILL), PRIVATE, "database-key", TILL
    ) == (b"the key of the database")


def test_a_key_of_32_bytes_makes_a_box_of_80() -> None:
    assert len(seal(bytes(32), PUBLIC, "database-key", TILL)) == 80 == 32 + OVERHEAD


def test_each_box_is_another() -> None:
    assert seal(b"a", PUBLIC, "pin", TILL) != seal(b"a", PUBLIC, "pin", TILL)


def test_a_box_opens_only_for_its_purpose_till_and_key() -> None:
    box = seal(b"a", PUBLIC, "pin", TILL)
    changed = box[:-1] + bytes([box[-1] ^ 1])
    with pytest.raises(SealRefused):
        open_box(box, PRIVATE, "export", TILL)
    with pytest.raises(SealRefused):
        open_box(box, PRIVATE, "pin", OTHER_TILL)
    with pytest.raises(SealRefused):
        open_box(box, bytes(range(1, 33)), "pin", TILL)
    with pytest.raises(SealRefused):
        open_box(changed, PRIVATE, "pin", TILL)


@pytest.mark.parametrize("size", [0, 1, 31, 32, 47])
def test_a_box_that_is_too_short_is_refused(size: int) -> None:
    with pytest.raises(SealRefused):
        open_box(bytes(size), PRIVATE, "pin", TILL)


def test_a_signed_object_verifies_under_its_name_and_key_only() -> None:
    keyset = sign_object("keyset", {"version": 3, "keys": []}, signer(SEED))
    assert verify_object("keyset", keyset, public_key_of(SEED))
    assert not verify_object("entry", keyset, public_key_of(SEED))
    assert not verify_object("keyset", keyset, public_key_of(bytes(32)))
    assert not verify_object("keyset", {**keyset, "version": 4}, public_key_of(SEED))


def test_signing_again_gives_the_same_object() -> None:
    keyset = sign_object("keyset", {"version": 3}, signer(SEED))
    assert sign_object("keyset", keyset, signer(SEED)) == keyset


def test_what_is_signed_is_the_name_and_the_canonical_object() -> None:
    assert (
        signed_bytes("entry", {"till": "x", "at": 1, "signature": "00"})
        == b'quay-entry-1\0{"at":1,"till":"x"}'
    )


@pytest.mark.parametrize("signature", [None, 5, "", "zz", "00" * 63])
def test_an_object_without_a_readable_signature_does_not_verify(signature: object) -> None:
    assert not verify_object("entry", {"at": 1, "signature": signature}, public_key_of(SEED))


def test_an_object_without_canonical_form_is_refused() -> None:
    with pytest.raises(DocumentRefused):
        sign_object("entry", {"at": 1.5}, signer(SEED))


def test_keys_and_signatures_of_wrong_length_verify_nothing() -> None:
    signature = signer(SEED)(b"a")
    assert verifies(public_key_of(SEED), signature, b"a")
    assert not verifies(public_key_of(SEED)[:-1], signature, b"a")
    assert not verifies(public_key_of(SEED), signature + b"\0", b"a")
