"""POST /v1/hello: one cheap poll that says what is new."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy import Connection, select, update
from starlette.concurrency import run_in_threadpool

from central import markers, silences
from central.admin.cancelling import is_asked, settle_requests
from central.auth import Caller
from central.cases import Trouble, open_case
from central.directives import directives_for
from central.enrolment import spare_of
from central.feed_pages import cursors
from central.feeds import FeedWriter
from central.forks import note_head
from central.keys import current_keyset, instant_text, renew_keyset
from central.openapi import body_schema
from central.presenting import PERSONAL_FEEDS
from central.publish import keyset
from central.routes.reading import SMALL, message, read_body, signed_request
from central.state import Central
from central.tables.tenant import tenant
from central.tables.tills import till
from sync.messages import PROTOCOL, HelloAnswer, HelloRequest, SpareEpoch

router = APIRouter(tags=["sync"])


@router.post("/v1/hello", responses={200: {"model": HelloAnswer}}, openapi_extra=body_schema(HelloRequest))
async def hello(request: Request) -> JSONResponse:
    """A till with nothing to send is still seen (protocol §6)."""
    central: Central = request.app.state.central
    body = await read_body(request, SMALL)
    caller = await run_in_threadpool(central.caller, signed_request(request, body))
    words = message(request, body, HelloRequest)
    answer = await run_in_threadpool(_hello, central, caller, words)
    return JSONResponse(answer.model_dump(mode="json", exclude_none=True))


def _hello(central: Central, caller: Caller, words: HelloRequest) -> HelloAnswer:
    """Nearly every poll only notes that the till is there: it waits for nobody who books."""
    now = central.now()
    with central.database.beside([caller.till]) as connection:
        is_forked = note_head(connection, caller, words.head, now)
        silences.note(connection, caller.till, now)
        connection.execute(
            update(till)
            .where(till.c.id == caller.till)
            .values(seen_at=now, health=words.health.model_dump(), app=words.app[:80])
        )
        _note_mismatched(connection, caller, words, now)
        if not (is_forked or _is_behind(connection, words) or is_asked(connection, caller.store)):
            return _answer(connection, caller, now)
    with central.database.writing([caller.till]) as connection:
        writer = FeedWriter(connection)
        if is_forked:
            markers.note(writer, {(caller.till, words.head.epoch): ()})
        settle_requests(connection, caller.store, now)
        _keep_above(writer, central, words.keyset_version, now)
        writer.flush()
        return _answer(connection, caller, now)


def _answer(connection: Connection, caller: Caller, now: datetime) -> HelloAnswer:
    spare = spare_of(connection, caller.till, caller.epoch)
    return HelloAnswer(
        protocol={"min": PROTOCOL, "max": PROTOCOL},
        server_time=instant_text(now),
        incarnation=connection.execute(select(tenant.c.incarnation)).scalar_one(),
        feeds=_heads(connection, caller),
        spare=None if spare is None else SpareEpoch(**spare),
        directives=directives_for(connection, caller),
    )


def _heads(connection: Connection, caller: Caller) -> dict[str, str]:
    """Of the feeds that this till may read now."""
    heads = cursors(connection, caller.store)
    return {
        name: head for name, head in heads.items() if not (caller.is_presented and name in PERSONAL_FEEDS)
    }


def _note_mismatched(connection: Connection, caller: Caller, words: HelloRequest, now: datetime) -> None:
    """Feeds that twice did not add up at the till are a case (protocol §6)."""
    if words.health.mismatched:
        facts = {"feeds": sorted(words.health.mismatched)}
        trouble = Trouble(code="FEED_MISMATCH", till=caller.till, store=caller.store, facts=facts)
        open_case(connection, trouble, now)


def _is_behind(connection: Connection, words: HelloRequest) -> bool:
    """Whether the till holds a newer keyset than the newest that is known here."""
    current = current_keyset(connection)
    return current is not None and words.keyset_version > current["version"]


def _keep_above(writer: FeedWriter, central: Central, held: int, now: datetime) -> None:
    """A restored central signs a keyset above the highest version that any till names."""
    current = current_keyset(writer.connection)
    if current is not None and held > current["version"]:
        renew_keyset(writer.connection, central.keys, now, above=min(held, 2**31 - 2))
        keyset(writer)
