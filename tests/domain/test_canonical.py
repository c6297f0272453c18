"""Canonical bytes: written one way, read strictly."""

from __future__ import annotations

import json
import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.canonical import BODY_LIMIT, DEPTH_LIMIT, canonical, parse_body
from pos_app.domain.errors import DocumentRefused

_texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0")).map(
    lambda text: unicodedata.normalize("NFC", text)
)
_integers = st.integers(min_value=-(2**53) + 1, max_value=2**53 - 1)
_values = st.recursive(
    st.none() | st.booleans() | _integers | _texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_texts, inner, max_size=4),
    max_leaves=20,
)
_objects = st.dictionaries(_texts, _values, max_size=5)


def _reason(data: bytes) -> str:
    with pytest.raises(DocumentRefused) as refusal:
        parse_body(data)
    return str(refusal.value.reason)


@given(_objects)
def test_what_is_written_reads_back_to_the_same_value_and_bytes(value: dict[str, object]) -> None:
    data = canonical(value)
    assert parse_body(data) == value
    assert canonical(parse_body(data)) == data


@given(_objects)
def test_the_bytes_are_plain_json(value: dict[str, object]) -> None:
    assert json.loads(canonical(value)) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(DocumentRefused):
        assert canonical(parse_body(data)) == data


@given(st.text(max_size=100))
def test_any_text_is_read_or_refused(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    with suppress(DocumentRefused):
        assert canonical(parse_body(data)) == data


def test_keys_are_sorted_by_code_point() -> None:
    assert canonical({"😀": 1, "￥": 2, "b": 3, "a": 4}) == '{"a":4,"b":3,"￥":2,"😀":1}'.encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"a":"\xff"}', "bad_utf8"),
        (b'{"a":"\xed\xa0\x80"}', "bad_utf8"),
        (b'{"a":1', "bad_json"),
        (b"", "bad_json"),
        (b'{"a":1.5,"a":2}', "duplicate_key"),
        (b'{"x":{"a":1,"a":1}}', "duplicate_key"),
        (b'{"a":1.0,"b":"\\u0000"}', "float"),
        (b'{"a":-Infinity}', "float"),
        ('{"a":"\\u0000","b":"e\u0301"}'.encode(), "bad_character"),
        (b'{"\\udc00":1}', "bad_character"),
        ('{"a":"e\u0301","b":9007199254740992}'.encode(), "not_nfc"),
        (b'{ "a":9007199254740992}', "integer_range"),
        (b'{"a":' + b"9" * 5000 + b"}", "integer_range"),
        (b'{"a":-0}', "not_canonical"),
        (b'{"a":"\\/"}', "not_canonical"),
        (b'{"a":1} ', "not_canonical"),
        ("\ufeff{}".encode(), "not_canonical"),
        (b"[]", "not_object"),
        (b"1", "not_object"),
        (b'{"a":' + b"[" * 200 + b"]" * 200 + b"}", "too_deep"),
        (b"[" * 100_000, "bad_json"),
        (b'{"a":"' + b"x" * BODY_LIMIT + b'"}', "too_large"),
    ],
)
def test_the_first_reason_in_order_is_named(data: bytes, reason: str) -> None:
    assert _reason(data) == reason


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ({"a": 1.0}, "float"),
        ({"a": {1}}, "bad_type"),
        ({1: "a"}, "bad_type"),
        ({"a": b""}, "bad_type"),
        ({"a": "e\u0301"}, "not_nfc"),
        ({"a": "\0"}, "bad_character"),
        ({"a": 2**53}, "integer_range"),
    ],
)
def test_what_has_no_canonical_form_is_not_written(value: object, reason: str) -> None:
    with pytest.raises(DocumentRefused) as refusal:
        canonical(value)
    assert refusal.value.reason == reason


def test_deep_nesting_is_refused_without_a_stack_overflow() -> None:
    value: object = 1
    for _ in range(DEPTH_LIMIT + 1):
        value = [value]
    with pytest.raises(DocumentRefused):
        canonical(value)


def test_the_largest_body_is_read() -> None:
    data = b'{"a":"' + b"x" * (BODY_LIMIT - 8) + b'"}'
    assert len(data) == BODY_LIMIT
    assert parse_body(data)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a":"\\n\u0303"}', None),  # a mark after a line break combines with nothing
        ('{"a":"n\u0303"}', "not_nfc"),
        ('{"a":"\\u0000"}', "bad_character"),
        ('{"a":9007199254740991}', None),
        ('{"a":9007199254740992}', "integer_range"),
        ('{"a":"9007199254740992"}', None),
        ('{"a":' + "[" * 99 + "]" * 99 + "}", None),
        ('{"a":' + "[" * 101 + "]" * 101 + "}", "too_deep"),
    ],
)
def test_the_short_way_through_a_plain_text_finds_what_the_long_one_finds(
    text: str, reason: str | None
) -> None:
    if reason is None:
        assert parse_body(text.encode())
        return
    with pytest.raises(DocumentRefused) as refused:
        parse_body(text.encode())
    assert refused.value.fields["reason"] == reason
