"""Many rows and keys in one statement, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from central.bulk import add_to_rows, among, insert_new, insert_rows, rewrite_rows
from central.tables.feeds import feed_item
from central.tables.inbox import document, result
from central.tables.ledgers import stock_level
from central.tables.tills import nonce
from tests.support.central_server import CentralServer

pytestmark = pytest.mark.both_databases
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def _levels(count: int) -> list[dict[str, object]]:
    return [{"store": 7, "product": f"p{no}", "quantity": no * 1000} for no in range(count)]


@pytest.mark.parametrize("count", [0, 1, 3, 4, 900])
def test_rows_are_inserted_added_to_and_found(server: CentralServer, count: int) -> None:
    with server.central.database.writing() as connection:
        insert_rows(connection, stock_level, _levels(count))
        more = [{"store": 7, "product": f"p{no}", "quantity": -1} for no in range(count)]
        add_to_rows(connection, stock_level, ("store", "product"), more)
    with server.central.database.reading() as connection:
        keys = [f"p{no}" for no in range(count)]
        rows = connection.execute(select(stock_level).where(among(stock_level.c.product, keys))).all()
    assert {row.product: row.quantity for row in rows} == {f"p{no}": no * 1000 - 1 for no in range(count)}


def test_every_kind_of_value_arrives_as_it_was(server: CentralServer) -> None:
    """Bytes, quotes, tabs, line ends, Vietnamese, NULL and JSON survive the quick way in."""
    text = "Cà phê \\ \t'sữa đá'\r\n\"{,}"
    rows = [
        {
            "doc_id": f"01a1e4bd-63b7-7000-8000-{no:012d}", "status": "applied", "first": "applied",
            "codes": ["A", text], "case": None, "missing": [], "booked": True, "fork": False,
            "note": text, "at": NOW,
        }
        for no in range(5)
    ]  # fmt: skip
    raw = bytes(range(256))
    papers = [
        {
            "doc_id": row["doc_id"], "till": "t", "epoch": 1, "seq": no, "kind": "?", "body": raw,
            "prev_hash": raw[:32], "hash": raw[:32], "signature": raw[:64], "verified": True,
            "carried_by": "test", "received_at": NOW,
        }
        for no, row in enumerate(rows)
    ]  # fmt: skip
    with server.central.database.writing() as connection:
        insert_rows(connection, result, rows)
        insert_rows(connection, document, papers)
    with server.central.database.reading() as connection:
        kept = connection.execute(select(result).where(result.c.doc_id == rows[3]["doc_id"])).one()
        paper = connection.execute(select(document).where(document.c.doc_id == rows[3]["doc_id"])).one()
    assert (kept.codes, kept.case, kept.note, kept.at, kept.booked) == (["A", text], None, text, NOW, True)
    assert (bytes(paper.body), bytes(paper.signature), paper.received_at) == (raw, raw[:64], NOW)


def test_what_breaks_a_key_is_refused_as_ever(server: CentralServer) -> None:
    with pytest.raises(IntegrityError), server.central.database.writing() as connection:
        insert_rows(connection, stock_level, [*_levels(6), _levels(1)[0]])
    with server.central.database.reading() as connection:
        here = select(func.count()).select_from(stock_level).where(stock_level.c.store == 7)
        assert connection.scalar(here) == 0


def test_rows_are_rewritten_and_none_is_made(server: CentralServer) -> None:
    place = {"feed": "stock", "scope": "store/9", "only": ""}
    rows = [{**place, "key": f"k{no}", "ver": no, "body": f'{{"x":"{no}ạ"}}'} for no in range(6)]
    with server.central.database.writing() as connection:
        insert_rows(connection, feed_item, rows[:5])
        changed = [{**row, "ver": 10, "body": None if no else "\\x"} for no, row in enumerate(rows)]
        rewrite_rows(connection, feed_item, ("feed", "scope", "only", "key"), changed)
    with server.central.database.reading() as connection:
        here = select(feed_item).where(feed_item.c.scope == "store/9").order_by(feed_item.c.key)
        kept = [(row.key, row.ver, row.body) for row in connection.execute(here)]
    assert kept == [("k0", 10, "\\x"), *((f"k{no}", 10, None) for no in range(1, 5))]


def test_numbers_are_keys_as_well(server: CentralServer) -> None:
    with server.central.database.reading() as connection:
        stores = connection.scalars(select(stock_level.c.store).where(among(stock_level.c.store, [1])))
        assert set(stores) == {1}


def test_a_key_is_new_once(server: CentralServer) -> None:
    row = {"keyid": "k", "nonce": "n", "at": NOW}
    with server.central.database.writing() as connection:
        assert [insert_new(connection, nonce, row) for _ in range(2)] == [True, False]
