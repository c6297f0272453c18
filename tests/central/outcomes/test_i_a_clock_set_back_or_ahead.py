"""§10 i: the clock set back, or far ahead: order is by seq."""

from __future__ import annotations

import pytest

from tests.support.central_books import cases, outcome
from tests.support.central_payloads import sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Till

pytestmark = pytest.mark.both_databases


def test_documents_are_booked_in_the_order_of_seq_whatever_the_clock_said(
    server: CentralServer, till: Till
) -> None:
    first = till.document("sale", sale(till))
    server.clock.advance(days=-400)
    second = till.document("sale", sale(till))
    server.clock.advance(days=400)
    assert [one["status"] for one in till.results(first, second)] == ["applied", "applied"]
    assert till.upload().json()["applied_through"] == 2


def test_an_anomaly_is_in_a_report_not_a_case(server: CentralServer, till: Till) -> None:
    noticed = till.document("clock_anomaly", {"wall": "2030-01-01T00:00:00Z"})
    assert outcome(till, noticed) == ("applied_flagged", ["CLOCK_ANOMALY"])
    assert cases(server) == []
