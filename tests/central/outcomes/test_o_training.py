"""§10 o: training is stored and has no effects."""

from __future__ import annotations

import pytest

from tests.support.central_books import cases, losses, outcome
from tests.support.central_payloads import sale, sale_with_voucher
from tests.support.central_server import CentralServer
from tests.support.central_till import Till
from tests.support.central_world import SHOES, VOUCHER

pytestmark = pytest.mark.both_databases


def test_nothing_moves_and_nothing_is_flagged(server: CentralServer, till: Till) -> None:
    tried = till.document("sale", sale_with_voucher(till, VOUCHER), training=True)
    assert outcome(till, tried) == ("applied", [])
    assert till.pull("stock")[0][SHOES][1]["quantity"] == 20_000
    assert f"code/{VOUCHER}" not in till.pull("revocations")[0]
    assert tried["doc_id"] not in till.pull("sales")[0]
    assert (cases(server), losses(server)) == ([], {})


def test_the_real_sale_after_it_uses_the_voucher_for_the_first_time(till: Till) -> None:
    tried = till.document("sale", sale_with_voucher(till, VOUCHER), training=True)
    real = till.document("sale", sale_with_voucher(till, VOUCHER))
    assert outcome(till, tried, real) == ("applied", [])
    assert till.results(till.document("sale", sale(till)))[0]["status"] == "applied"
