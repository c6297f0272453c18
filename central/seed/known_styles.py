"""Styles that every made-up chain has, whatever the seed: those that pictures, guides and journeys name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SHOE_SIZES: Final = ("35", "36", "37", "38", "39", "40")


@dataclass(frozen=True, slots=True)
class KnownStyle:
    """One named style; `price` in đồng, `shelf` where it hangs in the shop."""

    category: str
    sku: str
    name: str
    price: int
    colours: tuple[str, ...]
    sizes: tuple[str, ...] = ()
    shelf: str = ""
    unit: str = ""
    clearance: bool = False


KNOWN: Final = (
    KnownStyle("giay-bup-be", "GBB-2217", "Giày búp bê da mềm nơ đính đá, đế cao su chống trượt", 359_000,
               ("Hồng phấn", "Đen", "Kem"), SHOE_SIZES, "C-07"),
    KnownStyle("giay-cao-got", "GCG-1042", "Giày cao gót mũi nhọn gót trụ 7cm", 495_000, ("Đen", "Kem"),
               SHOE_SIZES, "A-03"),
    KnownStyle("sandal-dep", "SDL-3108", "Sandal quai mảnh đế xuồng cói 5cm", 425_000, ("Nâu bò", "Kem"),
               SHOE_SIZES, "A-08"),
    KnownStyle("phu-kien", "PKN-9001", "Tất cổ thấp cotton, gói 3 đôi", 59_000, ("Trắng",
               "Đen"), (), "Q-01", "gói"),
    KnownStyle("cham-soc-giay", "CSG-9101", "Xi đánh giày không màu 50ml", 45_000, (), (), "Q-02"),
    KnownStyle("tui-xach", "TUI-5120", "Túi đeo chéo nắp gập khóa xoay dây xích", 399_000, ("Kem", "Đen",
               "Nâu bò"),
               (), "D-02"),
    KnownStyle("giay-the-thao", "GTT-4077", "Giày thể thao đế độn 4cm phối lưới thoáng khí", 629_000,
               ("Trắng ngà", "Đen"), ("36", "37", "38", "39", "40"), "B-04"),
    KnownStyle("balo-vi", "BLV-6015", "Balo mini da PU quai xích phối khóa kéo", 489_000, ("Đen",
               "Kem"), (), "B-04"),
    KnownStyle("sandal-dep", "SDL-3311", "Dép quai ngang êm chân đi trong nhà", 99_000, ("Xám", "Hồng phấn"),
               ("36", "38", "40"), "A-11"),
    KnownStyle("phu-kien", "PKN-9010", "Móc khóa gấu bông", 39_000, ("Vàng bơ", "Nâu"), (), "Quầy"),
    KnownStyle("phu-kien", "PKN-9011", "Tất lười ren mỏng", 25_000, ("Be", "Đen"), (), "Quầy", "đôi"),
    KnownStyle("giay-bup-be", "GBB-2304", "Giày búp bê mũi vuông quai chéo co giãn", 329_000, ("Kem", "Đen"),
               SHOE_SIZES, "C-05"),
    KnownStyle("giay-bup-be", "GBB-2188", "Giày búp bê nhung đính khóa kim loại", 419_000, ("Đỏ rượu", "Đen"),
               SHOE_SIZES, "C-06"),
    KnownStyle("giay-bup-be", "GBB-2291", "Giày búp bê ánh bạc gót thấp 2cm",
               389_000, ("Bạc",), SHOE_SIZES, "C-06"),
    KnownStyle("giay-bup-be", "GBB-2279", "Giày búp bê da lộn thắt dây cổ chân", 445_000, ("Nâu bò", "Be"),
               SHOE_SIZES, "C-08"),
    KnownStyle("giay-bup-be", "GBB-2310", "Giày búp bê vải tweed phối nút ngọc", 459_000, ("Xanh than",
               "Kem"),
               SHOE_SIZES, "C-08"),
    KnownStyle("giay-cao-got", "GCG-1105", "Giày cao gót quai hậu đính ngọc trai 5cm", 490_000, ("Be", "Đen"),
               SHOE_SIZES, "A-04"),
    KnownStyle("tui-xach", "TUI-5204", "Túi tote da PU in họa tiết hoa sen", 459_000, ("Nâu",
               "Kem"), (), "D-05"),
    KnownStyle("sandal-dep", "SDL-3050", "Sandal quai chéo đế bệt", 199_000, ("Vàng bơ",
               "Đen"), SHOE_SIZES, "A-12",
               clearance=True),
)  # fmt: skip
