"""The one scan box: any text becomes exactly one kind of thing."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pos_app.domain.codes import (
    ForeignVietQR,
    HeldKeys,
    OrderNumberTyped,
    PhoneTyped,
    ProductCode,
    ReceiptNumberTyped,
    Scanned,
    ScanPatterns,
    Unknown,
    WeighedCode,
    WeighedPattern,
    normalise,
    read,
)
from pos_app.domain.errors import CodeRefused
from pos_app.domain.ids import OrderNo, TenantId
from pos_app.domain.receipt_number import ReceiptNumber

TENANT = TenantId("01a0c450-6c00-7baa-9c12-9e26d279deb6")
USUAL = ScanPatterns()


def scan(text: str, patterns: ScanPatterns = USUAL) -> Scanned:
    return read(text, HeldKeys(), TENANT, patterns)


def _is_something(text: str) -> None:
    try:
        scan(text)
    except CodeRefused:
        assert "QX1" in normalise(text)


@given(st.text())
@example("QX1")
@example("NT" + "9" * 5000 + "-000001")
@example("MN-" + "9" * 5000)
@example("0" * 5000)
@example("\ud800")
@example("(01)")
@example("https://x/01/")
@example("]C1\x1d\x1d01")
def test_any_text_is_something(text: str) -> None:
    _is_something(text)


@given(st.text(alphabet="0123456789()-. +\x1d]CQd1XMNTR/:=?", max_size=60))
def test_texts_of_likely_characters_are_something_too(text: str) -> None:
    _is_something(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8934563138165", ProductCode("8934563138165", "ean13")),
        (" 8934563138165\r\n", ProductCode("8934563138165", "ean13")),
        ("]E08934563138165", ProductCode("8934563138165", "ean13")),
        ("036000291452", ProductCode("0036000291452", "ean13")),
        ("96385074", ProductCode("96385074", "ean8")),
        ("04252614", ProductCode("0042100005264", "ean13")),
        ("08934563138165", ProductCode("8934563138165", "ean13")),
        ("18934563138162", ProductCode("18934563138162", "gtin14")),
        ("8934563138166", ProductCode("8934563138166", "internal")),
        ("https://id.moclan.vn/01/08934563138165/10/AB?17=261231", ProductCode("8934563138165", "ean13")),
        ("https://id.moclan.vn/shop/01/8934563138165", ProductCode("8934563138165", "ean13")),
        ("https://id.moclan.vn/01/08934563138166", Unknown("https://id.moclan.vn/01/08934563138166")),
        ("0108934563138165", ProductCode("8934563138165", "ean13")),
        ("]C101089345631381651726123110LOT\x1d21AB", ProductCode("8934563138165", "ean13")),
        ("(01)08934563138165(10)LOT", ProductCode("8934563138165", "ean13")),
        (
            "]d2\x1d0108934563138165310300125010L",
            WeighedCode("8934563138165", "8934563138165", quantity=1250),
        ),
        (
            "]C1010893456313816510L\x1d3920152000",
            WeighedCode("8934563138165", "8934563138165", amount=152000),
        ),
        ("2112345007502", WeighedCode("2112345000008", "12345", quantity=750)),
        ("2312345152008", WeighedCode("2312345000002", "12345", amount=15200)),
        ("0901234567", PhoneTyped("+84901234567")),
        ("0901 234 567", PhoneTyped("+84901234567")),
        ("0901.234.567", PhoneTyped("+84901234567")),
        ("(090) 123 4567", PhoneTyped("+84901234567")),
        ("+84 901 234 567", PhoneTyped("+84901234567")),
        ("84901234567", PhoneTyped("+84901234567")),
        ("01623456789", PhoneTyped("+84323456789")),
        ("028 3812 3456", PhoneTyped("+842838123456")),
        ("MN-48213", OrderNumberTyped("MN-48213", OrderNo(48213))),
        ("mn-48213", OrderNumberTyped("MN-48213", OrderNo(48213))),
        ("NT02-005141", ReceiptNumberTyped(ReceiptNumber("NT", 2, 1, 5141))),
        ("nt02.2-000001", ReceiptNumberTyped(ReceiptNumber("NT", 2, 2, 1))),
        ("TR-NT02-000007", ReceiptNumberTyped(ReceiptNumber("NT", 2, 1, 7, training=True))),
        ("GFTB-L9P6", ProductCode("GFTB-L9P6", "like_short_code")),
        ("sp-001.a_b", ProductCode("SP-001.A_B", "internal")),
        ("0101234567", ProductCode("0101234567", "internal")),
        ("MN-99999999999", ProductCode("MN-99999999999", "internal")),
        ("MN-4294967296", ProductCode("MN-4294967296", "internal")),
        ("000201010211…", ForeignVietQR("000201010211…")),
        ("quần jean", Unknown("quần jean")),
        ("ab", Unknown("ab")),
        ("", Unknown("")),
        ("]C1", Unknown("")),
        ("01abc", ProductCode("01ABC", "internal")),
    ],
)
def test_the_scan_box_tells_things_apart(text: str, expected: Scanned) -> None:
    assert scan(text) == expected


def test_order_prefixes_of_the_shop_leave_other_codes_to_the_catalogue() -> None:
    patterns = ScanPatterns(order_prefixes=frozenset({"MN"}))
    assert isinstance(scan("MN-48213", patterns), OrderNumberTyped)
    assert scan("AO-48213", patterns) == ProductCode("AO-48213")


def test_labels_of_scales_follow_the_patterns_of_the_shop() -> None:
    by_hundreds = ScanPatterns(weighed=(WeighedPattern("29....{NNNNNN}", "price", factor=100),))
    assert scan("2912340015201", by_hundreds) == WeighedCode("2912340000009", "1234", amount=152_000)
    assert scan("2112345007502", by_hundreds) == ProductCode("2112345007502", "ean13")


@pytest.mark.parametrize(
    "text", ["21....{NNDDD}", "21.....{NNDDDD}", "21.....NNDDD", ".......{NNDDD}", "21.....{DDNNN}"]
)
def test_a_wrong_pattern_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="pattern"):
        WeighedPattern(text, "weight")


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("00345634", "0003400000564"),
        ("00456744", "0004560000074"),
        ("00078904", "0000000007894"),
        ("01012314", "0010100001234"),
        ("11012311", "0110100001231"),
    ],
)
def test_short_upcs_are_written_out(short: str, full: str) -> None:
    assert scan(short) == ProductCode(full, "ean13")


@pytest.mark.parametrize("digits", ["01012315", "21012311"])
def test_eight_digits_without_a_right_check_digit_are_the_shops_own(digits: str) -> None:
    assert scan(digits) == ProductCode(digits, "internal")


def test_words_after_a_product_number_are_no_element_string() -> None:
    assert scan("0108934563138165ABC") == ProductCode("0108934563138165ABC", "internal")
