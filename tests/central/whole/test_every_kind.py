"""Whatever the till's services write, central applies: a real day, made by the services themselves."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from central.proof import prove
from central.tables.inbox import case, document, result
from central.tables.ledgers import credit_entry, loss_entry
from central.tables.money import shift
from pos_app.domain.document import DocumentKind
from tests.support.central_server import CentralServer
from tests.support.whole_day import MANAGER, WholeDay
from tests.support.whole_till import WholeTill

pytestmark = pytest.mark.both_databases

SERVICES = Path(__file__).parents[3] / "pos_app" / "services"


def kinds_in(source: str) -> set[str]:
    """The kinds that a service makes drafts of; one handed on in a variable is looked up at its callers."""
    tree = ast.parse(source)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    drafts = [call.args[0] for call in calls if _called(call) == "draft"]
    if any(isinstance(kind, ast.Attribute) and isinstance(kind.value, ast.Name) for kind in drafts):
        drafts += [call.args[0] for call in calls if _called(call) in ("_move", "_record")]
    return {kind for kind in map(_kind, drafts) if kind is not None}


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _kind(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and part.attr in DocumentKind.__members__:
            return DocumentKind[part.attr].value
    return None


FLAGGED = {"clock_anomaly": ["CLOCK_ANOMALY"]}
"""Kinds that central reports whenever they come."""
WRITTEN = sorted({kind for file in SERVICES.glob("*.py") for kind in kinds_in(file.read_text("utf-8"))})


@pytest.fixture(scope="module")
def day(central: CentralServer, till: WholeTill) -> WholeDay:
    made = WholeDay(till, central).run()
    till.sync()
    return made


def _rows(day: WholeDay, query: Any) -> list[Any]:
    with day.central.central.database.reading() as connection:
        return list(connection.execute(query))


def _of_kind(day: WholeDay, kind: str) -> list[dict[str, Any]]:
    return [body for body in day.till.documents() if body["kind"] == kind]


def test_the_source_names_the_kinds_that_are_known_to_be_written() -> None:
    assert {"sale", "return", "handover", "shift_verify", "cash_out", "drawer_open", "lock"} <= set(WRITTEN)


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_real_document_of_the_kind_is_applied(day: WholeDay, kind: str) -> None:
    query = select(document.c.doc_id, result.c.status, result.c.codes, result.c.note).join(
        result, result.c.doc_id == document.c.doc_id
    )
    made = _of_kind(day, kind)
    assert made, f"the day has no {kind}"
    found = _rows(day, query.where(document.c.doc_id.in_([body["doc_id"] for body in made])))
    assert len(found) == len(made)
    codes = FLAGGED.get(kind, [])
    said = ("applied_flagged" if codes else "applied", codes, "")
    assert [(row.status, row.codes, row.note) for row in found] == [said] * len(made)


def test_nothing_is_left_for_a_person_at_central(day: WholeDay) -> None:
    assert _rows(day, select(case.c.code, case.c.facts)) == []
    assert _rows(day, select(loss_entry.c.reason, loss_entry.c.amount)) == []


def test_the_day_holds_documents_that_a_second_person_allowed(day: WholeDay) -> None:
    allowed = {body["kind"] for body in day.till.documents() if body["payload"].get("approvals")}
    assert {"sale", "cash_out", "drawer_open"} <= allowed
    assert {body["approver"] for body in day.till.documents() if body.get("approver")} == {MANAGER}


def test_the_return_of_a_seeded_hand_over_names_what_has_no_document(day: WholeDay) -> None:
    back = next(body for body in _of_kind(day, "return") if body["depends_on"])
    (named,) = back["depends_on"]
    assert _rows(day, select(document).where(document.c.doc_id == named)) == []
    entries = _rows(day, select(credit_entry).where(credit_entry.c.account == back["doc_id"]))
    assert [row.amount for row in entries] == [-back["payload"]["total"]]


def test_the_shift_is_recomputed_and_verified(day: WholeDay) -> None:
    (row,) = _rows(day, select(shift))
    assert (row.state, row.recomputed, row.verified_by) == ("verified", None, MANAGER)
    assert row.difference < -50_000


def test_hand_overs_of_the_day_were_paid_due_and_refused(day: WholeDay) -> None:
    payloads = [body["payload"] for body in _of_kind(day, "handover")]
    assert any(tender["kind"] == "cash" for one in payloads for tender in one["tenders"])
    assert any(one["refused"] and one["refunds"] for one in payloads)
    assert any(one["collector"] == "other" for one in payloads)
    assert any("pin" in one["checks"] for one in payloads)


def test_every_balance_of_the_day_is_proven_by_its_documents(day: WholeDay) -> None:
    with day.central.central.database.reading() as connection:
        report = prove(connection)
    assert report.documents > 20
    assert [one.to_json() for one in report.differences] == []
