"""A shop's own barcode voucher from the list to the books: taken in the dark at two tills, once too often."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select

from central import publish
from central.admin.foreign import enter_foreign
from central.admin.vouchers import Terms
from central.feeds import FeedWriter
from central.tables.catalogue import campaign
from central.tables.inbox import result
from pos_app.domain.errors import ApprovalRequired
from tests.support.central_server import CentralServer
from tests.support.whole_till import WholeTill

CASHIER, MANAGER = 1, 5
NUMBER, VALUE, PREFIX = 231, 40_000, "LM40K-"
PAPER, UNLISTED = "LM40K-000123", "LM40K-000999"


@pytest.fixture(scope="module")
def listed(central: CentralServer, till: WholeTill, other: WholeTill) -> None:
    """Both tills hold the list and know how the campaign's papers look."""
    now = central.clock()
    body = {
        "name": "Phiếu Lễ Mua", "kind": "amount", "categories": [], "products": [], "stacking": True,
        "offline": "accept", "from": "2020-01-01", "to": "2099-12-31", "gifts": {},
        "unsigned": {"prefix": PREFIX, "value": VALUE},
    }  # fmt: skip
    with central.central.database.writing() as connection:
        connection.execute(insert(campaign), {"no": NUMBER, "ver": 1, "store": 0, "body": body})
        writer = FeedWriter(connection)
        publish.campaigns(writer)
        writer.flush()
        terms = Terms(campaign=NUMBER, value=VALUE, valid_until=date(2099, 12, 31))
        enter_foreign(connection, terms, [PAPER], now)
    for one in (till.enter(CASHIER), other.enter(2)):
        one.sync()


def sold(till: WholeTill, text: str) -> str:
    """Some goods and the voucher, in cash, in the dark; answers the document's id."""
    services = till.services
    services.checkout.add(_goods(till))
    services.scans.scan(text)
    payment = services.selling.begin_payment()
    doc_id = payment.complete(payment.cash_due).recorded.doc_id
    till.sync()
    return doc_id


def _goods(till: WholeTill) -> str:
    for variant in till.chain.variants:
        product = till.stores.catalogue.by_id(variant.id)
        if product is not None and product.price_at(till.clock.now()).amount >= 100_000:
            return product.id
    raise AssertionError("the seed has nothing")


def outcome(central: CentralServer, doc_id: str) -> tuple[Any, Any]:
    with central.central.database.reading() as connection:
        row = connection.execute(select(result).where(result.c.doc_id == doc_id)).one()
    return row.status, row.codes


@pytest.mark.usefixtures("listed")
def test_the_second_till_is_flagged_and_then_every_till_knows(
    central: CentralServer, till: WholeTill, other: WholeTill
) -> None:
    first = sold(till, PAPER)
    assert outcome(central, first) == ("applied", [])
    second = sold(other, PAPER)
    assert outcome(central, second) == ("applied_flagged", ["VOUCHER_OVERUSED"])


@pytest.mark.usefixtures("listed")
def test_an_unlisted_paper_of_a_manager_is_explained_by_nothing(
    central: CentralServer, till: WholeTill
) -> None:
    services = till.services
    till.clock.pass_time(31 * 60)  # or it would count as one with the one before
    services.checkout.add(_goods(till))
    with pytest.raises(ApprovalRequired) as needed:
        services.scans.scan(UNLISTED)
    need, draft = services.approvals.need_of(needed.value), services.checkout.draft_hash
    granted = services.approvals.approve(need, MANAGER, till.chain.pins[MANAGER], draft)
    services.scans.scan(UNLISTED, services.approvals.take(granted, draft))
    payment = services.selling.begin_payment()
    doc_id = payment.complete(payment.cash_due).recorded.doc_id
    till.sync()
    assert outcome(central, doc_id) == ("applied_flagged", ["PRICE_MISMATCH"])
