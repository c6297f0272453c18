"""What a serial scanner sends becomes codes."""

from __future__ import annotations

import pytest

from pos_app.scanning.serial_codes import LONGEST, SerialCodes, as_scans

EAN = "8935049500147"


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\t"])
def test_a_code_ends_with_what_the_scanner_is_set_to(end: str) -> None:
    assert SerialCodes().feed(f"{EAN}{end}".encode()) == [EAN]


def test_a_code_may_come_in_pieces() -> None:
    codes = SerialCodes()
    assert codes.feed(b"89350") == []
    assert codes.is_open
    assert codes.feed(b"49500147\r") == [EAN]
    assert not codes.is_open


def test_a_scanner_without_an_end_is_done_when_it_falls_silent() -> None:
    codes = SerialCodes()
    codes.feed(EAN.encode())
    assert codes.silence() == [EAN]
    assert codes.silence() == []


def test_symbology_marks_and_group_separators_are_kept() -> None:
    text = "]C10108935049500145\x1d10AB"
    assert SerialCodes().feed(f"{text}\r".encode()) == [text]


def test_vietnamese_letters_arrive_as_they_are() -> None:
    assert SerialCodes().feed("Áo dài đỏ\r".encode()) == ["Áo dài đỏ"]


def test_bytes_that_are_no_utf_8_become_a_text_all_the_same() -> None:
    assert SerialCodes().feed(b"caf\xe9\r") == ["café"]


def test_a_code_without_end_is_cut_and_the_next_one_is_whole() -> None:
    codes = SerialCodes()
    cut, whole = codes.feed(b"x" * (LONGEST * 2) + b"\r" + EAN.encode() + b"\r")
    assert (len(cut), whole) == (LONGEST, EAN)


def test_two_codes_in_one_go_are_two_scans() -> None:
    assert as_scans(SerialCodes().feed(f"{EAN}\r{EAN}\r".encode())) == [EAN, EAN]


def test_the_lines_of_a_visiting_card_are_one_foreign_code() -> None:
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lan\r\nTEL:1\r\nORG:Q\r\nEND:VCARD\r\n"
    (text,) = as_scans(SerialCodes().feed(card.encode()))
    assert text.startswith("BEGIN:VCARD\n")


def test_half_a_code_is_forgotten_with_its_cable() -> None:
    codes = SerialCodes()
    codes.feed(b"8935")
    codes.forget()
    assert codes.feed(f"{EAN}\r".encode()) == [EAN]
