"""Signs the codes that the made-up chain has given out, with central's own keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from central.keys import TenantKeys
from central.seed.customers import Customer
from central.seed.orders import Order
from central.seed.vouchers import Voucher
from pos_app.domain.codes import (
    BadgeCode,
    MemberCode,
    PickupCode,
    SignedCode,
    VoucherCode,
    customer_tag,
    day_of,
    encode,
)
from pos_app.domain.ids import CustomerId, TenantId
from pos_app.domain.money import PIECE
from pos_app.domain.signed_codes import IDENTITY_CHECK, PAID, PARTIAL_HANDOVER, PIN_SET

VOUCHER_KINDS: Final = {"amount": 1, "percent": 2, "gift": 3, "stored": 4}


@dataclass(frozen=True, slots=True)
class Issuer:
    """Makes the text of each code (protocol §7)."""

    keys: TenantKeys
    tenant: str

    def key_id(self, code_type: int) -> int:
        """The key that signs this type now."""
        return self.keys.for_type(code_type).kid

    def pickup(self, order: Order) -> str:
        """What the customer of an order was sent."""
        flags = (
            (PAID if order.amount_due == 0 else 0)
            | PARTIAL_HANDOVER
            | (IDENTITY_CHECK if order.identity_check else 0)
            | (PIN_SET if order.pin else 0)
        )
        return self._text(
            PickupCode.of(
                key_id=self.key_id(PickupCode.TYPE),
                serial=order.serial,
                order_number=order.order,
                store=order.store,
                worth=order.total,
                valid_until_day=day_of(order.valid_until.date()),
                amount_due=order.amount_due,
                items=sum(line.quantity // PIECE for line in order.lines),
                flags=flags,
            )
        )

    def voucher(self, voucher: Voucher) -> str:
        """A voucher, bound to its customer if it has one."""
        tag = None
        if voucher.customer is not None:
            tag = customer_tag(TenantId(self.tenant), CustomerId(voucher.customer))
        return self._text(
            VoucherCode(
                key_id=self.key_id(VoucherCode.TYPE),
                serial=voucher.serial,
                campaign=voucher.campaign,
                kind=VOUCHER_KINDS[voucher.kind],
                value=voucher.value,
                min_basket=voucher.min_basket,
                valid_until_day=day_of(voucher.valid_until),
                store=voucher.store,
                max_uses=voucher.max_uses,
                customer_tag=tag,
            )
        )

    def member(self, customer: Customer) -> str:
        """A customer's card. Only for those who have one."""
        if customer.card is None:
            raise ValueError(f"{customer.id} has no card")
        return self._text(MemberCode(key_id=self.key_id(MemberCode.TYPE), serial=customer.card, version=1))

    def badge(self, staff: int, serial: int, valid_until_day: int) -> str:
        """A badge of the staff."""
        return self._text(
            BadgeCode(
                key_id=self.key_id(BadgeCode.TYPE),
                serial=serial,
                staff=staff,
                valid_until_day=valid_until_day,
            )
        )

    def _text(self, code: SignedCode) -> str:
        return encode(code, self.keys.for_type(code.TYPE).sign, TenantId(self.tenant))
