"""Bank credits: found by the reference in their text, one for one document, and what never arrives."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from central.main import main
from central.transfers import Credit, find_missing, read_csv, take
from pos_app.domain.vietqr import transfer_reference
from tests.support.central_books import cases, close, losses, outcome, proof, the_case
from tests.support.central_payloads import PRICE, sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till

pytestmark = pytest.mark.both_databases

REFERENCE = transfer_reference(1, 1, 1, 7)


def _sold(till: Till, reference: str = REFERENCE) -> Item:
    tender = {"no": 1, "kind": "transfer", "amount": PRICE, "reference": reference, "state": "claimed"}
    return till.document("sale", sale(till, tenders=[tender]))


def _credit(server: CentralServer, number: str = "FT1", amount: int = PRICE, **more: Any) -> Credit:
    words = f"MBVCB.12345.{REFERENCE[:5].lower()} {REFERENCE[5:]} chuyen tien"
    return Credit(number, more.pop("at", server.clock()), amount, more.pop("text", words))


def _take(server: CentralServer, *arrived: Credit) -> dict[str, int]:
    with server.central.database.writing() as connection:
        return take(connection, arrived, server.clock())


def _missing(server: CentralServer) -> list[str]:
    with server.central.database.writing() as connection:
        return find_missing(connection, server.clock())


def test_a_credit_confirms_the_sale_that_its_text_names(server: CentralServer, till: Till) -> None:
    sold = _sold(till)
    till.upload(sold)
    assert till.pull("transfers")[0] == {}
    assert _take(server, _credit(server)) == {"matched": 1}
    told = till.pull("transfers")[0][sold["doc_id"]][1]
    assert (told["state"], told["amount"]) == ("matched", PRICE)
    assert told["at"] == "2026-11-22T03:00:00Z"


def test_the_bank_may_be_faster_than_the_till(server: CentralServer, till: Till) -> None:
    assert _take(server, _credit(server)) == {"unmatched": 1}
    sold = _sold(till)
    till.upload(sold)
    assert till.pull("transfers")[0][sold["doc_id"]][1]["state"] == "matched"


@pytest.mark.parametrize("reference", ["", "CK", REFERENCE[:11]])
def test_a_credit_confirms_no_sale_whose_reference_is_none(
    server: CentralServer, till: Till, reference: str
) -> None:
    _take(server, _credit(server, text=f"CK {REFERENCE[:11]} tien hang"))
    sold = _sold(till, reference)
    till.upload(sold)
    assert till.pull("transfers")[0] == {}


@pytest.mark.parametrize("number", ["", " ", "9" * 81])
def test_a_credit_without_a_number_of_the_banks_is_a_fault_of_the_file(number: str) -> None:
    lines = io.StringIO(f"id,at,amount,text\n{number},2026-11-22T10:00:00+07:00,{PRICE},x\n")
    with pytest.raises(ValueError, match="line 2"):
        list(read_csv(lines))


def test_a_list_may_be_imported_again(server: CentralServer, till: Till) -> None:
    till.upload(_sold(till))
    _take(server, _credit(server))
    assert _take(server, _credit(server)) == {}


def test_a_second_credit_for_one_document_opens_a_case(server: CentralServer, till: Till) -> None:
    till.upload(_sold(till))
    assert _take(server, _credit(server), _credit(server, "FT2")) == {"matched": 1, "twice": 1}
    assert the_case(server)["code"] == "TRANSFER_TWICE"


def test_one_credit_confirms_one_document_only(server: CentralServer, till: Till) -> None:
    first, second = _sold(till), _sold(till)
    till.upload(first, second)
    _take(server, _credit(server))
    assert list(till.pull("transfers")[0]) == [first["doc_id"]]


def test_another_amount_confirms_nothing(server: CentralServer, till: Till) -> None:
    till.upload(_sold(till))
    assert _take(server, _credit(server, amount=PRICE - 1)) == {"differs": 1}
    assert the_case(server)["code"] == "TRANSFER_DIFFERS"
    assert till.pull("transfers")[0] == {}


def test_money_of_somebody_else_waits_quietly(server: CentralServer, till: Till) -> None:
    till.upload(_sold(till))
    assert _take(server, _credit(server, text="tien nha thang 11")) == {"unmatched": 1}
    assert cases(server) == []


def test_what_never_arrives_is_a_case_and_counted_to_who_sold(server: CentralServer, till: Till) -> None:
    sold = _sold(till)
    till.upload(sold)
    server.clock.advance(days=4)
    _take(server, _credit(server, text="something newer"))
    assert len(_missing(server)) == 1
    assert till.pull("transfers")[0][sold["doc_id"]][1]["state"] == "missing"
    assert (the_case(server)["facts"]["staff"], the_case(server)["facts"]["amount"]) == (11, PRICE)
    close(server, "transfer_lost")
    assert losses(server) == {"transfer_loss": PRICE}
    assert till.pull("transfers")[0][sold["doc_id"]][1]["state"] == "lost"
    assert proof(server).is_sound


def test_as_long_as_the_banks_list_does_not_reach_there_nothing_is_missing(
    server: CentralServer, till: Till
) -> None:
    till.upload(_sold(till))
    _take(server, _credit(server, text="the last line of the list"))
    server.clock.advance(days=30)
    assert _missing(server) == []


def test_a_person_may_have_seen_it_arrive(server: CentralServer, till: Till) -> None:
    sold = _sold(till)
    till.upload(sold)
    server.clock.advance(days=4)
    _take(server, _credit(server, text="something newer"))
    _missing(server)
    close(server, "transfer_arrived")
    assert till.pull("transfers")[0][sold["doc_id"]][1]["state"] == "matched"
    assert losses(server) == {}


def test_a_voided_sale_awaits_nothing(server: CentralServer, till: Till) -> None:
    sold = _sold(till)
    void = {
        "receipt_no": till.receipt_no(), "business_date": "2026-11-22", "of": sold["doc_id"],
        "reason": "never_arrived", "points": [],
        "tenders": [{"no": 1, "kind": "transfer", "amount": -PRICE, "reference": REFERENCE}],
        "approvals": [{"right": "sale.void", "by": 12, "method": "pin", "what": ""}],
    }  # fmt: skip
    assert outcome(till, sold, till.document("void", void)) == ("applied", [])
    server.clock.advance(days=4)
    _take(server, _credit(server, text="something newer"))
    assert _missing(server) == []


def test_a_file_is_imported_from_the_command_line(server: CentralServer, till: Till, tmp_path: Path) -> None:
    sold = _sold(till)
    till.upload(sold)
    file = tmp_path / "bank.csv"
    file.write_text(f"id,at,amount,text\nFT9,2026-11-22T10:00:00+07:00,{PRICE},ck {REFERENCE}\n", "utf-8")
    place = ("--data", str(server.folder), "--database", server.settings.database_url)
    assert main([*place, "transfers", "import", str(file)]) == 0
    assert till.pull("transfers")[0][sold["doc_id"]][1]["state"] == "matched"


def test_a_file_with_a_fault_changes_nothing(server: CentralServer, till: Till, tmp_path: Path) -> None:
    till.upload(_sold(till))
    file = tmp_path / "bank.csv"
    at = (server.clock() + timedelta(hours=1)).isoformat()
    file.write_text(f"id,at,amount,text\nFT9,{at},{PRICE},{REFERENCE}\nFT10,{at},x,\n", "utf-8")
    place = ("--data", str(server.folder), "--database", server.settings.database_url)
    assert main([*place, "transfers", "import", str(file)]) == 2
    assert till.pull("transfers")[0] == {}
