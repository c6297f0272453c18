"""VietQR: bank transfer codes, read and drawn (vietnam: VietQR; EMVCo merchant-presented QR)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pos_app.domain import base28
from pos_app.domain.errors import VietQRRefused

Scheme = Literal["vietqr", "vnpay", "other"]

TRANSFER_LIMIT = 500_000_000
"""Đồng: at and above this no QR is drawn."""

_VIETQR_ID = "A000000727"
_VNPAY_ID = "A000000775"
_VND = "704"
_PLAIN = {"category": "52", "name": "59", "city": "60"}
_ADDITIONAL = {
    "bill": "01", "mobile": "02", "store": "03", "loyalty": "04", "reference": "05", "customer": "06",
    "terminal": "07", "purpose": "08",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class VietQR:
    """What a transfer code says. `amount` in đồng, None = the payer types it; `bin` names the bank.

    `service`: QRIBFTTA to an account, QRIBFTTC to a card. `purpose` becomes the note of the transfer.
    """

    scheme: Scheme = "vietqr"
    dynamic: bool = True
    amount: int | None = None
    currency: str = _VND
    country: str = "VN"
    bin: str | None = None
    account: str | None = None
    service: str | None = None
    category: str | None = None
    name: str | None = None
    city: str | None = None
    bill: str | None = None
    mobile: str | None = None
    store: str | None = None
    loyalty: str | None = None
    reference: str | None = None
    customer: str | None = None
    terminal: str | None = None
    purpose: str | None = None


def crc(text: str) -> str:
    """CRC-16/CCITT-FALSE as four upper-case hex digits."""
    register = 0xFFFF
    for byte in text.encode("utf-8", "surrogatepass"):
        register ^= byte << 8
        for _ in range(8):
            register = (register << 1 ^ 0x1021 if register & 0x8000 else register << 1) & 0xFFFF
    return f"{register:04X}"


def parse(text: str) -> VietQR:
    """Read a code. The text is taken as it is: not trimmed, not mended.

    Raises VietQRRefused with the first of `bad_tlv` (root level), `bad_order`, `bad_version`, `bad_crc`,
    `bad_tlv` (nested), `bad_amount`.
    """
    pairs = _pairs(text)
    if pairs[0][0] != "00" or pairs[-1][0] != "63":
        raise VietQRRefused(reason="bad_order")
    if pairs[0][1] != "01":
        raise VietQRRefused(reason="bad_version")
    if pairs[-1][1] != crc(text[:-4]) or text[-8:-4] != "6304":
        raise VietQRRefused(reason="bad_crc")
    root = _object(pairs)
    scheme, account = _account(root)
    additional = _object(_pairs(root["62"])) if "62" in root else {}
    return VietQR(
        scheme=scheme,
        dynamic=root.get("01") == "12",
        amount=_amount(root.get("54")),
        currency=root.get("53", ""),
        country=root.get("58", ""),
        **account,
        **{name: root.get(tag) for name, tag in _PLAIN.items()},
        **{name: additional.get(tag) for name, tag in _ADDITIONAL.items()},
    )


def build(code: VietQR) -> str:
    """The text of a code to an account or card.

    Raises VietQRRefused: `bad_amount` (zero or less), `too_large` (500 million or more), `bad_bin`,
    `bad_account`, `bad_service`, `bad_purpose` (or `bad_` and the name of another text field).
    """
    _check(code)
    beneficiary = _written({"00": code.bin, "01": code.account})
    body = _written(
        {
            "00": "01",
            "01": "12" if code.dynamic else "11",
            "38": _written({"00": _VIETQR_ID, "01": beneficiary, "02": code.service}),
            "52": code.category,
            "53": code.currency,
            "54": None if code.amount is None else str(code.amount),
            "58": code.country,
            "59": code.name,
            "60": code.city,
            "62": _written({tag: getattr(code, name) for name, tag in _ADDITIONAL.items()}) or None,
        }
    )
    return f"{body}6304{crc(body + '6304')}"


def transfer_reference(store: int, till_number: int, epoch: int, counter: int) -> str:
    """The reference of a transfer, unique also offline: 12 characters (protocol §14).

    `counter` (24 bits) comes from the till's own database. It is searched inside the bank's text.
    """
    packed = store << 40 | till_number << 32 | epoch << 24 | counter
    for value, bits in ((store, 16), (till_number, 8), (epoch, 8), (counter, 24)):
        if not 0 <= value < 1 << bits:
            raise VietQRRefused(reason="bad_reference")
    return base28.encode(packed.to_bytes(7, "big"))


def _pairs(text: str) -> list[tuple[str, str]]:
    """Split tag, length, value. Lengths count characters. Refuses what does not come out even."""
    pairs: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        head = text[at : at + 4]
        if re.fullmatch(r"[0-9]{2}(?!00)[0-9]{2}", head) is None:
            raise VietQRRefused(reason="bad_tlv")
        length = int(head[2:])
        value = text[at + 4 : at + 4 + length]
        if len(value) != length:
            raise VietQRRefused(reason="bad_tlv")
        pairs.append((head[:2], value))
        at += 4 + length
    if not pairs:
        raise VietQRRefused(reason="bad_tlv")
    return pairs


def _object(pairs: list[tuple[str, str]]) -> dict[str, str]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise VietQRRefused(reason="bad_tlv")
    return values


def _account(root: dict[str, str]) -> tuple[Scheme, dict[str, str | None]]:
    if "38" in root:
        template = _object(_pairs(root["38"]))
        if template.get("00") == _VIETQR_ID:
            inner = _object(_pairs(template.get("01", "")))
            # some generators put the service into the inner template
            service = template.get("02", inner.get("02"))
            return "vietqr", {"bin": inner.get("00"), "account": inner.get("01"), "service": service}
    if "26" in root and _object(_pairs(root["26"])).get("00") == _VNPAY_ID:
        return "vnpay", {}
    return "other", {}


def _amount(text: str | None) -> int | None:
    if text is None:
        return None
    # some issuers write đồng with empty decimals
    found = re.fullmatch(r"([0-9]{1,13})(?:\.0*)?", text)
    if found is None:
        raise VietQRRefused(reason="bad_amount")
    return int(found.group(1))


def _written(values: dict[str, str | None]) -> str:
    parts = [f"{tag}{len(value):02d}{value}" for tag, value in values.items() if value is not None]
    return "".join(parts)


def _check(code: VietQR) -> None:
    if code.scheme != "vietqr":
        raise VietQRRefused(reason="bad_scheme")
    if code.amount is not None and code.amount <= 0:
        raise VietQRRefused(reason="bad_amount")
    if code.amount is not None and code.amount >= TRANSFER_LIMIT:
        raise VietQRRefused(reason="too_large", most=TRANSFER_LIMIT - 1)
    for name, form in _FORMS.items():
        value = getattr(code, name)
        required = name in ("bin", "account", "service", "currency", "country")
        if (value is None and required) or (value is not None and re.fullmatch(form, value) is None):
            raise VietQRRefused(reason=f"bad_{name}")
    if len(_written({tag: getattr(code, name) for name, tag in _ADDITIONAL.items()})) > 99:
        raise VietQRRefused(reason="bad_additional")


_FORMS = {
    "bin": r"[0-9]{6}",
    "account": r"[0-9A-Za-z]{1,19}",
    "service": r"[A-Z]{1,10}",
    "currency": r"[0-9]{3}",
    "country": r"[A-Z]{2}",
    "category": r"[0-9]{4}",
    "name": r"[ -~]{1,25}",
    "city": r"[ -~]{1,15}",
    **dict.fromkeys(_ADDITIONAL, r"[ -~]{1,25}"),
}
