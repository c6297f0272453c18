"""§10 n: the same document by two routes."""

from __future__ import annotations

import pytest

from tests.support.central_payloads import sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Till
from tests.support.central_world import SHOES

pytestmark = pytest.mark.both_databases


def test_another_till_brings_it_again_with_the_same_result_and_no_second_effect(
    till: Till, other: Till
) -> None:
    sold = till.document("sale", sale(till, engine="0.9"))
    first = till.results(sold)[0]
    again = other.results(sold)[0]
    assert (again["status"], again["first"]) == ("duplicate", first["status"])
    assert again["codes"] == first["codes"] == ["ENGINE_OLD"]
    assert till.pull("stock")[0][SHOES][1]["quantity"] == 19_000


def test_its_own_till_comes_second(server: CentralServer, till: Till, other: Till) -> None:
    sold = till.document("sale", sale(till))
    assert other.results(sold)[0]["status"] == "applied"
    assert till.results(sold)[0]["status"] == "duplicate"
    assert till.upload().json()["applied_through"] == 1
