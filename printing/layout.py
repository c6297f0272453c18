"""Places a document's parts on paper of a given width: wrapping, columns, frames, all in dots."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from printing import fonts, qr
from printing.document import Align, Box, Columns, Document, Item, Qr, Rule, Space, Text

MARGIN: Final = 12
TOP: Final = 4
BOTTOM: Final = 24
GAP: Final = 14  # least white between a label and its figure
NARROW_GAP: Final = 6  # and between three columns
BORDER: Final = 3
INSET: Final = 7  # from a frame's outer edge to what it holds
SMALLEST_HEADING: Final = 28  # a heading that must shrink below this wraps instead
SMALLEST: Final = 16  # figures on narrow paper
MODULE: Final = 4
_DOT: Final = "\N{MIDDLE DOT}"  # between facts; at either end of a line it has nothing to part
_BALANCE: Final = 8
LEAST_BESIDE: Final = 180  # less room than this beside a QR and the text goes below it


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text from the left end of its baseline."""

    x: int
    y: int
    text: str
    size: int
    weight: int
    spacing: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """A line across the paper, `BORDER` dots thick."""

    x: int
    y: int
    width: int
    dashed: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """A rounded frame."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code with its quiet zone, from its top left corner."""

    x: int
    y: int
    text: str
    module: int


Mark = Words | Bar | Frame | Code


@dataclass(frozen=True, slots=True)
class Page:
    """Everything in its place. Dots."""

    width: int
    height: int
    marks: tuple[Mark, ...]


def clean(text: str) -> str:
    """Composed letters, one line, nothing that only a terminal would understand."""
    composed = unicodedata.normalize("NFC", text)
    kept = (
        " " if c in "\t\r\n" else c for c in composed if c in "\t\r\n" or unicodedata.category(c)[0] != "C"
    )
    return "".join(kept).strip()


def wrap(text: str, face: fonts.Face, width: int, spacing: int = 0) -> list[str]:
    """Lines no wider than `width` dots; a word that is wider by itself is broken anywhere."""
    lines: list[str] = []
    line = ""
    for word in clean(text).split(" "):
        longer = f"{line} {word}" if line else word
        if face.width(longer, spacing) <= width:
            line = longer
            continue
        if line:
            lines.append(line.removesuffix(_DOT).rstrip())
        if word == _DOT:
            line = ""
            continue
        *full, line = _broken(word, face, width, spacing)
        lines.extend(full)
    lines.append(line)
    return lines


