"""What people read: figures, dates and phones as the shop writes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from pos_app import text
from pos_app.domain.errors import AmountUnreadable

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    text.use_language("vi")
    yield
    text.use_language("vi")


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "0"), (999, "999"), (1_000, "1.000"), (1_761_200, "1.761.200"), (-20_000, "\u221220.000")],
)
def test_money_is_grouped_by_dots_with_a_real_minus(amount: int, shown: str) -> None:
    assert text.money(amount) == shown
    assert text.money_d(amount) == f"{shown}đ"


@pytest.mark.parametrize(
    ("thousandths", "shown"),
    [(1000, "1"), (750, "0,75"), (1250, "1,25"), (5, "0,005"), (12_000_000, "12.000"), (-500, "\u22120,5")],
)
def test_quantities_use_a_comma_and_no_needless_zeros(thousandths: int, shown: str) -> None:
    assert text.quantity(thousandths) == shown


@pytest.mark.parametrize(
    ("bp", "shown"), [(800, "8%"), (1000, "10%"), (1250, "12,5%"), (5, "0,05%"), (0, "0%")]
)
def test_percentages_come_from_basis_points(bp: int, shown: str) -> None:
    assert text.percent(bp) == shown


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.761.200", 1_761_200),
        ("1,761,200", 1_761_200),
        ("1 761 200", 1_761_200),
        ("1761200", 1_761_200),
        ("50.000đ", 50_000),
        ("50.000\u00a0₫", 50_000),
        (" 50k ", 50_000),
        ("1tr2", 1_200_000),
        ("1tr25", 1_250_000),
        ("1TR250", 1_250_000),
        ("1,5tr", 1_500_000),
        ("1.5 triệu", 1_500_000),
        ("2 nghìn", 2_000),
        ("0", 0),
    ],
)
def test_typed_amounts_are_understood(typed: str, amount: int) -> None:
    assert text.parse_money(typed) == amount


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abc",
        "-5",
        "1.76.200",
        "1.761,200",
        "1tr2345",
        "1,5tr2",
        "1.00",
        "12.5",
        "8935001234567",
        "50kk",
        "٥",
    ],
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(AmountUnreadable):
        text.parse_money(typed)


def test_dates_are_those_of_the_shops_zone() -> None:
    late = datetime(2026, 11, 13, 18, 5, tzinfo=UTC)
    assert text.date_short(late, ZONE) == "14/11/2026"
    assert text.date_time(late, ZONE) == "14/11/2026 01:05"
    assert text.time_of_day(late, ZONE) == "01:05"
    assert text.weekday_date(late, ZONE) == "Thứ Bảy 14/11"
    assert text.weekday_date(date(2026, 11, 15)) == "Chủ Nhật 15/11"


def test_a_naive_time_is_our_bug() -> None:
    with pytest.raises(ValueError, match="aware"):
        text.time_of_day(datetime(2026, 11, 14), ZONE)


def test_a_phone_shows_its_last_three_digits_only() -> None:
    assert text.phone_masked("567") == "•••• ••• 567"


def test_a_text_without_translation_stays_vietnamese() -> None:
    text.use_language("en")
    assert text.gettext("chữ chưa ai dịch") == "chữ chưa ai dịch"
    assert text.language() == "en"
