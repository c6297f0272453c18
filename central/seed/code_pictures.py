"""Pictures of codes: QR as on a phone's screen, EAN-13 as on a label, and an index of what they are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import segno
from PIL import Image, ImageDraw, ImageFont

from central.seed.code_samples import Sample

INDEX: Final = "index.json"
QUIET: Final = 4
_QR_SCALE: Final = 6
_SCREEN_VERSION: Final = 6
_SCREEN_VERSION_BOUND: Final = 7
_ROOM_OF_SCREEN_VERSION: Final = 154  # alphanumeric characters in 6-M

_LEFT: Final = (
    "0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111",
    "0001011",
)  # fmt: skip
_PARITY: Final = (
    "AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA",
)  # fmt: skip
_MODULE: Final = 3
_BAR_HEIGHT: Final = 150
_MARGIN: Final = 11 * _MODULE


def write_pictures(folder: Path, samples: Iterable[Sample]) -> int:
    """One PNG a sample and `index.json` [{file, text, type, meaning}]; returns how many pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    index = []
    for sample in samples:
        file = f"{sample.name}.png"
        if sample.type == "product":
            ean_picture(sample.text).save(folder / file)
        else:
            _write_qr(folder / file, sample.text)
        index.append({"file": file, "text": sample.text, "type": sample.type, "meaning": sample.meaning})
    text = json.dumps(index, ensure_ascii=False, indent=1) + "\n"
    (folder / INDEX).write_text(text, encoding="utf-8")
    return len(index)


def _write_qr(path: Path, text: str) -> None:
    """6-M on screens, 7-M for a bound voucher (protocol §7)."""
    version = _SCREEN_VERSION if len(text) <= _ROOM_OF_SCREEN_VERSION else _SCREEN_VERSION_BOUND
    code = segno.make_qr(text, error="m", version=version, mode="alphanumeric", boost_error=False)
    code.save(str(path), kind="png", scale=_QR_SCALE, border=QUIET)


def ean_modules(number: str) -> str:
    """The 95 modules of an EAN-13, 1 = bar."""
    parity = _PARITY[int(number[0])]
    left = "".join(_left(digit, kind) for digit, kind in zip(number[1:7], parity, strict=True))
    right = "".join(_flipped(_LEFT[int(digit)]) for digit in number[7:])
    return f"101{left}01010{right}101"


def ean_picture(number: str) -> Image.Image:
    """The bars with their number below."""
    modules = ean_modules(number)
    width = len(modules) * _MODULE + 2 * _MARGIN
    picture = Image.new("L", (width, _BAR_HEIGHT + 60), 255)
    draw = ImageDraw.Draw(picture)
    for place, module in enumerate(modules):
        if module == "1":
            left = _MARGIN + place * _MODULE
            draw.rectangle((left, 16, left + _MODULE - 1, 16 + _BAR_HEIGHT), fill=0)
    draw.text((width / 2, _BAR_HEIGHT + 40), number, fill=0, font=ImageFont.load_default(26), anchor="mm")
    return picture


def _left(digit: str, kind: str) -> str:
    pattern = _LEFT[int(digit)]
    return pattern if kind == "A" else _flipped(pattern)[::-1]


def _flipped(pattern: str) -> str:
    return "".join("0" if module == "1" else "1" for module in pattern)
