"""base28: bytes as text that QR codes hold well and that no Vietnamese input method changes (protocol §7)."""

from __future__ import annotations

from functools import cache

from pos_app.domain.errors import CodeRefused

ALPHABET = "0123456789BCFGHJKLMNPQRSTVXZ"
"""Digits and letters that neither Telex nor VNI turns into something else."""

_VALUE = {character: value for value, character in enumerate(ALPHABET)}


@cache
def text_length(size: int) -> int:
    """Characters that `size` bytes take: the smallest L with 28^L >= 256^size."""
    length, reach, need = 0, 1, 1 << 8 * size
    while reach < need:
        length, reach = length + 1, reach * 28
    return length


def encode(data: bytes) -> str:
    """The bytes as an unsigned integer in digits, most significant first, padded with `0` on the left."""
    number = int.from_bytes(data, "big")
    characters = []
    for _ in range(text_length(len(data))):
        number, digit = divmod(number, 28)
        characters.append(ALPHABET[digit])
    return "".join(reversed(characters))


def check_characters(text: str) -> None:
    """Raise `CodeRefused(reason="bad_character")` unless every character is in the alphabet."""
    if any(character not in _VALUE for character in text):
        raise CodeRefused(reason="bad_character")


def decode(text: str, size: int) -> bytes:
    """The `size` bytes that upper-case `text` stands for.

    Raises CodeRefused with `bad_character`, `bad_length` or `bad_value` (a value of 256^size or more),
    in this order.
    """
    check_characters(text)
    if len(text) != text_length(size):
        raise CodeRefused(reason="bad_length")
    number = 0
    for character in text:
        number = number * 28 + _VALUE[character]
    if number >> 8 * size:
        raise CodeRefused(reason="bad_value")
    return number.to_bytes(size, "big")


def value_of(character: str) -> int:
    """The digit that one character of the alphabet stands for."""
    return _VALUE[character]
