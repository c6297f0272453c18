"""Uses of voucher codes: counted for ever; one use too many is booked, flagged and paid for by us."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, func, select

from central.apply.booking import Booking
from central.apply.others import receipts_of
from central.apply.reading import Body, text, whole
from central.publishing.customers import uses_of
from central.tables.feeds import feed_item
from central.tables.ledgers import voucher_use
from central.tables.vouchers import revocation, voucher
from central.verdicts import stored_value_left

USED, OVERUSED, NEGATIVE = "used", "overused", "negative"


def use_vouchers(booking: Booking, used: Iterable[Body]) -> None:
    """Each use of a document. A code that is used up is told to every till."""
    for use in used:
        _use(booking, text(use, "serial"), use)


def _use(booking: Booking, serial: str, use: Body) -> None:
    amount = whole(use, "amount")
    row = booking.connection.execute(select(voucher).where(voucher.c.serial == serial)).one_or_none()
    allowed = 1 if row is None else row.max_uses
    over = 0 < allowed <= uses_of(booking.connection, serial)
    _enter(booking, serial, whole(use, "campaign"), (1, amount), over)
    _check_revoked(booking, serial, amount)
    if row is not None and row.customer is not None:
        booking.touched.customers.add(row.customer)
    if over:
        booking.flag(
            "VOUCHER_OVERUSED",
            serial=serial,
            amount=amount,
            max_uses=allowed,
            allowed_by=use.get("allowed_by"),
            used_before=receipts_of(booking.connection, _users(booking, serial)),
        )
        booking.lose("voucher_loss", amount)
        booking.revoke(f"code/{serial}", OVERUSED)
    elif 0 < allowed <= uses_of(booking.connection, serial):
        booking.revoke(f"code/{serial}", USED)


def _users(booking: Booking, serial: str) -> list[str]:
    """The documents that used a code before this one."""
    used = select(voucher_use.c.doc_id).where(
        voucher_use.c.serial == serial, voucher_use.c.doc_id != booking.doc_id, voucher_use.c.uses > 0
    )
    return list(booking.connection.scalars(used.distinct()))


def _enter(booking: Booking, serial: str, campaign: int, use: tuple[int, int], over: bool) -> None:
    uses, amount = use
    booking.entries.add(
        voucher_use,
        {
            "doc_id": booking.doc_id,
            "serial": serial,
            "campaign": campaign,
            "uses": uses,
            "amount": amount,
            "over": over,
            "store": booking.store,
            "at": booking.now,
        },
    )


def _check_revoked(booking: Booking, serial: str, amount: int) -> None:
    """Only what was revoked before the till's view of the feed counts against it (protocol §10 l)."""
    key = f"code/{serial}"
    row = booking.connection.execute(select(revocation).where(revocation.c.key == key)).one_or_none()
    if row is None or row.reason in (USED, OVERUSED, NEGATIVE):
        return
    seen = booking.envelope.as_of.get("revocations", 0)
    ver = booking.connection.scalar(
        select(feed_item.c.ver).where(feed_item.c.feed == "revocations", feed_item.c.key == key)
    )
    if ver is not None and ver <= seen:
        booking.flag("REVOKED_ACCEPTED", serial=serial, amount=amount, reason=row.reason)
        booking.lose("voucher_loss", amount)


def spend_stored_value(booking: Booking, serial: str, amount: int) -> None:
    """A gift card pays `amount` đồng, or gets it back (< 0). Below nothing it is blocked by its balance."""
    row = booking.connection.execute(select(voucher).where(voucher.c.serial == serial)).one_or_none()
    if row is None:
        booking.flag("STORED_VALUE_UNKNOWN", serial=serial, amount=amount)
        return
    _enter(booking, serial, row.campaign, (0, amount), over=False)
    _check_revoked(booking, serial, amount)
    left = stored_value_left(booking.connection, row)
    if left < 0 < amount:
        booking.flag("VOUCHER_NEGATIVE", serial=serial, amount=amount, left=left)
        booking.lose("voucher_loss", min(amount, -left))
        booking.revoke(f"code/{serial}", NEGATIVE)
    elif left >= 0 > amount:
        _count_again(booking, serial, NEGATIVE)


def free_vouchers(booking: Booking, sale: str) -> None:
    """The uses of a sale that came back whole on its day, or was voided, are given back."""
    uses = (
        select(voucher_use.c.serial, voucher_use.c.campaign, func.sum(voucher_use.c.uses))
        .where(voucher_use.c.doc_id == sale)
        .group_by(voucher_use.c.serial, voucher_use.c.campaign)
    )
    for serial, campaign, count in list(booking.connection.execute(uses)):
        if int(count) <= 0:
            continue
        _enter(booking, serial, campaign, (-int(count), 0), over=False)
        if not _is_used_up(booking, serial):  # it may be, when it had been used once too often
            _count_again(booking, serial, USED)
        owner = booking.connection.scalar(select(voucher.c.customer).where(voucher.c.serial == serial))
        if owner is not None:
            booking.touched.customers.add(owner)


def _is_used_up(booking: Booking, serial: str) -> bool:
    most = booking.connection.scalar(select(voucher.c.max_uses).where(voucher.c.serial == serial))
    return 0 < (1 if most is None else most) <= uses_of(booking.connection, serial)


def _count_again(booking: Booking, serial: str, reason: str) -> None:
    """What was blocked for this reason alone is good again, and every till is told."""
    key = f"code/{serial}"
    booking.connection.execute(
        delete(revocation).where(revocation.c.key == key, revocation.c.reason == reason)
    )
    booking.touched.revocations.add(key)
