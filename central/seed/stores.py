"""The three shops of the chain, each with two tills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

CHAIN: Final = "Mộc Lan"
TAGLINE: Final = "Giày & Túi"
TAX_CODE: Final = "0399999990"
HOTLINE: Final = "1900 0000"
TILLS_PER_STORE: Final = 2
BANK: Final = {"bin": "970499", "account": "0399999990", "name": "CONG TY MOC LAN"}
"""Where transfers go. The number belongs to no bank."""
ORDER_PREFIX: Final = "MN"


@dataclass(frozen=True, slots=True)
class Store:
    """One shop: its number on the wire and its code on receipts."""

    no: int
    code: str
    street: str
    address: str
    phone: str

    def row(self) -> dict[str, Any]:
        """A row of central's `store`."""
        return {
            "no": self.no,
            "code": self.code,
            "name": f"{CHAIN} {self.street}",
            "chain": CHAIN,
            "tagline": TAGLINE,
            "address": self.address,
            "phone": self.phone,
            "tax_code": TAX_CODE,
            "hotline": HOTLINE,
        }


STORES: Final = (
    Store(1, "NT", "Nguyễn Trãi", "218 Nguyễn Trãi, phường Bến Thành, TP. Hồ Chí Minh", "028 3999 0101"),
    Store(2, "LVS", "Lê Văn Sỹ", "352 Lê Văn Sỹ, phường Nhiêu Lộc, TP. Hồ Chí Minh", "028 3999 0102"),
    Store(3, "QT", "Quang Trung", "97 Quang Trung, phường Gò Vấp, TP. Hồ Chí Minh", "028 3999 0103"),
)
BY_NO: Final = {store.no: store for store in STORES}
