"""VietQR beyond the golden cases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain import vietqr
from pos_app.domain.errors import VietQRRefused
from pos_app.domain.vietqr import VietQR, build, crc, parse, transfer_reference


def code(**changes: object) -> VietQR:
    usual = {"bin": "970436", "account": "1031933430", "service": "QRIBFTTA", "amount": 50_000}
    return VietQR(**{**usual, **changes})  # type: ignore[arg-type]


def text_of(inside: str) -> str:
    return f"{inside}6304{crc(inside + '6304')}"


@given(
    st.integers(1, vietqr.TRANSFER_LIMIT - 1) | st.none(),
    st.from_regex(r"[0-9A-Za-z]{1,19}", fullmatch=True),
    st.from_regex(r"[ -~]{1,25}", fullmatch=True) | st.none(),
    st.booleans(),
)
def test_what_is_drawn_reads_back(
    amount: int | None, account: str, purpose: str | None, dynamic: bool
) -> None:
    made = code(amount=amount, account=account, purpose=purpose, dynamic=dynamic)
    assert parse(build(made)) == made


@given(st.text(max_size=120) | st.text(alphabet="0123456789", max_size=120))
def test_any_text_is_read_or_refused(text: str) -> None:
    for candidate in (text, text_of("000201" + text)):
        try:
            parse(candidate)
        except VietQRRefused as refusal:
            assert str(refusal.reason).startswith("bad_")  # noqa: PT017


def test_the_check_value_of_the_standard() -> None:
    assert crc("123456789") == "29B1"


def test_empty_decimals_of_an_amount_are_read() -> None:
    assert parse(text_of("0002010102125303704540850000.005802VN")).amount == 50_000


@pytest.mark.parametrize("amount", ["50000.50", "abc", "-1", "5 000"])
def test_an_amount_that_is_no_whole_number_is_refused(amount: str) -> None:
    with pytest.raises(VietQRRefused, match="bad_amount"):
        parse(text_of(f"00020101021254{len(amount):02d}{amount}"))


@pytest.mark.parametrize("account", ["26080004ABCD", "38080004ABCD", ""])
def test_another_scheme_is_read_as_other(account: str) -> None:
    assert parse(text_of(f"000201010211{account}5802VN")).scheme == "other"


def test_an_object_that_comes_twice_is_refused() -> None:
    with pytest.raises(VietQRRefused, match="bad_tlv"):
        parse(text_of("0002015802VN5802VN"))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"bin": None}, "bad_bin"),
        ({"service": None}, "bad_service"),
        ({"scheme": "vnpay"}, "bad_scheme"),
        ({"city": "x" * 16}, "bad_city"),
        ({"bill": "x" * 25, "purpose": "y" * 25, "store": "z" * 25, "terminal": "w" * 25}, "bad_additional"),
    ],
)
def test_other_fields_that_become_no_code(change: dict[str, object], reason: str) -> None:
    with pytest.raises(VietQRRefused, match=reason):
        build(code(**change))


@pytest.mark.parametrize(
    "numbers", [(65536, 1, 1, 1), (1, 256, 1, 1), (1, 1, 256, 1), (1, 1, 1, 1 << 24), (-1, 1, 1, 1)]
)
def test_a_reference_without_room_is_refused(numbers: tuple[int, int, int, int]) -> None:
    with pytest.raises(VietQRRefused, match="bad_reference"):
        transfer_reference(*numbers)
