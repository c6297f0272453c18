"""Texts of the bar codes and QR codes in a picture, read by zbar and zxing-cpp together."""

from __future__ import annotations

import io
import logging
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import ImageUnreadable, TroubleOutside

if TYPE_CHECKING:
    from PIL import Image

log = logging.getLogger(__name__)

MOST_BYTES: Final = 64 << 20
MOST_PIXELS: Final = 60_000_000
SMALL: Final = 600
"""Pixels of the longer side below which a picture is enlarged."""
LARGE: Final = 1600
"""Above this a copy is also tried smaller: noise averages out."""
BUDGET_S: Final = 4.0
"""Seconds after which no further view is tried."""
SHORTEST_LINEAR: Final = 6
"""Shorter texts of codes without a check digit are mostly noise read as stripes."""

_ZBAR_NAMES: Final = {
    "QRCODE": "QR",
    "EAN13": "EAN13",
    "EAN8": "EAN8",
    "UPCA": "EAN13",
    "UPCE": "UPCE",
    "CODE128": "CODE128",
    "CODE39": "CODE39",
}
_ZXING_NAMES: Final = {
    "QRCode": "QR",
    "QRCodeModel1": "QR",
    "QRCodeModel2": "QR",
    "MicroQRCode": "MICROQR",
    "EAN13": "EAN13",
    "ISBN": "EAN13",
    "EAN8": "EAN8",
    "UPCA": "EAN13",
    "UPCE": "UPCE",
    "Code128": "CODE128",
    "Code39": "CODE39",
    "ITF14": "ITF14",
    "DataMatrix": "DATAMATRIX",
    "Aztec": "AZTEC",
    "PDF417": "PDF417",
    "DataBarOmni": "DATABAR",
    "DataBarExp": "DATABAR",
}
_ZXING_FORMATS: Final = (
    "QRCode",
    "EANUPC",
    "Code128",
    "Code39",
    "ITF14",
    "DataMatrix",
    "Aztec",
    "PDF417",
    "DataBar",
)
_CORRECTED: Final = ("QR", "DATAMATRIX", "AZTEC", "PDF417")
_UNCHECKED: Final = ("CODE39", "CODE128", "PDF417", "DATABAR", "MICROQR")


@dataclass(frozen=True, slots=True)
class Decoded:
    """One code: its text and its symbology ("QR", "EAN13", …; UPC-A is the EAN-13 with a leading 0)."""

    text: str
    symbology: str


def decode(image_bytes: bytes) -> list[Decoded]:
    """Every code in a picture file, each text once, in the order found; [] when there is none.

    Raises ImageUnreadable, and TroubleOutside when no decoder is installed. Pictures in which nothing is
    seen at once are tried larger, smaller, with more contrast, smoothed, and turned.
    """
    image = opened(image_bytes)
    return decode_image(image)


def decode_image(image: Image.Image, budget_s: float = BUDGET_S) -> list[Decoded]:
    """As `decode`, of a Pillow image in mode "L" (a camera's frame); hard cases may cost `budget_s`."""
    ends_at = time.monotonic() + budget_s
    votes = _Votes()
    for view in _plain_views(image):
        votes.count(view)
    for view in _hard_views(image):
        if votes.elected or time.monotonic() > ends_at:
            break
        votes.count(view)
    return votes.elected


class _Votes:
    """Who has read what. Stripes carry one check digit only: two readings must agree to be believed."""

    def __init__(self) -> None:
        self._votes: Counter[Decoded] = Counter()

    def count(self, view: Image.Image) -> None:
        """Let both readers look at one more view of the picture."""
        self._votes.update(read_once(view))

    @property
    def elected(self) -> list[Decoded]:
        """What is believed, in the order found."""
        return [one for one, count in self._votes.items() if count >= 2 or one.symbology in _CORRECTED]


