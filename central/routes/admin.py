"""The few things a person does at central: see cases, make a till and its enrolment code."""

from __future__ import annotations

import hmac
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request
from pydantic import Field

from central.cases import list_cases
from central.enrolment import create_code, create_till
from central.errors import Forbidden
from central.revoking import revoke_till
from central.state import Central
from sync.messages import Request as Message

_LOOPBACK = {"127.0.0.1", "::1"}


def permitted(request: Request, x_admin_token: Annotated[str | None, Header()] = None) -> None:
    """With a configured token whoever names it; without one, callers on this machine only."""
    central: Central = request.app.state.central
    token = central.settings.admin_token
    if token is not None:
        allowed = x_admin_token is not None and hmac.compare_digest(x_admin_token.encode(), token.encode())
    else:
        # behind a proxy everybody seems to be on this machine: then a token is needed
        allowed = (
            request.client is not None
            and request.client.host in _LOOPBACK
            and "x-forwarded-for" not in request.headers
        )
    if not allowed:
        raise Forbidden


router = APIRouter(prefix="/admin", tags=["admin"], dependencies=[Depends(permitted)])


class NewTill(Message):
    """A counter that is to be enrolled."""

    store: Annotated[int, Field(ge=1, le=65535)]
    number: Annotated[int, Field(ge=1, le=255)]
    name: Annotated[str, Field(max_length=80)] = ""


@router.get("/cases")
def cases(request: Request, store: int | None = None, closed: bool = False) -> list[dict[str, Any]]:
    """Open cases, newest first; with `closed` all of them."""
    central: Central = request.app.state.central
    with central.database.reading() as connection:
        return list_cases(connection, only_open=not closed, store=store)


@router.post("/tills/{till}/revoke")
def revoke(request: Request, till: str, reason: str = "lost") -> dict[str, Any]:
    """The signed entry that the till is answered from now on."""
    central: Central = request.app.state.central
    with central.database.writing() as connection:
        return revoke_till(connection, central.keys, till, reason, central.now())


@router.post("/tills")
def new_till(request: Request, wish: NewTill) -> dict[str, str]:
    """The till's id and a one-time code, shown this once."""
    central: Central = request.app.state.central
    now = central.now()
    with central.database.writing() as connection:
        made = create_till(connection, wish.store, wish.number, wish.name, now)
        code = create_code(connection, made, central.settings, now)
    return {
        "till": made,
        "code": code,
        "url": central.settings.public_url,
        "root_key_fp": central.keys.root_fingerprint,
    }
