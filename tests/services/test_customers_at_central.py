"""Customers whom only central knows: asked for by number or card, spent by its answer, offline in calm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pos_app.domain.errors import AskCentral
from pos_app.services.customers import CustomerView
from pos_app.services.online_checks import Question
from tests.support import till_files
from tests.support.answering_central import AnsweringCentral
from tests.support.counter import Counter, make_counter

LAN, PHONE, CARD = "01a1f3d4-f500-7116-a393-0000000000aa", "+84988777666", "77"
RECEIPT = {
    "doc_id": "01a1f3d4-f500-7116-a393-0000000000bb", "receipt_no": "HN01-000012", "kind": "sale",
    "store": 9, "business_date": "2026-11-10", "total": 900_000,
}  # fmt: skip


@pytest.fixture
def central() -> AnsweringCentral:
    item = {**till_files.customer(name="Lan P.", balance=120, cards=[CARD]), "id": LAN, "aliases": []}
    answer: dict[str, Any] = {"customers": [item], "receipts": [RECEIPT]}
    return AnsweringCentral({PHONE: answer, CARD: answer})


@pytest.fixture
def counter(tmp_path: Path, central: AnsweringCentral) -> Iterator[Counter]:
    made = make_counter(tmp_path / "till", central).open()
    yield made
    made.till.files.dispose()


def asked(counter: Counter, key: str) -> list[CustomerView] | None:
    """As a presenter does it: told to ask, ask, and look again."""
    try:
        return counter.customers.at_central(key)
    except AskCentral as needed:
        question = needed.fields["question"]
        assert isinstance(question, Question)
        question.settle(question.ask())
    return counter.customers.at_central(key)


@pytest.mark.parametrize("key", [PHONE, CARD])
def test_a_customer_of_another_region_is_told_with_points_and_receipts(counter: Counter, key: str) -> None:
    (view,) = asked(counter, key) or []
    assert (view.card.id, view.card.name, view.card.balance) == (LAN, "Lan P.", 120)
    assert [one.receipt_no for one in view.receipts] == ["HN01-000012"]


def test_who_was_told_is_known_by_id_from_then_on(counter: Counter) -> None:
    asked(counter, PHONE)
    assert counter.customers.view(LAN).card.balance == 120


def test_the_points_of_centrals_answer_are_the_snapshot_of_the_offline_cap(counter: Counter) -> None:
    (view,) = asked(counter, PHONE) or []
    # half of the snapshot of 120 points
    assert counter.customers.spendable(view.card) == 60


def test_points_spent_here_since_the_answer_are_taken_off(counter: Counter) -> None:
    (view,) = asked(counter, PHONE) or []
    counter.till.sell(
        [till_files.line(1, 100_000)], customer=LAN, points=[{"customer": LAN, "delta": -40, "why": "spent"}]
    )
    assert counter.customers.view(LAN).card.balance == 80
    assert counter.customers.spendable(view.card) == 20


def test_the_feed_wins_over_what_was_told(counter: Counter) -> None:
    asked(counter, PHONE)
    item = till_files.customer(id=LAN, name="Lan P.", balance=300, cards=[], aliases=[])
    counter.till.feed("customers", {LAN: item})
    assert counter.customers.view(LAN).card.balance == 300


def test_nobody_is_an_answer_and_silence_is_none(counter: Counter, central: AnsweringCentral) -> None:
    assert asked(counter, "+84911222333") == []
    central.is_silent = True
    assert asked(counter, "+84911222444") is None


def test_offline_nobody_is_asked(counter: Counter, central: AnsweringCentral) -> None:
    central.may_ask = False
    assert counter.customers.at_central(PHONE) is None
    assert central.asked == []
