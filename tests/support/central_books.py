"""Central's books as a person at central sees them: losses, cases, what a case is closed with."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from central.case_closing import close_case
from central.cases import list_cases
from central.proof import Report, prove
from central.tables.inbox import result
from central.tables.ledgers import loss_entry
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till

MANAGER = 12


def losses(server: CentralServer) -> dict[str, int]:
    """Per reason what is lost and not got back."""
    with server.central.database.reading() as connection:
        rows = connection.execute(
            select(loss_entry.c.reason, func.sum(loss_entry.c.amount)).group_by(loss_entry.c.reason)
        )
        return {reason: int(amount) for reason, amount in rows}


def cases(server: CentralServer) -> list[dict[str, Any]]:
    """The open ones, newest first."""
    with server.central.database.reading() as connection:
        return list_cases(connection)


def the_case(server: CentralServer) -> dict[str, Any]:
    """The only open one."""
    (only,) = cases(server)
    return only


def close(server: CentralServer, action: str, note: str = "", case: str | None = None) -> str:
    """A manager closes a case (the only open one); the id of the document."""
    case_id = case or the_case(server)["id"]
    with server.central.database.writing() as connection:
        return close_case(connection, server.central.keys, case_id, action, MANAGER, note, server.clock())


def proof(server: CentralServer) -> Report:
    """Of everything that stands in the books now."""
    with server.central.database.reading() as connection:
        return prove(connection)


def outcome(till: Till, *items: Item) -> tuple[str, list[str]]:
    """Status and codes of the last document of an upload."""
    last = till.results(*items)[-1]
    return last["status"], last["codes"]


def stored_outcome(server: CentralServer, item: Item) -> tuple[str, list[str]]:
    """Status and codes of a document as central has them now."""
    with server.central.database.reading() as connection:
        row = connection.execute(select(result).where(result.c.doc_id == item["doc_id"])).one()
        return row.status, row.codes
