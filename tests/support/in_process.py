"""Asks an ASGI application without a socket: a transport for httpx, with the application's own lifespan."""

from __future__ import annotations

from contextlib import ExitStack

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
        return self._portal.call(self._answer, request)

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        answer = await self._inner.handle_async_request(request)
        assert isinstance(answer.stream, httpx.AsyncByteStream)
        body = b"".join([part async for part in answer.stream])
        return httpx.Response(answer.status_code, headers=answer.headers, stream=httpx.ByteStream(body))
