"""Folding for search, amounts in words, sums of feeds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.amount_words import amount_in_words, amount_sentence
from pos_app.domain.errors import AmountRefused
from pos_app.domain.feed_checksum import FeedSum, checksum
from pos_app.domain.text_folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Quần JEAN đen", "quan jean den"),
        ("Qu\u0061\u0302\u0300n", "quan"),
        ("  Điện\t thoại \n", "dien thoai"),
        ("Nguyễn Thị Hoà", "nguyen thi hoa"),
        ("hoà", "hoa"),
        ("hòa", "hoa"),
        ("STRASSE ß", "strasse ss"),
        ("", ""),
    ],
)
def test_text_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặẦẨẪẤẬĐ 0-9"))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_printed_amount_has_a_capital_and_the_currency() -> None:
    assert amount_sentence(814_000) == "Tám trăm mười bốn nghìn đồng"
    assert amount_sentence(0) == "Không đồng"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (10_000_005, "mười triệu không trăm linh năm"),
        (1_000_000_005, "một tỷ không trăm linh năm"),
        (1_005_000_000_000, "một nghìn không trăm linh năm tỷ"),
        (10**18, "một tỷ tỷ"),
    ],
)
def test_empty_groups_are_skipped_and_billions_repeat(amount: int, words: str) -> None:
    assert amount_in_words(amount) == words


def test_a_negative_amount_has_no_words() -> None:
    with pytest.raises(AmountRefused):
        amount_in_words(-1)


@given(st.lists(st.tuples(st.sampled_from("abcđ"), st.integers(1, 2**40), st.booleans()), max_size=30))
def test_item_by_item_gives_the_checksum_of_the_whole(changes: list[tuple[str, int, bool]]) -> None:
    live: dict[str, int] = {}
    total = FeedSum("stock")
    for key, ver, put in changes:
        before = live.pop(key, None)
        total = total.put(key, ver, before) if put else total.delete(key, before)
        if put:
            live[key] = ver
    assert (total.count, total.checksum) == (len(live), checksum("stock", live))
