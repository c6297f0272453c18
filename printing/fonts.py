"""The bundled font on 1-bit paper: tabular figures, whole-dot positions, faces opened once."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Final

from PIL import ImageDraw, ImageFont, features

_FEATURES: Final = ["tnum", "-calt"]
_OPTICAL_SIZE: Final = 14  # the sturdy text cut; the display cut is too fine for heat on paper
_DIGITS: Final = frozenset("0123456789")
_BLANKS: Final = frozenset(" \N{NO-BREAK SPACE}")
_ASCENT: Final = 969  # Inter, thousandths of the size
_DESCENT: Final = 241
_LINE: Final = 1310

Piece = tuple[str, int]
"""A run drawn in one go and its distance from the text's start, in dots."""


def has_shaping() -> bool:
    """Whether Pillow can use OpenType features here; without, figures are set in cells by hand."""
    return bool(features.check("raqm"))


def line_height(size: int) -> int:
    """Dots from one baseline to the next."""
    return (size * _LINE + 500) // 1000


def baseline(size: int) -> int:
    """Dots from the top of a line to its baseline."""
    glyphs = size * (_ASCENT + _DESCENT) // 1000
    return (line_height(size) - glyphs) // 2 + size * _ASCENT // 1000


@lru_cache(maxsize=1)
def _font_bytes() -> bytes:
    return files("resources").joinpath("fonts/Inter.ttf").read_bytes()


class Face:
    """One size and weight of the font."""

    def __init__(self, size: int, weight: int, shaping: bool) -> None:
        engine = ImageFont.Layout.RAQM if shaping else ImageFont.Layout.BASIC
        self._font = ImageFont.truetype(BytesIO(_font_bytes()), size, layout_engine=engine)
        self._font.set_variation_by_axes([_OPTICAL_SIZE, weight])
        self._features = _FEATURES if shaping else None
        self._shaping = shaping
        self._space = max(1, round(self._font.getlength(" ")))
        self._cell = max(round(self._font.getlength(digit, features=self._features)) for digit in "0123456789")
        self._known: dict[tuple[str, int], tuple[tuple[Piece, ...], int]] = {}

    def width(self, text: str, spacing: int = 0) -> int:
        """Dots that the text takes."""
        return self.set(text, spacing)[1]

    def set(self, text: str, spacing: int = 0) -> tuple[tuple[Piece, ...], int]:
        """Pieces with their places, and the whole width. Words stand apart by whole dots, always the same."""
        key = (text, spacing)
        if key not in self._known:
            if len(self._known) > 4000:
                self._known.clear()
            self._known[key] = self._placed(text, spacing)
        return self._known[key]

    def draw(self, canvas: ImageDraw.ImageDraw, at: tuple[int, int], text: str, spacing: int = 0) -> None:
        """Draws in black from the left end of the baseline."""
        x, y = at
        for run, offset in self.set(text, spacing)[0]:
            canvas.text((x + offset, y), run, fill=0, font=self._font, anchor="ls", features=self._features)

    def _placed(self, text: str, spacing: int) -> tuple[tuple[Piece, ...], int]:
        pieces: list[Piece] = []
        x = 0
        for run in _runs(text, single=bool(spacing), digits_apart=not self._shaping):
            if run in _BLANKS:
                x += self._space + spacing
            elif run in _DIGITS and not self._shaping:
                own = round(self._font.getlength(run))
                pieces.append((run, x + (self._cell - own) // 2))
                x += self._cell + spacing
            else:
                pieces.append((run, x))
                x += round(self._font.getlength(run, features=self._features)) + spacing
        return tuple(pieces), max(0, x - spacing)


def _runs(text: str, single: bool, digits_apart: bool) -> list[str]:
    """Words, blanks, and single characters where each needs a place of its own."""
    runs: list[str] = []
    for character in text:
        alone = single or character in _BLANKS or (digits_apart and character in _DIGITS)
        if alone or not runs or runs[-1] in _BLANKS or (digits_apart and runs[-1] in _DIGITS):
            runs.append(character)
        else:
            runs[-1] += character
    return runs


@lru_cache(maxsize=64)
def _face(size: int, weight: int, shaping: bool) -> Face:
    return Face(size, weight, shaping)


def face(size: int, weight: int, shaping: bool | None = None) -> Face:
    """The face, opened at its first use."""
    return _face(size, weight, has_shaping() if shaping is None else shaping)
