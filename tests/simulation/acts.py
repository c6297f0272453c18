"""What people do at a simulated till; a refusal is an outcome, anything else that is raised is a bug."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.domain.errors import PosError
from pos_app.services.payment import Payment
from pos_app.services.return_draft import LineState, RefundMethod, ReturnDraft
from tests.simulation.till import SimTill
from tests.simulation.wares import Wares

Act = Callable[[SimTill, Wares], None]
_GOOD = (LineState.RETURNABLE, LineState.LAST_DAY)


def attempt(act: Act, till: SimTill, wares: Wares) -> str:
    """Do it; answers how it ended: done, or the code of the refusal."""
    till.enter()
    try:
        act(till, wares)
    except PosError as refusal:
        return refusal.code
    return "done"


def sell(till: SimTill, wares: Wares) -> None:
    """Some goods for cash."""
    for product in till.dice.sample(wares.products, till.dice.randint(1, 3)):
        till.services.checkout.add(product, till.dice.randint(1, 2) * 1000)
    _pay(till, wares)


def sell_to_customer(till: SimTill, wares: Wares) -> None:
    """Points are earned, and sometimes spent."""
    card = till.stores.customers.by_id(till.dice.choice(wares.customers))
    assert card is not None
    till.services.checkout.attach(card)
    till.services.checkout.add(till.dice.choice(wares.products), 2000)
    payment = till.services.selling.begin_payment()
    if till.dice.random() < 0.6:
        payment.add_points(till.dice.randint(1, 150))
    _sold(till, wares, payment)


def sell_with_voucher(till: SimTill, wares: Wares) -> None:
    """The same few codes come to every till."""
    text, owner = till.dice.choice(wares.vouchers)
    if owner is not None:
        card = till.stores.customers.by_id(owner)
        assert card is not None
        till.services.checkout.attach(card)
    for product in wares.products:
        till.services.checkout.add(product, 3000)
    till.approved(lambda given: till.services.scans.scan(text, given))
    _pay(till, wares)


def give_back(till: SimTill, wares: Wares) -> None:
    """A piece from some paper, of this till or of another one."""
    if not wares.receipts:
        return
    draft = till.services.refunds.open(till.dice.choice(wares.receipts))
    for line in draft.original.lines:
        if draft.state_of(line) in _GOOD and line.amount:
            draft.choose(line.no, 1000)
            draft.reason(line.no, "wrong_size")
            _refund(till, draft)
            return


def _refund(till: SimTill, draft: ReturnDraft) -> None:
    def complete() -> None:
        given = till.granted(lambda allowed: draft.complete(allowed), lambda: draft.draft_hash)
        till.keep(given.recorded)

    try:
        complete()
    except PosError:
        # money of this kind cannot go out now: it becomes a credit
        draft.method = RefundMethod.STORE_CREDIT
        complete()


def hand_over(till: SimTill, wares: Wares) -> None:
    """The customer shows the code; PIN and identity are right."""
    text, pin = till.dice.choice(wares.orders)
    draft = till.services.pickups.open(text)
    if pin is not None:
        draft.enter_pin(pin)
    for line in draft.order.lines:
        while draft.open_of(line) > 0:
            draft.tick(line.no)
    if draft.needs_identity:
        draft.confirm_identity()
    payment = till.granted(lambda given: draft.begin_payment(given), lambda: draft.draft_hash)
    _sold(till, wares, payment)


def join_loyalty(till: SimTill, wares: Wares) -> None:
    """A phone that may already have joined somewhere else."""
    phone = f"0912 000 {till.dice.randint(100, 104)}"
    till.services.customers.create("Đào Thị Mười", phone, ("loyalty",))


def move_cash(till: SimTill, _wares: Wares) -> None:
    till.keep(till.services.cash_drawer.cash_in(till.dice.randint(1, 9) * 10_000, "tiền lẻ"))


def change_shift(till: SimTill, _wares: Wares) -> None:
    """Counted to the đồng; the next act opens the following shift."""
    count_and_close(till)


def count_and_close(till: SimTill) -> None:
    """The drawer is counted and the shift closed, if one is open."""
    till.enter()
    shift = till.services.session.require_shift()
    expected = till.stores.shifts.expected_cash(shift.number)
    till.services.shifts.begin_count()
    closed = till.services.shifts.close({500: expected // 500}, "lẻ" if expected % 500 else None)
    till.keep(closed.recorded)


def _pay(till: SimTill, wares: Wares) -> None:
    _sold(till, wares, till.services.selling.begin_payment())


def _sold(till: SimTill, wares: Wares, payment: Payment) -> None:
    recorded = payment.complete(payment.cash_due).recorded
    till.keep(recorded)
    assert recorded.code_text is not None
    wares.receipts.append(recorded.code_text)


ACTS: dict[Act, int] = {
    sell: 8,
    sell_to_customer: 5,
    sell_with_voucher: 4,
    give_back: 5,
    hand_over: 3,
    join_loyalty: 1,
    move_cash: 1,
    change_shift: 1,
}
"""With how often each happens."""
