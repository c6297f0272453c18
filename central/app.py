"""Builds the API: routes, refusals as JSON without insides, headers that keep answers out of caches."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Lifespan

from central.blanks import refill
from central.claims import forget_ended
from central.database import Database
from central.edge import Edge
from central.errors import Refusal
from central.ingest import Ingest
from central.keys import TenantKeys
from central.logs import write_json
from central.metrics import Metrics
from central.openapi import describe
from central.overdue import find_overdue
from central.reservations import end_reservations
from central.retention import end_items
from central.routes import (
    admin,
    checks,
    documents,
    enrol,
    feeds,
    health,
    hello,
    imports,
    keybox,
    keys,
    lookup,
    metrics,
    own_documents,
    salvage,
    tills,
)
from central.settings import Settings
from central.silences import forget_old
from central.state import Central, utc_now
from central.transfers import find_missing, find_unclaimed
from central.unsold import find_unsold

_log = logging.getLogger("central")
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_LOOK_EVERY_S = 3600
_NAMES = {404: "not_found", 405: "method_not_allowed", 413: "too_large", 415: "unsupported_media_type"}


def build(settings: Settings, now: Callable[[], datetime] = utc_now) -> FastAPI:
    """The application over a migrated database. ValueError for plain HTTP to anything but loopback."""
    public = urlsplit(settings.public_url)
    if public.scheme != "https" and public.hostname not in _LOOPBACK:
        raise ValueError(f"plain HTTP is for loopback only: {settings.public_url}")
    database = Database(settings.database_url)
    database.migrate()
    central = Central(settings, database, TenantKeys.open(settings.key_file), now)
    ingest = Ingest(central)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(ingest.resume)
        ending = asyncio.Event()
        watch = asyncio.create_task(_watch(central, ingest, ending))
        yield
        ending.set()
        await watch  # a look that has begun is waited for: its connection must be back before they are closed
        database.dispose()

    app = routes(lifespan)
    app.state.central = central
    app.state.ingest = ingest
    app.state.metrics = Metrics(database, now)
    app.add_middleware(GZipMiddleware, minimum_size=2048)
    app.add_middleware(Edge, metrics=app.state.metrics, calls=central.address_calls)
    _answer_refusals(app)
    return app


def routes(lifespan: Lifespan[FastAPI] | None = None) -> FastAPI:
    """Everything that can be asked, with its description; nothing that could answer.

    Read it with tools of your own: FastAPI's pages fetch their scripts from a foreign host.
    """
    app = FastAPI(title="Quầy central", version="1", lifespan=lifespan, docs_url=None, redoc_url=None)
    identity = (enrol, tills, keys)
    recovery = (keybox, own_documents, imports, salvage)
    for route in (*identity, documents, hello, feeds, checks, lookup, *recovery, health, admin, metrics):
        app.include_router(route.router)
    describe(app)
    return app


def of_environment() -> FastAPI:
    """What one of several workers builds: its own connections, nothing shared but the database."""
    write_json()
    return build(Settings.handed_over())


async def _watch(central: Central, ingest: Ingest, ending: asyncio.Event) -> None:
    """Once an hour: what waits too long gets a case, reservations of a day that is over end."""
    while not ending.is_set():
        await run_in_threadpool(_find_overdue, central)
        await run_in_threadpool(ingest.take_released)
        with suppress(TimeoutError):
            await asyncio.wait_for(ending.wait(), _LOOK_EVERY_S)


def _find_overdue(central: Central) -> None:
    with central.database.writing() as connection:
        find_overdue(connection, central.now())
        end_reservations(connection, central.now())
        forget_ended(connection, central.now())
        forget_old(connection, central.now())
        find_missing(connection, central.now())
        find_unclaimed(connection, central.now())
        find_unsold(connection, central.now())
        refill(connection, central.keys, central.now())
        end_items(connection, central.now())


def _answer_refusals(app: FastAPI) -> None:
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _unprocessable)
    app.add_exception_handler(HTTPException, _of_the_framework)
    app.add_exception_handler(OperationalError, _database_busy)
    app.add_exception_handler(NoConnectionFree, _database_busy)


async def _refused(_request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)
    headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
    return JSONResponse(refusal.body, status_code=refusal.status, headers=headers)


async def _database_busy(_request: Request, error: Exception) -> Response:
    _log.warning("the database refused: %s", type(error).__name__)
    return JSONResponse({"code": "database_busy"}, status_code=503, headers={"Retry-After": "1"})


async def _unprocessable(_request: Request, error: Exception) -> Response:
    """The place of the first fault; never what stood there."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return JSONResponse({"code": "bad_json"}, status_code=400)
    where = ".".join(str(part) for part in first["loc"])[:200]
    return JSONResponse({"code": "unprocessable", "where": where}, status_code=422)


async def _of_the_framework(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _NAMES.get(error.status_code, "bad_request")
    return JSONResponse({"code": code}, status_code=error.status_code, headers=error.headers)
