"""Store credit at the till that gave it: found by its paper, spent as a tender, filled again by a return."""

from __future__ import annotations

import pytest

from pos_app.domain.code_reading import encode
from pos_app.domain.codes import ReceiptCode
from pos_app.domain.errors import CodeRefused, CreditRefused
from pos_app.domain.signing import signer
from pos_app.services.return_draft import RefundMethod, ReturnCompleted
from pos_app.services.scan_outcome import ScanKind
from pos_app.storage.credits import CreditStore
from tests.support import till_files
from tests.support.counter import OTHER_SEED, other_till
from tests.support.sell_desk import JEANS, SHOE, SellDesk
from tests.support.till_files import TENANT, TILL

CARD = [{"no": 1, "kind": "card", "amount": 500_000}]


def credit(desk: SellDesk, amount: int = 500_000) -> ReturnCompleted:
    """A sale paid by card comes back: this till cannot pay back to a card, so it gives store credit."""
    lines = [till_files.line(1, amount)]
    sold = desk.counter.till.sell(lines, tenders=[CARD[0] | {"amount": amount}])
    return give_back(desk, sold.doc_id)


def give_back(desk: SellDesk, doc_id: str, method: RefundMethod = RefundMethod.ORIGINAL) -> ReturnCompleted:
    draft = desk.counter.refunds.open(doc_id)
    draft.method = method
    draft.choose(1, 1000)
    draft.reason(1, "wrong_size")
    return draft.complete()


def code_of(done: ReturnCompleted) -> str:
    assert done.credit_code is not None
    return done.credit_code


def left(desk: SellDesk, account: str) -> int:
    return CreditStore(desk.counter.till.files.till).left(account).left


def foreign_code() -> str:
    """What another shop's till printed on a return."""
    code = ReceiptCode(store=13, till_number=2, epoch=1, seq=41, day=2500, total=0, lines=1, hash10="ab" * 10)
    return encode(code, signer(OTHER_SEED), TENANT)


def test_the_code_of_a_return_pays_what_is_due_and_keeps_the_rest(desk: SellDesk) -> None:
    back = credit(desk, 800_000)
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()
    taken = payment.add_credit(code_of(back))

    assert (taken.receipt_no, taken.amount, taken.left) == (back.recorded.receipt_no, 500_000, 300_000)
    done = payment.complete()
    payload = desk.counter.payload(done.recorded.doc_id)
    assert payload["tenders"] == [
        {"no": 1, "kind": "store_credit", "amount": 500_000, "reference": back.recorded.doc_id}
    ]
    assert left(desk, back.recorded.doc_id) == 300_000


def test_the_sale_depends_on_the_return_that_gave_the_credit(desk: SellDesk) -> None:
    back = credit(desk)
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()
    payment.add_credit(code_of(back))

    body = desk.counter.body(payment.complete().recorded.doc_id)
    assert body["depends_on"] == [back.recorded.doc_id]


def test_the_printed_number_does_the_same_as_the_code(desk: SellDesk) -> None:
    back = credit(desk)
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()

    assert payment.add_credit(f" {back.recorded.receipt_no.lower()} ").amount == 500_000  # type: ignore[union-attr]


def test_what_the_credit_does_not_cover_is_paid_another_way(desk: SellDesk) -> None:
    back = credit(desk, 389_000)
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()
    payment.add_credit(code_of(back))

    assert (payment.due, payment.cash_due) == (111_000, 111_000)
    done = payment.complete(120_000)
    assert done.change == 9_000
    assert left(desk, back.recorded.doc_id) == 0


def test_store_credit_opens_no_drawer(desk: SellDesk) -> None:
    back = credit(desk)
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()
    payment.add_credit(code_of(back))

    assert desk.counter.jobs(payment.complete().recorded.doc_id) == [("receipt", False)]


def test_points_are_earned_on_store_credit(desk: SellDesk) -> None:
    back = credit(desk)
    desk.scan(SHOE, "0901234567")
    payment = desk.services.selling.begin_payment()
    payment.add_credit(code_of(back))

    assert payment.complete().points_earned == 75  # gold: 150 %


