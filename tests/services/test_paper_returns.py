"""A genuine receipt of which nobody here knows the lines, without a connection (protocol §9)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pos_app.domain.codes import ReceiptCode, day_of, encode
from pos_app.domain.errors import (
    AmountRefused,
    NothingToReturn,
    ReceiptRevoked,
    ReceiptUnknownHere,
    ReturnRefused,
)
from pos_app.domain.product import Product
from pos_app.domain.signing import signer
from pos_app.services.paper_return import PaperDraft
from pos_app.services.return_draft import ReturnCompleted
from pos_app.storage.catalogue import CatalogueStore
from tests.support import till_files
from tests.support.counter import FEED_SALE, OTHER_SEED, Counter, feed_sale, other_till

SOLD_ON = date(2026, 11, 10)


@pytest.fixture
def open_counter(counter: Counter) -> Counter:
    counter.open()
    counter.till.feed("tills", {"other": other_till()})
    return counter


def code(**changes: Any) -> str:
    values: dict[str, Any] = {
        "store": 13, "till_number": 2, "epoch": 1, "seq": 77, "day": day_of(SOLD_ON), "total": 800_000,
        "lines": 2, "hash10": "ab" * 10,
    }  # fmt: skip
    return encode(ReceiptCode(**(values | changes)), signer(OTHER_SEED), till_files.TENANT)


def goods(counter: Counter, no: int = 1) -> Product:
    found = CatalogueStore(counter.till.files.catalogue).by_id(f"SP{no:06d}")
    assert found is not None
    return found


def opened(counter: Counter, **changes: Any) -> PaperDraft:
    draft = counter.refunds.open(code(**changes))
    assert isinstance(draft, PaperDraft)
    return draft


def given_back(counter: Counter, amount: int, no: int = 1, **changes: Any) -> ReturnCompleted:
    draft = opened(counter, **changes)
    draft.add(goods(counter, no))
    draft.enter_amount(amount)
    draft.reason(1, "wrong_size")
    return draft.complete()


def test_lines_from_the_paper_give_store_credit_and_are_provisional(open_counter: Counter) -> None:
    completed = given_back(open_counter, 450_000)

    payload = open_counter.payload(completed.recorded.doc_id)
    assert payload["original"] == {"source": "code", "code": code()}
    assert (payload["provisional"], payload["total"], completed.cash) == (True, -450_000, 0)
    (line,) = payload["lines"]
    assert (line["product"], line["quantity"], line["amount"]) == ("SP000001", 1000, -450_000)
    assert "original_line" not in line
    assert payload["refunds"] == [{"kind": "store_credit", "amount": -450_000}]
    assert (completed.credit, completed.credit_code) == (450_000, completed.recorded.code_text)


def test_it_waits_for_the_receipt_of_the_other_till(open_counter: Counter) -> None:
    completed = given_back(open_counter, 450_000)
    depends = open_counter.body(completed.recorded.doc_id)["depends_on"]
    assert depends == [f"{till_files.OTHER_TILL}/1/77#{'ab' * 10}"]


def test_no_line_is_worth_more_than_its_price_today(open_counter: Counter) -> None:
    draft = opened(open_counter)
    draft.add(goods(open_counter))
    with pytest.raises(AmountRefused) as refused:
        draft.enter_amount(500_001)
    assert refused.value.fields["most"] == 500_000


def test_all_lines_together_are_worth_no_more_than_the_code_says(open_counter: Counter) -> None:
    draft = opened(open_counter)
    draft.add(goods(open_counter))
    draft.enter_amount(500_000)
    draft.add(goods(open_counter, 2))
    with pytest.raises(AmountRefused) as refused:
        draft.enter_amount(300_001)
    assert refused.value.fields["most"] == 300_000


def test_what_came_back_on_the_code_before_counts(open_counter: Counter) -> None:
    given_back(open_counter, 500_000)
    draft = opened(open_counter)
    draft.add(goods(open_counter, 2))
    assert draft.most_of(1) == 300_000

    given_back(open_counter, 300_000, no=2)
    with pytest.raises(NothingToReturn):
        open_counter.refunds.open(code())


def test_another_number_of_pieces_asks_for_the_amount_again(open_counter: Counter) -> None:
    draft = opened(open_counter)
    draft.add(goods(open_counter))
    draft.enter_amount(400_000)
    draft.add(goods(open_counter))
    draft.reason(1, "wrong_size")

    assert (draft.chosen_of(1), draft.without_amount) == (2000, "Giày cao gót")
    with pytest.raises(AmountRefused):
        draft.complete()


def test_the_last_day_is_counted_from_the_receipts_day(open_counter: Counter) -> None:
    draft = opened(open_counter, day=day_of(date(2026, 10, 1)))
    with pytest.raises(ReturnRefused):
        draft.add(goods(open_counter))
    draft.faulty(1)
    draft.enter_amount(100_000)
    assert draft.complete().credit == 100_000


def test_a_number_alone_is_not_enough(open_counter: Counter) -> None:
    with pytest.raises(ReceiptUnknownHere):
        open_counter.refunds.open("LVS02-000077")


def test_nor_is_the_code_of_a_till_that_is_not_known_here(counter: Counter) -> None:
    with pytest.raises(ReceiptUnknownHere):
        counter.open().refunds.open(code())


def test_what_came_back_while_its_lines_were_known_counts_too(open_counter: Counter) -> None:
    """By central's look-up, or by a feed that has been fetched anew since."""
    till = open_counter.till
    till.feed("sales", {FEED_SALE: feed_sale(seq=77)})
    draft = open_counter.refunds.open(code())
    draft.choose(1, 1000)
    draft.reason(1, "wrong_size")
    draft.complete()
    till.feed("sales", {FEED_SALE: None})
    paper = opened(open_counter)
    paper.add(goods(open_counter, 2))
    assert paper.most_of(1) == 300_000


def test_the_paper_of_a_revoked_till_needs_central(open_counter: Counter) -> None:
    revoked = {f"till/{till_files.OTHER_TILL}": {"at": "2026-11-13T00:00:00+00:00", "reason": "stolen"}}
    open_counter.till.feed("revocations", revoked)
    with pytest.raises(ReceiptRevoked):
        open_counter.refunds.open(code())
