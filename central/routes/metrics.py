"""GET /metrics: figures for Prometheus, with a key of scope metrics:read as its bearer token."""

from __future__ import annotations

from fastapi import Request, Response

from central.metrics import Metrics
from central.routes.admin.access import door, scope

router = door("monitoring", prefix="")


@router.get(
    "/metrics",
    dependencies=[scope("metrics:read")],
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(request: Request) -> Response:
    """Requests by route and status, documents, cases, tills and feeds: figures, no names."""
    figures: Metrics = request.app.state.metrics
    return Response(figures.text(), media_type="text/plain; version=0.0.4; charset=utf-8")
