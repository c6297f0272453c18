"""Pictures of codes with real pixels, and what happens to them on a counter."""

from __future__ import annotations

import io
import random

import segno
from PIL import Image, ImageDraw, ImageFilter

_LEFT = (
    "0001101",
    "0011001",
    "0010011",
    "0111101",
    "0100011",
    "0110001",
    "0101111",
    "0111011",
    "0110111",
    "0001011",
)
_PARITY = ("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL")


def qr(
    text: str, *, error: str = "m", version: int | None = None, scale: int = 4, border: int = 4
) -> Image.Image:
    """A QR in grey levels."""
    symbol = segno.make(text, error=error, version=version, boost_error=False, micro=False)
    buffer = io.BytesIO()
    symbol.save(buffer, kind="png", scale=scale, border=border)
    return Image.open(buffer).convert("L")


def ean13(digits: str, *, module: int = 2, height: int = 90) -> Image.Image:
    """An EAN-13 of 12 digits (the check digit is added) or 13."""
    if len(digits) == 12:
        digits += str(-sum(int(d) * (1, 3)[i % 2] for i, d in enumerate(digits)) % 10)
    bits = "101"
    for digit, parity in zip(digits[1:7], _PARITY[int(digits[0])], strict=True):
        left = _LEFT[int(digit)]
        mirrored = "".join("10"[int(bit)] for bit in left)[::-1]
        bits += left if parity == "L" else mirrored
    bits += "01010" + "".join("".join("10"[int(bit)] for bit in _LEFT[int(d)]) for d in digits[7:]) + "101"
    image = Image.new("L", ((len(bits) + 22) * module, height + 20), 255)
    draw = ImageDraw.Draw(image)
    for place, bit in enumerate(bits):
        if bit == "1":
            left_edge = (place + 11) * module
            draw.rectangle((left_edge, 10, left_edge + module - 1, 10 + height), fill=0)
    return image


def png(image: Image.Image) -> bytes:
    """The picture as a PNG file."""
    return encoded(image, "PNG")


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file of this kind."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def noisy(image: Image.Image, share: float, seed: int = 1) -> Image.Image:
    """Salt and pepper on a share of the pixels."""
    chance = random.Random(seed)
    pixels = bytearray(image.tobytes())
    for place in range(len(pixels)):
        if chance.random() < share:
            pixels[place] = chance.choice((0, 255))
    return Image.frombytes("L", image.size, bytes(pixels))


def scratched(image: Image.Image, share: float) -> Image.Image:
    """A white stripe across the middle, this share of the height."""
    damaged = image.copy()
    height = round(image.height * share)
    top = round(image.height * 0.55)
    ImageDraw.Draw(damaged).rectangle((0, top, image.width, top + height), fill=255)
    return damaged


def blurred(image: Image.Image, radius: float) -> Image.Image:
    """Out of focus."""
    return image.filter(ImageFilter.GaussianBlur(radius))


def pale(image: Image.Image, dark: int, light: int) -> Image.Image:
    """Little contrast: a dim phone screen."""
    return image.point([dark + (light - dark) * level // 255 for level in range(256)])


def turned(image: Image.Image, degrees: float, paper: int = 255) -> Image.Image:
    """Held at an angle."""
    return image.rotate(degrees, expand=True, fillcolor=paper, resample=Image.Resampling.BICUBIC)
