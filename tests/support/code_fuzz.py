"""Random and damaged texts for the scan box: nothing crashes it, no damaged code becomes another one."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from pos_app.domain.codes import (
    BadgeCode,
    HeldKeys,
    IssuingKey,
    MemberCode,
    PickupCode,
    ReceiptCode,
    ScanPatterns,
    SignedCode,
    VoucherCode,
    day_of,
    encode,
    read,
)
from pos_app.domain.errors import CodeRefused
from pos_app.domain.ids import TenantId
from pos_app.domain.signing import public_key_of, signer

TENANT: Final = TenantId("01a0c450-6c00-7baa-9c12-9e26d279deb6")
CENTRAL, TILL = b"c" * 32, b"t" * 32
KEYS: Final = HeldKeys(
    {1: IssuingKey(key_id=1, public=public_key_of(CENTRAL), types=frozenset({1, 2, 3, 5}))},
    {(12, 2, 1): (public_key_of(TILL),)},
)
PATTERNS: Final = ScanPatterns()
DAY: Final = day_of(date(2027, 11, 30))
PLAIN: Final = (
    "8936024570012", "2101234012345", "MN-48207", "NT02-004812", "0901 234 567", "+84901234567", "BCDF-GH05",
    "MLC-012-37", "(01)08936024570012(3103)001250", "https://id.example/01/08936024570012?3103=001250",
    "00020101021238560010A000000727", "]C1010893602457001210ABC\x1d3103001250", "giày búp bê đỏ",
)  # fmt: skip
FOREIGN: Final = (
    "https://example.com/menu?table={number}",
    "00020101021138570010A00000072701270006970436011300110041234560208QRIBFTTA5303704540{number}5802VN6304ABCD",
    "WIFI:T:WPA;S:Quán cà phê;P:{number};;",
    "BEGIN:VCARD\nVERSION:3.0\nN:Trần;Thị Hai\nTEL:0912{number}\nEND:VCARD",
    "079{number}|024123456|Trần Thị Hai|01011990|Nữ|12 Lý Thường Kiệt|01012021",
    "M1TRAN/HAI            E{number} HANSGNVN 0123 001Y012A0001 100",
    '{{"order":{number},"shop":"khác"}}',
    "QX1{number}",
    "tel:+8490{number}",
)
_TELEX: Final = (
    ("DD", "Đ"), ("AA", "Â"), ("EE", "Ê"), ("OO", "Ô"), ("AW", "Ă"), ("OW", "Ơ"), ("UW", "Ư"), ("W", "Ư"),
    ("AS", "Á"), ("AF", "À"), ("AR", "Ả"), ("AX", "Ã"), ("AJ", "Ạ"), ("EX", "Ẽ"), ("OJ", "Ọ"), ("Z", ""),
)  # fmt: skip
_VNI: Final = (
    ("D9", "Đ"), ("A6", "Â"), ("E6", "Ê"), ("O6", "Ô"), ("A8", "Ă"), ("O7", "Ơ"), ("U7", "Ư"), ("A1", "Á"),
    ("A2", "À"), ("A3", "Ả"), ("A4", "Ã"), ("A5", "Ạ"), ("E1", "É"), ("O5", "Ọ"), ("U2", "Ù"), ("Y1", "Ý"),
)  # fmt: skip
_AZERTY: Final = str.maketrans("QWAZqwazM1234567890-", "AZQWazqw?&é\"'(-è_çà)")
_QWERTZ: Final = str.maketrans("YZyz-/:+$%*", "ZYzyß-Ö`$%(")
LETTERS: Final = "0123456789ABCDEFGHJKMNPQRTVXYZ$%*+-./: ()[]\x1d\x00áĐ\u202e\U0001f45f\ud800QX1"


def genuine() -> dict[str, SignedCode]:
    """One code of each type, as text → what it says."""
    until = {"key_id": 1, "valid_until_day": DAY}
    central: list[SignedCode] = [
        PickupCode.of(
            serial=5, order_number=48213, store=12, worth=814_200, amount_due=0, items=3, flags=1, **until
        ),
        VoucherCode(serial=6, campaign=7, kind=1, value=50_000, min_basket=0, store=0, max_uses=1, **until),
        MemberCode(key_id=1, serial=1_234_567_890_123_456_789, version=1),
        BadgeCode(serial=8, staff=9, **until),
    ]  # fmt: skip
    receipt = ReceiptCode(
        store=12, till_number=2, epoch=1, seq=41, day=DAY - 400, total=500_000, lines=2, hash10="ab" * 10
    )
    codes = {encode(code, signer(CENTRAL), TENANT): code for code in central}
    return codes | {encode(receipt, signer(TILL), TENANT): receipt}


def texts(seed: int, count: int) -> Iterator[str]:
    """`count` inputs, the same for the same seed."""
    dice = random.Random(seed)
    known = [*genuine(), *PLAIN]
    for _ in range(count):
        yield dice.choice(_MAKERS)(dice, dice.choice(known))


def _noise(dice: random.Random, _text: str) -> str:
    return "".join(dice.choice(LETTERS) for _ in range(dice.randrange(80)))


def _damaged(dice: random.Random, text: str) -> str:
    """What scanners do: letters lost, doubled, exchanged, the end cut off."""
    letters = list(text)
    for _ in range(dice.randint(1, 3)):
        place = dice.randrange(max(len(letters), 1))
        act = dice.randrange(5)
        if act == 0:
            letters[place : place + 1] = []
        elif act == 1:
            letters[place:place] = letters[place : place + 1]
        elif act == 2:
            letters[place : place + 1] = [dice.choice(LETTERS)]
        elif act == 3:
            letters[place : place + 2] = reversed(letters[place : place + 2])
        else:
            del letters[place + 1 :]
    return "".join(letters)


def _joined(dice: random.Random, text: str) -> str:
    """Two scans in one, or a piece in the middle of another."""
    other = dice.choice(PLAIN)
    cut = dice.randrange(len(text))
    return text + other if dice.random() < 0.5 else text[:cut] + other + text[cut:]


def _spelled(dice: random.Random, text: str) -> str:
    """The same text in another dress: spaces around it, lower case, a scanner's prefix."""
    return dice.choice((text.lower(), f"  {text}\t", f"]Q3{text}", f"]d1{text}", f"\ufeff{text}", text * 2))


