"""Sold with points, returned in pieces at two tills: the feed alone brings every đồng and point back."""

from __future__ import annotations

from typing import Any

import pytest

from central.publishing.customers import balance_of
from pos_app.domain.original import OriginalSale
from pos_app.domain.refund import RefundPlan, ReturnChoice, plan_refund
from pos_app.storage.feed_items import item
from tests.support.central_server import CentralServer
from tests.support.whole_till import WholeTill

CASHIER, OTHER_CASHIER = 1, 2
PIECES = 3


@pytest.fixture
def sold(till: WholeTill) -> dict[str, Any]:
    """Three pieces for a gold customer, 40 points and cash: what the journal says."""
    services = till.enter(CASHIER).services
    till.sync()
    card = till.stores.customers.by_id(till.chain.customers[0].id)
    assert card is not None
    services.checkout.attach(card)
    services.checkout.add(_odd_goods(till), PIECES * 1000)
    payment = services.selling.begin_payment()
    payment.add_points(40)
    done = payment.complete(payment.cash_due)
    body: dict[str, Any] = services.journal.body(done.recorded.doc_id)  # type: ignore[assignment]
    return body


def _odd_goods(till: WholeTill) -> str:
    """Something cheap of which enough lies in the shop."""
    for variant in till.chain.variants:
        product = till.stores.catalogue.by_id(variant.id)
        if product is None or product.no_return_reason or not product.return_days:
            continue
        if 50_000 <= product.price_at(till.clock.now()).amount <= 150_000:
            return product.id
    raise AssertionError("the seed has nothing cheap")


def _give_back(till: WholeTill, doc_id: str, pieces: int) -> RefundPlan:
    draft = till.services.refunds.open(doc_id)
    draft.choose(1, pieces * 1000)
    draft.reason(1, "wrong_size")
    return draft.complete().plan


def _feed_body(till: WholeTill, doc_id: str) -> dict[str, Any]:
    body = item(till.stores.files.store, "sales", doc_id)
    assert body is not None
    return dict(body)


def _sum(plans: list[RefundPlan], kind: str) -> int:
    return -sum(refund.amount for plan in plans for refund in plan.refunds if refund.kind == kind)


def test_the_rest_comes_back_exactly_at_another_till(
    central: CentralServer, till: WholeTill, other: WholeTill, sold: dict[str, Any]
) -> None:
    payload, doc_id, customer = sold["payload"], sold["doc_id"], sold["payload"]["customer"]
    with central.central.database.reading() as connection:
        before = balance_of(connection, customer)
    plans = [_give_back(till, doc_id, 1)]
    till.sync()
    other.enter(OTHER_CASHIER).sync()
    assert other.services.refunds.open(doc_id).found.source == "feed"
    plans += [_give_back(other, doc_id, 1), _give_back(other, doc_id, 1)]
    other.sync()

    paid = {tender["kind"]: tender["amount"] for tender in payload["tenders"]}
    assert {kind: _sum(plans, kind) for kind in paid} == paid
    assert sum(line.vat for plan in plans for line in plan.lines) == -payload["lines"][0]["vat"]
    moved = {entry["why"]: entry["delta"] for entry in payload["points"]}
    assert sum(plan.points_returned for plan in plans) == -moved["spent"]
    assert sum(plan.points_taken_back for plan in plans) == moved["earned"]
    with central.central.database.reading() as connection:
        assert balance_of(connection, customer) == before


def test_the_feed_says_what_came_back_in_points(till: WholeTill, sold: dict[str, Any]) -> None:
    plan = _give_back(till, sold["doc_id"], 1)
    till.sync()
    returns = _feed_body(till, sold["doc_id"])["returns"]
    assert plan.points_returned > 0
    assert plan.points_taken_back > 0
    assert returns["points_returned"] == plan.points_returned
    assert returns["points_taken_back"] == plan.points_taken_back


def test_a_return_planned_from_the_feed_is_the_same_as_one_from_the_journal(
    till: WholeTill, sold: dict[str, Any]
) -> None:
    _give_back(till, sold["doc_id"], 1)
    own = till.services.refunds.open(sold["doc_id"])
    assert own.found.source == "own"
    till.sync()
    fed = OriginalSale.from_json(_feed_body(till, sold["doc_id"]))
    assert fed.customer == own.original.customer
    rounding = till.services.session.policy.cash_rounding
    choice = [ReturnChoice(1, 2000, reason="wrong_size")]
    one, two = plan_refund(fed, choice, rounding), plan_refund(own.original, choice, rounding)
    assert _figures(one) == _figures(two)


def _figures(plan: RefundPlan) -> Any:
    refunds = [(refund.kind, refund.amount, refund.share, refund.original_tender) for refund in plan.refunds]
    lines = [(line.quantity, line.amount, line.vat) for line in plan.lines]
    return refunds, lines, plan.carried, plan.rounding, plan.points_returned, plan.points_taken_back


def test_the_receipt_in_the_feed_names_its_customer_shortly(till: WholeTill, sold: dict[str, Any]) -> None:
    till.sync()
    assert _feed_body(till, sold["doc_id"])["customer_name"] == "Hoa L."
