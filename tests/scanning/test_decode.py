"""Pictures become texts: clean, damaged, turned, noisy, and files that are no pictures."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageOps

from pos_app.domain.errors import ImageUnreadable
from pos_app.scanning.decode import Decoded, decode, opened
from tests.support import pictures

CODE = "QX1" + "0BCFGHJKLMNPQRSTVXZ123456" * 6
EAN = "8935001234562"


@pytest.fixture(scope="module")
def code_text() -> str:
    return CODE[:153]


@pytest.mark.parametrize(("error", "version"), [("m", 6), ("q", 8)])
def test_a_code_of_the_chain_is_read(code_text: str, error: str, version: int) -> None:
    picture = pictures.qr(code_text, error=error, version=version)
    assert decode(pictures.png(picture)) == [Decoded(code_text, "QR")]


@pytest.mark.parametrize("module", [2, 3, 4])
def test_an_article_number_is_read(module: int) -> None:
    assert decode(pictures.png(pictures.ean13(EAN[:12], module=module))) == [Decoded(EAN, "EAN13")]


def test_an_american_number_gets_its_leading_zero() -> None:
    assert decode(pictures.png(pictures.ean13("003600029145"))) == [Decoded("0036000291452", "EAN13")]


def test_several_codes_in_one_picture_are_all_read_once(code_text: str) -> None:
    left, right = pictures.qr(code_text), pictures.ean13(EAN)
    both = Image.new("L", (left.width + right.width + 40, max(left.height, right.height)), 255)
    both.paste(left, (0, 0))
    both.paste(right, (left.width + 40, 30))
    assert sorted(one.symbology for one in decode(pictures.png(both))) == ["EAN13", "QR"]


def test_vietnamese_text_is_read_once_and_right() -> None:
    text = "Quầy số 2, Mộc Lan Nguyễn Trãi"
    assert decode(pictures.png(pictures.qr(text))) == [Decoded(text, "QR")]


@pytest.mark.parametrize("degrees", [90, 180, 270, 12, 30, 45, 77])
def test_a_turned_code_is_read(code_text: str, degrees: float) -> None:
    assert decode(pictures.png(pictures.turned(pictures.qr(code_text), degrees))) == [
        Decoded(code_text, "QR")
    ]


@pytest.mark.parametrize("degrees", [90, 180, 15, 40])
def test_a_turned_article_number_is_read(degrees: float) -> None:
    picture = pictures.turned(pictures.ean13(EAN, module=3, height=160), degrees)
    assert decode(pictures.png(picture)) == [Decoded(EAN, "EAN13")]


def test_a_scratch_is_mended_by_the_codes_own_correction(code_text: str) -> None:
    picture = pictures.scratched(pictures.qr(code_text, error="q", version=8), 0.06)
    assert decode(pictures.png(picture)) == [Decoded(code_text, "QR")]


@pytest.mark.parametrize("share", [0.02, 0.08, 0.15])
def test_noise_is_seen_through(code_text: str, share: float) -> None:
    picture = pictures.noisy(pictures.qr(code_text, scale=6), share)
    assert decode(pictures.png(picture)) == [Decoded(code_text, "QR")]


def test_noise_on_an_article_number_is_seen_through() -> None:
    assert Decoded(EAN, "EAN13") in decode(pictures.png(pictures.noisy(pictures.ean13(EAN, module=3), 0.05)))


@pytest.mark.parametrize("radius", [1.0, 2.0])
def test_a_picture_out_of_focus_is_read(code_text: str, radius: float) -> None:
    assert decode(pictures.png(pictures.blurred(pictures.qr(code_text, scale=5), radius)))


def test_a_dim_screen_is_read(code_text: str) -> None:
    assert decode(pictures.png(pictures.pale(pictures.qr(code_text), 90, 130))) == [Decoded(code_text, "QR")]


def test_a_dark_mode_code_is_read(code_text: str) -> None:
    assert decode(pictures.png(ImageOps.invert(pictures.qr(code_text)))) == [Decoded(code_text, "QR")]


def test_a_code_without_quiet_zone_is_read(code_text: str) -> None:
    assert decode(pictures.png(pictures.qr(code_text, border=0))) == [Decoded(code_text, "QR")]


@pytest.mark.parametrize("scale", [1, 2])
def test_a_tiny_picture_is_read(code_text: str, scale: int) -> None:
    assert decode(pictures.png(pictures.qr(code_text, scale=scale))) == [Decoded(code_text, "QR")]


def test_a_large_photo_with_a_small_code_is_read(code_text: str) -> None:
    photo = Image.effect_noise((3000, 2200), 40)
    photo.paste(pictures.qr(code_text, scale=5), (1700, 600))
    assert decode(pictures.encoded(photo, "JPEG", quality=70)) == [Decoded(code_text, "QR")]


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "BMP", "GIF", "TIFF"])
def test_the_usual_kinds_of_files_are_read(code_text: str, kind: str) -> None:
    assert decode(pictures.encoded(pictures.qr(code_text), kind)) == [Decoded(code_text, "QR")]


@pytest.mark.parametrize("mode", ["1", "RGB", "RGBA", "LA", "P", "I;16", "CMYK"])
def test_every_way_of_storing_pixels_is_read(code_text: str, mode: str) -> None:
    grey = pictures.qr(code_text)
    if mode == "I;16":
        wide = b"".join(bytes((level, level)) for level in grey.tobytes())
        stored = Image.frombytes("I;16", grey.size, wide)
    else:
        stored = grey.convert("RGB").convert(mode) if mode != "LA" else grey.convert("LA")
    kind = "TIFF" if mode == "CMYK" else "PNG"
    assert decode(pictures.encoded(stored, kind)) == [Decoded(code_text, "QR")]


@pytest.mark.parametrize("ink", [0, 255])
def test_a_transparent_background_is_read(code_text: str, ink: int) -> None:
    alpha = ImageOps.invert(pictures.qr(code_text))
    picture = Image.new("RGBA", alpha.size, (ink, ink, ink, 255))
    picture.putalpha(alpha)
    assert decode(pictures.png(picture)) == [Decoded(code_text, "QR")]


def test_a_photo_turned_by_its_camera_stands_upright(code_text: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = pictures.encoded(Image.new("L", (40, 20), 255), "JPEG", exif=exif)
    assert opened(stored).size == (20, 40)


def test_an_empty_picture_holds_nothing() -> None:
    assert decode(pictures.png(Image.new("L", (300, 200), 255))) == []


def test_noise_alone_is_no_code() -> None:
    assert decode(pictures.png(Image.effect_noise((400, 300), 80))) == []


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (3, 3)])
def test_a_sliver_of_a_picture_holds_nothing(size: tuple[int, int]) -> None:
    assert decode(pictures.png(Image.new("L", size, 0))) == []


@pytest.mark.parametrize(
    "content",
    [b"", b"no picture", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n", b"GIF89a", b"\xff\xd8\xff\xe0", bytes(1000)],
)
def test_bytes_that_are_no_picture_are_refused(content: bytes) -> None:
    with pytest.raises(ImageUnreadable) as refused:
        decode(content)
    assert refused.value.reason == "no_image"


def test_a_truncated_picture_is_refused_or_read_but_never_breaks(code_text: str) -> None:
    whole = pictures.png(pictures.qr(code_text))
    for length in range(0, len(whole), 37):
        try:
            decode(whole[:length])
        except ImageUnreadable:
            continue


def test_a_picture_of_absurd_size_is_refused() -> None:
    buffer = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(buffer, "PNG")
    with pytest.raises(ImageUnreadable) as refused:
        decode(buffer.getvalue())
    assert refused.value.reason == "too_large"