def _typed_through(dice: random.Random, text: str) -> str:
    """What Unikey or a foreign keyboard layout makes of a scanner's keys."""
    if dice.random() < 0.3:
        return text.translate(dice.choice((_AZERTY, _QWERTZ)))
    for keys, letter in dice.choice((_TELEX, _VNI)):
        text = text.replace(keys, letter).replace(keys.lower(), letter.lower())
    return text


def _foreign(dice: random.Random, _text: str) -> str:
    """Somebody else's code: a payment, a contact, a network, a link, a ticket; whole or damaged."""
    text = dice.choice(FOREIGN).format(number=dice.randrange(10**12))
    return text if dice.random() < 0.5 else _damaged(dice, text)


def _bytes(dice: random.Random, text: str) -> str:
    """Binary content, as a reader hands it on: read in some encoding, with lone surrogates at worst."""
    content = dice.randbytes(dice.randrange(120)) + (text.encode() if dice.random() < 0.2 else b"")
    encoding, errors = dice.choice(
        (("latin-1", "strict"), ("utf-8", "replace"), ("utf-8", "surrogateescape"), ("utf-16-le", "replace"))
    )
    return content.decode(encoding, errors)


def _of_any_length(dice: random.Random, text: str) -> str:
    """From nothing to more than the largest symbol holds."""
    length = dice.choice((0, 1, 2, 8, 64, 132, 133, 512, 4296, 9000))
    return (text * (length // max(len(text), 1) + 1))[:length]


_MAKERS: Final = (
    _noise, _damaged, _damaged, _damaged, _joined, _spelled, _typed_through, _foreign, _bytes, _of_any_length,
)  # fmt: skip


def check_reading(seed: int, count: int, beside: Callable[[str], object] = len) -> int:
    """Read `count` texts; answers how many were read as a signed code (in another dress, never another one).

    `beside` is called with every text too. Raises AssertionError, or whatever crashed the reader.
    """
    known = list(genuine().values())
    signed = 0
    for text in texts(seed, count):
        beside(text)
        try:
            found = read(text, KEYS, TENANT, PATTERNS)
        except CodeRefused:
            continue
        if isinstance(found, SignedCode):
            assert found in known, f"a damaged code was believed: {text!r}"
            signed += 1
    return signed
