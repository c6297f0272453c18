"""§10 d: one order handed over at two tills."""

from __future__ import annotations

import pytest

from tests.support.central_books import losses, outcome, the_case
from tests.support.central_payloads import handover
from tests.support.central_server import CentralServer
from tests.support.central_till import Till
from tests.support.central_world import ORDER

pytestmark = pytest.mark.both_databases


def test_only_the_excess_over_the_ordered_quantity_is_flagged(server: CentralServer, till: Till) -> None:
    beside = Till.enrol(server, number=2)
    assert outcome(till, till.document("handover", handover(till, pieces=1))) == ("applied", [])
    second = beside.document("handover", handover(beside, pieces=2))
    assert outcome(beside, second) == ("applied_flagged", ["DUPLICATE_HANDOVER"])
    (flag,) = the_case(server)["facts"]["flags"]
    assert (flag["order_line"], flag["excess"], flag["amount"]) == (1, 1_000, 600_000)
    assert [one["till"] for one in flag["handed_before"]] == [till.id]
    assert losses(server) == {"handover_loss": 600_000}


def test_two_halves_at_two_tills_are_no_conflict(server: CentralServer, till: Till) -> None:
    beside = Till.enrol(server, number=2)
    till.upload(till.document("handover", handover(till, pieces=1)))
    assert outcome(beside, beside.document("handover", handover(beside, pieces=1))) == ("applied", [])
    assert till.pull("orders")[0][str(ORDER)][1]["handover"] == "done"
