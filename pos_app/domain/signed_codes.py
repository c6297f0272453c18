"""The signed codes of protocol §7 as data: what each type says, and its exact bytes."""

from __future__ import annotations

import hashlib
import hmac
import struct
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from pos_app.domain.errors import CodeRefused
from pos_app.domain.ids import CustomerId, TenantId, uuid_bytes

DAY_ZERO = date(2020, 1, 1)
VERSION = 1
ANY_STORE = 0

PAID = 1
PARTIAL_HANDOVER = 2
IDENTITY_CHECK = 4
PIN_SET = 8

AMOUNT_OFF, PERCENT_OFF, GIFT_ITEM, STORED_VALUE = 1, 2, 3, 4
BOUND = 128
"""Added to a voucher's kind in its bytes when it is bound to a customer."""
_FULL_PERCENT = 10_000


def day_of(day: date) -> int:
    """The day number of a date; day 0 is 2020-01-01."""
    return (day - DAY_ZERO).days


def date_of(day: int) -> date:
    """The date of a day number. A code is valid to the end of that day in `policy.zone`."""
    return DAY_ZERO + timedelta(days=day)


def customer_tag(tenant: TenantId, customer: CustomerId) -> str:
    """What binds a voucher to a customer: 4 bytes of a keyed hash, 8 hex digits."""
    return hmac.digest(uuid_bytes(tenant), uuid_bytes(customer), hashlib.sha256)[:4].hex()


def _packed(form: str, *values: int | bytes) -> bytes:
    try:
        return struct.pack(form, *values)
    except struct.error as error:
        raise CodeRefused(reason="out_of_range") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Issued:
    """What central's codes share: the header with key and serial (a random u64)."""

    TYPE: ClassVar[int]

    key_id: int
    serial: int

    def _header(self) -> bytes:
        return _packed(">BBQ", VERSION << 4 | self.TYPE, self.key_id, self.serial)


@dataclass(frozen=True, slots=True, kw_only=True)
class PickupCode(_Issued):
    """Type 1: an order waiting at a store. `value` in thousands of đồng, `amount_due` in đồng."""

    TYPE: ClassVar[int] = 1

    order_number: int
    store: int
    value: int
    valid_until_day: int
    amount_due: int
    items: int
    flags: int

    @classmethod
    def of(
        cls, *, key_id: int, serial: int, order_number: int, store: int, worth: int, valid_until_day: int,
        amount_due: int, items: int, flags: int,
    ) -> PickupCode:  # fmt: skip
        """From the true figures: `worth` in đồng is rounded up to thousands, it and `items` are capped."""
        return cls(
            key_id=key_id,
            serial=serial,
            order_number=order_number,
            store=store,
            value=min(-(-worth // 1000), 0xFFFF),
            valid_until_day=valid_until_day,
            amount_due=amount_due,
            items=min(items, 0xFF),
            flags=flags,
        )

    @property
    def body(self) -> bytes:
        """26 bytes."""
        return self._header() + _packed(
            ">IHHHIBB", self.order_number, self.store, self.value, self.valid_until_day, self.amount_due,
            self.items, self.flags,
        )  # fmt: skip

    @property
    def is_paid(self) -> bool:
        """Paid in full. When the feed knows the order, the feed's amounts win."""
        return bool(self.flags & PAID)

    @property
    def is_consistent(self) -> bool:
        """Paid in full, or an amount is due; not both and not neither."""
        return self.is_paid == (self.amount_due == 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherCode(_Issued):
    """Type 2: `value` in đồng, basis points, or the campaign's gift number, as `kind` says."""

    TYPE: ClassVar[int] = 2

    campaign: int
    kind: int
    value: int
    min_basket: int
    valid_until_day: int
    store: int
    max_uses: int
    customer_tag: str | None = None

    @property
    def body(self) -> bytes:
        """26 bytes, 30 when bound to a customer."""
        tag = b"" if self.customer_tag is None else bytes.fromhex(self.customer_tag)
        return self._header() + _tagged(
            _packed(
                ">HBIIHHB", self.campaign, self.kind | (BOUND if tag else 0), self.value, self.min_basket,
                self.valid_until_day, self.store, self.max_uses,
            ),
            tag,
        )  # fmt: skip

    @property
    def is_consistent(self) -> bool:
        """A known kind, and not more than 100 percent off."""
        if self.kind == PERCENT_OFF:
            return self.value <= _FULL_PERCENT
        return self.kind in (AMOUNT_OFF, GIFT_ITEM, STORED_VALUE)

    def is_for(self, tenant: TenantId, customer: CustomerId) -> bool:
        """Whether this customer id (or alias) may use it; a voucher that is not bound is for everybody."""
        return self.customer_tag is None or self.customer_tag == customer_tag(tenant, customer)


def _tagged(packed: bytes, tag: bytes) -> bytes:
    if len(tag) not in (0, 4):
        raise CodeRefused(reason="out_of_range")
    return packed + tag


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCode(_Issued):
    """Type 3: a member's card. It identifies only and proves no balance."""

    TYPE: ClassVar[int] = 3

    version: int
    reserved: int = 0

    @property
    def body(self) -> bytes:
        """14 bytes."""
        return self._header() + _packed(">I", self.version << 24 | self.reserved)

    @property
    def is_consistent(self) -> bool:
        """What is reserved must be 0."""
        return self.reserved == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeCode(_Issued):
    """Type 5: a staff badge, a second factor beside a PIN."""

    TYPE: ClassVar[int] = 5

    staff: int
    valid_until_day: int

    @property
    def body(self) -> bytes:
        """16 bytes."""
        return self._header() + _packed(">IH", self.staff, self.valid_until_day)

    @property
    def is_consistent(self) -> bool:
        """Every badge that reads is."""
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptCode:
    """Type 4: a receipt, signed by the till. `day` is the business date, `total` in đồng, `hash10` hex."""

    TYPE: ClassVar[int] = 4

    store: int
    till_number: int
    epoch: int
    seq: int
    day: int
    total: int
    lines: int
    hash10: str

    @classmethod
    def of(
        cls, *, store: int, till_number: int, epoch: int, seq: int, business_date: date, total: int,
        lines: int, document_hash: bytes,
    ) -> ReceiptCode:  # fmt: skip
        """From the true figures: `lines` is capped at 255, the hash cut to its first 10 bytes."""
        return cls(
            store=store,
            till_number=till_number,
            epoch=epoch,
            seq=seq,
            day=day_of(business_date),
            total=total,
            lines=min(lines, 0xFF),
            hash10=document_hash[:10].hex(),
        )

    @property
    def body(self) -> bytes:
        """26 bytes."""
        head = _packed(
            ">BHBBIHIB", VERSION << 4 | self.TYPE, self.store, self.till_number, self.epoch, self.seq,
            self.day, self.total, self.lines,
        )  # fmt: skip
        return head + _packed("10s", bytes.fromhex(self.hash10))

    @property
    def is_consistent(self) -> bool:
        """Every receipt that reads is."""
        return True


SignedCode = PickupCode | VoucherCode | MemberCode | ReceiptCode | BadgeCode
