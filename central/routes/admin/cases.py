"""Cases: /admin/v1/cases. Each is closed by a signed document of the office journal, never by a timer."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Request
from pydantic import ConfigDict, Field

from central.admin import cases
from central.admin.api_keys import ApiKey
from central.admin.audit import note_act
from central.admin.forms import PAGE, Form, Text, Told
from central.case_actions import TAKE_IN
from central.case_closing import close_case
from central.ingest import Ingest
from central.routes.admin.access import At, door, scope
from pos_app.domain.masking import masked
from sync.messages import UuidText

router = door("cases")


class Case(Told):
    """`facts`: amounts, staff, tills, connectivity, policy. `actions`: what may close it now."""

    model_config = ConfigDict(frozen=True, extra="allow")

    id: str
    code: str
    store: int | None = None
    till: str | None = None
    doc_id: str | None = None
    opened_at: str
    facts: dict[str, Any]
    actions: list[str]
    closed_at: str | None = None


class Cases(Told):
    """One page, newest first; the next one comes `before` the last id."""

    cases: list[Case]


class CloseForm(Form):
    """`by`: staff number of who decided. The note becomes part of a signed document: no names, no phones."""

    action: Annotated[str, Field(pattern=r"^[a-z_]{1,30}$", examples=["accept_loss"])]
    by: Annotated[int, Field(ge=1, le=2**31 - 1)]
    note: Annotated[Text, Field(max_length=500)] = ""


class Closed(Told):
    """The document that closed the case."""

    id: str
    document: str


@router.get("/cases")
def walk(
    at: At,
    key: Annotated[ApiKey, scope("cases:read")],
    store: Annotated[int | None, Query(ge=1, le=65535)] = None,
    code: Annotated[str | None, Query(pattern=r"^[A-Z_]{1,40}$")] = None,
    closed: bool = False,
    before: Annotated[str | None, Query(pattern=r"^[0-9a-f-]{36}$")] = None,
    limit: Annotated[int, Query(ge=1, le=PAGE)] = 100,
) -> Cases:
    """Open cases; with `closed` the closed ones instead."""
    wanted = cases.Wanted(store=store, code=code, closed=closed, before=before, limit=limit)
    with at.database.reading() as connection:
        return Cases(cases=[Case(**one) for one in cases.page(connection, key, wanted)])


@router.get("/cases/{case}")
def show(at: At, key: Annotated[ApiKey, scope("cases:read")], case: UuidText) -> Case:
    """One case."""
    with at.database.reading() as connection:
        return Case(**cases.case_of(connection, key, case))


@router.post("/cases/{case}/close")
def close(
    request: Request, at: At, key: Annotated[ApiKey, scope("cases:close")], case: UuidText, form: CloseForm
) -> Closed:
    """Decides it. 409 `case_closed`: somebody was faster; 422 `action_not_allowed`: not for this code."""
    now = at.now()
    with at.database.writing() as connection:
        cases.case_of(connection, key, case)
        document = close_case(connection, at.keys, case, form.action, form.by, masked(form.note), now)
        note_act(connection, key, f"case_{form.action}", case, now)
    if form.action == TAKE_IN:
        ingest: Ingest = request.app.state.ingest
        ingest.take_released()
    return Closed(id=case, document=document)
