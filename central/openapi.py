"""The OpenAPI page, complete also for the tills' routes, which read their signed bodies themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from sync.messages import ErrorAnswer

_REF = "#/components/schemas/{model}"
_SIGNATURE = "till_signature"
_ENROL = "/v1/enrol"
_METHODS = ("get", "post", "put", "delete")
_TILLS = {
    400: "No JSON, no gzip, or a cursor that central never made",
    401: "The signature does not count: `bad_signature`, `clock_skew`, `unknown_till`, `replayed`",
    403: "The till is revoked, or may not do this",
    404: "No such thing",
    409: "The epoch is retired: enrol again",
    410: "Fetch the feed anew",
    413: "More than the limits of the protocol",
    415: "Not application/json, or packed in another way than gzip",
    422: "JSON of another form; `where` names the place",
    429: "Too often, or too many at once; `Retry-After` says when to come again",
    503: "The database is busy; come again",
}

_sent: dict[str, type[BaseModel]] = {}


def body_schema(model: type[BaseModel]) -> dict[str, Any]:
    """For `openapi_extra` of a route that reads its body itself."""
    _sent[model.__name__] = model
    schema = {"$ref": _REF.format(model=model.__name__)}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def describe(app: FastAPI) -> None:
    """Gives the application its complete description, made at the first reading."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _made(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # the framework's own way to do it


def _made(app: FastAPI) -> dict[str, Any]:
    made = get_openapi(
        title=app.title, version=app.version, routes=app.routes, summary="Quầy's central backend"
    )
    parts = made.setdefault("components", {})
    models: list[Any] = [(model, "validation") for model in (*_sent.values(), ErrorAnswer)]
    _, sent = models_json_schema(models, ref_template=_REF)
    schemas = parts.setdefault("schemas", {})
    schemas.update({name: schema for name, schema in sent["$defs"].items() if name not in schemas})
    parts.setdefault("securitySchemes", {})[_SIGNATURE] = {
        "type": "apiKey",
        "in": "header",
        "name": "Signature",
        "description": "HTTP Message Signature (RFC 9421) by a till's key, tag quay-1 (protocol §4.4)",
    }
    for path, ways in made["paths"].items():
        for method in _METHODS:
            if method in ways:
                _complete(path, ways[method])
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    return made


def _complete(path: str, way: dict[str, Any]) -> None:
    """What the framework does not know: who may call, and how it is refused."""
    if path.startswith("/v1/"):
        if path != _ENROL:
            way["security"] = [{_SIGNATURE: []}]
        for status, words in _TILLS.items():
            _tell(way["responses"], str(status), words)
    if path == "/healthz":
        _tell(way["responses"], "503", "The database cannot be reached")
    if "422" in way["responses"]:
        _tell(way["responses"], "422", _TILLS[422])


def _tell(responses: dict[str, Any], status: str, words: str) -> None:
    known: Mapping[str, Any] = responses.get(status, {})
    if not known or "HTTPValidationError" in str(known):
        schema = {"$ref": _REF.format(model=ErrorAnswer.__name__)}
        responses[status] = {"description": words, "content": {"application/json": {"schema": schema}}}
