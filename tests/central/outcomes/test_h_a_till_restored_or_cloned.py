"""§10 h: a till restored from an old backup, or cloned."""

from __future__ import annotations

import pytest

from tests.support.central_books import the_case
from tests.support.central_payloads import sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Till
from tests.support.central_world import SHOES

pytestmark = pytest.mark.both_databases


def test_both_branches_are_booked_and_the_epoch_is_retired(server: CentralServer, till: Till) -> None:
    till.upload(till.document("epoch_start", {}))
    twin = till.clone()
    till.upload(till.document("sale", sale(till)))
    answer = twin.upload(twin.document("sale", sale(twin, pieces=2))).json()
    assert [one["status"] for one in answer["results"]] == ["fork"]
    assert answer["directives"] == [{"directive": "new_epoch", "epoch": 1}]
    assert the_case(server)["code"] == "TILL_FORK"
    beside = Till.enrol(server, number=2)
    assert beside.pull("stock")[0][SHOES][1]["quantity"] == 17_000
