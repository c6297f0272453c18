"""The properties of the rules, on random carts."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.cart import Cart, ManualDiscount
from pos_app.domain.cash import CashRounding, RoundingMode
from pos_app.domain.invariants import check_payload
from pos_app.domain.original import OriginalSale
from pos_app.domain.price import price_cart
from pos_app.domain.product import Product
from pos_app.domain.product_set import ProductSet
from pos_app.domain.promotion import Component, Promotion
from pos_app.domain.refund import ReturnChoice, plan_refund
from pos_app.domain.return_document import ReturnDocumentFacts, return_payload
from pos_app.domain.sale import Buyer, SaleFacts, sale_payload
from pos_app.domain.tender import Tender, TenderKind, settle
from tests.support.goods import NOON, ZONE, cart_of, product, promotion, voucher

DAY = date(2026, 11, 21)
_AMOUNTS = st.one_of(st.sampled_from([0, 1, 1000, 199_000, 399_000]), st.integers(0, 900_000))
_RATES = st.sampled_from([-1, 0, 500, 800, 1000])


@st.composite
def goods(draw: st.DrawFn) -> list[tuple[Product, int]]:
    made = []
    for number in range(draw(st.integers(1, 6))):
        category = draw(st.sampled_from(["shoes", "bags"]))
        made.append(
            (product(number, draw(_AMOUNTS), category=category, rate=draw(_RATES)), draw(st.integers(1, 5)))
        )
    return made


@st.composite
def rule(draw: st.DrawFn, number: int = 1) -> Promotion:
    bags = ProductSet(categories=frozenset({"bags"}))
    kind = draw(st.sampled_from(["percent", "amount", "nth_item", "buy_n_get_m", "bundle", "threshold"]))
    fields: dict[str, Any] = {
        "percent": {"percent_bp": draw(st.integers(0, 10_000))},
        "amount": {"amount": draw(st.integers(0, 500_000))},
        "nth_item": {"n": draw(st.integers(1, 4)), "percent_bp": draw(st.integers(0, 10_000))},
        "buy_n_get_m": {"n": draw(st.integers(1, 3)), "m": draw(st.integers(1, 2))},
        "bundle": {
            "price": draw(st.integers(0, 600_000)),
            "components": (Component(bags), Component(ProductSet(), draw(st.integers(1, 2)))),
        },
        "threshold": {"threshold": draw(st.integers(0, 900_000)), "amount": 40_000},
    }[kind]
    if draw(st.booleans()):
        fields["max_amount"] = draw(st.integers(0, 300_000))
    if draw(st.booleans()):
        fields["products"] = bags
    return promotion(kind, number, **fields)


_RULES = st.lists(st.booleans(), max_size=4).flatmap(
    lambda flags: st.tuples(*(rule(place) for place, _ in enumerate(flags)))
)


@given(goods(), _RULES, st.randoms(use_true_random=False))
def test_scan_order_changes_no_total_and_nothing_falls_below_zero(
    bought: list[tuple[Product, int]], rules: tuple[Promotion, ...], random: Any
) -> None:
    first = price_cart(cart_of(*bought), rules, NOON, ZONE)
    again = list(bought)
    random.shuffle(again)
    assert price_cart(cart_of(*again), rules, NOON, ZONE).total == first.total
    assert first.total == sum(line.amount for line in first.lines) >= 0
    assert all(0 <= line.amount <= line.gross for line in first.lines)


@given(goods(), _RULES)
def test_removing_what_was_added_restores_every_figure(
    bought: list[tuple[Product, int]], rules: tuple[Promotion, ...]
) -> None:
    cart = cart_of(*bought)
    before = price_cart(cart, rules, NOON, ZONE)
    added = cart.add(product(99, 123_456))
    cart.remove(added.no)
    assert price_cart(cart, rules, NOON, ZONE) == before


@given(goods(), rule(), _AMOUNTS)
def test_adding_a_piece_costs_at_most_its_price(
    bought: list[tuple[Product, int]], one: Promotion, price: int
) -> None:
    cart = cart_of(*bought)
    before = price_cart(cart, [one], NOON, ZONE).total
    cart.add(product(99, price, category="bags"))
    assert price_cart(cart, [one], NOON, ZONE).total <= before + price


def _sold(draw: st.DrawFn) -> tuple[dict[str, Any], CashRounding]:
    cart: Cart = cart_of(*draw(goods()))
    if draw(st.booleans()):
        cart.discount_order(ManualDiscount("regular", 12, amount=draw(st.integers(1, 99_999))))
    if draw(st.booleans()):
        cart.add_voucher(voucher("percent", draw(st.integers(1, 10_000))))
    priced = price_cart(cart, draw(_RULES), NOON, ZONE)
    rounding = CashRounding(draw(st.sampled_from([0, 500, 1000])), draw(st.sampled_from(list(RoundingMode))))
    tenders = []
    left = priced.total
    if draw(st.booleans()) and left >= 500:
        spent = draw(st.integers(1, left // 500)) * 500
        tenders.append(Tender(1, TenderKind.POINTS, spent))
        left -= spent
    if draw(st.booleans()) and left:
        part = draw(st.integers(1, left))
        tenders.append(Tender(2, TenderKind.TRANSFER, part, state="confirmed"))
        left -= part
    if left:
        tenders.append(Tender(3, TenderKind.CASH, tendered=left + 1000))
    settlement = settle(priced.total, tenders, rounding)
    buyer = Buyer("customer", draw(st.sampled_from([100, 150, 200])))
    return sale_payload(priced, settlement, SaleFacts(DAY, buyer)), rounding


@st.composite
def sold(draw: st.DrawFn) -> tuple[dict[str, Any], CashRounding]:
    return _sold(draw)


@given(sold())
def test_every_sale_keeps_the_invariants(made: tuple[dict[str, Any], CashRounding]) -> None:
    assert check_payload("sale", made[0]) == []


@given(sold(), st.data())
def test_returning_everything_in_any_pieces_gives_all_back(
    made: tuple[dict[str, Any], CashRounding], data: st.DataObject
) -> None:
    payload, rounding = made
    original = OriginalSale.from_json({**payload, "doc_id": "d"})
    pieces = [line["no"] for line in payload["lines"] for _ in range(line["quantity"] // 1000)]
    pieces = data.draw(st.permutations(pieces))
    back: dict[int, int] = {}
    vat = points = taken = 0
    while pieces:
        some = data.draw(st.integers(1, len(pieces)))
        now, pieces = pieces[:some], pieces[some:]
        choices = [ReturnChoice(no, now.count(no) * 1000) for no in sorted(set(now))]
        plan = plan_refund(original, choices, rounding)
        document = return_payload(plan, ReturnDocumentFacts(DAY, "own"))
        assert check_payload("return", document) == []
        for refund in plan.refunds:
            back[refund.original_tender] = back.get(refund.original_tender, 0) - refund.amount
        vat -= sum(line.vat for line in plan.lines)
        points += plan.points_returned
        taken += plan.points_taken_back
        original = original.after(document)
    assert {no: amount for no, amount in back.items() if amount} == {
        tender["no"]: tender["amount"] for tender in payload["tenders"] if tender["amount"]
    }
    assert vat == sum(line["vat"] for line in payload["lines"])
    entries = {entry["why"]: entry["delta"] for entry in payload["points"]}
    assert (points, taken) == (-entries.get("spent", 0), entries.get("earned", 0))
    assert original.is_fully_returned
    assert original.carried == 0


_sets = st.builds(
    ProductSet,
    ids=st.frozensets(st.sampled_from(["SP1", "SP2"])),
    categories=st.frozensets(st.sampled_from(["bags", "shoes"])),
    styles=st.frozensets(st.sampled_from(["ST1", ""])),
)
_goods = st.lists(
    st.tuples(
        st.sampled_from(["SP1", "SP2", "SP3", None]),
        st.sampled_from(["bags", "shoes", "belts"]),
        st.sampled_from(["ST1", "ST2", ""]),
    )
)


@given(products=_sets, goods=_goods)
def test_a_set_holds_the_same_goods_one_by_one_and_at_once(
    products: ProductSet, goods: list[tuple[str | None, str, str]]
) -> None:
    assert products.places(goods) == {at for at, one in enumerate(goods) if products.holds(*one)}
