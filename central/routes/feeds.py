"""GET /v1/feeds/{name}: the changes after a cursor."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from central.auth import SignedRequest
from central.errors import Forbidden, NotFound
from central.feed_pages import PAGE_LIMIT, Page, read_page
from central.presenting import PERSONAL_FEEDS
from central.routes.reading import read_body, signed_request
from central.state import Central
from sync.messages import FEEDS, FeedPage

router = APIRouter(tags=["sync"])


@router.get("/v1/feeds/{name}", responses={200: {"model": FeedPage}})
async def feed(
    request: Request,
    name: str,
    cursor: Annotated[str, Query(max_length=60)] = "",
    limit: Annotated[int, Query(ge=1, le=PAGE_LIMIT)] = 1000,
) -> Response:
    """410 = fetch from the beginning, 409 = enrol again (protocol §5, §6)."""
    central: Central = request.app.state.central
    signed = signed_request(request, await read_body(request, 0))
    page = await run_in_threadpool(_page, central, signed, name, (cursor, limit))
    headers = {"ETag": f'"{page.cursor}"', "Cache-Control": "no-store"}
    return Response(page.text, media_type="application/json", headers=headers)


def _page(central: Central, signed: SignedRequest, name: str, place: tuple[str, int]) -> Page:
    caller = central.selling_caller(signed)
    if name not in FEEDS:
        raise NotFound("unknown_feed")
    if caller.is_presented and name in PERSONAL_FEEDS:
        raise Forbidden("not_confirmed")
    cursor, limit = place
    with central.database.reading() as connection:
        return read_page(connection, name, caller.store, caller.till, cursor, limit)
