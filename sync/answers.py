"""What an HTTP answer means: central's word, central's no, or nothing at all (protocol §5)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from pos_app.domain.errors import CentralRefused, Offline, PosError, Unauthorised
from sync.messages import ErrorAnswer

MOST_BYTES: Final = 64 << 20
LONGEST_PAUSE_S: Final = 3600

Model = TypeVar("Model", bound=BaseModel)


def body_of(headers: Mapping[str, str], chunks: Iterable[bytes]) -> bytes:
    """The content of an answer, unpacked. Raises Offline when it is cut off, too large or packed oddly."""
    encoding = headers.get("Content-Encoding", "identity").strip().lower()
    if encoding == "identity":
        return _joined(chunks)
    if encoding != "gzip":
        raise Offline(reason="bad_answer", retry_after_s=None)
    return _unpacked(chunks)


def _joined(chunks: Iterable[bytes]) -> bytes:
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > MOST_BYTES:
            raise Offline(reason="too_large", retry_after_s=None)
    return bytes(content)


def _unpacked(chunks: Iterable[bytes]) -> bytes:
    content, packed = bytearray(), zlib.decompressobj(wbits=31)
    try:
        for chunk in chunks:
            content += packed.decompress(chunk, MOST_BYTES + 1 - len(content))
            if len(content) > MOST_BYTES:
                raise Offline(reason="too_large", retry_after_s=None)
    except zlib.error as error:
        raise Offline(reason="bad_answer", retry_after_s=None) from error
    if not packed.eof or packed.unused_data:
        raise Offline(reason="truncated", retry_after_s=None)
    return bytes(content)


def understood(model: type[Model], status: int, headers: Mapping[str, str], body: bytes) -> Model:
    """Central's answer as a message. Raises Offline, CentralRefused or Unauthorised.

    Only JSON of the right shape is central's word: a captive portal's page, a proxy's error, an answer out of
    a cache or half an answer is none, whatever its status.
    """
    if headers.get("Age", "0").strip() != "0":
        raise Offline(reason="cached", retry_after_s=None)  # a cache between us may know of the past only
    if status != 200:
        raise refusal(status, headers, body)
    if not _is_json(headers):
        raise Offline(reason="not_json", retry_after_s=None)
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise Offline(reason="bad_answer", retry_after_s=None) from error


def refusal(status: int, headers: Mapping[str, str], body: bytes) -> PosError:
    """The error behind a status other than 200."""
    if 300 <= status < 400:
        return Offline(reason="redirect", retry_after_s=None)
    if status == 429:
        return Offline(reason="busy", retry_after_s=_pause(headers))
    if status == 408 or not 400 <= status < 500:
        return Offline(reason=f"http_{status}", retry_after_s=_pause(headers))
    if not _is_json(headers):
        return Offline(reason="not_json", retry_after_s=None)
    try:
        answer = ErrorAnswer.model_validate_json(body)
    except ValidationError:
        return Offline(reason="bad_answer", retry_after_s=None)
    if status == 401:
        return Unauthorised(refusal=answer.code, server_time=answer.server_time)
    return CentralRefused(status=status, refusal=answer.code, answer=answer.model_dump())


def instant(text: str | None) -> datetime | None:
    """An RFC 3339 time with offset as aware UTC; None when it is none."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return None if moment.tzinfo is None else moment.astimezone(UTC)


def _is_json(headers: Mapping[str, str]) -> bool:
    return headers.get("Content-Type", "").partition(";")[0].strip().lower() == "application/json"


def _pause(headers: Mapping[str, str]) -> float | None:
    """Seconds of Retry-After, at most an hour; a date counts against the answer's own Date."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:9]), LONGEST_PAUSE_S))
    try:
        until, now = (parsedate_to_datetime(value) for value in (text, headers.get("Date", "")))
        seconds: Any = (until - now).total_seconds()
    except (ValueError, TypeError):
        return None
    return float(min(max(0.0, seconds), LONGEST_PAUSE_S))
