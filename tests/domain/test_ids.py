"""UUIDs of version 7."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.ids import is_uuid7, uuid7, uuid_bytes

_NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),
    st.binary(min_size=10, max_size=10),
)
def test_every_made_id_is_of_version_7(now: datetime, noise: bytes) -> None:
    made = uuid7(now, lambda size: noise[:size])
    assert is_uuid7(made)
    assert int(made.replace("-", "")[:12], 16) == int(now.timestamp() * 1000)


def test_ids_sort_by_time() -> None:
    assert uuid7(_NOON) < uuid7(_NOON + timedelta(milliseconds=1))


def test_two_ids_of_one_moment_differ() -> None:
    assert uuid7(_NOON) != uuid7(_NOON)


def test_all_the_randomness_is_used() -> None:
    made = {uuid7(_NOON, lambda _, bit=bit: (1 << bit).to_bytes(10, "big")) for bit in range(80)}
    # 74 of the 80 bits have room beside version and variant
    assert len(made) == 75


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        uuid7(datetime(2026, 11, 21))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3436f23c-13fa-4377-a755-72be5944715d",
        "01A1FBD8-15C8-7801-9B7F-6289B5E9ED2D",
        "01a1fbd8-15c8-7801-1b7f-6289b5e9ed2d",
        "01a1fbd815c878019b7f6289b5e9ed2d",
    ],
)
def test_other_texts_are_no_id_of_version_7(text: str) -> None:
    assert not is_uuid7(text)


def test_an_id_has_sixteen_bytes() -> None:
    assert uuid_bytes("01a1fbd8-15c8-7801-9b7f-6289b5e9ed2d").hex() == "01a1fbd815c878019b7f6289b5e9ed2d"
