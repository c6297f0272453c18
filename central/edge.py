"""The edge of the API: request ids, one log line a request, and headers; a bug's insides stay inside."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from typing import Any

from fastapi.responses import JSONResponse
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from central.errors import TooBusy
from central.limits import Volume
from central.logs import begin_request, logger
from central.metrics import Metrics

_log = logging.getLogger("central")
_requests = logger("central.requests")

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Edge:
    """Outermost of all: whatever happens inside, one answer leaves and one line is logged.

    There are no CORS headers: no page of another site may read an answer.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, calls: Volume) -> None:
        self._app = app
        self._metrics = metrics
        self._calls = calls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        facts = begin_request()
        facts["request_id"] = secrets.token_hex(8)
        answer = _Answer(send, facts["request_id"])
        began = time.perf_counter()
        try:
            await self._within_limits(scope, receive, answer)
        finally:
            self._tell(scope, facts, answer.status, time.perf_counter() - began)

    async def _within_limits(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        try:
            self._calls.use(scope["client"][0] if scope.get("client") else "?")
        except TooBusy as busy:
            headers = {"Retry-After": str(busy.retry_after)}
            await JSONResponse(busy.body, busy.status, headers)(scope, receive, answer)
            return
        await self._answered(scope, receive, answer)

    async def _answered(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        try:
            await self._app(scope, receive, answer)
        except ClientDisconnect:
            # nobody is left to be answered; nothing has been stored
            answer.status = answer.status or 499
        except Exception:
            _log.exception("bug while answering %s %s", scope["method"], _route(scope))
            if answer.status:  # begun: the connection is cut, so that half an answer is not taken for a whole
                raise
            await JSONResponse({"code": "internal"}, 500)(scope, receive, answer)

    def _tell(self, scope: Scope, facts: dict[str, Any], status: int, seconds: float) -> None:
        route = _route(scope)
        self._metrics.answered(scope["method"], route, status, seconds)
        _requests.info(
            "request", method=scope["method"][:10], route=route, status=status,
            ms=round(seconds * 1000, 1), **facts,
        )  # fmt: skip


class _Answer:
    """Sends on, with the headers that every answer carries; keeps the status."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self._headers = {**_HEADERS, "X-Request-Id": request_id}
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
        await self._send(message)


def _route(scope: Scope) -> str:
    """The pattern, never the path: ids and what somebody typed stay out of logs and figures."""
    path: Callable[[], str] | str | None = getattr(scope.get("route"), "path", None)
    return path if isinstance(path, str) else "unmatched"
