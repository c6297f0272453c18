"""The nightly proof finds whatever somebody has changed behind the documents' back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, Table, delete, insert, select, update

from central.main import main
from central.tables.inbox import document
from central.tables.ledgers import credit_entry, points_entry, stock_entry, stock_level, voucher_use
from central.tables.money import cash_entry
from central.tables.tills import till_key
from tests.support.central_books import proof
from tests.support.central_payloads import handover, return_, sale, sale_with_voucher, shift_open
from tests.support.central_server import CentralServer
from tests.support.central_till import Till
from tests.support.central_world import HOA, VOUCHER

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def _worked(server: CentralServer, till: Till) -> None:
    """A bit of everything, all sound."""
    till.shift = 1
    opened = till.document("shift_open", shift_open())
    points = [{"customer": HOA, "delta": 60, "why": "earned"}]
    sold = till.document("sale", sale(till, customer=HOA, tier_percent=100, points=points))
    back = till.document("return", return_(till, sold["doc_id"], kind="store_credit"))
    used = till.document("sale", sale_with_voucher(till, VOUCHER))
    given = till.document("handover", handover(till))
    assert {one["status"] for one in till.results(opened, sold, back, used, given)} == {"applied"}
    assert proof(server).is_sound


def _tamper(server: CentralServer, act: Callable[[Connection], Any]) -> list[str]:
    with server.central.database.writing() as connection:
        act(connection)
    return [one.what for one in proof(server).differences]


def _change(table: Table, **values: Any) -> Callable[[Connection], Any]:
    """The first entry that a document made."""

    def act(connection: Connection) -> None:
        first = select(table.c.id).where(table.c.doc_id != "").order_by(table.c.id).limit(1)
        connection.execute(update(table).where(table.c.id == first.scalar_subquery()).values(**values))

    return act


@pytest.mark.parametrize(
    ("table", "values", "what"),
    [
        (points_entry, {"delta": 6_000}, "points"),
        (credit_entry, {"amount": 1}, "credit"),
        (cash_entry, {"amount": 1}, "cash"),
        (voucher_use, {"uses": 2}, "voucher"),
    ],
)
def test_a_changed_entry_is_found(
    server: CentralServer, table: Table, values: dict[str, int], what: str
) -> None:
    assert _tamper(server, _change(table, **values)) == [what]


def test_the_figures_are_named(server: CentralServer) -> None:
    _tamper(server, _change(points_entry, delta=6_000))
    (found,) = proof(server).differences
    assert (found.key, found.proven, found.booked) == ((HOA,), 60, 6_000)


def test_an_entry_that_is_gone_is_found(server: CentralServer) -> None:
    gone = delete(credit_entry)
    assert _tamper(server, lambda connection: connection.execute(gone)) == ["credit"]


def test_an_entry_without_a_document_is_found(server: CentralServer) -> None:
    server.clock.advance(minutes=1)
    row = {"doc_id": "made-up", "customer": HOA, "delta": 500, "why": "earned", "at": server.clock()}
    added = insert(points_entry)
    assert _tamper(server, lambda connection: connection.execute(added, row)) == ["no_document"]


def test_a_level_that_is_not_the_sum_is_found(server: CentralServer) -> None:
    more = update(stock_level).where(stock_level.c.store == 2).values(quantity=7)
    assert _tamper(server, lambda connection: connection.execute(more)) == ["stock_level"] * 2


def test_two_changes_that_hide_each_other_in_the_sum_are_found(server: CentralServer) -> None:
    def act(connection: Connection) -> None:
        rows = list(connection.execute(select(stock_entry).where(stock_entry.c.doc_id != "")))
        for row, delta in zip(rows[:2], (1_000, -1_000), strict=True):
            here = stock_entry.c.id == row.id
            connection.execute(update(stock_entry).where(here).values(delta=row.delta + delta))

    assert _tamper(server, act) == ["stock", "stock"]


def test_a_changed_body_is_found(server: CentralServer) -> None:
    def act(connection: Connection) -> None:
        row = connection.execute(select(document).where(document.c.kind == "shift_open")).one()
        body = bytes(row.body).replace(b'"500000":2', b'"500000":1')
        connection.execute(update(document).where(document.c.doc_id == row.doc_id).values(body=body))

    assert _tamper(server, act) == ["hash", "cash"]


def test_a_changed_signature_is_found(server: CentralServer) -> None:
    forged = update(document).where(document.c.kind == "shift_open").values(signature=b"\1" * 64)
    assert _tamper(server, lambda connection: connection.execute(forged)) == ["signature"]


def test_another_key_in_the_table_is_found(server: CentralServer) -> None:
    other = update(till_key).values(public_key="ab" * 32)
    assert set(_tamper(server, lambda connection: connection.execute(other))) == {"signature"}


def test_the_command_lists_differences_and_fails(
    server: CentralServer, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ("--data", str(server.folder), "--database", server.settings.database_url)
    assert main([*place, "prove"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 5
    _tamper(server, _change(points_entry, delta=1))
    assert main([*place, "prove"]) == 1
    first = capsys.readouterr().out.splitlines()[0]
    assert json.loads(first)["what"] == "points"
