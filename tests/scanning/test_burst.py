"""The rhythm of the keys tells a scanner from a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.scanning.burst import HELD, Burst, Garbled, Held, Outcome, Scanned, Typed


def fed(text: str, gap_ms: int, start_ms: int = 1_000) -> tuple[Burst, list[Outcome], int]:
    """A burst fed with `text`, one key every `gap_ms`; answers it, the outcomes and the last key's time."""
    burst, outcomes, at = Burst(), [], start_ms
    for place, char in enumerate(text):
        at = start_ms + place * gap_ms
        outcomes.append(burst.feed(char, at))
    return burst, outcomes, at


@pytest.mark.parametrize("end", ["\r", "\n", "\t"])
def test_a_fast_code_with_its_terminator_is_a_scan(end: str) -> None:
    burst, outcomes, _ = fed("8935001234562" + end, 12)
    assert outcomes == [HELD] * 13 + [Scanned("8935001234562")]
    assert burst.is_empty


def test_a_fast_code_without_terminator_ends_by_silence() -> None:
    burst, _, last = fed("8935001234562", 20)
    assert burst.idle(last + 40) == HELD
    assert burst.idle(last + 99) == HELD
    assert burst.idle(last + 100) == Scanned("8935001234562")


def test_a_person_is_let_through_key_by_key() -> None:
    burst, outcomes, last = fed("giay", 140)
    assert outcomes == [HELD, Typed("g"), Typed("i"), Typed("a")]
    assert burst.idle(last + 61) == Typed("y")


def test_enter_after_typing_is_replayed_with_it() -> None:
    burst = Burst()
    burst.feed("5", 0)
    assert burst.feed("\r", 30) == Typed("5\r")


def test_enter_alone_is_typed() -> None:
    assert Burst().feed("\r", 5_000) == Typed("\r")


def test_five_fast_keys_are_no_scan() -> None:
    _, outcomes, _ = fed("12345\r", 10)
    assert outcomes[-1] == Typed("12345\r")


@pytest.mark.parametrize(("gap", "is_scan"), [(35, True), (36, False), (60, False)])
def test_the_average_gap_decides(gap: int, is_scan: bool) -> None:
    _, outcomes, _ = fed("ABCDEFG\r", gap)
    assert isinstance(outcomes[-1], Scanned) == is_scan


def test_one_slow_gap_within_the_average_is_forgiven_up_to_sixty() -> None:
    burst = Burst()
    times = [0, 10, 20, 80, 90, 100, 110]
    for char, at in zip("ABCDEFG", times, strict=True):
        assert burst.feed(char, at) == HELD
    assert burst.feed("\r", 120) == Scanned("ABCDEFG")


def test_a_longer_gap_closes_the_burst_before_it() -> None:
    burst, _, last = fed("8935001234562", 10)
    assert burst.feed("x", last + 61) == Scanned("8935001234562")
    assert burst.idle(last + 200) == Typed("x")


def test_a_scan_right_after_a_typed_key_stays_whole() -> None:
    burst = Burst()
    assert burst.feed("3", 0) == HELD
    assert burst.feed("8", 200) == Typed("3")
    for place, char in enumerate("935001234562"):
        assert burst.feed(char, 210 + place * 10) == HELD
    assert burst.feed("\r", 340) == Scanned("8935001234562")


@pytest.mark.parametrize("text", ["JUNỌ0BCD", "SAL\b\bÉ10BC", "GIAMGỊA0", "ABC\x03DEFG"])
def test_what_an_input_method_changed_is_garbled(text: str) -> None:
    _, outcomes, _ = fed(text + "\r", 10)
    assert outcomes[-1] == Garbled(text)


def test_a_person_typing_through_telex_is_no_garbled_scan() -> None:
    burst = Burst()
    assert burst.feed("a", 0) == HELD
    assert burst.feed("\b", 150) == Typed("a")
    assert burst.feed("â", 153) == HELD
    assert burst.feed("n", 290) == Typed("\bâ")


def test_a_key_held_down_is_typed() -> None:
    _, outcomes, _ = fed("0000000000\r", 30)
    assert outcomes[-1] == Typed("0000000000\r")


def test_a_group_separator_belongs_to_a_scan() -> None:
    _, outcomes, _ = fed("0108935001234\x1d21AB\r", 8)
    assert outcomes[-1] == Scanned("0108935001234\x1d21AB")


def test_the_longest_code_of_the_chain_is_one_scan() -> None:
    text = "QX1" + "0BCFG" * 32
    _, outcomes, _ = fed(text[:160] + "\r", 4)
    assert outcomes[-1] == Scanned(text[:160])


def test_nothing_fed_is_nothing_held() -> None:
    assert Burst().idle(10_000) == HELD


@given(st.lists(st.tuples(st.sampled_from("AB1é\b\r\t "), st.integers(-5, 200)), max_size=80))
def test_no_key_is_lost_or_invented(keys: list[tuple[str, int]]) -> None:
    burst, at, out = Burst(), 0, ""
    terminators = 0
    for char, gap in keys:
        at += gap
        outcome = burst.feed(char, at)
        if not isinstance(outcome, Held):
            out += outcome.text
        if char in "\r\t" and isinstance(outcome, (Scanned, Garbled)):
            out += char
            terminators += 1
    last = burst.idle(at + 1_000)
    if not isinstance(last, Held):
        out += last.text
    assert out == "".join(char for char, _ in keys)
