"""Documents: made once, chained, numbered, with a private part beside them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos_app.domain.canonical import BODY_LIMIT, PRIVATE_LIMIT, canonical, parse_body
from pos_app.domain.checking import Item, KnownChain, KnownDocument, check_item
from pos_app.domain.document import (
    NUMBERED_KINDS,
    DocumentKind,
    PrivatePart,
    SignedDocument,
    chain_hash,
    first_prev_hash,
    make,
    sign_hash,
    verify_hash,
)
from pos_app.domain.envelope import Envelope, compose_body
from pos_app.domain.errors import DocumentRefused
from pos_app.domain.ids import DocId, StaffNo, StoreNo, TenantId, TillId
from pos_app.domain.receipt_number import ReceiptNumber, parse_receipt_number, receipt_number
from pos_app.domain.signing import public_key_of, signer

TENANT = TenantId("01a1e4bd-63b7-7838-93c5-f38938430856")
TILL = TillId("01a1f3d4-f500-7116-a393-64007ade500e")
SEED = bytes(range(32))
NONCE = bytes(32)
FIRST = first_prev_hash(TILL, 1, NONCE)


def envelope(seq: int = 1, prev_hash: bytes = FIRST, **changes: object) -> Envelope:
    usual = Envelope(
        tenant=TENANT,
        store=StoreNo(12),
        till=TILL,
        epoch=1,
        seq=seq,
        doc_id=DocId(f"01a1fbd8-15c8-7801-9b7f-{seq:012d}"),
        kind=DocumentKind.SALE,
        prev_hash=prev_hash.hex(),
        wall="2026-11-21T08:03:25+07:00",
        boot_id="01a1fbd4-f500-7c8a-80d6-a23ccc30f55a",
        mono_ms=205939,
        staff=StaffNo(34),
        training=False,
        connectivity="offline",
        as_of={"policy": 7},
        depends_on=(),
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def chain(*stored: SignedDocument, keys: tuple[bytes, ...] = (public_key_of(SEED),)) -> KnownChain:
    known: dict[int, KnownDocument] = {}
    for document in stored:
        body = parse_body(document.body)
        seq = body["seq"]
        assert isinstance(seq, int)
        known[seq] = KnownDocument(str(body["doc_id"]), document.hash, bytes.fromhex(str(body["prev_hash"])))
    return KnownChain(TENANT, TILL, 1, FIRST, keys, known.get)


def item(document: SignedDocument, part: PrivatePart | None = None) -> Item:
    if part is None:
        return Item(document.body, document.hash, document.signature)
    return Item(document.body, document.hash, document.signature, part.data, part.salt)


def signed(body: bytes, prev_hash: bytes = FIRST) -> SignedDocument:
    document_hash = chain_hash(prev_hash, body)
    return SignedDocument(body, document_hash, sign_hash(signer(SEED), document_hash))


def three() -> list[SignedDocument]:
    documents: list[SignedDocument] = []
    for seq in (1, 2, 3):
        prev_hash = documents[-1].hash if documents else FIRST
        documents.append(make(envelope(seq, prev_hash), {"n": seq}, signer(SEED)))
    return documents


def test_a_made_document_passes_its_check() -> None:
    first, second, third = three()
    checked = check_item(item(third), chain(first, second))
    assert checked.reasons == ()
    assert checked.envelope == envelope(3, second.hash)
    assert checked.body == compose_body(envelope(3, second.hash), {"n": 3})


def test_the_signature_is_over_the_hash_with_its_domain_text() -> None:
    first = three()[0]
    assert verify_hash(public_key_of(SEED), first.hash, first.signature)
    assert not verify_hash(public_key_of(SEED), first.hash, signer(SEED)(first.hash))


def test_an_older_key_of_the_epoch_still_verifies() -> None:
    first = three()[0]
    assert check_item(item(first), chain(keys=(bytes(32), public_key_of(SEED)))).reasons == ()


def test_optional_fields_stay_away_instead_of_being_null() -> None:
    assert "approver" not in compose_body(envelope(), {})
    full = envelope(approver=StaffNo(7), shift=3, private_hash="ab" * 32)
    assert Envelope.from_body(compose_body(full, {})) == full


def test_a_known_document_is_a_duplicate_and_no_defect() -> None:
    first, second, _ = three()
    checked = check_item(item(first), chain(first, second))
    assert (checked.finding, checked.reasons, checked.defect) == ("duplicate", (), None)


def test_another_document_in_a_known_place_is_a_fork() -> None:
    first, second, _ = three()
    other = make(
        envelope(2, first.hash, doc_id=DocId("01a1fbd8-15c8-7801-9b7f-999999999999")), {}, signer(SEED)
    )
    checked = check_item(item(other), chain(first, second))
    assert (checked.finding, checked.defect) == ("fork", None)


def test_the_same_id_with_other_bytes_is_a_conflict() -> None:
    first, second, _ = three()
    other = make(envelope(2, first.hash), {"n": 0}, signer(SEED))
    assert check_item(item(other), chain(first, second)).finding == "conflict"


def test_a_gap_is_found_and_the_link_checked_when_it_closes() -> None:
    first, second, third = three()
    assert check_item(item(third), chain(first)).finding == "gap"
    assert check_item(item(second), chain(first, third)).reasons == ()
    stranger = make(envelope(2, first.hash, mono_ms=1), {}, signer(SEED))
    assert check_item(item(stranger), chain(first, third)).defect == "broken_link"


def test_the_first_document_links_to_the_nonce() -> None:
    lost = make(envelope(1, bytes(32)), {}, signer(SEED))
    assert check_item(item(lost), chain()).defect == "broken_link"


def test_a_private_part_that_is_missing_is_no_defect() -> None:
    part = PrivatePart.of({"name": "Trần Văn Ổi"}, bytes(32))
    document = make(envelope(private_hash=part.hash.hex()), {}, signer(SEED))
    assert check_item(item(document, part), chain()).reasons == ()
    assert check_item(item(document), chain()).reasons == ()


def test_a_salt_without_its_part_is_a_mismatch() -> None:
    part = PrivatePart.of({}, bytes(32))
    document = make(envelope(private_hash=part.hash.hex()), {}, signer(SEED))
    alone = Item(document.body, document.hash, document.signature, salt=part.salt)
    assert check_item(alone, chain()).defect == "private_mismatch"


def test_findings_come_before_a_private_mismatch() -> None:
    _, _, third = three()
    part = PrivatePart.of({}, bytes(32))
    checked = check_item(item(third, part), chain())
    assert checked.reasons == ("gap", "private_mismatch")
    assert checked.defect == "private_mismatch"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"tenant": "01a1e4bd-63b7-7838-93c5-000000000000"}, "foreign_till"),
        ({"epoch": 2}, "foreign_epoch"),
        ({"doc_id": "x"}, "bad_doc_id"),
        ({"seq": 0}, "bad_field"),
        ({"seq": True}, "bad_field"),
        ({"store": "12"}, "bad_field"),
        ({"connectivity": "sometimes"}, "bad_field"),
        ({"as_of": {"policy": "7"}}, "bad_field"),
        ({"depends_on": [1]}, "bad_field"),
        ({"shift": None}, "bad_field"),
        ({"payload": []}, "bad_field"),
    ],
)
def test_wrong_fields_are_named(change: dict[str, object], reason: str) -> None:
    body = canonical({**compose_body(envelope(), {}), **change})
    assert check_item(item(signed(body)), chain()).defect == reason


def test_a_body_without_prev_hash_is_measured_at_its_predecessor() -> None:
    body = compose_body(envelope(), {})
    del body["prev_hash"]
    assert check_item(item(signed(canonical(body))), chain()).defect == "missing_field"
    assert check_item(item(signed(canonical(body), bytes(32))), chain()).defect == "hash_mismatch"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"not json", "bad_json"),
        (b"[1]", "missing_field"),
        (b'{"prev_hash":"zz"}', "hash_mismatch"),
        (b"x" * (BODY_LIMIT + 1), "too_large"),
    ],
)
def test_bytes_that_are_no_document_are_refused(body: bytes, reason: str) -> None:
    assert check_item(item(signed(body)), chain()).defect == reason


def test_too_large_a_body_is_not_made() -> None:
    with pytest.raises(DocumentRefused, match="too_large"):
        make(envelope(), {"a": "x" * BODY_LIMIT}, signer(SEED))


def test_too_large_a_private_part_is_not_made() -> None:
    with pytest.raises(DocumentRefused, match="too_large"):
        PrivatePart.of({"a": "x" * PRIVATE_LIMIT}, bytes(32))


def test_seven_kinds_take_receipt_numbers() -> None:
    assert {str(kind) for kind in NUMBERED_KINDS} == {
        "sale", "return", "exchange", "void", "handover", "handover_reversal", "order_payment",
    }  # fmt: skip
    assert len(DocumentKind) == 45


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (ReceiptNumber("NT", 2, 1, 5141), "NT02-005141"),
        (ReceiptNumber("NT", 2, 2, 1), "NT02.2-000001"),
        (ReceiptNumber("NT", 2, 1, 7, training=True), "TR-NT02-000007"),
        (ReceiptNumber("TR", 101, 255, 1234567), "TR101.255-1234567"),
    ],
)
def test_receipt_numbers_are_written_and_read(number: ReceiptNumber, text: str) -> None:
    assert str(number) == text
    assert parse_receipt_number(f" {text.lower()} ") == number
    assert (
        receipt_number(number.store_code, number.till_number, number.epoch, number.count, number.training)
        == text
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "NT2-000001",
        "NT02-00001",
        "NT002-000001",
        "NT02.1-000001",
        "NT02.300-000001",
        "NT999-000001",
        "ABCDEF01-000001",
    ],
)
def test_other_texts_are_no_receipt_numbers(text: str) -> None:
    assert parse_receipt_number(text) is None
