"""base28: exact lengths, there and back, each refusal with its reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain import base28
from pos_app.domain.errors import CodeRefused


@given(st.binary(max_size=120))
def test_bytes_come_back(data: bytes) -> None:
    assert base28.decode(base28.encode(data), len(data)) == data


@given(st.integers(min_value=0, max_value=200))
def test_the_length_is_the_smallest_that_reaches(size: int) -> None:
    length = base28.text_length(size)
    assert 28**length >= 256**size
    assert length == 0 or 28 ** (length - 1) < 256**size


@given(st.text(alphabet=base28.ALPHABET, min_size=12, max_size=12))
def test_every_text_reads_back_to_itself_or_is_refused(text: str) -> None:
    number = 0
    for character in text:
        number = number * 28 + base28.value_of(character)
    if number < 256**7:
        assert base28.encode(base28.decode(text, 7)) == text
    else:
        with pytest.raises(CodeRefused, match="bad_value"):
            base28.decode(text, 7)


@pytest.mark.parametrize(
    ("text", "size", "reason"),
    [
        ("A0", 1, "bad_character"),
        ("0a", 1, "bad_character"),
        ("000", 1, "bad_length"),
        ("A00", 1, "bad_character"),
        ("ZZ", 1, "bad_value"),
        ("94", 1, "bad_value"),
    ],
)
def test_each_refusal_has_its_reason(text: str, size: int, reason: str) -> None:
    with pytest.raises(CodeRefused) as refusal:
        base28.decode(text, size)
    assert refusal.value.reason == reason


def test_the_largest_byte_is_the_last_that_fits() -> None:
    assert base28.encode(b"\xff") == "93"
