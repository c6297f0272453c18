"""§10 e: one line returned at two stores."""

from __future__ import annotations

from datetime import date

import pytest

from pos_app.domain.codes import ReceiptCode, day_of, encode
from tests.support.central_books import close, losses, outcome, stored_outcome, the_case
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


def test_a_return_by_the_paper_alone_waits_for_its_sale(
    server: CentralServer, till: Till, other: Till
) -> None:
    sold = till.document("sale", sale(till))
    code = ReceiptCode(
        store=1, till_number=1, epoch=till.epoch, seq=sold["seq"], day=day_of(date(2026, 11, 22)),
        total=PRICE, lines=1, hash10=sold["hash"][:20],
    )  # fmt: skip
    paper = {"code": encode(code, till.key.sign, till.answer["tenant"]), "source": "code"}
    backs = [other.document("return", return_(other, "") | {"original": paper}) for _ in range(2)]
    assert [one["status"] for one in other.results(*backs)] == ["parked", "parked"]
    till.upload(sold)
    assert [stored_outcome(server, one)[1] for one in backs] == [[], ["RETURN_EXCEEDS_SOLD"]]
    assert losses(server) == {"refund_loss": PRICE}
