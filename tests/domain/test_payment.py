"""Cash, tenders, points and the examples of returns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pos_app.domain.cash import CashRounding, RoundingMode, change_notes, counted, quick_cash
from pos_app.domain.errors import (
    AmountRefused,
    CashTooLittle,
    NothingToReturn,
    ReturnTooMuch,
    TenderMissing,
    TenderTooMuch,
    TransferUnconfirmed,
)
from pos_app.domain.money import EXEMPT, percent, vat_inside
from pos_app.domain.original import OriginalLine, OriginalSale
from pos_app.domain.points import OfflineCap, earned, spendable
from pos_app.domain.priced import GiftCondition
from pos_app.domain.refund import ReturnChoice, plan_refund
from pos_app.domain.return_document import ReturnDocumentFacts, return_payload
from pos_app.domain.tender import Tender, TenderKind, settle, still_due

ROUNDING = CashRounding()
CASH = TenderKind.CASH


def sale_of(amount: int, *tenders: Tender, pieces: int = 1, rounding: int = 0) -> OriginalSale:
    line = OriginalLine(1, "SP1", "Giày", pieces * 1000, amount, 800)
    return OriginalSale("doc", "NT02-000001", (line,), tenders, rounding, amount, customer="c", earns=True)


def test_quick_cash_offers_each_amount_once() -> None:
    assert quick_cash(814_000) == (814_000, 820_000, 850_000, 900_000, 1_000_000)
    assert quick_cash(500_000) == (500_000, 600_000)
    assert quick_cash(0) == ()


@pytest.mark.parametrize(
    ("change", "notes"),
    [
        (39_000, [20_000, 10_000, 5_000, 2_000, 2_000]),
        (1_600, [1_000, 200, 200, 200]),
        (700, [500, 200]),
        (100, []),
    ],
)
def test_change_is_counted_out_in_notes(change: int, notes: list[int]) -> None:
    assert change_notes(change) == notes


def test_counts_know_only_real_notes() -> None:
    assert counted({500_000: 2, 200: 3}) == 1_000_600
    with pytest.raises(AmountRefused):
        counted({300: 1})


def test_change_is_given_on_cash_only() -> None:
    done = settle(814_200, [Tender(1, TenderKind.CARD, 300_000), Tender(2, CASH, tendered=600_000)], ROUNDING)
    assert (done.change, done.rounding, done.cash_kept) == (86_000, -200, 514_000)
    with pytest.raises(TenderTooMuch):
        settle(100, [Tender(1, TenderKind.CARD, 101)], ROUNDING)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(CashTooLittle) as little:
        settle(814_200, [Tender(1, CASH, tendered=800_000)], ROUNDING)
    assert little.value.missing == 14_000
    with pytest.raises(TenderMissing):
        settle(100, [], ROUNDING)


def test_a_total_of_nothing_needs_no_tender() -> None:
    assert settle(0, [], ROUNDING).tenders == ()


def test_what_is_still_due_is_rounded_for_cash_alone() -> None:
    due = still_due(814_200, [Tender(1, TenderKind.CARD, 300_000)], ROUNDING)
    assert (due.left, due.cash) == (514_200, 514_000)


def test_three_pieces_of_814200_go_back_in_whole_thousands() -> None:
    original = sale_of(814_200, Tender(1, CASH, 814_000), pieces=3, rounding=-200)
    given = []
    for _ in range(3):
        plan = plan_refund(original, [ReturnChoice(1, 1000)], ROUNDING)
        given.append(plan.given_as(CASH))
        original = original.after(return_payload(plan, ReturnDocumentFacts(date(2026, 11, 21), "own")))
    assert given == [272_000, 271_000, 271_000]


def test_points_go_back_before_money() -> None:
    original = sale_of(1_000_000, Tender(1, CASH, 500_000), Tender(2, TenderKind.POINTS, 500_000), pieces=2)
    plan = plan_refund(original, [ReturnChoice(1, 1000)], ROUNDING)
    assert (plan.points_returned, plan.given_as(CASH)) == (1000, 0)


def test_a_deposit_stands_where_its_tender_stands() -> None:
    deposit = Tender(1, TenderKind.DEPOSIT, 100_000, via=TenderKind.TRANSFER)
    original = sale_of(200_000, deposit, Tender(2, CASH, 100_000), pieces=2)
    plan = plan_refund(original, [ReturnChoice(1, 1000)], ROUNDING)
    assert [(refund.kind, refund.amount) for refund in plan.refunds] == [(TenderKind.TRANSFER, -100_000)]


def test_store_credit_for_cash_is_charged_to_the_cash() -> None:
    original = sale_of(814_200, Tender(1, CASH, 814_000), pieces=3, rounding=-200)
    plan = plan_refund(original, [ReturnChoice(1, 1000)], ROUNDING, instead={CASH: TenderKind.STORE_CREDIT})
    refund = plan.refunds[0]
    assert (refund.kind, refund.amount, refund.original_tender) == (TenderKind.STORE_CREDIT, -272_000, 1)


def test_an_unconfirmed_transfer_is_never_paid_out() -> None:
    original = sale_of(100_000, Tender(1, TenderKind.TRANSFER, 100_000, state="claimed"))
    with pytest.raises(TransferUnconfirmed):
        plan_refund(original, [ReturnChoice(1, 1000)], ROUNDING)


def test_no_more_comes_back_than_was_sold() -> None:
    original = sale_of(100_000, Tender(1, CASH, 100_000))
    with pytest.raises(ReturnTooMuch):
        plan_refund(original, [ReturnChoice(1, 2000)], ROUNDING)
    with pytest.raises(NothingToReturn):
        plan_refund(original, [], ROUNDING)


def gift_sale() -> OriginalSale:
    goods = OriginalLine(1, "SP1", "Giày", 2000, 600_000, 800)
    gift = OriginalLine(
        2,
        "SP2",
        "Vớ",
        1000,
        0,
        800,
        gift_of="7",
        gift_value=45_000,
        gift_condition=GiftCondition(500_000, (1,)),
    )
    return OriginalSale("doc", "NT02-000002", (goods, gift), (Tender(1, CASH, 600_000),), 0, 600_000)


def test_a_gift_that_stays_is_kept_from_the_refund() -> None:
    plan = plan_refund(gift_sale(), [ReturnChoice(1, 1000)], ROUNDING)
    assert ([gift.amount for gift in plan.kept], plan.total) == ([45_000], -255_000)


def test_a_gift_that_comes_back_costs_nothing() -> None:
    plan = plan_refund(gift_sale(), [ReturnChoice(1, 1000), ReturnChoice(2, 1000)], ROUNDING)
    assert (plan.kept, plan.total) == ((), -300_000)
    assert plan_refund(gift_sale(), [ReturnChoice(2, 1000)], ROUNDING).total == 0


def test_a_gift_is_kept_once_and_may_be_waived() -> None:
    first = plan_refund(gift_sale(), [ReturnChoice(1, 1000)], ROUNDING)
    after = gift_sale().after(return_payload(first, ReturnDocumentFacts(date(2026, 11, 21), "own")))
    assert plan_refund(after, [ReturnChoice(1, 1000)], ROUNDING).kept == ()
    waived = plan_refund(gift_sale(), [ReturnChoice(1, 1000)], ROUNDING, waive_gifts=True)
    assert (waived.total, len(waived.waived)) == (-300_000, 1)


def test_no_more_is_kept_than_the_refund() -> None:
    sale = gift_sale()
    dear = replace(sale.line(2), gift_value=900_000)
    sale = replace(sale, lines=(sale.line(1), dear, replace(dear, no=3)))
    plan = plan_refund(sale, [ReturnChoice(1, 1000)], ROUNDING)
    assert ([gift.amount for gift in plan.kept], plan.total, plan.refunds) == ([300_000], 0, ())


def test_points_have_one_floor() -> None:
    assert earned({CASH: 814_200}, 150) == 122
    assert earned({TenderKind.PAID_ONLINE: 100_000}, 100, web_credited=False) == 10


def test_offline_points_are_capped_less_what_was_spent() -> None:
    cap = OfflineCap()
    assert spendable(1000, 1_000_000, cap=cap) == 400
    assert spendable(300, 1_000_000, cap=cap) == 150
    assert spendable(300, 1_000_000, spent_since=100, cap=cap) == 50
    assert spendable(1000, 12_400) == 24
    assert spendable(-5, 12_400) == 0


def test_exempt_goods_carry_no_tax() -> None:
    assert vat_inside(110_000, EXEMPT) == vat_inside(110_000, 0) == 0


def test_more_than_the_whole_is_refused() -> None:
    with pytest.raises(AmountRefused):
        percent(100, 10_001)


def test_nearest_rounds_up_at_half() -> None:
    assert CashRounding(1000, RoundingMode.NEAREST).kept(223_500) == 224_000
