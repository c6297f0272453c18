"""What the simulated people come with: a few goods, customers, codes and orders, so that they collide."""

from __future__ import annotations

from dataclasses import dataclass, field

from central.keys import TenantKeys
from central.seed.campaigns import BAGS, BIRTHDAY
from central.seed.issuer import Issuer
from tests.support.central_server import seeded_chain


@dataclass
class Wares:
    """Ids and code texts; `receipts` grows with what was sold anywhere."""

    products: tuple[str, ...]
    customers: tuple[str, ...]
    vouchers: tuple[tuple[str, str | None], ...]
    orders: tuple[tuple[str, str | None], ...]
    serials: tuple[str, ...]
    order_numbers: tuple[int, ...]
    receipts: list[str] = field(default_factory=list)


def wares_of(keys: TenantKeys) -> Wares:
    """Four styles that may come back, three customers, three vouchers, three orders of the first store."""
    chain = seeded_chain()
    issuer = Issuer(keys, chain.tenant)
    styles = {
        one.style.name: one.id
        for one in reversed(chain.variants)
        if one.style.category.return_days and one.style.price <= 350_000 and not one.style.clearance
    }
    customers = tuple(one.id for one in chain.customers[:3])
    drawn = [
        one
        for one in chain.vouchers
        if one.campaign in (BIRTHDAY, BAGS) and one.state == "fresh" and one.customer in (None, *customers)
    ]
    waiting = [
        one
        for one in chain.orders
        if one.store == 1 and (one.preparation, one.handover) == ("ready", "none") and one.total < 2_000_000
    ]
    return Wares(
        tuple(list(styles.values())[:4]),
        customers,
        tuple((issuer.voucher(one), one.customer) for one in drawn[:3]),
        tuple((issuer.pickup(one), one.pin) for one in waiting[:3]),
        tuple(str(one.serial) for one in drawn[:3]),
        tuple(one.order for one in waiting[:3]),
    )
