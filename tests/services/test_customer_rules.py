"""Vouchers for a first purchase, or so many times a customer: central is asked, silence is the policy's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pos_app.domain.errors import AskCentral, PolicyRefused, VoucherCustomerUsedUp, VoucherNotFirstPurchase
from pos_app.services.online_checks import CheckKind, Question, Verdict
from tests.support import till_files
from tests.support.answering_central import AnsweringCentral
from tests.support.sell_desk import SHOE, SellDesk, make_desk, voucher_code
from tests.support.till_files import HOA

LAN = "01a1f3d4-f500-7116-a393-000000000002"


class Central(AnsweringCentral):
    """`buyers`: whom it knows as a customer already."""

    def __init__(self) -> None:
        super().__init__()
        self.buyers = {HOA}
        self.about: list[str | None] = []

    def check(
        self, kind: CheckKind, key: str, quantity: int, doc_id: str, customer: str | None = None
    ) -> Verdict | None:
        self.about.append(customer)
        if self.is_silent:
            return None
        word = "insufficient" if customer in self.buyers else "ok"
        return Verdict(word, key, balance=1, covers_until_ms=10**12 if word == "ok" else 0)


@pytest.fixture
def central() -> Central:
    return Central()


@pytest.fixture
def desk(tmp_path: Path, central: Central) -> Iterator[SellDesk]:
    made = make_desk(tmp_path / "till", central)
    lan = till_files.customer(name="Lan P.", cards=[], tag="00") | {"id": LAN}
    made.counter.till.feed("customers", {HOA: till_files.customer(), LAN: lan})
    made.scan(SHOE)
    yield made
    made.counter.till.files.dispose()


def rules(desk: SellDesk, **changes: Any) -> None:
    desk.counter.till.feed("campaigns", {"campaign/7": till_files.campaign(**changes)})


def for_whom(desk: SellDesk, customer: str) -> None:
    card = desk.customers.by_id(customer)
    assert card is not None
    desk.services.checkout.attach(card)


def asked(act: Any) -> Any:
    """As a presenter does it: told to ask, ask, and do it again."""
    try:
        return act()
    except AskCentral as needed:
        question = needed.fields["question"]
        assert isinstance(question, Question)
        question.settle(question.ask())
    return act()


def scan(desk: SellDesk) -> Any:
    return asked(lambda: desk.services.scans.scan(voucher_code()))


def begin(desk: SellDesk) -> Any:
    return asked(desk.services.selling.begin_payment)


def test_whom_central_knows_makes_no_first_purchase(desk: SellDesk, central: Central) -> None:
    rules(desk, first_purchase=True)
    for_whom(desk, HOA)
    with pytest.raises(VoucherNotFirstPurchase):
        scan(desk)
    assert central.about == [HOA]


def test_a_customer_who_has_had_their_share_gets_no_more(desk: SellDesk) -> None:
    rules(desk, uses_per_customer=2)
    for_whom(desk, HOA)
    with pytest.raises(VoucherCustomerUsedUp) as refused:
        scan(desk)
    assert refused.value.fields["most"] == 2


def test_a_yes_for_one_customer_says_nothing_of_another(desk: SellDesk, central: Central) -> None:
    rules(desk, first_purchase=True)
    for_whom(desk, LAN)
    scan(desk)
    for_whom(desk, HOA)
    with pytest.raises(VoucherNotFirstPurchase):
        begin(desk)
    assert central.about == [LAN, HOA]


def test_of_a_campaign_without_such_rules_nobody_is_named(desk: SellDesk, central: Central) -> None:
    rules(desk)
    for_whom(desk, HOA)
    scan(desk)
    assert central.about == [None]


@pytest.mark.parametrize("offline", ["accept", "refuse"])
def test_without_an_answer_the_campaign_decides(desk: SellDesk, central: Central, offline: str) -> None:
    central.is_silent = True
    rules(desk, first_purchase=True, offline=offline)
    for_whom(desk, HOA)
    if offline == "accept":
        assert scan(desk).amount == 50_000
    else:
        with pytest.raises(PolicyRefused):
            scan(desk)


def test_a_yes_for_somebody_else_covers_no_commit_in_the_dark(desk: SellDesk, central: Central) -> None:
    rules(desk, first_purchase=True)
    for_whom(desk, LAN)
    scan(desk)
    central.is_silent = True
    for_whom(desk, HOA)
    begin(desk).complete(10_000_000)
    *_before, sold = desk.counter.till.journal.documents_since(1, 1)
    assert (sold.content["kind"], sold.content["connectivity"]) == ("sale", "offline")
    assert sold.content["payload"]["vouchers"][0]["allowed_by"] == "policy"