def balanced(text: str, face: fonts.Face, width: int, spacing: int = 0) -> list[str]:
    """As wrap, with lines of about one length: no single word below a centred sentence."""
    lines = wrap(text, face, width, spacing)
    widest = max(face.width(word, spacing) for word in clean(text).split(" "))
    for narrower in range(width - _BALANCE, max(widest, width // 2), -_BALANCE):
        tried = wrap(text, face, narrower, spacing)
        if len(lines) == 1 or len(tried) > len(lines):
            break
        lines = tried
    return lines


def _broken(word: str, face: fonts.Face, width: int, spacing: int) -> list[str]:
    parts = [""]
    if face.width(word, spacing) <= width:
        return [word]
    for character in word:
        if parts[-1] and face.width(parts[-1] + character, spacing) > width:
            parts.append("")
        parts[-1] += character
    return parts


def lay_out(document: Document, width: int) -> Page:
    """The page for paper of `width` dots (576 or 384)."""
    pen = _Pen(MARGIN, TOP, width - 2 * MARGIN)
    for item in document.items:
        pen.put(item)
    return Page(width, pen.y + BOTTOM, tuple(pen.marks))


class _Pen:
    """Goes down a column of `width` dots that begins at `x` and leaves marks."""

    def __init__(self, x: int, y: int, width: int) -> None:
        self.x, self.y, self.width = x, y, width
        self.marks: list[Mark] = []

    def put(self, item: Item) -> None:
        match item:
            case Text():
                self.y = self._paragraph(item, self.x, self.y, self.width)
            case Columns():
                self._columns(item)
            case Rule():
                self.marks.append(Bar(self.x, self.y, self.width, item.dashed))
                self.y += BORDER
            case Space():
                self.y += item.dots
            case Box():
                self._box(item)
            case Qr():
                self._code(item)

    def _paragraph(self, text: Text, x: int, y: int, width: int) -> int:
        """Marks a wrapped text; answers where the next one begins."""
        size = _fitting(text, width)
        face = fonts.face(size, text.weight)
        lines = balanced if text.align is Align.CENTRE else wrap
        for line in lines(text.text, face, width, text.spacing):
            free = width - face.width(line, text.spacing)
            shift = {Align.LEFT: 0, Align.CENTRE: free // 2, Align.RIGHT: free}[text.align]
            place = y + fonts.baseline(size)
            self.marks.append(Words(x + shift, place, line, size, text.weight, text.spacing))
            y += fonts.line_height(size)
        return y

    def _columns(self, columns: Columns) -> None:
        if len(columns.cells) == 2 and not columns.shares:
            self._pair(*columns.cells)
            return
        shares = columns.shares or (1,) * len(columns.cells)
        bottom, left, used = self.y, self.x, 0
        for cell, share in zip(columns.cells, shares, strict=True):
            used += share
            right = self.x + self.width * used // sum(shares)
            bottom = max(bottom, self._paragraph(cell, left, self.y, right - left))
            left = right + NARROW_GAP
        self.y = bottom

    def _pair(self, label: Text, figure: Text) -> None:
        label_width, figure_width = _natural(label), _natural(figure)
        left = self.width - figure_width - GAP
        if label_width <= left or (figure_width <= self.width * 55 // 100 and _widest_word(label) <= left):
            self._side_by_side(label, figure, left)
        elif label_width <= self.width * 40 // 100 and _widest_word(figure) <= self.width - label_width - GAP:
            self._side_by_side(label, figure, label_width)
        else:
            self.put(label)
            self.put(figure)

    def _side_by_side(self, label: Text, figure: Text, label_width: int) -> None:
        """The figure stands on the baseline of the label's last line, or the label on the figure's first."""
        right = self.x + label_width + GAP
        label_lines = len(wrap(label.text, fonts.face(label.size, label.weight), label_width))
        above = (label_lines - 1) * fonts.line_height(label.size)
        drop = fonts.baseline(figure.size) - fonts.baseline(label.size)
        label_top = self.y + max(0, drop - above)
        figure_top = self.y + max(0, above - drop)
        self.y = max(
            self._paragraph(label, self.x, label_top, label_width),
            self._paragraph(figure, right, figure_top, self.x + self.width - right),
        )

    def _box(self, box: Box) -> None:
        inner = _Pen(self.x + 2 * INSET, self.y + INSET, self.width - 4 * INSET)
        for item in box.items:
            inner.put(item)
        self._framed(inner.marks, inner.y + INSET)

    def _framed(self, marks: list[Mark], bottom: int) -> None:
        self.marks.append(Frame(self.x, self.y, self.width, bottom - self.y))
        self.marks.extend(marks)
        self.y = bottom

    def _code(self, code: Qr) -> None:
        modules = len(qr.matrix(code.text)) + 2 * qr.QUIET
        module = max(1, min(MODULE, (self.width - 2 * INSET) // modules))
        side = modules * module
        room = self.width - 2 * INSET - side - 5 - INSET
        if room >= LEAST_BESIDE:
            self._code_beside(code, module, side, room)
        else:
            self._code_above(code, module, side)

    def _code_beside(self, code: Qr, module: int, side: int, room: int) -> None:
        text = _Pen(self.x + INSET + side + 5, 0, room)
        for item in code.beside:
            text.put(item)
        height = max(side, text.y)
        text_top = self.y + INSET + (height - text.y) // 2
        marks: list[Mark] = [
            Code(self.x + INSET, self.y + INSET + (height - side) // 2, code.text, module),
            *(_lowered(mark, text_top) for mark in text.marks),
        ]
        self._framed(marks, self.y + height + 2 * INSET)

    def _code_above(self, code: Qr, module: int, side: int) -> None:
        inner = _Pen(self.x + 2 * INSET, self.y + INSET + side, self.width - 4 * INSET)
        inner.marks.append(Code(self.x + (self.width - side) // 2, self.y + INSET, code.text, module))
        for item in code.beside:
            inner.put(_centred(item))
        self._framed(inner.marks, inner.y + 2 * INSET)


def _natural(text: Text) -> int:
    return fonts.face(text.size, text.weight).width(clean(text.text), text.spacing)


def _widest_word(text: Text) -> int:
    face = fonts.face(text.size, text.weight)
    return max(face.width(word, text.spacing) for word in clean(text.text).split(" "))


def _fitting(text: Text, width: int) -> int:
    size = text.size
    if text.fit:
        least = SMALLEST_HEADING if size > SMALLEST_HEADING else SMALLEST
        while size > least and fonts.face(size, text.weight).width(clean(text.text), text.spacing) > width:
            size -= 2
    return size


def _centred(item: Text | Space) -> Text | Space:
    if isinstance(item, Space):
        return item
    return Text(item.text, item.size, item.weight, Align.CENTRE, item.spacing, item.fit)


def _lowered(mark: Mark, by: int) -> Mark:
    assert isinstance(mark, Words)
    return Words(mark.x, mark.y + by, mark.text, mark.size, mark.weight, mark.spacing)
