"""§10 b: points spent beyond the balance stand; spending is blocked until the balance is 0 again."""

from __future__ import annotations

import pytest

from pos_app.domain.ids import uuid7
from tests.support.central_books import close, losses, outcome, the_case
from tests.support.central_payloads import sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till
from tests.support.central_world import HOA

pytestmark = pytest.mark.both_databases


def _spends(till: Till, points: int) -> Item:
    tenders = [
        {"no": 1, "kind": "points", "amount": points * 500},
        {"no": 2, "kind": "cash", "amount": 600_000 - points * 500},
    ]
    entries = [{"customer": HOA, "delta": -points, "why": "spent"}]
    return till.document("sale", sale(till, customer=HOA, points=entries, tenders=tenders))


def _verdict(till: Till) -> str:
    doc_id = uuid7(till.server.clock())
    answer = till.post("/v1/checks", {"kind": "points", "key": HOA, "quantity": 1, "doc_id": doc_id})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["verdict"])


def test_the_entries_stand_and_the_balance_is_below_0(till: Till, other: Till) -> None:
    till.upload(_spends(till, 200))
    assert outcome(other, _spends(other, 200)) == ("applied_flagged", ["POINTS_OVERDRAWN"])
    assert till.pull("customers")[0][HOA][1]["balance"] == -160


def test_spending_is_blocked_until_the_balance_is_0_again(
    server: CentralServer, till: Till, other: Till
) -> None:
    till.upload(_spends(till, 200))
    other.upload(_spends(other, 200))
    assert _verdict(till) == "insufficient"
    close(server, "correct_points")
    assert till.pull("customers")[0][HOA][1]["balance"] == 0


def test_lifting_the_balance_costs_what_the_points_were_worth(
    server: CentralServer, till: Till, other: Till
) -> None:
    till.upload(_spends(till, 200))
    other.upload(_spends(other, 200))
    assert losses(server) == {}
    assert the_case(server)["actions"] == ["correct_points", "ignore"]
    close(server, "correct_points")
    assert losses(server) == {"points_loss": 80_000}
