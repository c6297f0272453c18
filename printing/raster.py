"""Draws a document as dots: 1 bit, no grey, no dithering; the way that prints Vietnamese on any printer."""

from __future__ import annotations

from typing import Final

from PIL import Image, ImageDraw

from printing import fonts, qr
from printing.document import Document
from printing.layout import BORDER, Bar, Code, Frame, Mark, Page, Words, lay_out

WIDE: Final = 576
"""Dots across 80 mm paper."""

NARROW: Final = 384
"""Dots across 58 mm paper."""

_DASH: Final = 6
_DASH_STEP: Final = 9
_RADIUS: Final = 12


def render(document: Document, width: int = WIDE) -> Image.Image:
    """The document as an image of mode "1", `width` dots wide (a multiple of 8)."""
    return draw(lay_out(document, width))


def draw(page: Page) -> Image.Image:
    """A page that has been laid out, as an image of mode "1"."""
    image = Image.new("1", (page.width, page.height), 255)
    canvas = ImageDraw.Draw(image)
    for mark in page.marks:
        _draw(image, canvas, mark)
    return image


def _draw(image: Image.Image, canvas: ImageDraw.ImageDraw, mark: Mark) -> None:
    match mark:
        case Words():
            fonts.face(mark.size, mark.weight).draw(image, (mark.x, mark.y), mark.text, mark.spacing)
        case Bar():
            _bar(canvas, mark)
        case Frame():
            corners = (mark.x, mark.y, mark.x + mark.width - 1, mark.y + mark.height - 1)
            canvas.rounded_rectangle(corners, _RADIUS, outline=0, width=BORDER)
        case Code():
            image.paste(qr.picture(mark.text, mark.module), (mark.x, mark.y))


def _bar(canvas: ImageDraw.ImageDraw, bar: Bar) -> None:
    end = bar.x + bar.width - 1
    bottom = bar.y + BORDER - 1
    if not bar.dashed:
        canvas.rectangle((bar.x, bar.y, end, bottom), fill=0)
        return
    for x in range(bar.x, end, _DASH_STEP):
        canvas.rectangle((x, bar.y, min(x + _DASH - 1, end), bottom), fill=0)
