"""§10 i: the clock set back, or far ahead: order is by seq."""

from __future__ import annotations

import pytest

from tests.support.central_books import cases, outcome
from tests.support.central_server import CentralServer
from tests.support.central_till import Till
from tests.support.central_world import ORDER

pytestmark = pytest.mark.both_databases


def test_documents_are_booked_in_the_order_of_seq_whatever_the_clock_said(
    server: CentralServer, till: Till
) -> None:
    """By the clock, or as they stand in the batch, the order would be picked last."""
    picking = till.document("order_event", {"order": ORDER, "event": "picking"})
    server.clock.advance(days=-400)
    ready = till.document("order_event", {"order": ORDER, "event": "ready"})
    server.clock.advance(days=400)
    assert [one["status"] for one in till.results(ready, picking)] == ["applied", "applied"]
    assert till.pull("orders")[0][str(ORDER)][1]["preparation"] == "ready"


def test_an_anomaly_is_in_a_report_not_a_case(server: CentralServer, till: Till) -> None:
    noticed = till.document("clock_anomaly", {"wall": "2030-01-01T00:00:00Z"})
    assert outcome(till, noticed) == ("applied_flagged", ["CLOCK_ANOMALY"])
    assert cases(server) == []
