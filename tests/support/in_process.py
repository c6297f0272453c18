"""Asks an ASGI application without a socket: transports for httpx, with the application's own lifespan."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import anyio.to_thread
import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI


class InProcess(httpx.BaseTransport):
    """Runs the application in a thread of its own; requests may come from several threads at once."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._inner = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._portal: BlockingPortal | None = None
        self._stack = ExitStack()

    def start(self) -> None:
        """As a server starts it: the lifespan begins."""
        self._portal = self._stack.enter_context(start_blocking_portal())
        self._stack.enter_context(
            self._portal.wrap_async_context_manager(self._app.router.lifespan_context(self._app))
        )

    def close(self) -> None:
        self._stack.close()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert self._portal is not None, "start() comes first"
        request.read()
        return self._portal.call(_answer, self._inner, request)


class OnThisThread(httpx.BaseTransport):
    """Runs the application on the thread that asks, also what it would give to threads: for one caller.

    A request then costs no change of threads, which is a fifth of a short one.
    """

    def __init__(self, app: FastAPI) -> None:
        self._lifespan = app.router.lifespan_context(app)
        self._inner = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._loop = _Threadless()

    def start(self) -> None:
        """As a server starts it: the lifespan begins. It goes on while a request is answered."""
        self._loop.run_until_complete(self._lifespan.__aenter__())

    def close(self) -> None:
        """The lifespan ends; call it once, after `start`."""
        self._loop.run_until_complete(self._lifespan.__aexit__(None, None, None))
        self._loop.close()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        return self._loop.run_until_complete(_answer(self._inner, request))


class _Threadless(asyncio.SelectorEventLoop):
    """A loop whose blocking calls are made on the spot."""


async def _answer(inner: httpx.ASGITransport, request: httpx.Request) -> httpx.Response:
    answer = await inner.handle_async_request(request)
    assert isinstance(answer.stream, httpx.AsyncByteStream)
    body = b"".join([part async for part in answer.stream])
    return httpx.Response(answer.status_code, headers=answer.headers, stream=httpx.ByteStream(body))


_to_thread = anyio.to_thread.run_sync


async def _run_sync(work: Callable[..., Any], *given: Any, **more: Any) -> Any:
    if isinstance(asyncio.get_running_loop(), _Threadless):
        return work(*given)
    return await _to_thread(work, *given, **more)


_here: Any = _run_sync
anyio.to_thread.run_sync = _here
