"""Builds the API: routes, refusals as JSON without insides, headers that keep answers out of caches."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
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
from starlette.requests import ClientDisconnect

from central.claims import forget_ended
from central.database import Database
from central.errors import Refusal
from central.ingest import Ingest
from central.keys import TenantKeys
from central.overdue import find_overdue
from central.reservations import end_reservations
from central.routes import admin, checks, documents, enrol, feeds, health, hello, keybox, lookup
from central.settings import Settings
from central.state import Central, utc_now

_log = logging.getLogger("central")
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_LOOK_EVERY_S = 3600
_NAMES = {404: "not_found", 405: "method_not_allowed", 415: "unsupported_media_type"}


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
        watch = asyncio.create_task(_watch(central, ending))
        yield
        ending.set()
        await watch  # a look that has begun is waited for: its connection must be back before they are closed
        database.dispose()

    app = FastAPI(title="Quầy central", version="1", lifespan=lifespan, docs_url="/docs", redoc_url=None)
    app.state.central = central
    app.state.ingest = ingest
    app.add_middleware(GZipMiddleware, minimum_size=2048)
    for route in (enrol, keybox, documents, hello, feeds, checks, lookup, health, admin):
        app.include_router(route.router)
    _answer_refusals(app)
    return app


def of_environment() -> FastAPI:
    """What one of several workers builds: its own connections, nothing shared but the database."""
    return build(Settings.handed_over())


async def _watch(central: Central, ending: asyncio.Event) -> None:
    """Once an hour: what waits too long gets a case, reservations of a day that is over end."""
    while not ending.is_set():
        await run_in_threadpool(_find_overdue, central)
        with suppress(TimeoutError):
            await asyncio.wait_for(ending.wait(), _LOOK_EVERY_S)


def _find_overdue(central: Central) -> None:
    with central.database.writing() as connection:
        find_overdue(connection, central.now())
        end_reservations(connection, central.now())
        forget_ended(connection, central.now())


def _answer_refusals(app: FastAPI) -> None:
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _unprocessable)
    app.add_exception_handler(HTTPException, _of_the_framework)
    app.add_exception_handler(OperationalError, _database_busy)
    app.add_exception_handler(NoConnectionFree, _database_busy)
    app.middleware("http")(_guard)


async def _guard(request: Request, proceed: Callable[[Request], Awaitable[Response]]) -> Response:
    """Keeps answers out of caches and a bug's insides out of answers."""
    try:
        response = await proceed(request)
    except ClientDisconnect:
        # nobody is left to be answered; nothing has been stored
        response = JSONResponse({"code": "bad_request"}, status_code=400)
    except Exception:  # noqa: BLE001  # the edge: whatever it is, its insides must not leave
        _log.exception("bug while answering %s %s", request.method, request.url.path)
        response = JSONResponse({"code": "internal"}, status_code=500)
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


async def _refused(_request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)
    headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
    return JSONResponse(refusal.body, status_code=refusal.status, headers=headers)


async def _database_busy(_request: Request, error: Exception) -> Response:
    _log.warning("the database refused: %s", type(error).__name__)
    return JSONResponse({"code": "database_busy"}, status_code=503, headers={"Retry-After": "1"})


async def _unprocessable(_request: Request, _error: Exception) -> Response:
    return JSONResponse({"code": "unprocessable"}, status_code=422)


async def _of_the_framework(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _NAMES.get(error.status_code, "bad_request")
    return JSONResponse({"code": code}, status_code=error.status_code)
