"""What central answers instead of doing it: a status, a machine code, and nothing about its insides."""

from __future__ import annotations

from typing import Any, ClassVar


class Refusal(Exception):  # a refusal is no error of ours
    """An HTTP answer other than 200. The same cause always gives the same answer."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad_request"

    def __init_subclass__(cls, status: int | None = None, code: str | None = None) -> None:
        """Subclasses are named with their status and code; what they leave out they inherit."""
        cls.status = cls.status if status is None else status
        cls.code = cls.code if code is None else code

    def __init__(self, code: str | None = None, retry_after: int | None = None, **fields: Any) -> None:
        super().__init__(code or self.code)
        self.body: dict[str, Any] = {"code": code or self.code, **fields}
        self.retry_after = retry_after


class BadRequest(Refusal):
    """Something that no till of ours sends."""


class BadCursor(BadRequest, code="bad_cursor"):
    """A cursor that central never made."""


class Unauthorised(Refusal, status=401, code="bad_signature"):
    """The signature does not count: `clock_skew`, `unknown_till`, `bad_signature`, `replayed`."""


class BadKey(Unauthorised, code="bad_key"):
    """No API key, or one that does not count: unknown, wrong, revoked or expired are one answer."""


class Forbidden(Refusal, status=403, code="forbidden"):
    """Known, but not allowed."""


class Revoked(Forbidden, code="revoked"):
    """The till is revoked; the body carries the signed entry (protocol §4.6)."""


class NotFound(Refusal, status=404, code="not_found"):
    """No such thing, or not for this caller: which of the two is not said."""


class Conflict(Refusal, status=409, code="conflict"):
    """It stands differently from what the request takes for granted."""


class EpochRetired(Conflict, code="epoch_retired"):
    """Feeds only: the till must enrol again (protocol §8)."""


class HandleChanged(Refusal, status=410, code="handle_changed"):
    """The feed must be fetched anew."""


class TooLarge(Refusal, status=413, code="too_large"):
    """More bytes or documents than protocol §5 allows."""


class UnsupportedMedia(Refusal, status=415, code="unsupported_media_type"):
    """Not JSON, or packed in another way than gzip."""


class Unprocessable(Refusal, status=422, code="unprocessable"):
    """JSON of another shape, or of a content that cannot be."""


class TooBusy(Refusal, status=429, code="too_busy"):
    """Come again after `Retry-After` seconds."""
