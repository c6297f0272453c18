"""Names of styles, put together from what shop labels say: kind, material, detail, a last word on comfort."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from central.seed.dice import Dice

Parts = tuple[tuple[str, ...], ...]

PARTS: Final[dict[str, tuple[Parts, ...]]] = {
    "giay-cao-got": (
        (
            ("Giày cao gót",),
            ("mũi nhọn", "mũi vuông", "hở mũi", "quai hậu", "bít mũi", "da bóng", "da lộn", "satin", "nhung"),
            ("đính ngọc trai", "nơ bản lớn", "khóa kim loại", "quai mảnh cổ chân", "phối lưới", "đính đá",
             "viền ánh kim", "thắt nơ sau", "quai đôi"),
            ("gót trụ 5cm", "gót trụ 7cm", "gót nhọn 9cm", "gót vuông 3cm", "gót ly 5cm",
             "gót trong suốt 7cm"),
        ),
    ),
    "giay-bup-be": (
        (
            ("Giày búp bê",),
            ("da mềm", "da lộn", "nhung", "vải tweed", "satin", "da bóng", "mũi vuông", "mũi nhọn",
             "mũi tròn",
             "da dập vân", "vải dạ"),
            ("nơ đính đá", "nơ bản to", "khóa kim loại", "quai chéo co giãn", "phối nút ngọc",
             "thắt dây cổ chân",
             "quai ngang", "đính hạt cườm", "viền ren", "in hoa nhí"),
            ("", "đế cao su chống trượt", "đế êm gấp được", "gót thấp 2cm", "lót êm da heo"),
        ),
    ),
    "giay-the-thao": (
        (
            ("Giày thể thao", "Giày sneaker", "Giày chạy bộ", "Giày slip-on"),
            ("đế độn 4cm", "đế bằng", "đế khí", "đế độn 6cm", "cổ thấp", "cổ cao", "siêu nhẹ"),
            ("phối lưới thoáng khí", "da trơn viền màu", "phối da lộn", "quai dán", "vải canvas",
             "dệt kim ôm chân",
             "phối màu cổ điển", "dây cước ánh kim"),
            ("", "lót êm", "chống trượt", "kháng nước nhẹ"),
        ),
    ),
    "sandal-dep": (
        (
            ("Sandal",),
            ("quai mảnh", "quai chéo", "quai ngang", "quai bản to", "xỏ ngón", "chiến binh", "quai hậu"),
            ("đế xuồng cói 5cm", "đế bệt", "đế bánh mì 4cm", "gót vuông 5cm", "đế xuồng 7cm", "đế trấu êm"),
            ("", "đính đá", "khóa vuông", "tết bím", "phối nút đồng", "nơ xinh"),
        ),
        (
            ("Dép",),
            ("quai ngang", "quai chéo", "xỏ ngón", "sục hở gót", "quai bông"),
            ("êm chân", "đế cao 4cm", "da mềm", "nhựa dẻo", "lông mềm"),
            ("đi trong nhà", "đi biển", "thắt nơ", "khóa tròn", "in chữ nổi"),
        ),
    ),
    "tui-xach": (
        (
            ("Túi đeo chéo", "Túi kẹp nách", "Túi xách tay", "Túi tote", "Túi bucket", "Túi hộp",
             "Túi đeo vai"),
            ("da PU", "da dập vân cá sấu", "da lộn", "vải canvas", "vải tweed", "nắp gập", "nhún",
             "chần bông"),
            ("khóa xoay dây xích", "khóa vuông", "in họa tiết hoa sen", "phối tay cầm gỗ", "quai xích",
             "thêu logo",
             "phối khăn lụa", "khóa nam châm", "nhiều ngăn", "viền nổi"),
            ("", "cỡ nhỏ", "cỡ vừa", "cỡ lớn"),
        ),
    ),
    "balo-vi": (
        (
            ("Balo mini", "Balo đi học", "Balo du lịch"),
            ("da PU", "vải dù", "vải canvas", "da dập vân"),
            ("quai xích phối khóa kéo", "nắp gập", "nhiều ngăn", "dây rút", "chống nước", "phối túi hộp"),
        ),
        (
            ("Ví dài", "Ví gập ba", "Ví cầm tay", "Ví đựng thẻ"),
            ("da PU", "da dập vân", "da mềm", "da bóng"),
            ("khóa kéo", "nút bấm", "đính nơ", "phối màu", "quai đeo cổ tay", "in hoa nhí"),
        ),
    ),
    "ao-quan": (
        (
            ("Áo sơ mi", "Áo kiểu"),
            ("lụa", "cotton", "linen", "tơ", "voan"),
            ("cổ nơ", "tay phồng", "cổ vuông", "thêu hoa", "dáng rộng", "nút ngọc", "bèo nhún", "kẻ sọc"),
        ),
        (
            ("Áo thun", "Áo len", "Áo croptop"),
            ("cotton", "dệt kim", "gân tăm"),
            ("cổ tròn", "cổ tim", "cổ vuông", "in chữ nhỏ", "dáng rộng", "tay lỡ", "kẻ sọc"),
        ),
        (
            ("Áo khoác", "Áo gile"),
            ("dạ", "tweed", "kaki", "len"),
            ("dáng ngắn", "dáng dài", "nút ngọc", "túi hộp", "viền tua"),
        ),
        (
            ("Quần",),
            ("ống rộng", "ống suông", "culottes", "baggy", "jean lưng cao", "short", "ống loe"),
            ("vải linen", "vải tuyết mưa", "co giãn", "xếp ly", "phối đai", "túi hộp", "cạp chun"),
        ),
    ),
    "vay-dam": (
        (
            ("Đầm", "Đầm maxi", "Đầm hai dây"),
            ("lụa", "voan", "linen", "tweed", "ren", "nhung", "tơ"),
            ("cổ vuông", "tay phồng", "xòe nhẹ", "dáng suông", "hoa nhí", "thắt eo", "đuôi cá", "trễ vai"),
            ("", "dài qua gối", "có lót"),
        ),
        (
            ("Chân váy",),
            ("chữ A", "xếp ly", "bút chì", "xòe", "đuôi cá", "midi"),
            ("vải linen", "vải tweed", "jean", "lụa", "kẻ caro", "voan hoa nhí"),
            ("", "lưng cao", "có lót"),
        ),
    ),
    "phu-kien": (
        (
            ("Tất cổ thấp", "Tất cổ cao", "Tất lười", "Tất da"),
            ("cotton", "sợi tre", "ren mỏng", "kháng khuẩn", "chống tuột"),
            ("gói 3 đôi", "gói 5 đôi", "thêu hoa", "kẻ sọc"),
        ),
        (
            ("Thắt lưng", "Khăn lụa", "Kẹp tóc", "Băng đô", "Mũ vành", "Bông tai", "Vòng tay",
             "Dây đeo điện thoại"),
            ("bản nhỏ", "bản to", "đính ngọc", "in hoa", "tết bím", "nhung", "ánh kim"),
            ("", "kiểu Hàn", "kiểu Pháp", "cổ điển"),
        ),
    ),
    "cham-soc-giay": (
        (
            ("Xi đánh giày", "Kem dưỡng da giày"),
            ("không màu", "màu đen", "màu nâu", "màu be"),
            ("50ml", "75ml", "100ml"),
        ),
        (
            ("Xịt khử mùi giày", "Bọt vệ sinh giày", "Xịt chống thấm"),
            ("hương trà xanh", "hương bưởi", "hương bạc hà", "cho da lộn", "cho vải"),
            ("100ml", "150ml", "200ml"),
        ),
        (
            ("Lót giày", "Miếng dán gót"),
            ("êm chân", "siêu mỏng", "khử mùi", "chống tuột"),
            ("gói 1 đôi", "gói 2 đôi", "gói 5 đôi"),
        ),
    ),
    "my-pham": (
        (
            ("Son lì", "Son dưỡng", "Son bóng", "Son kem"),
            ("đỏ gạch", "hồng đất", "cam đào", "đỏ mận", "hồng sữa", "nâu trà", "đỏ cherry"),
            ("mịn môi", "lâu trôi", "có dưỡng", "vỏ vân đá"),
        ),
        (
            ("Kem chống nắng", "Sữa rửa mặt", "Kem dưỡng tay", "Nước hoa hồng", "Nước tẩy trang",
             "Sữa dưỡng thể"),
            ("hoa sen", "hoa nhài", "trà xanh", "rau má", "gạo Việt", "yến mạch"),
            ("30ml", "50ml", "100ml", "150ml"),
        ),
        (
            ("Nước hoa",),
            ("hoa sen", "hoa nhài", "hoa bưởi", "gỗ trầm", "trà trắng"),
            ("10ml", "30ml", "50ml"),
        ),
    ),
    "do-coi": (
        (
            ("Túi cói", "Dép cói", "Nón cói", "Ví cói", "Giỏ cói"),
            ("đan tay", "quai da", "thêu hoa", "viền vải", "nắp gập", "tua rua"),
            ("", "cỡ nhỏ", "cỡ lớn", "làng nghề Kim Sơn"),
        ),
    ),
}  # fmt: skip


def style_names(category: str, dice: Dice) -> Iterator[str]:
    """Different names for the styles of one category, in a drawn order; ends when all are used."""
    names = [_phrase(words) for parts in PARTS[category] for words in _product(parts)]
    dice.shuffle(names)
    yield from names


def _product(parts: Parts) -> Iterator[tuple[str, ...]]:
    if not parts:
        yield ()
        return
    for word in parts[0]:
        for rest in _product(parts[1:]):
            yield (word, *rest)


def _phrase(words: tuple[str, ...]) -> str:
    """Joins the words; a closing promise about the sole or lining stands after a comma, as on labels."""
    *front, last = [word for word in words if word]
    comma = "," if last.startswith(("đế ", "lót ", "gói ", "có ")) and len(front) > 2 else ""
    return " ".join(front) + comma + " " + last