def opened(image_bytes: bytes) -> Image.Image:
    """The picture, upright and grey, transparent parts white. Raises ImageUnreadable."""
    from PIL import Image, ImageOps

    if len(image_bytes) > MOST_BYTES:
        raise ImageUnreadable(reason="too_large")
    try:
        with Image.open(io.BytesIO(image_bytes)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ImageUnreadable(reason="too_large")
            image.load()
            return _grey(ImageOps.exif_transpose(image))
    except ImageUnreadable:
        raise
    except Image.DecompressionBombError as error:
        raise ImageUnreadable(reason="too_large") from error
    except Exception as error:  # Pillow's plug-ins raise whatever a broken file makes them raise
        raise ImageUnreadable(reason="no_image") from error


def _grey(image: Image.Image) -> Image.Image:
    from PIL import Image, ImageChops

    if image.mode.startswith("I") or image.mode == "F":  # 16 bits a pixel; Pillow would clip, not scale
        return image.convert("I").point(lambda value: value * (1 / 257) + 0).convert("L")
    if image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info:
        coloured = image.convert("RGBA")
        white = Image.new("RGBA", image.size, (255, 255, 255, 255))
        grey = Image.alpha_composite(white, coloured).convert("L")
        if grey.getextrema() != (255, 255):
            return grey
        return ImageChops.invert(coloured.getchannel("A"))  # white modules on nothing
    return image.convert("L")


# --- views of a picture -----------------------------------------------------------------------
def _plain_views(image: Image.Image) -> Iterator[Image.Image]:
    from PIL import ImageOps

    yield image
    longer = max(image.size)
    border = max(8, longer // 20)
    paper = 255 if _edge_level(image) >= 128 else 0
    framed = ImageOps.expand(image, border, paper)
    if longer < SMALL:
        yield _scaled(framed, min(4.0, SMALL * 2 / longer))
    elif longer > LARGE:
        yield _scaled(image, LARGE / 2 / longer)
    else:
        yield framed


def _hard_views(image: Image.Image) -> Iterator[Image.Image]:
    from PIL import Image, ImageChops, ImageFilter, ImageOps

    longer = max(image.size)
    base = _scaled(image, LARGE / longer) if longer > LARGE else image
    base = ImageOps.expand(base, max(8, max(base.size) // 20), 255 if _edge_level(base) >= 128 else 0)
    yield ImageOps.autocontrast(base, cutoff=2)
    smooth = base.filter(ImageFilter.MedianFilter(3))
    yield smooth
    yield base.filter(ImageFilter.GaussianBlur(1.5))
    yield ImageChops.invert(base)
    if max(base.size) <= LARGE:
        yield _scaled(smooth, 2)
    yield _scaled(smooth, 0.5)
    yield ImageOps.equalize(smooth)
    paper = 255 if _edge_level(base) >= 128 else 0
    for degrees in (45, 20, -20, 70, 10, -10, 33, -33, 57):
        yield base.rotate(degrees, expand=True, fillcolor=paper, resample=Image.Resampling.BILINEAR)
    yield base.filter(ImageFilter.UnsharpMask(3, 200, 2))
    yield ImageOps.autocontrast(base.filter(ImageFilter.MedianFilter(5)), cutoff=5)


def _edge_level(image: Image.Image) -> int:
    """Mean grey of the picture's outermost rows: what lies around the code."""
    width, height = image.size
    top, bottom = image.crop((0, 0, width, 1)), image.crop((0, height - 1, width, height))
    values = top.tobytes() + bottom.tobytes()
    return sum(values) // max(1, len(values))


def _scaled(image: Image.Image, factor: float) -> Image.Image:
    from PIL import Image

    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    return image.resize(size, resample=Image.Resampling.BICUBIC)


# --- the two readers --------------------------------------------------------------------------
def read_once(image: Image.Image) -> list[Decoded]:
    """What both readers see in this very picture: each one's texts once, what both see twice."""
    found: list[Decoded] = []
    missing = 0
    for reader in (_zxing, _zbar):
        try:
            found += dict.fromkeys(one for one in reader(image) if _is_trusted(one, found))
        except ImportError as error:
            missing += 1
            log.warning("a decoder is missing: %s", error)
    if missing == 2:
        raise TroubleOutside(reason="no_decoder")
    return found


def _is_trusted(one: Decoded, found: list[Decoded]) -> bool:
    if not one.text or (one.symbology in _UNCHECKED and len(one.text) < SHORTEST_LINEAR):
        return False
    # zbar guesses the character set of a QR; where zxing has read one, its word counts for such texts
    return one.text.isascii() or not any(
        other.symbology == one.symbology and not other.text.isascii() for other in found
    )


def _zxing(image: Image.Image) -> Iterator[Decoded]:
    import zxingcpp

    formats = zxingcpp.BarcodeFormats([getattr(zxingcpp.BarcodeFormat, name) for name in _ZXING_FORMATS])
    for one in zxingcpp.read_barcodes(image, formats=formats, text_mode=zxingcpp.TextMode.Plain):
        name = _ZXING_NAMES.get(one.format.name)
        if name is not None:
            yield _named(one.text, name)


def _zbar(image: Image.Image) -> Iterator[Decoded]:
    from pyzbar import pyzbar

    symbols = [getattr(pyzbar.ZBarSymbol, name) for name in _ZBAR_NAMES]
    for one in pyzbar.decode(image, symbols=symbols):
        name = _ZBAR_NAMES.get(one.type)
        if name is not None:
            yield _named(one.data.decode("utf-8", "replace"), name)


def _named(text: str, symbology: str) -> Decoded:
    if symbology == "EAN13" and len(text) == 12:
        text = f"0{text}"
    return Decoded(text, symbology)
