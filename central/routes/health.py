"""GET /healthz: whether central answers and reaches its database."""

from __future__ import annotations

from fastapi import APIRouter, Request
from sqlalchemy import select

from central.state import Central

router = APIRouter(tags=["health"])


@router.get("/healthz")
def healthz(request: Request) -> dict[str, str]:
    """For whoever watches over the process."""
    central: Central = request.app.state.central
    with central.database.reading() as connection:
        connection.execute(select(1))
    return {"status": "ok"}
