from __future__ import annotations

import pytest

from pos_app.domain.errors import NothingToPrint, NotSignedIn
from tests.support.counter import Counter


def test_the_last_receipt_is_printed_again_as_a_copy(counter: Counter) -> None:
    counter.open()
    sold = counter.till.sell()
    again = counter.reprints.last()

    assert (again.of, again.receipt_no, again.copy) == (sold.doc_id, sold.receipt_no, 2)
    assert counter.payload(again.recorded.doc_id) == {"of": sold.doc_id, "copy": 2}
    assert counter.jobs(sold.doc_id) == [("receipt", True), ("receipt", False)]


def test_copies_are_counted(counter: Counter) -> None:
    counter.open()
    counter.till.sell()
    counter.reprints.last()

    assert counter.reprints.last().copy == 3


def test_a_shift_report_can_be_printed_again(counter: Counter) -> None:
    counter.open()
    outcome = counter.shifts.close({100_000: 5})
    counter.reprints.of(outcome.recorded.doc_id)

    assert [template for template, _ in counter.jobs(outcome.recorded.doc_id)] == ["shift_report"] * 2


def test_without_a_receipt_there_is_nothing_to_print(counter: Counter) -> None:
    counter.open()

    with pytest.raises(NothingToPrint):
        counter.reprints.last()


def test_a_document_without_paper_is_not_printed(counter: Counter) -> None:
    counter.open()
    recorded = counter.drawer.cash_in(1_000, "Tiền lẻ")

    with pytest.raises(NothingToPrint):
        counter.reprints.of(recorded.doc_id)


def test_somebody_asks_for_the_copy(counter: Counter) -> None:
    counter.open()
    counter.till.sell()
    counter.sign_in.sign_out()

    with pytest.raises(NotSignedIn):
        counter.reprints.last()
