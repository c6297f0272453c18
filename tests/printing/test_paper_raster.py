"""The dots: width, edges, codes that scan, wrapping, and time."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
import zxingcpp
from PIL import Image

from printing import preview, qr, receipt
from printing.document import Align, Columns, Document, Text
from printing.fonts import face
from printing.layout import MARGIN, Code, Words, clean, lay_out, wrap
from printing.raster import NARROW, WIDE, render
from tests.support import paper_bodies as bodies

WIDTHS = (WIDE, NARROW)


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """Box of the black dots."""
    box = image.convert("L").point(lambda value: 255 - value).getbbox()
    assert box is not None
    return int(box[0]), int(box[1]), int(box[2]), int(box[3])


@pytest.mark.parametrize("width", WIDTHS)
def test_receipt_code_scans_from_the_dots(width: int) -> None:
    image = render(receipt.compose(bodies.usual_sale(), bodies.FACTS), width)
    assert [found.text for found in zxingcpp.read_barcodes(image.convert("L"))] == [bodies.CODE]


@pytest.mark.parametrize("width", WIDTHS)
def test_all_ink_stays_inside_the_margins(width: int) -> None:
    image = render(receipt.compose(bodies.long_names_sale(), bodies.LONG_FACTS), width)
    left, _, right, _ = ink(image)
    assert (image.mode, image.width) == ("1", width)
    assert left >= MARGIN - 1
    assert right <= width - MARGIN + 1


@pytest.mark.parametrize("width", WIDTHS)
def test_no_two_texts_overlap(width: int) -> None:
    page = lay_out(receipt.compose(bodies.long_names_sale(), bodies.LONG_FACTS), width)
    by_line: dict[int, list[tuple[int, int]]] = {}
    for mark in page.marks:
        if isinstance(mark, Words):
            end = mark.x + face(mark.size, mark.weight).width(mark.text, mark.spacing)
            by_line.setdefault(mark.y, []).append((mark.x, end))
    for spans in by_line.values():
        ordered = sorted(spans)
        assert all(first[1] < second[0] for first, second in pairwise(ordered))


def test_figures_end_on_one_edge_and_have_one_width() -> None:
    narrow, wide = face(24, 500).width("111.111"), face(24, 500).width("888.888")
    assert narrow == wide
    page = lay_out(receipt.compose(bodies.usual_sale(), bodies.FACTS), WIDE)
    for figure in ("495.000", "1.841.000", "−79.800", "1.761.200đ"):
        mark = next(mark for mark in page.marks if isinstance(mark, Words) and mark.text == figure)
        assert mark.x + face(mark.size, mark.weight).width(figure, mark.spacing) == WIDE - MARGIN


def test_texts_are_large_and_heavy_enough_for_worn_heads() -> None:
    page = lay_out(receipt.compose(bodies.usual_sale(), bodies.FACTS), WIDE)
    words = [mark for mark in page.marks if isinstance(mark, Words)]
    assert min(mark.size for mark in words) >= 22
    assert min(mark.weight for mark in words) >= 500


@pytest.mark.parametrize("width", WIDTHS)
def test_code_has_four_dots_a_module_and_four_modules_of_quiet(width: int) -> None:
    page = lay_out(receipt.compose(bodies.usual_sale(), bodies.FACTS), width)
    code = next(mark for mark in page.marks if isinstance(mark, Code))
    assert code.module == 4
    assert len(qr.matrix(code.text)) == 49  # version 8
    assert qr.picture(code.text).width == (49 + 8) * 4


def test_picture_of_a_code_is_what_its_modules_say() -> None:
    picture = qr.picture(bodies.CODE, module=9, level="M")
    assert [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))] == [bodies.CODE]
    assert len(qr.matrix(bodies.CODE, "M")) == 41  # version 6 on screens


def test_names_wrap_between_words_and_lose_nothing() -> None:
    lines = wrap(bodies.LONG_NAME, face(24, 640), 360)
    assert len(lines) > 3
    assert " ".join(lines) == bodies.LONG_NAME
    assert all(face(24, 640).width(text) <= 360 for text in lines)


def test_a_word_wider_than_the_paper_is_broken() -> None:
    lines = wrap("https://" + "m" * 80, face(24, 500), 360)
    assert "".join(lines) == "https://" + "m" * 80
    assert all(face(24, 500).width(text) <= 360 for text in lines)


def test_composed_and_decomposed_letters_give_the_same_dots() -> None:
    one, other = (render(Document((Text(text),))) for text in ("Thừa", "Thu\u031b\u0300a"))
    assert one.tobytes() == other.tobytes()


def test_control_characters_never_reach_the_paper() -> None:
    assert clean("a\x00b\x1b@c\nd\u202ee") == "ab@c de"


def test_every_vietnamese_letter_has_its_own_dots() -> None:
    letters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    letters += letters.upper()
    drawn = {render(Document((Text(letter, 22),))).tobytes() for letter in letters}
    assert len(drawn) == len(letters)


def test_figure_goes_below_when_neither_side_has_room() -> None:
    amount = Text("12.345.678.900đ", 44, 700, Align.RIGHT, fit=True)
    pair = Columns((Text("Khách cần trả hôm nay", 30, 700), amount))
    words = [mark for mark in lay_out(Document((pair,)), NARROW).marks if isinstance(mark, Words)]
    assert words[0].y < words[-1].y
    assert words[-1].text == "12.345.678.900đ"


@pytest.mark.parametrize("width", WIDTHS)
def test_no_amount_is_ever_cut_in_two(width: int) -> None:
    document = receipt.compose(bodies.long_names_sale(), bodies.LONG_FACTS)
    texts = [mark.text for mark in lay_out(document, width).marks if isinstance(mark, Words)]
    for amount in ("149.880.000", "149.875.000đ", "138.314.815", "11.065.185"):
        assert amount in texts
    assert any(text.endswith("12.490.000") for text in texts)


def test_two_hundred_lines_print_whole_and_a_usual_receipt_is_fast() -> None:
    many = [bodies.line(no, f"Giày mẫu số {no}", 495_000, variant="Đen, 37") for no in range(1, 201)]
    body = bodies.usual_sale()
    body["payload"] |= {"lines": many, "total": 99_000_000}
    image = render(receipt.compose(body, bodies.FACTS))
    assert image.height > 200 * 60
    started = time.perf_counter()
    render(receipt.compose(bodies.usual_sale(), bodies.FACTS))
    assert time.perf_counter() - started < 0.3


def test_preview_is_a_png_of_the_same_dots() -> None:
    document = receipt.compose(bodies.usual_sale(), bodies.FACTS)
    assert preview.png(document, NARROW).startswith(b"\x89PNG")
