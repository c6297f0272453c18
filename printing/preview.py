"""A document as a PNG, for the screen and for files."""

from __future__ import annotations

from io import BytesIO

from printing.document import Document
from printing.raster import WIDE, render


def png(document: Document, width: int = WIDE) -> bytes:
    """What would come out of the printer, black on white, one pixel a dot."""
    out = BytesIO()
    render(document, width).save(out, "PNG", optimize=True)
    return out.getvalue()
