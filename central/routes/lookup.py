"""GET /v1/lookup: a receipt, an order or a customer that the till's own feeds do not hold (protocol §9)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from central.auth import Caller
from central.checking import count
from central.errors import Forbidden, Unprocessable
from central.lookup import By, look_up
from central.routes.reading import read_body, signed_request
from central.state import Central
from sync.messages import Words
from sync.messages.checks import LookupAnswer

router = APIRouter(tags=["checks"])
_Key = Annotated[Words | None, Query(min_length=1, max_length=200)]


@router.get("/v1/lookup", responses={200: {"model": LookupAnswer}})
async def lookup(
    request: Request, receipt: _Key = None, order: _Key = None, customer: _Key = None
) -> JSONResponse:
    """Exactly one of the three. What is not found looks like what is, but for its content; both count."""
    central: Central = request.app.state.central
    signed = signed_request(request, await read_body(request, 0))
    caller = await run_in_threadpool(central.selling_caller, signed)
    asked: list[tuple[By, str]] = []
    if receipt is not None:
        asked.append(("receipt", receipt))
    if order is not None:
        asked.append(("order", order))
    if customer is not None:
        asked.append(("customer", customer))
    if len(asked) != 1:
        raise Unprocessable(where="query")
    answer = await run_in_threadpool(_lookup, central, caller, *asked[0])
    return JSONResponse(answer.model_dump(mode="json", exclude_none=True))


def _lookup(central: Central, caller: Caller, by: By, key: str) -> LookupAnswer:
    now = central.now()
    if caller.is_presented:
        raise Forbidden("not_confirmed")  # receipts and orders name people too
    central.unknown_keys.check(caller.till)
    with central.database.beside() as connection:
        answer = look_up(connection, by, key, now)
        count(connection, caller.till, f"lookup_{by}", "ok" if answer.found else "unknown", now)
    if not answer.found:
        central.unknown_keys.failed(caller.till)
    return answer
