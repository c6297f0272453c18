"""From the bytes of a signed code back to what it says (protocol §7)."""

from __future__ import annotations

import struct
from collections.abc import Callable

from pos_app.domain.errors import CodeRefused
from pos_app.domain.signed_codes import (
    BOUND,
    VERSION,
    BadgeCode,
    MemberCode,
    PickupCode,
    ReceiptCode,
    SignedCode,
    VoucherCode,
)

BODY_SIZES = (14, 16, 26, 30)
"""Bytes of all bodies there are."""

_SIZES = {1: (26,), 2: (26, 30), 3: (14,), 4: (26,), 5: (16,)}


def code_of(body: bytes) -> SignedCode:
    """The code that a body holds.

    Raises CodeRefused: `unknown_version`, `unknown_type`, `bad_length` (for the type), in this order.
    """
    if body[0] >> 4 != VERSION:
        raise CodeRefused(reason="unknown_version")
    kind = body[0] & 0x0F
    if kind not in _SIZES:
        raise CodeRefused(reason="unknown_type")
    if len(body) not in _SIZES[kind]:
        raise CodeRefused(reason="bad_length")
    if kind == ReceiptCode.TYPE:
        return _receipt(body)
    key_id, serial = struct.unpack(">xBQ", body[:10])
    return _ISSUED[kind](key_id, serial, body[10:])


def _receipt(body: bytes) -> ReceiptCode:
    store, till_number, epoch, seq, day, total, lines, hash10 = struct.unpack(">xHBBIHIB10s", body)
    return ReceiptCode(
        store=store, till_number=till_number, epoch=epoch, seq=seq, day=day, total=total, lines=lines,
        hash10=hash10.hex(),
    )  # fmt: skip


def _pickup(key_id: int, serial: int, rest: bytes) -> PickupCode:
    order, store, value, until, due, items, flags = struct.unpack(">IHHHIBB", rest)
    return PickupCode(
        key_id=key_id, serial=serial, order_number=order, store=store, value=value, valid_until_day=until,
        amount_due=due, items=items, flags=flags,
    )  # fmt: skip


def _voucher(key_id: int, serial: int, rest: bytes) -> VoucherCode:
    campaign, kind, value, min_basket, until, store, max_uses = struct.unpack(">HBIIHHB", rest[:16])
    tag = rest[16:]
    if bool(kind & BOUND) != bool(tag):
        raise CodeRefused(reason="bad_length")
    return VoucherCode(
        key_id=key_id, serial=serial, campaign=campaign, kind=kind & ~BOUND, value=value,
        min_basket=min_basket, valid_until_day=until, store=store, max_uses=max_uses,
        customer_tag=tag.hex() if tag else None,
    )  # fmt: skip


def _member(key_id: int, serial: int, rest: bytes) -> MemberCode:
    (word,) = struct.unpack(">I", rest)
    return MemberCode(key_id=key_id, serial=serial, version=word >> 24, reserved=word & 0xFFFFFF)


def _badge(key_id: int, serial: int, rest: bytes) -> BadgeCode:
    staff, until = struct.unpack(">IH", rest)
    return BadgeCode(key_id=key_id, serial=serial, staff=staff, valid_until_day=until)


_ISSUED: dict[int, Callable[[int, int, bytes], SignedCode]] = {1: _pickup, 2: _voucher, 3: _member, 5: _badge}
