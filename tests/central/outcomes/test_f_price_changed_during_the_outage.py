"""§10 f: the price changed during the outage."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.central_books import cases, outcome, the_case
from tests.support.central_payloads import sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Till

pytestmark = pytest.mark.both_databases


def _at_the_old_price(till: Till) -> dict[str, Any]:
    payload = sale(till)
    line = payload["lines"][0]
    line.update(unit_price=650_000, price_ver=1, gross=650_000, amount=650_000, vat=48_148)
    payload["tenders"][0].update(amount=650_000, tendered=650_000)
    return payload | {"total": 650_000}


def test_a_price_in_force_by_the_feed_that_the_till_held_is_a_report(
    server: CentralServer, till: Till
) -> None:
    sold = till.document("sale", _at_the_old_price(till))
    assert outcome(till, sold) == ("applied_flagged", ["STALE_PRICE"])
    assert cases(server) == []


def test_wrong_arithmetic_is_applied_with_a_case(server: CentralServer, till: Till) -> None:
    payload = sale(till)
    payload["lines"][0]["vat"] = 1
    assert outcome(till, till.document("sale", payload)) == ("applied_flagged", ["PRICE_MISMATCH"])
    assert the_case(server)["code"] == "PRICE_MISMATCH"


def test_a_price_that_no_version_explains_is_applied_with_a_case(server: CentralServer, till: Till) -> None:
    payload = sale(till)
    payload["lines"][0]["price_ver"] = 9
    assert outcome(till, till.document("sale", payload)) == ("applied_flagged", ["PRICE_MISMATCH"])


def test_an_engine_that_is_not_here_is_a_note_without_a_case(server: CentralServer, till: Till) -> None:
    sold = till.document("sale", sale(till, engine="0.9"))
    assert outcome(till, sold) == ("applied_flagged", ["ENGINE_OLD"])
    assert cases(server) == []