def test_the_same_paper_twice_is_refused(desk: SellDesk) -> None:
    back = credit(desk, 100_000)
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()
    payment.add_credit(code_of(back))

    with pytest.raises(CreditRefused) as refused:
        payment.add_credit(str(back.recorded.receipt_no))
    assert refused.value.fields["reason"] == "credit_taken"
    assert payment.due == 400_000


def test_a_tender_given_back_can_be_scanned_again(desk: SellDesk) -> None:
    back = credit(desk)
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()
    payment.add_credit(code_of(back))
    payment.remove(payment.tenders[0].no)

    assert payment.due == 500_000
    assert payment.add_credit(code_of(back)).amount == 500_000


def test_two_papers_pay_one_sale(desk: SellDesk) -> None:
    first, second = credit(desk, 200_000), credit(desk, 400_000)
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()
    payment.add_credit(code_of(first))
    assert payment.add_credit(code_of(second)).left == 100_000

    body = desk.counter.body(payment.complete().recorded.doc_id)
    assert body["depends_on"] == [first.recorded.doc_id, second.recorded.doc_id]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("8930000000019", "credit_not_paper"),
        ("NT02-999999", "credit_unknown_here"),
        ("LVS02-000041", "credit_other_till"),
        ("gì đó", "credit_not_paper"),
        ("", "credit_not_paper"),
    ],
)
def test_what_is_no_credit_of_this_till_is_refused(desk: SellDesk, text: str, reason: str) -> None:
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()

    with pytest.raises(CreditRefused) as refused:
        payment.add_credit(text)
    assert (refused.value.fields["reason"], payment.tenders) == (reason, ())


def test_the_paper_of_another_till_needs_central(desk: SellDesk) -> None:
    desk.counter.till.feed("tills", {f"{till_files.OTHER_TILL}/1/1": other_till()})
    desk.scan(SHOE)

    with pytest.raises(CreditRefused) as refused:
        desk.services.selling.begin_payment().add_credit(foreign_code())
    assert refused.value.fields["reason"] == "credit_other_till"


def test_the_paper_of_a_till_not_heard_of_yet_needs_central_too(desk: SellDesk) -> None:
    desk.scan(SHOE)

    with pytest.raises(CreditRefused) as refused:
        desk.services.selling.begin_payment().add_credit(foreign_code())
    assert refused.value.fields["reason"] == "credit_other_till"


def test_a_damaged_code_is_refused_and_kept_as_a_refusal(desk: SellDesk) -> None:
    code = code_of(credit(desk))
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()

    with pytest.raises(CodeRefused):
        payment.add_credit(code[:-1] + ("0" if code[-1] != "0" else "1"))
    assert desk.counter.kinds()[-1] == "voucher_refused"


def test_a_sale_and_a_return_for_cash_are_no_credit(desk: SellDesk) -> None:
    sold = desk.counter.till.sell()
    back = give_back(desk, sold.doc_id)
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()

    for paper in (sold.code_text, back.recorded.code_text):
        with pytest.raises(CreditRefused) as refused:
            payment.add_credit(str(paper))
        assert refused.value.fields["reason"] == "credit_not_paper"


def test_a_revoked_return_pays_nothing(desk: SellDesk) -> None:
    back = credit(desk)
    revoked = {"at": "2026-11-14T00:00:00+00:00", "reason": "fraud"}
    desk.counter.till.feed("revocations", {f"receipt/{TILL}/1/{back.recorded.seq}": revoked})
    desk.scan(SHOE)

    with pytest.raises(CreditRefused) as refused:
        desk.services.selling.begin_payment().add_credit(code_of(back))
    assert refused.value.fields["reason"] == "credit_revoked"


