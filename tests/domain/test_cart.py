"""The cart as the cashier changes it."""

from __future__ import annotations

import json

import pytest

from pos_app.domain.cart import Cart, ManualDiscount, Uncoded
from pos_app.domain.customer import CustomerCard, short_name
from pos_app.domain.errors import (
    LineUnknown,
    NothingToUndo,
    QuantityRefused,
    UncodedTooDear,
    VoucherAlreadyInCart,
    VoucherNotStackable,
)
from tests.support.goods import NOON, campaign, cart_of, product, voucher


def test_equal_untouched_lines_merge() -> None:
    cart = cart_of((product(1), 1), (product(2), 1), (product(1), 2))
    assert [(line.no, line.quantity) for line in cart.lines] == [(1, 3000), (2, 1000)]


def test_a_touched_line_takes_no_more() -> None:
    cart = cart_of((product(1), 1))
    cart.set_note(1, "bọc quà")
    cart.add(product(1))
    assert len(cart.lines) == 2


def test_another_salesperson_gets_a_line_of_their_own() -> None:
    cart = Cart()
    cart.add(product(1), salesperson=1)
    cart.add(product(1), salesperson=2)
    assert len(cart.lines) == 2


def test_line_numbers_are_never_used_twice() -> None:
    cart = cart_of((product(1), 1), (product(2), 1))
    cart.remove(2)
    assert cart.add(product(3)).no == 3


@pytest.mark.parametrize("quantity", [0, -1000, 500, 10_000_000])
def test_impossible_quantities_are_refused(quantity: int) -> None:
    cart = cart_of((product(1), 1))
    with pytest.raises(QuantityRefused):
        cart.set_quantity(1, quantity)
    assert cart.line(1).quantity == 1000


def test_merging_beyond_the_limit_is_refused() -> None:
    cart = cart_of((product(1), 9999))
    with pytest.raises(QuantityRefused):
        cart.add(product(1))


def test_undo_takes_back_line_actions_one_by_one() -> None:
    cart = cart_of((product(1), 1), (product(2), 1))
    cart.discount_line(1, ManualDiscount("damaged", 1, percent_bp=500))
    cart.remove(2)
    cart.undo()
    cart.undo()
    assert [(line.no, line.discount) for line in cart.lines] == [(1, None), (2, None)]
    cart.undo()
    cart.undo()
    with pytest.raises(NothingToUndo):
        cart.undo()


def test_an_unknown_line_is_named() -> None:
    with pytest.raises(LineUnknown):
        Cart().remove(4)


def test_goods_without_a_code_have_a_limit() -> None:
    with pytest.raises(UncodedTooDear):
        Cart().add_uncoded(Uncoded("Túi", 500_001, "bags", 800))


def test_a_draft_comes_back_as_it_was() -> None:
    cart = Cart(begun_at=NOON)
    cart.add(product(1, colour="#112233", barcodes=("893",)), 2000, salesperson=4)
    cart.add_uncoded(Uncoded("Dây", 5_000, "laces", 800))
    cart.discount_order(ManualDiscount("regular", 1, amount=1_000))
    cart.attach_customer(CustomerCard("c", "Hoa N.", "gold", 120, (3, 8), "567"))
    cart.add_voucher(voucher("gift", 1, 2**63, campaign=campaign("gift", gifts=((1, ("SP1",)),))))
    again = Cart.from_json(json.loads(json.dumps(cart.to_json())))
    assert again.to_json() == cart.to_json()
    assert again.lines == cart.lines
    assert again.vouchers == cart.vouchers
    assert again.draft_hash == cart.draft_hash


def test_every_change_changes_the_draft_hash() -> None:
    cart = cart_of((product(1), 1))
    before = cart.draft_hash
    cart.set_quantity(1, 2000)
    assert cart.draft_hash != before


def test_one_code_counts_once_and_some_vouchers_stand_alone() -> None:
    cart = Cart()
    cart.add_voucher(voucher("amount", 1, 1))
    with pytest.raises(VoucherAlreadyInCart):
        cart.add_voucher(voucher("amount", 1, 1))
    with pytest.raises(VoucherNotStackable):
        cart.add_voucher(voucher("amount", 1, 2, campaign=campaign(stacking=False)))


def test_short_names_show_the_given_name_first() -> None:
    assert short_name("Nguyễn Thị Hoa") == "Hoa N."
    assert short_name("Hoa") == "Hoa"
