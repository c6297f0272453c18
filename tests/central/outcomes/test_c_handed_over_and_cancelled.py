"""§10 c: an order handed over offline while it was cancelled online."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from central.admin.cancelling import cancel, settle_requests
from central.tables.orders import order
from tests.support.central_books import cases, close, losses, outcome
from tests.support.central_payloads import handover
from tests.support.central_server import CentralServer
from tests.support.central_till import Till
from tests.support.central_world import ORDER

pytestmark = pytest.mark.both_databases


def _cancel(server: CentralServer, refunded: bool = False) -> str:
    with server.central.database.writing() as connection:
        return cancel(connection, ORDER, refunded, server.clock())


def _settle(server: CentralServer) -> list[int]:
    with server.central.database.writing() as connection:
        return settle_requests(connection, 1, server.clock())


def _order(server: CentralServer) -> Any:
    with server.central.database.reading() as connection:
        return connection.execute(select(order).where(order.c.order == ORDER)).one()


def _silence(server: CentralServer, till: Till) -> None:
    till.hello()
    server.clock.advance(minutes=30)


def test_a_silent_store_is_asked_first(server: CentralServer, till: Till) -> None:
    _silence(server, till)
    assert _cancel(server) == "cancel_requested"
    assert _order(server).cancelled_at is None


def test_a_hand_over_that_arrives_first_wins(server: CentralServer, till: Till) -> None:
    _silence(server, till)
    _cancel(server)
    assert outcome(till, till.document("handover", handover(till))) == ("applied", [])
    till.hello()
    assert _settle(server) == []
    assert till.pull("orders")[0][str(ORDER)][1]["handover"] == "done"


def test_a_store_that_has_told_everything_loses_the_order(server: CentralServer, till: Till) -> None:
    _silence(server, till)
    _cancel(server)
    server.clock.advance(minutes=1)
    till.hello()
    _settle(server)
    assert _order(server).cancelled_at is not None


def test_after_a_refund_it_is_booked_flagged_and_our_loss(server: CentralServer, till: Till) -> None:
    _silence(server, till)
    assert _cancel(server, refunded=True) == "cancelled"
    given = till.document("handover", handover(till))
    assert outcome(till, given) == ("applied_flagged", ["HANDOVER_AFTER_REFUND"])
    assert losses(server) == {"handover_loss": 1_200_000}
    close(server, "accept_loss")
    assert (cases(server), losses(server)) == ([], {"handover_loss": 1_200_000})


def test_a_refund_that_is_told_after_the_hand_over_is_our_loss_too(server: CentralServer, till: Till) -> None:
    """Cancelled at once, handed over before the till knew, and only then the money went back."""
    till.hello()
    assert _cancel(server) == "cancelled"
    given = till.document("handover", handover(till))
    assert outcome(till, given) == ("applied", [])
    for _ in range(2):
        assert _cancel(server, refunded=True) == "cancelled"
    assert [one["code"] for one in cases(server)] == ["HANDOVER_AFTER_REFUND"]
    assert losses(server) == {"handover_loss": 1_200_000}
    assert till.pull("results")[0][given["doc_id"]][1]["codes"] == ["HANDOVER_AFTER_REFUND"]
    assert till.pull("cases")[0]
    close(server, "collect")
    assert losses(server) == {"handover_loss": 0}
