"""Who may call the admin API: the key is proved before anything of the body is read."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from starlette.concurrency import run_in_threadpool

from central.admin import api_keys
from central.admin.api_keys import SCOPES, ApiKey
from central.admin.idempotency import Once
from central.errors import BadKey, UnsupportedMedia
from central.logs import note
from central.state import Central
from sync.messages import ErrorAnswer

BODY_BYTES = 1 << 20
"""Of any request; more is answered 413 without being read."""

_ANSWERS = {
    400: "The body is no JSON",
    401: "No API key, or one that does not count",
    403: "The key was not made for this (`scope_missing`)",
    404: "No such thing, or not in a store of this key",
    409: "It stands differently from what the request takes for granted",
    413: "More than 1 MiB",
    415: "Not application/json",
    422: "Another form than the one below; `where` names the place",
    429: "Too often; `Retry-After` says when to come again",
    503: "The database is busy; come again",
}

_bearer = HTTPBearer(
    auto_error=False,
    scheme_name="api_key",
    description="A key made by `quay-central api-key create`; its scopes say what it opens.",
)


class AdminRoute(APIRoute):
    """Proves the key and the kind of body first: a stranger's bytes are not even parsed."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The framework's own handler behind our door."""
        inner = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            request.state.api_key = await run_in_threadpool(_prove, request)
            if self.body_field is not None:
                _check_kind(request)
            return await inner(request)

        return guarded


def _prove(request: Request) -> ApiKey:
    central: Central = request.app.state.central
    now = central.now()
    address = request.client.host if request.client else "?"
    try:
        with central.database.beside() as connection:
            key = api_keys.verify(connection, request.headers.get("authorization"), now)
    except BadKey:
        # a good key is never held up by what others try from its address
        central.key_attempts.use(address)
        raise
    note(api_key=key.id)
    central.key_calls.use(key.id)
    return key


def _check_kind(request: Request) -> None:
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json" or "content-encoding" in request.headers:
        raise UnsupportedMedia


def door(noun: str, prefix: str = "/admin/v1") -> APIRouter:
    """A router for one noun; its routes know their whole path, which logs and figures name."""
    told: dict[int | str, dict[str, Any]] = {
        status: {"model": ErrorAnswer, "description": words} for status, words in _ANSWERS.items()
    }
    return APIRouter(
        prefix=prefix,
        tags=[noun],
        route_class=AdminRoute,
        dependencies=[Depends(_bearer)],
        responses=told,
        max_body_size=BODY_BYTES,
    )


def scope(name: str) -> Any:
    """The calling key, when it was made for this."""
    assert name in SCOPES, name

    def permitted(request: Request) -> ApiKey:
        key: ApiKey = request.state.api_key
        key.need(name)
        return key

    return Depends(permitted)


def _central(request: Request) -> Central:
    central: Central = request.app.state.central
    return central


At = Annotated[Central, Depends(_central)]
"""What every route works with."""

IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[!-~]{1,80}$",
        description="Chosen by the caller, another for every act. The same key with the same request is "
        "answered as it was the first time, for at least 24 hours; with another request it is refused (409).",
        examples=["order-48207-placed"],
    ),
]


def once(request: Request, key: ApiKey, name: str, body: Any = None) -> Once:
    """This request, as it would be known again."""
    said = None if body is None else body.model_dump(mode="json")
    return Once.of(key, name, request.method, request.url.path, said)
