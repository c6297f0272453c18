"""The bundled font on 1-bit paper: every glyph drawn once, whole-dot steps, figures of one width.

Pillow's plain layout is enough for Vietnamese (one code point a letter) and is there on every machine, so a
receipt looks the same everywhere; figures get cells of equal width here instead of by a font feature.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

_OPTICAL_SIZE: Final = 14  # the sturdy text cut; the display cut is too fine for heat on paper
_DIGITS: Final = "0123456789"
_BLANKS: Final = frozenset(" \N{NO-BREAK SPACE}")
_BLANK: Final = 300  # thousandths of the size: more than Inter's own, small words must not run together
_HEADING: Final = 28
_HEADING_BLANK: Final = 260
_ASCENT: Final = 969
_DESCENT: Final = 241
_LINE: Final = 1310
_TITLE: Final = 40  # from here up lines stand closer
_TITLE_LINE: Final = 1180
_FINE: Final = 6  # a glyph is drawn this much larger, then each dot is decided by how much of it is covered
_COVERED: Final = 100  # of 255; below one half, for thin strokes fade on worn print heads
_MEASURE: Final = 1000


def line_height(size: int) -> int:
    """Dots from one baseline to the next."""
    return (size * (_TITLE_LINE if size >= _TITLE else _LINE) + 500) // 1000


def baseline(size: int) -> int:
    """Dots from the top of a line to its baseline."""
    glyphs = size * (_ASCENT + _DESCENT) // 1000
    return (line_height(size) - glyphs) // 2 + size * _ASCENT // 1000


@lru_cache(maxsize=1)
def _font_bytes() -> bytes:
    return files("resources").joinpath("fonts/Inter.ttf").read_bytes()


@lru_cache(maxsize=64)
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(BytesIO(_font_bytes()), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([_OPTICAL_SIZE, weight])
    return font


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A drawn letter: its mask, where that begins from the pen on the baseline, and the step to the next."""

    mask: Image.Image | None
    left: int
    top: int
    step: int


class Face:
    """One size and weight of the font; draws black on images of mode "1"."""

    def __init__(self, size: int, weight: int) -> None:
        self._size = size
        self._weight = weight
        self._cell = max(self._advance(digit) for digit in _DIGITS)
        self._glyphs: dict[str, _Glyph] = {}

    def width(self, text: str, spacing: int = 0) -> int:
        """Dots that the text takes."""
        steps = sum(self._glyph(character).step for character in text)
        return steps + spacing * max(0, len(text) - 1)

    def draw(self, image: Image.Image, at: tuple[int, int], text: str, spacing: int = 0) -> None:
        """Draws from the left end of the baseline."""
        x, y = at
        for character in text:
            glyph = self._glyph(character)
            if glyph.mask is not None:
                image.paste(0, (x + glyph.left, y + glyph.top), glyph.mask)
            x += glyph.step + spacing

    def _advance(self, character: str) -> int:
        length = _font(_MEASURE, self._weight).getlength(character)
        return round(length * self._size / _MEASURE)

    def _glyph(self, character: str) -> _Glyph:
        glyph = self._glyphs.get(character)
        if glyph is None:
            glyph = self._glyphs[character] = self._drawn(character)
        return glyph

    def _drawn(self, character: str) -> _Glyph:
        if character in _BLANKS:
            blank = _HEADING_BLANK if self._size >= _HEADING else _BLANK
            return _Glyph(None, 0, 0, (self._size * blank + 500) // 1000)
        step = own = self._advance(character)
        shift = 0
        if character in _DIGITS:
            step, shift = self._cell, (self._cell - own) // 2
        font = _font(self._size * _FINE, self._weight)
        box = font.getbbox(character, anchor="ls")
        left, top = int(box[0]) // _FINE, int(box[1]) // _FINE
        right, bottom = -(-int(box[2]) // _FINE), -(-int(box[3]) // _FINE)
        if right <= left or bottom <= top:
            return _Glyph(None, 0, 0, step)
        fine = Image.new("L", ((right - left) * _FINE, (bottom - top) * _FINE), 0)
        at = (-left * _FINE, -top * _FINE)
        ImageDraw.Draw(fine).text(at, character, fill=255, font=font, anchor="ls")
        mask = fine.reduce(_FINE).point([255 if value >= _COVERED else 0 for value in range(256)], "1")
        return _Glyph(mask, left + shift, top, step)


@lru_cache(maxsize=64)
def face(size: int, weight: int) -> Face:
    """The face, opened at its first use."""
    return Face(size, weight)
