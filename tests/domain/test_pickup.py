"""Orders handed over in parts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.cash import CashRounding
from pos_app.domain.errors import HandoverTooMuch, NothingToHandOver
from pos_app.domain.handover import (
    HandoverFacts,
    HandoverPlan,
    RefusedChoice,
    handover_payload,
    plan_handover,
)
from pos_app.domain.invariants import check_payload
from pos_app.domain.order import HandoverState, Order
from pos_app.domain.price import price_cart
from pos_app.domain.sale import Buyer
from pos_app.domain.tender import Tender, TenderKind, settle
from tests.support.goods import NOON, ZONE, cart_of, product

DAY = date(2026, 11, 21)


def order_of(*amounts: int, prepaid: tuple[int, ...] = (), pieces: int = 1) -> Order:
    lines = [
        {"no": no, "product": f"SP{no}", "name": "Giày", "quantity": pieces * 1000, "amount": amount}
        | {"vat_rate": 800, "return_days": 7}
        for no, amount in enumerate(amounts, start=1)
    ]
    body: dict[str, Any] = {"order": 48207, "number": "MN-48207", "payment": "part", "lines": lines}
    body |= {"preparation": "ready", "handover": "none"}
    body["prepaid"] = [
        {"no": no, "kind": "paid_online", "amount": amount} for no, amount in enumerate(prepaid, start=1)
    ]
    return Order.from_json(body)


def test_an_order_that_two_tills_have_handed_over_is_done() -> None:
    """Central's feed has the one, the own journal the other: nothing more is handed over here."""
    order = order_of(500_000).after({1: 1000}, {})
    after = order.after({1: 1000}, {})
    assert after.lines[0].left == -1000
    assert after.is_done
    assert after.handover is HandoverState.DONE


def document(plan: HandoverPlan) -> dict[str, Any]:
    tenders = list(plan.prepaid)
    if plan.due:
        tenders.append(Tender(len(tenders) + 1, TenderKind.CASH, tendered=plan.due + 500))
    settlement = settle(plan.total, tenders, CashRounding())
    facts = HandoverFacts(DAY, DAY, NOON.isoformat(), "1", ["qr"], buyer=Buyer("c"))
    return handover_payload(plan, settlement, facts)


def test_a_paid_order_is_handed_over_with_nothing_due() -> None:
    plan = plan_handover(order_of(300_000, 200_000, prepaid=(500_000,)), {1: 1000, 2: 1000})
    assert (plan.due, [tender.kind for tender in plan.prepaid]) == (0, [TenderKind.PAID_ONLINE])
    assert check_payload("handover", document(plan)) == []


def test_a_part_takes_its_share_of_the_prepaid_money() -> None:
    plan = plan_handover(order_of(300_000, 200_000, prepaid=(250_000,)), {1: 1000})
    assert (plan.total, plan.due) == (300_000, 150_000)


def test_a_refused_part_gets_its_money_back() -> None:
    order = order_of(300_000, 200_000, prepaid=(500_000,))
    plan = plan_handover(
        order, {1: 1000}, {2: RefusedChoice(1000)}, instead={TenderKind.PAID_ONLINE: TenderKind.STORE_CREDIT}
    )
    refund = plan.refunds[0]
    assert (refund.kind, refund.amount, plan.due) == (TenderKind.STORE_CREDIT, -200_000, 0)
    assert check_payload("handover", document(plan)) == []


def test_extra_goods_are_part_of_the_same_document() -> None:
    extra = price_cart(cart_of((product(1, 99_000), 1)), [], NOON, ZONE)
    plan = plan_handover(order_of(300_000, prepaid=(300_000,)), {1: 1000}, extra=extra)
    body = document(plan)
    assert (plan.due, body["total"]) == (99_000, 399_000)
    assert [line["no"] for line in body["sale"]["lines"]] == [2]
    assert check_payload("handover", body) == []


def test_no_more_is_handed_over_than_was_ordered() -> None:
    order = order_of(300_000)
    with pytest.raises(HandoverTooMuch):
        plan_handover(order, {1: 2000})
    with pytest.raises(HandoverTooMuch):
        plan_handover(order, {1: 1000}, {1: RefusedChoice(1000)})
    with pytest.raises(NothingToHandOver):
        plan_handover(order, {})


@given(
    st.lists(st.integers(0, 999_999), min_size=1, max_size=4),
    st.integers(1, 4),
    st.lists(st.integers(0, 300_000), max_size=3),
    st.data(),
)
def test_any_pieces_use_up_the_prepaid_money_exactly(
    amounts: list[int], pieces: int, paid: list[int], data: st.DataObject
) -> None:
    order = order_of(*amounts, prepaid=tuple(paid), pieces=pieces)
    if order.prepaid_total > order.total:
        return
    due, whole = order.amount_due, order.total
    paid_now = prepaid = goods = 0
    while not order.is_done:
        left = {line.no: line.left // 1000 for line in order.lines if line.left}
        now = {no: data.draw(st.integers(0, most)) * 1000 for no, most in left.items()}
        if not any(now.values()):
            now = {no: most * 1000 for no, most in left.items()}
        plan = plan_handover(order, now)
        paid_now += plan.due
        goods += plan.total
        prepaid += sum(tender.amount for tender in plan.prepaid)
        order = order.after(now, {})
    assert (paid_now, prepaid, goods) == (due, order.prepaid_total, whole)
    assert (order.handover, order.amount_due) == (HandoverState.DONE, 0)
