"""The made-up chain as drawn: the same every time, and true to the rules of the shop."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date

import pytest

from central.seed import barcodes
from central.seed.baskets import GIFT_RULE
from central.seed.categories import BY_ID, CATEGORIES
from central.seed.chain import SMALL, Chain, make_chain
from central.seed.orders import KNOWN_ORDER, PIN_FROM, Order
from central.seed.staff import PEOPLE
from central.seed.stores import STORES
from pos_app.domain import phone
from pos_app.domain.ids import is_uuid7
from pos_app.domain.promotion import Promotion, PromotionKind
from pos_app.domain.short_codes import short_code
from pos_app.domain.staff import Role
from pos_app.domain.voucher import Campaign

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def chain() -> Chain:
    return make_chain(7, TODAY)


@pytest.fixture(scope="module")
def small() -> Chain:
    return make_chain(7, TODAY, SMALL)


def test_the_same_seed_and_day_draw_the_same_chain(small: Chain) -> None:
    assert make_chain(7, TODAY, SMALL) == small


def test_another_seed_draws_another_chain(small: Chain) -> None:
    other = make_chain(8, TODAY, SMALL)
    assert other.tenant != small.tenant
    assert [one.phone for one in other.customers[3:]] != [one.phone for one in small.customers[3:]]


def test_the_full_chain_holds_what_was_promised(chain: Chain) -> None:
    assert len(chain.variants) == 5_000
    assert len(chain.customers) == 2_000
    assert len(chain.orders) == 336
    assert len(_web(chain)) == 300
    assert len(chain.vouchers) == 500
    assert len(chain.campaigns) == 6
    assert len(chain.promotions) == 12
    assert len(chain.history.receipts) == 30_000
    assert len(chain.tills) == 6
    assert {variant.style.category.id for variant in chain.variants} == set(BY_ID)
    assert len(CATEGORIES) == 12


def _web(chain: Chain) -> list[Order]:
    """The online orders without the reservations."""
    return [order for order in chain.orders if order.reserved_until is None]


@pytest.mark.parametrize("known", ["8934563138165", "8936079121457", "8934673573443", "8938505610016"])
def test_check_digits_agree_with_printed_barcodes(known: str) -> None:
    assert barcodes.check_digit(known[:12]) == known[12]


def test_every_barcode_is_a_valid_vietnamese_ean_of_its_own(chain: Chain) -> None:
    codes = [code for variant in chain.variants for code in variant.barcodes]
    assert len(set(codes)) == len(codes) == 5_000
    assert all(len(code) == 13 and code.startswith("893") for code in codes)
    assert all(barcodes.check_digit(code[:12]) == code[12] for code in codes)


def test_variants_of_a_style_differ_in_colour_or_size(chain: Chain) -> None:
    faces = Counter((one.style.sku, one.colour, one.size) for one in chain.variants)
    assert set(faces.values()) == {1}
    assert sorted(one.rank for one in chain.variants) == list(range(1, 5_001))


def test_a_style_has_one_name_and_a_name_one_style(chain: Chain) -> None:
    names = {(one.style.sku, one.name) for one in chain.variants}
    assert len({sku for sku, _ in names}) == len({name for _, name in names}) == len(names)


def test_prices_look_like_prices_and_one_is_in_force(chain: Chain) -> None:
    assert all(price.amount % 1000 == 0 and price.amount >= 9_000 for price in chain.prices)
    noon = chain.calendar.at(0, 12)
    in_force = Counter(
        price.product for price in chain.prices if price.tier is None and price.is_in_force(noon)
    )
    assert set(in_force.values()) == {1}
    assert len(in_force) == 5_000


def test_versions_of_a_price_are_counted_and_follow_one_another(chain: Chain) -> None:
    by_product = itertools.groupby(chain.prices, key=lambda price: price.product)
    for _, prices in by_product:
        listed = list(prices)
        assert [price.ver for price in listed] == list(range(1, len(listed) + 1))
        plain = [price for price in listed if price.tier is None]
        assert all(one.valid_to == next_.valid_from for one, next_ in itertools.pairwise(plain))
        assert plain[-1].valid_to is None


def test_some_prices_change_next_month_and_some_have_tiers(chain: Chain) -> None:
    planned = [price for price in chain.prices if price.valid_from.date() == chain.calendar.next_month]
    tiers = {price.tier for price in chain.prices}
    assert len(planned) > 100
    assert tiers == {None, "gold", "platinum"}


def test_vat_is_eight_percent_until_the_end_of_2026(chain: Chain) -> None:
    rates = {}
    for order in chain.orders:
        for line in order.lines:
            days = (date(2026, 12, 31), date(2027, 1, 1))
            rates[line.product.style.category.id] = tuple(line.vat_rate(day) for day in days)
    assert rates["giay-bup-be"] == rates["tui-xach"] == (800, 1000)
    assert rates["my-pham"] == (1000, 1000)


def test_stock_is_known_everywhere_and_sometimes_nothing(chain: Chain) -> None:
    assert set(chain.stock) == {(store.no, one.id) for store in STORES for one in chain.variants}
    assert all(quantity >= 0 and quantity % 1000 == 0 for quantity in chain.stock.values())
    assert any(quantity == 0 for quantity in chain.stock.values())


def test_phones_are_mobile_numbers_and_nobody_shares_one(chain: Chain) -> None:
    phones = [one.phone for one in chain.customers]
    assert len(set(phones)) == len(phones)
    assert all(phone.parse(one) == one and phone.is_mobile(one) for one in phones)


def test_ids_are_uuids_of_version_seven(small: Chain) -> None:
    assert all(is_uuid7(one.id) for one in small.customers)
    assert all(is_uuid7(one.doc_id) for one in small.handovers)


def test_no_two_serials_share_a_short_code(chain: Chain) -> None:
    serials = [one.serial for one in chain.orders]
    serials += [one.serial for one in chain.vouchers]
    serials += [one.card for one in chain.customers if one.card is not None]
    serials += chain.badges.values()
    assert len({short_code(serial) for serial in serials}) == len(serials)


def test_the_lines_of_an_order_make_its_total(chain: Chain) -> None:
    for order in chain.orders:
        gross = sum(line.gross for line in order.lines)
        assert gross - order.discount == order.total
        assert sum(one.amount for one in order.prepaid) + order.amount_due == order.total
        assert all(0 <= line.amount <= line.gross for line in order.lines)


def test_payment_says_what_was_paid(chain: Chain) -> None:
    for order in chain.orders:
        paid = sum(one.amount for one in order.prepaid)
        state = "paid" if paid == order.total else "part" if paid else "due"
        assert order.payment == state


def test_dear_orders_want_a_pin(chain: Chain) -> None:
    assert all(order.pin is not None for order in chain.orders if order.total >= PIN_FROM)
    assert all(len(order.pin) == 4 and order.pin.isdigit() for order in chain.orders if order.pin is not None)


def test_orders_come_in_every_state_at_every_store(chain: Chain) -> None:
    for store in STORES:
        own = [order for order in _web(chain) if order.store == store.no]
        states = {(order.payment, order.preparation, order.handover) for order in own}
        assert {order.handover for order in own} == {"none", "part", "done", "expired", "cancelled"}
        assert {order.preparation for order in own} == {"new", "picking", "ready"}
        assert {("paid", "ready", "none"), ("due", "ready", "none"), ("part", "ready", "none")} <= states
        waiting = [
            order
            for order in own
            if (order.preparation, order.handover) == ("ready", "none") and order.payment in ("paid", "due")
        ]
        assert len(waiting) * 2 > len(own)


def test_open_orders_are_promised_around_today(chain: Chain) -> None:
    for order in chain.orders:
        if order.handover in ("none", "part"):
            assert 0 <= (order.promised_by.date() - TODAY).days <= 2
        assert order.placed_at < order.promised_by


def test_the_order_of_the_pickup_picture_is_always_there(small: Chain) -> None:
    order = next(one for one in small.orders if one.order == KNOWN_ORDER)
    assert (order.number, order.total, order.amount_due, order.pin) == ("MN-48207", 1_216_000, 0, "4802")
    assert [line.quantity // 1000 for line in order.lines] == [1, 1, 2, 1]
    assert order.lines[-1].gift_of == GIFT_RULE


def test_hand_overs_are_paid_to_the_last_dong(chain: Chain) -> None:
    assert chain.handovers
    for done in chain.handovers:
        assert sum(tender.amount for tender in done.tenders) == done.total + done.rounding
        assert done.order.placed_at < done.at < chain.calendar.at(0, 0)
        assert all(line.vat >= 0 for line in done.lines)


def test_vouchers_come_fresh_used_expired_revoked_bound_and_for_one_shop(chain: Chain) -> None:
    for campaign in chain.campaigns[:4]:
        own = [one for one in chain.vouchers if one.campaign == campaign.no]
        assert {one.state for one in own} == {"fresh", "used", "expired", "revoked"}
    assert any(one.customer for one in chain.vouchers)
    assert {one.store for one in chain.vouchers} == {0, 1, 2, 3}
    for one in chain.vouchers:
        assert (one.valid_until < TODAY) == (one.state == "expired")
        assert (one.used_at is not None) == (one.state == "used")
        assert one.issued_at < (one.used_at or chain.calendar.at(0, 0))


def test_the_first_customer_has_a_birthday_voucher_that_is_good_today(chain: Chain) -> None:
    hoa = chain.customers[0]
    assert (hoa.name, hoa.birthday) == ("Lê Thị Hoa", (11, 26))
    own = [one for one in chain.vouchers if one.customer == hoa.id and one.campaign == 201]
    assert own
    assert own[0].state == "fresh"


def test_campaigns_and_promotions_are_what_the_domain_reads(chain: Chain) -> None:
    kinds = [Campaign.from_json(campaign.body).kind.value for campaign in chain.campaigns]
    assert kinds == ["amount", "percent", "gift", "amount", "stored_value", "amount"]
    bags, shoes = (Promotion.from_json(body) for body in chain.promotions[:2])
    assert (bags.kind, bags.percent_bp, bags.name) == (PromotionKind.PERCENT, 2000, "Túi tháng 11")
    assert (shoes.kind, shoes.n, shoes.percent_bp) == (PromotionKind.NTH_ITEM, 4, 5000)


def test_the_gifts_of_the_gift_campaign_exist(small: Chain) -> None:
    ids = {variant.id for variant in small.variants}
    gifts = Campaign.from_json(small.campaigns[2].body).gift_choices(1)
    assert gifts
    assert set(gifts) <= ids


def test_nine_people_and_a_manager_in_every_store() -> None:
    assert len(PEOPLE) == 9
    for store in STORES:
        own = [person for person in PEOPLE if person.store == store.no]
        assert sum(person.role == "manager" for person in own) == 1
    assert {person.role for person in PEOPLE} == {role.value for role in Role}


def test_demo_pins_have_six_digits_and_differ(chain: Chain) -> None:
    pins = list(chain.pins.values())
    assert len(set(pins)) == len(PEOPLE)
    assert all(len(pin) == 6 and pin.isdigit() for pin in pins)
