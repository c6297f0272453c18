"""§10 e: one line returned at two stores."""

from __future__ import annotations

import pytest

from tests.support.central_books import close, losses, outcome, the_case
from tests.support.central_payloads import PRICE, return_, sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Till

pytestmark = pytest.mark.both_databases


def test_the_excess_is_refund_loss_and_the_receipt_is_revoked(
    server: CentralServer, till: Till, other: Till
) -> None:
    sold = till.document("sale", sale(till))
    till.upload(sold, till.document("return", return_(till, sold["doc_id"])))
    second = other.document("return", return_(other, sold["doc_id"]))
    assert outcome(other, second) == ("applied_flagged", ["RETURN_EXCEEDS_SOLD"])
    assert losses(server) == {"refund_loss": PRICE}
    assert other.pull("revocations")[0][f"receipt/{till.id}/1/1"][1]["reason"] == "returned"


def test_the_case_names_the_return_before(server: CentralServer, till: Till, other: Till) -> None:
    sold = till.document("sale", sale(till))
    till.upload(sold, till.document("return", return_(till, sold["doc_id"])))
    other.upload(other.document("return", return_(other, sold["doc_id"])))
    (flag,) = the_case(server)["facts"]["flags"]
    assert [(one["store"], one["receipt_no"]) for one in flag["returned_before"]] == [(1, "NT01-000002")]


def test_the_loss_is_taken_off_when_the_money_was_got_back(
    server: CentralServer, till: Till, other: Till
) -> None:
    sold = till.document("sale", sale(till))
    till.upload(sold, till.document("return", return_(till, sold["doc_id"])))
    other.upload(other.document("return", return_(other, sold["doc_id"])))
    close(server, "collect")
    assert losses(server) == {"refund_loss": 0}
