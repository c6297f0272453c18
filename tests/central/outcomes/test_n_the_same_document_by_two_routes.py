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


def test_an_old_batch_that_comes_days_later_is_answered_from_the_results(
    server: CentralServer, till: Till
) -> None:
    """Sent anew, with a signature of its own: the batches after it stand, the watermark never goes back."""
    old = [till.document("sale", sale(till)) for _ in range(2)]
    till.upload(*old)
    till.upload(till.document("sale", sale(till)))
    server.clock.advance(days=3)
    answer = till.upload(*old).json()
    assert [(one["status"], one["first"]) for one in answer["results"]] == [("duplicate", "applied")] * 2
    assert (answer["stored_through"], answer["applied_through"]) == (3, 3)
    assert till.pull("stock")[0][SHOES][1]["quantity"] == 17_000
