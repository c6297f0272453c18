"""A sale hands out a counter voucher: central books it, the blank leaves the feed, and the voucher pays."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select

from central import publish
from central.feeds import FeedWriter
from central.seed.counter_vouchers import THANKS, WORTH
from central.tables.catalogue import campaign
from central.tables.inbox import result
from central.tables.ledgers import issued_entry
from tests.support.central_books import proof
from tests.support.central_server import CentralServer
from tests.support.whole_till import WholeTill

CASHIER, OTHER_CASHIER = 1, 2


def from_now_on_given(central: CentralServer, least: int) -> None:
    """A new version of the campaign of thanks."""
    with central.central.database.writing() as connection:
        body: dict[str, Any] = connection.scalar(select(campaign.c.body).where(campaign.c.no == THANKS)) or {}
        changed = {**body, "ver": 2, "gives": {"least": least}}
        connection.execute(insert(campaign), {"no": THANKS, "ver": 2, "store": 0, "body": changed})
        writer = FeedWriter(connection)
        publish.campaigns(writer)
        writer.flush()


def sold(till: WholeTill, *scanned: str) -> str:
    services = till.services
    for variant in till.chain.variants:
        product = till.stores.catalogue.by_id(variant.id)
        if product is not None and product.price_at(till.clock.now()).amount >= 2 * WORTH:
            services.checkout.add(product.id)
            break
    for text in scanned:
        services.scans.scan(text)
    payment = services.selling.begin_payment()
    doc_id = payment.complete(payment.cash_due).recorded.doc_id
    till.sync()
    return doc_id


def status(central: CentralServer, doc_id: str) -> tuple[str, Any]:
    with central.central.database.reading() as connection:
        row = connection.execute(select(result).where(result.c.doc_id == doc_id)).one()
    return row.status, row.codes


def test_from_the_blank_to_the_next_sale(central: CentralServer, till: WholeTill, other: WholeTill) -> None:
    from_now_on_given(central, least=1)
    till.enter(CASHIER).sync()
    held = {blank.serial: blank for blank in till.stores.blanks.held(THANKS)}
    assert len(held) == 5

    first = sold(till)
    assert status(central, first) == ("applied", [])
    with central.central.database.reading() as connection:
        given = connection.execute(select(issued_entry).where(issued_entry.c.doc_id == first)).one()
    assert (given.campaign, given.value, given.serial in held) == (THANKS, WORTH, True)
    till.sync()
    assert given.serial not in {blank.serial for blank in till.stores.blanks.held(THANKS)}

    other.enter(OTHER_CASHIER).sync()
    second = sold(other, held[given.serial].text)
    assert status(central, second) == ("applied", [])
    assert proof(central).is_sound
