"""Phones beyond the golden cases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain import phone
from pos_app.domain.errors import PhoneRefused


@given(st.text())
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        e164 = phone.parse(text)
    except PhoneRefused:
        return
    assert phone.parse(e164) == e164


@pytest.mark.parametrize("text", ["0901-FLOWER", "0901234567 ext 3", "٠٩٠١٢٣٤٥٦٧", "tel:0901234567", "+"])
def test_only_digits_and_separators_are_read(text: str) -> None:
    with pytest.raises(PhoneRefused) as refusal:
        phone.parse(text)
    assert refusal.value.text == text


def test_a_foreign_number_keeps_its_country() -> None:
    e164 = phone.parse("+1 650 253 0000")
    assert e164 == "+16502530000"
    assert phone.shown(e164) == "+1 650-253-0000"


def test_the_mask_shows_three_digits_however_the_number_is_known() -> None:
    assert phone.masked("+84901234567") == phone.masked_last3("567") == "•••• ••• 567"


def test_another_key_gives_another_tag() -> None:
    assert phone.tag("+84901234567", bytes(32)) != phone.tag("+84901234567", bytes(31) + b"\1")
