"""Signed codes and the one scan box."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain import base28
from pos_app.domain.codes import (
    BadgeCode,
    HeldKeys,
    IssuingKey,
    MemberCode,
    PickupCode,
    ReceiptCode,
    Scanned,
    ScanPatterns,
    ShortCodeTyped,
    SignedCode,
    VoucherCode,
    customer_tag,
    date_of,
    day_of,
    encode,
    read,
    read_short_code,
    read_signed,
    short_code,
)
from pos_app.domain.errors import CodeRefused
from pos_app.domain.ids import CustomerId, TenantId
from pos_app.domain.signing import public_key_of, signer

TENANT = TenantId("01a0c450-6c00-7baa-9c12-9e26d279deb6")
CENTRAL, TILL = bytes(range(32)), bytes(range(1, 33))
KEYS = HeldKeys(
    {1: IssuingKey(key_id=1, public=public_key_of(CENTRAL), types=frozenset({1, 2, 3, 5, "enrol"}))},
    {(12, 2, 1): (public_key_of(TILL),)},
)
USUAL = ScanPatterns()

_u8 = st.integers(0, 0xFF)
_u16 = st.integers(0, 0xFFFF)
_u32 = st.integers(0, 0xFFFF_FFFF)
_u64 = st.integers(0, 0xFFFF_FFFF_FFFF_FFFF)
_tag = st.none() | st.binary(min_size=4, max_size=4).map(bytes.hex)


def pickup(**changes: int) -> PickupCode:
    usual = {
        "key_id": 1, "serial": 5, "order_number": 48213, "store": 12, "worth": 814_200,
        "valid_until_day": 2600, "amount_due": 0, "items": 3, "flags": 1,
    }  # fmt: skip
    return PickupCode.of(**{**usual, **changes})


def receipt(**changes: int) -> ReceiptCode:
    usual = {"store": 12, "till_number": 2, "epoch": 1, "seq": 9, "day": 2516, "total": 814_000, "lines": 3}
    return ReceiptCode(**{**usual, **changes}, hash10="ab" * 10)


def scan(text: str, patterns: ScanPatterns = USUAL) -> Scanned:
    return read(text, KEYS, TENANT, patterns)


def refusal(text: str, keys: HeldKeys = KEYS) -> str:
    with pytest.raises(CodeRefused) as refused:
        read_signed(text, keys, TENANT)
    return str(refused.value.reason)


_codes: st.SearchStrategy[SignedCode] = st.one_of(
    st.builds(
        VoucherCode, key_id=st.just(1), serial=_u64, campaign=_u16, kind=st.sampled_from([1, 3, 4]),
        value=_u32, min_basket=_u32, valid_until_day=_u16, store=_u16, max_uses=_u8, customer_tag=_tag,
    ),
    st.builds(MemberCode, key_id=st.just(1), serial=_u64, version=_u8),
    st.builds(BadgeCode, key_id=st.just(1), serial=_u64, staff=_u32, valid_until_day=_u16),
    st.builds(
        PickupCode, key_id=st.just(1), serial=_u64, order_number=_u32, store=_u16, value=_u16,
        valid_until_day=_u16, amount_due=st.just(0), items=_u8, flags=st.sampled_from([1, 3, 13]),
    ),
    st.builds(
        ReceiptCode, store=st.just(12), till_number=st.just(2), epoch=st.just(1), seq=_u32, day=_u16,
        total=_u32, lines=_u8, hash10=st.binary(min_size=10, max_size=10).map(bytes.hex),
    ),
)  # fmt: skip


@given(_codes)
def test_every_code_comes_back_from_its_text(code: SignedCode) -> None:
    text = encode(code, signer(TILL if isinstance(code, ReceiptCode) else CENTRAL), TENANT)
    assert scan(f" {text.lower()}\r\n") == code


@given(_codes, st.integers(3, 132), st.sampled_from(base28.ALPHABET))
def test_no_changed_character_is_accepted(code: SignedCode, at: int, character: str) -> None:
    text = encode(code, signer(TILL if isinstance(code, ReceiptCode) else CENTRAL), TENANT)
    if text[at] != character:
        with pytest.raises(CodeRefused):
            scan(text[:at] + character + text[at + 1 :])


@given(st.text(alphabet=base28.ALPHABET, max_size=160))
def test_made_up_codes_are_refused(digits: str) -> None:
    with pytest.raises(CodeRefused):
        scan("QX1" + digits)


def test_true_figures_are_rounded_up_and_capped() -> None:
    assert pickup(worth=814_001, items=256).value == 815
    assert pickup(worth=0).value == 0
    assert pickup(worth=10**9, items=300).items == 255
    assert pickup(worth=10**9).value == 65535


def test_a_receipt_code_is_cut_and_capped() -> None:
    code = ReceiptCode.of(
        store=12, till_number=2, epoch=1, seq=9, business_date=date(2026, 11, 21), total=1, lines=300,
        document_hash=bytes(range(32)),
    )  # fmt: skip
    assert (code.lines, code.hash10, date_of(code.day)) == (255, "00010203040506070809", date(2026, 11, 21))


def test_day_zero_is_the_first_of_2020() -> None:
    assert day_of(date(2020, 1, 1)) == 0
    assert date_of(366) == date(2021, 1, 1)


@pytest.mark.parametrize("code", [pickup(amount_due=1), pickup(flags=0)])
def test_what_is_inconsistent_is_not_printed(code: PickupCode) -> None:
    with pytest.raises(CodeRefused, match="inconsistent"):
        encode(code, signer(CENTRAL), TENANT)


@pytest.mark.parametrize(
    "code", [pickup(order_number=2**32), pickup(serial=-1), receipt(total=2**32), receipt(epoch=256)]
)
def test_a_figure_without_room_is_refused(code: SignedCode) -> None:
    with pytest.raises(CodeRefused, match="out_of_range"):
        encode(code, signer(CENTRAL), TENANT)


def test_a_tag_of_wrong_length_is_refused() -> None:
    code = VoucherCode(
        key_id=1, serial=1, campaign=1, kind=1, value=1, min_basket=0, valid_until_day=1, store=0, max_uses=1,
        customer_tag="abcd",
    )  # fmt: skip
    with pytest.raises(CodeRefused, match="out_of_range"):
        encode(code, signer(CENTRAL), TENANT)


def test_reserved_bits_of_a_card_must_be_zero() -> None:
    body = MemberCode(key_id=1, serial=1, version=1).body[:-1] + b"\x01"
    text = "QX1" + base28.encode(
        body + signer(CENTRAL)(b"QX-CODE-1\0" + bytes.fromhex(TENANT.replace("-", "")) + body)
    )
    assert refusal(text) == "inconsistent"


def test_a_receipt_of_a_till_not_known_here_is_unknown_not_forged() -> None:
    text = encode(receipt(store=13), signer(TILL), TENANT)
    assert refusal(text) == "unknown_key"


def test_a_refusal_names_the_serial_for_the_journal() -> None:
    text = encode(pickup(serial=77), signer(TILL), TENANT)
    with pytest.raises(CodeRefused) as refused:
        read_signed(text, KEYS, TENANT)
    assert refused.value.serial == 77


def test_a_letter_that_only_upper_cases_into_the_alphabet_is_refused() -> None:
    text = encode(pickup(), signer(CENTRAL), TENANT)
    assert "S" in text
    assert refusal(text.replace("S", "ſ")) == "bad_character"


def test_a_voucher_is_for_its_customer_alone() -> None:
    mine, yours = (
        CustomerId("019e7044-8802-7155-8e33-b31ace9e3a2d"),
        CustomerId("019e7046-0ea2-7456-a950-e69f43d5e6ca"),
    )
    code = VoucherCode(
        key_id=1, serial=1, campaign=1, kind=1, value=1, min_basket=0, valid_until_day=1, store=0, max_uses=1,
        customer_tag=customer_tag(TENANT, mine),
    )  # fmt: skip
    assert code.is_for(TENANT, mine)
    assert not code.is_for(TENANT, yours)


def test_keys_end_and_are_revoked() -> None:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    later = now + timedelta(seconds=1)
    key = IssuingKey(key_id=1, public=bytes(32), types=frozenset({1}), verify_until=now)
    assert key.refusal_at(now) is None
    assert key.refusal_at(later) == "key_expired"
    gone = IssuingKey(key_id=1, public=bytes(32), types=frozenset({1}), verify_until=now, revoked_at=now)
    assert gone.refusal_at(now) == "key_revoked"


@given(_u64)
def test_short_codes_come_back_in_any_form(serial: int) -> None:
    text = short_code(serial)
    assert read_short_code(text) == serial % 28**7
    assert read_short_code(f" {text.replace('-', '').lower()} ") == serial % 28**7
    assert scan(text) == ShortCodeTyped(text, serial % 28**7)


@given(_u64, st.integers(0, 7), st.sampled_from(base28.ALPHABET))
def test_every_single_mistyped_character_is_noticed(serial: int, at: int, character: str) -> None:
    digits = short_code(serial).replace("-", "")
    mistyped = digits[:at] + character + digits[at + 1 :]
    if mistyped != digits:
        with pytest.raises(CodeRefused, match="bad_check"):
            read_short_code(mistyped)
