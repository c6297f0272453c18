"""What the services record can be put on paper as it is."""

from __future__ import annotations

from pos_app.services.shifts import CloseOutcome
from pos_app.storage.journal import Recorded
from printing import receipt, shift_report
from printing.document import Document
from printing.facts import ReceiptFacts, ReportFacts, StoreFacts
from tests.support import till_files
from tests.support.counter import Counter, pickup_code
from tests.support.paper_dump import dump


def paper(counter: Counter, recorded: Recorded) -> str:
    facts = ReceiptFacts(StoreFacts(), recorded.hash.hex(), 2, code=recorded.code_text)
    return dump(receipt.compose(counter.body(recorded.doc_id), facts, 1))


def z_report(counter: Counter, outcome: CloseOutcome) -> Document:
    return shift_report.compose(counter.body(outcome.recorded.doc_id), ReportFacts(StoreFacts(), 2), 1)


def test_a_hand_over_with_a_refused_item_prints(counter: Counter) -> None:
    draft = counter.open().pickups.open(pickup_code())
    draft.tick(1)
    draft.tick(1)
    draft.refuse(2)

    assert "MN-48207" in paper(counter, draft.begin_payment().complete().recorded)


def test_a_return_as_store_credit_prints_its_code(counter: Counter) -> None:
    counter.open()
    sold = counter.till.sell(tenders=[{"no": 1, "kind": "card", "amount": 500_000}])
    draft = counter.refunds.open(sold.doc_id)
    draft.choose(1, 1000)
    draft.reason(1, "wrong_size")
    done = draft.complete()

    assert done.credit_code is not None
    assert done.credit_code in paper(counter, done.recorded)


def test_a_closed_shift_prints_with_its_cash_movements_and_discounts(counter: Counter) -> None:
    counter.open()
    discount = {"step": "manual_line", "rule": "regular", "ver": 1, "amount": 50_000, "by": 7}
    counter.till.sell([till_files.line(1, 450_000, gross=500_000, discounts=[discount])])
    counter.drawer.cash_in(200_000, "Tiền lẻ")
    counter.drawer.cash_out(50_000, "Mua nước")

    text = dump(z_report(counter, counter.shifts.close({500_000: 2, 100_000: 1})))
    for figure in ("450.000", "200.000", "50.000", "1.100.000"):
        assert figure in text
