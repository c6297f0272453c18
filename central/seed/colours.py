"""Named colours of the goods, as a shop assistant says them."""

from __future__ import annotations

from typing import Final

HEX: Final[dict[str, str]] = {
    "Đen": "#1B1C20",
    "Trắng": "#FFFFFF",
    "Trắng ngà": "#F4F1EA",
    "Kem": "#F0E2CA",
    "Be": "#E9D5BA",
    "Hồng phấn": "#F0C2C7",
    "Hồng đất": "#C98B86",
    "Hồng cánh sen": "#D6457F",
    "Đỏ rượu": "#7A1F2B",
    "Đỏ tươi": "#C8262E",
    "Cam đất": "#B9603A",
    "Vàng bơ": "#EFD98F",
    "Vàng nghệ": "#D9A227",
    "Nâu": "#7B4B33",
    "Nâu bò": "#8B5A3A",
    "Nâu tây": "#A98467",
    "Xanh than": "#22304F",
    "Xanh biển": "#3F6FA8",
    "Xanh da trời": "#A9CBE8",
    "Xanh bạc hà": "#BFE0CF",
    "Xanh rêu": "#5C6847",
    "Xanh lá": "#3E7D52",
    "Tím khoai môn": "#A894C4",
    "Tím than": "#3A3157",
    "Xám": "#A5A9B2",
    "Xám khói": "#6F737C",
    "Bạc": "#C9CCD3",
    "Vàng đồng": "#C8A36B",
    "Cói tự nhiên": "#D9BE8A",
}

LEATHER: Final = (
    "Đen", "Kem", "Be", "Trắng ngà", "Hồng phấn", "Nâu", "Nâu bò", "Đỏ rượu", "Xanh than", "Bạc",
    "Vàng đồng", "Xám",
)  # fmt: skip
BAGS: Final = (
    "Đen", "Kem", "Be", "Nâu", "Nâu bò", "Hồng đất", "Đỏ rượu", "Xanh rêu", "Xanh than", "Tím khoai môn",
    "Vàng bơ", "Trắng ngà",
)  # fmt: skip
SPORT: Final = (
    "Trắng", "Trắng ngà", "Đen", "Xám", "Hồng phấn", "Xanh da trời", "Xanh bạc hà", "Tím khoai môn", "Kem",
)  # fmt: skip
CLOTHES: Final = (
    "Trắng", "Đen", "Kem", "Be", "Hồng phấn", "Hồng đất", "Đỏ rượu", "Cam đất", "Vàng bơ", "Xanh than",
    "Xanh biển", "Xanh da trời", "Xanh bạc hà", "Xanh rêu", "Tím khoai môn", "Nâu tây", "Xám khói",
    "Hồng cánh sen",
)  # fmt: skip
SMALL: Final = ("Trắng", "Đen", "Be", "Xám", "Hồng phấn", "Nâu", "Xanh than", "Vàng đồng", "Bạc")
SEDGE: Final = ("Cói tự nhiên", "Nâu", "Đen", "Kem")
