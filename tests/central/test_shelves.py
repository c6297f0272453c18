"""Goods and rules are kept between batches exactly as long as nothing of them changes."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, update

from central import publish
from central.feeds import FeedWriter
from central.tables.catalogue import product, product_price
from tests.support.central_books import outcome
from tests.support.central_payloads import sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Till
from tests.support.central_world import SHOES

pytestmark = pytest.mark.both_databases


def _asked_for_goods(server: CentralServer, till: Till) -> int:
    """How often one more sale makes central read the table of products."""
    found: list[str] = []

    def noted(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if "FROM product " in statement or "FROM product\n" in statement:
            found.append(statement)

    event.listen(server.central.database.engine, "before_cursor_execute", noted)
    try:
        assert till.results(till.document("sale", sale(till)))[0]["status"] == "applied"
    finally:
        event.remove(server.central.database.engine, "before_cursor_execute", noted)
    return len(found)


def _publish(server: CentralServer, **values: Any) -> None:
    with server.central.database.writing() as connection:
        connection.execute(update(product).where(product.c.id == SHOES).values(**values))
        writer = FeedWriter(connection)
        publish.products(writer, server.clock(), [SHOES])
        writer.flush()


def test_goods_are_read_once_and_again_when_they_change(server: CentralServer, till: Till) -> None:
    assert _asked_for_goods(server, till) == 1
    assert _asked_for_goods(server, till) == 0
    _publish(server, name="Giày khác")
    assert _asked_for_goods(server, till) == 1
    assert _asked_for_goods(server, till) == 0


def test_a_price_that_is_published_counts_at_once(server: CentralServer, till: Till) -> None:
    assert outcome(till, till.document("sale", sale(till))) == ("applied", [])
    with server.central.database.writing() as connection:
        here = product_price.c.product == SHOES
        connection.execute(update(product_price).where(here).values(amount=product_price.c.amount + 1))
        writer = FeedWriter(connection)
        publish.products(writer, server.clock(), [SHOES])
        writer.flush()
    assert outcome(till, till.document("sale", sale(till))) == ("applied_flagged", ["PRICE_MISMATCH"])


def test_goods_that_an_import_has_spoilt_stop_no_booking(server: CentralServer, till: Till) -> None:
    _publish(server, body={"vat": [{"rate": 800, "from": "someday"}]})
    assert outcome(till, till.document("sale", sale(till))) == ("applied_flagged", ["PRICE_MISMATCH"])
