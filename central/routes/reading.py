"""Reads requests within limits: bytes, gzip, JSON, and the form that a message must have (protocol §5)."""

from __future__ import annotations

import json
import zlib
from typing import Any, TypeVar

from fastapi import Request
from pydantic import ValidationError

from central.auth import SignedRequest
from central.errors import BadRequest, TooLarge, Unprocessable, UnsupportedMedia
from central.state import Central
from sync.messages import Request as Message

MessageT = TypeVar("MessageT", bound=Message)

SMALL = 64 * 1024
"""Bytes of any request but an upload."""


async def read_body(request: Request, limit: int) -> bytes:
    """The body as it came, still packed. TooLarge as soon as it is longer than `limit` bytes."""
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared) > limit:
        raise TooLarge
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > limit:
            raise TooLarge
        parts.append(part)
    return b"".join(parts)


def signed_request(request: Request, body: bytes) -> SignedRequest:
    """What the signature covers, under the configured public URL."""
    central: Central = request.app.state.central
    path = request.scope.get("raw_path") or request.url.path.encode()
    query = request.scope.get("query_string", b"")
    target = path.split(b"?", 1)[0] + (b"?" + query if query else b"")
    return SignedRequest(
        method=request.method,
        url=central.settings.public_url + target.decode("ascii", "replace"),
        headers=dict(request.headers.items()),
        body=body,
    )


def unpacked(request: Request, body: bytes, limit: int) -> bytes:
    """The body without its packing, at most `limit` bytes of it ever in memory."""
    packing = request.headers.get("content-encoding", "identity").strip().lower()
    if packing == "identity":
        return body
    if packing != "gzip":
        raise UnsupportedMedia("unsupported_encoding")
    return inflate(body, limit)


def inflate(data: bytes, limit: int) -> bytes:
    """Gunzips; TooLarge instead of a bomb, BadRequest for what is cut, broken or followed by more."""
    reader = zlib.decompressobj(wbits=31)
    try:
        plain = reader.decompress(data, limit + 1)
    except zlib.error as error:
        raise BadRequest("bad_gzip") from error
    if len(plain) > limit:
        raise TooLarge
    if not reader.eof or reader.unused_data:
        raise BadRequest("bad_gzip")
    return plain


def message(request: Request, body: bytes, model: type[MessageT]) -> MessageT:
    """The typed message. UnsupportedMedia, BadRequest for what is no JSON, Unprocessable for another form."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json":
        raise UnsupportedMedia
    try:
        value: Any = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BadRequest("bad_json") from error
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise Unprocessable(where=_where(error)) from error


def _where(error: ValidationError) -> str:
    """The place of the first fault; never what stood there."""
    return ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])[:200]
