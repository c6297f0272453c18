"""Points, store credit and vouchers at a restricted till: a manager answers, the document says so (§8)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from central.seed.campaigns import BIRTHDAY
from pos_app.domain.errors import ApprovalRequired
from pos_app.domain.tender import Tender, TenderKind
from pos_app.services.restricted import RESTRICTED, check_tenders
from tests.support.central_server import CentralServer
from tests.support.whole_day import CASHIER, MANAGER, WholeDay
from tests.support.whole_till import WholeTill


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeDay]:
    with CentralServer.seeded(tmp_path_factory.mktemp("central")) as central:
        till = WholeTill.enrolled(tmp_path_factory.mktemp("till") / "folder", central)
        till.enter(CASHIER)
        yield WholeDay(till, central)
        till.close()


@pytest.fixture(autouse=True)
def restricted(day: WholeDay) -> Iterator[None]:
    day.till.stores.standing.restrict("restored", day.till.clock.now())
    yield
    day.till.stores.standing.clear()
    day.services.checkout.clear()


def test_points_pay_after_a_managers_answer(day: WholeDay) -> None:
    day._attach()
    day.services.checkout.add(next(day.goods()).id, 2000)
    payment = day.services.selling.begin_payment()
    with pytest.raises(ApprovalRequired) as needed:
        payment.add_points(30)
    assert needed.value.fields["reason"] == RESTRICTED
    approvals = day.services.approvals
    need = approvals.need_of(needed.value)
    granted = approvals.approve(need, MANAGER, day.chain.pins[MANAGER], payment.draft_hash)
    payment.allow(approvals.take(granted, payment.draft_hash))
    payment.add_points(30)
    done = payment.complete(payment.cash_due)
    body = day.services.journal.body(done.recorded.doc_id)
    assert body is not None
    told = [(one["right"], one["by"], one["what"]) for one in body["payload"]["approvals"]]
    assert told == [("points.over_limit", MANAGER, RESTRICTED)]


def test_a_voucher_is_taken_after_a_managers_answer(day: WholeDay) -> None:
    day._attach()
    for product in day.goods():
        day.services.checkout.add(product.id, 4000)
    text = day._voucher(BIRTHDAY)
    with pytest.raises(ApprovalRequired) as needed:
        day.services.scans.scan(text)
    assert (needed.value.fields["right"], needed.value.fields["reason"]) == ("voucher.over_limit", RESTRICTED)


def test_store_credit_needs_an_answer_too(day: WholeDay) -> None:
    claims = day.services.checkout.claims
    paper = Tender(1, TenderKind.STORE_CREDIT, 50_000, reference="01a1f3d4-f500-7116-a393-0000000000aa")
    with pytest.raises(ApprovalRequired) as needed:
        check_tenders(day.services.session, [paper], claims, set())
    assert needed.value.fields["right"] == "credit.restricted"
    check_tenders(day.services.session, [paper], claims, {"credit.restricted"})
