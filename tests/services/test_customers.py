from __future__ import annotations

import pytest

from pos_app.domain.errors import (
    CustomerKnown,
    CustomerUnknownHere,
    PhoneRefused,
    PolicyRefused,
    ReasonMissing,
    StaffNotAllowed,
)
from tests.support import till_files
from tests.support.counter import AUDITOR, FEED_SALE, Counter, feed_sale

NEW = "0912 345 678"


@pytest.mark.parametrize("text", ["0901234567", "+84 901 234 567", "0901.234.567"])
def test_a_phone_finds_its_customer_however_it_is_typed(counter: Counter, text: str) -> None:
    (view,) = counter.customers.by_phone(text)

    assert (view.card.name, view.card.tier) == ("Hoa N.", "gold")
    assert view.worth == 200_000


def test_a_text_that_is_no_phone_is_refused(counter: Counter) -> None:
    with pytest.raises(PhoneRefused):
        counter.customers.by_phone("123")


def test_a_view_shows_what_is_theirs(counter: Counter) -> None:
    counter.till.feed("sales", {FEED_SALE: feed_sale()})
    view = counter.customers.view(till_files.HOA)

    assert view.is_birthday_near
    assert view.waiting_orders == ("MN-48207",)
    assert [(row.receipt_no, row.is_returnable) for row in view.receipts] == [("LVS02-004812", True)]
    assert view.as_of == counter.session.now


def test_a_customer_who_is_not_here_is_unknown(counter: Counter) -> None:
    with pytest.raises(CustomerUnknownHere):
        counter.customers.view("01a1f3d4-f500-7116-a393-0000000000ff")


def test_a_new_customer_is_found_at_once_and_their_name_is_in_the_private_part_alone(
    counter: Counter,
) -> None:
    counter.open()
    customer = counter.customers.create("Lê Văn Nam", NEW, ["loyalty"])

    (view,) = counter.customers.by_phone(NEW)
    assert (view.card.id, view.card.name, view.card.tier) == (customer, "Nam L.", "member")
    body = next(counter.till.journal.documents_since(1, 3))
    assert body.kind == "customer_create"
    assert body.content["payload"] == {
        "customer": customer,
        "fields": ["name", "phone"],
        "purposes": ["loyalty"],
    }
    assert b"Nam" not in body.body


def test_nothing_is_consented_to_by_itself(counter: Counter) -> None:
    counter.open()
    counter.customers.create("Lê Văn Nam", NEW)

    assert next(counter.till.journal.documents_since(1, 3)).content["payload"]["purposes"] == []


def test_a_phone_that_is_known_is_not_registered_twice(counter: Counter) -> None:
    counter.open()

    with pytest.raises(CustomerKnown) as refused:
        counter.customers.create("Nguyễn Thị Hoa", "0901234567")
    assert refused.value.fields["customer"] == till_files.HOA


def test_a_fixed_line_is_no_loyalty_key(counter: Counter) -> None:
    counter.open()

    with pytest.raises(PhoneRefused):
        counter.customers.create("Lê Văn Nam", "028 3812 3456")


def test_a_customer_has_a_name(counter: Counter) -> None:
    counter.open()

    with pytest.raises(ReasonMissing):
        counter.customers.create("  ", NEW)


def test_only_so_many_new_customers_a_shift(counter: Counter) -> None:
    counter.till.feed("policy", {"policy": {"new_customers_per_shift": 1}})
    counter.open()
    counter.customers.create("Lê Văn Nam", NEW)

    with pytest.raises(PolicyRefused):
        counter.customers.create("Trần Bình", "0912345679")


def test_an_auditor_makes_no_customers(counter: Counter) -> None:
    counter.open().enter(AUDITOR)

    with pytest.raises(StaffNotAllowed):
        counter.customers.create("Lê Văn Nam", NEW)