def test_a_paper_that_was_used_up_says_so(desk: SellDesk) -> None:
    back = credit(desk)
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()
    payment.add_credit(code_of(back))
    payment.complete()
    desk.scan(JEANS)

    with pytest.raises(CreditRefused) as refused:
        desk.services.selling.begin_payment().add_credit(code_of(back))
    assert refused.value.fields["reason"] == "credit_used_up"


def test_with_nothing_due_no_credit_is_taken(desk: SellDesk) -> None:
    first, second = credit(desk), credit(desk)
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()
    payment.add_credit(code_of(first))

    with pytest.raises(CreditRefused) as refused:
        payment.add_credit(code_of(second))
    assert refused.value.fields["reason"] == "credit_not_needed"


def test_credit_spent_by_another_payment_meanwhile_commits_nothing(desk: SellDesk) -> None:
    back = credit(desk)
    desk.scan(SHOE)
    one, other = desk.services.selling.begin_payment(), desk.services.selling.begin_payment()
    one.add_credit(code_of(back))
    other.add_credit(code_of(back))
    one.complete()
    before = desk.counter.kinds()

    with pytest.raises(CreditRefused):
        other.complete()
    assert desk.counter.kinds() == before


def test_a_sale_paid_by_credit_and_returned_fills_the_account_again(desk: SellDesk) -> None:
    back = credit(desk, 800_000)
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()
    payment.add_credit(code_of(back))
    sold = payment.complete().recorded
    assert left(desk, back.recorded.doc_id) == 300_000

    again = give_back(desk, sold.doc_id)
    assert again.credit == 500_000
    assert left(desk, back.recorded.doc_id) == 800_000


def test_the_paper_of_that_second_return_pays_from_the_same_account(desk: SellDesk) -> None:
    back = credit(desk)
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()
    payment.add_credit(code_of(back))
    again = give_back(desk, payment.complete().recorded.doc_id)
    desk.scan(JEANS)
    payment = desk.services.selling.begin_payment()
    payment.add_credit(code_of(again))

    assert payment.tenders[0].reference == back.recorded.doc_id
    payment.complete()
    assert left(desk, back.recorded.doc_id) == 0


def test_credit_stops_at_what_the_cash_before_it_left_open(desk: SellDesk) -> None:
    back = credit(desk, 800_000)
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()
    payment.add_cash(450_000)

    assert payment.add_credit(code_of(back)).amount == 50_000
    payment.complete()
    assert left(desk, back.recorded.doc_id) == 750_000


def test_a_rest_that_cash_rounding_waives_is_not_asked_for(desk: SellDesk) -> None:
    back = credit(desk, 499_700)
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()
    payment.add_credit(code_of(back))

    assert (payment.due, payment.cash_due, payment.can_complete) == (300, 0, True)
    assert desk.counter.payload(payment.complete().recorded.doc_id)["rounding"] == -300


# --- on the sell screen -----------------------------------------------------------------------
def test_scanned_while_selling_it_says_what_is_left(desk: SellDesk) -> None:
    back = credit(desk, 389_000)
    outcome = desk.services.scans.scan(code_of(back))

    assert (outcome.kind, outcome.amount, outcome.target) == (
        ScanKind.STORE_CREDIT,
        389_000,
        code_of(back),
    )
    assert outcome.name == back.recorded.receipt_no


def test_a_used_up_paper_is_refused_while_selling(desk: SellDesk) -> None:
    back = credit(desk)
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()
    payment.add_credit(code_of(back))
    payment.complete()

    with pytest.raises(CreditRefused):
        desk.services.scans.scan(str(back.recorded.receipt_no))


def test_receipts_without_credit_still_open_the_return_screen(desk: SellDesk) -> None:
    sold = desk.counter.till.sell()

    assert desk.services.scans.scan(str(sold.code_text)).kind is ScanKind.OPEN_RETURN
    assert desk.services.scans.scan(foreign_code_known(desk)).kind is ScanKind.OPEN_RETURN


def foreign_code_known(desk: SellDesk) -> str:
    desk.counter.till.feed("tills", {f"{till_files.OTHER_TILL}/1/1": other_till()})
    return foreign_code()
