"""What central answers instead of doing it: a status, a machine code, and nothing about its insides."""

from __future__ import annotations

from typing import Any, ClassVar


class Refusal(Exception):  # a refusal is no error of ours
    """An HTTP answer other than 200. The same cause always gives the same answer."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad_request"

    def __init__(self, code: str | None = None, retry_after: int | None = None, **fields: Any) -> None:
        super().__init__(code or self.code)
        self.body: dict[str, Any] = {"code": code or self.code, **fields}
        self.retry_after = retry_after


class BadRequest(Refusal):
    """Something that no till of ours sends."""


class BadCursor(Refusal):
    """A cursor that central never made."""

    code = "bad_cursor"


class Unauthorised(Refusal):
    """The signature does not count: `clock_skew`, `unknown_till`, `bad_signature`, `replayed`."""

    status = 401
    code = "bad_signature"


class Revoked(Refusal):
    """The till is revoked; the body carries the signed entry (protocol §4.6)."""

    status = 403
    code = "revoked"


class Forbidden(Refusal):
    """Known, but not allowed."""

    status = 403
    code = "forbidden"


class NotFound(Refusal):
    """No such thing."""

    status = 404
    code = "not_found"


class EpochRetired(Refusal):
    """Feeds only: the till must enrol again (protocol §8)."""

    status = 409
    code = "epoch_retired"


class HandleChanged(Refusal):
    """The feed must be fetched anew."""

    status = 410
    code = "handle_changed"


class TooLarge(Refusal):
    """More bytes or documents than protocol §5 allows."""

    status = 413
    code = "too_large"


class UnsupportedMedia(Refusal):
    """Not JSON, or packed in another way than gzip."""

    status = 415
    code = "unsupported_media_type"


class Unprocessable(Refusal):
    """JSON of another shape."""

    status = 422
    code = "unprocessable"


class TooBusy(Refusal):
    """Come again after `Retry-After` seconds."""

    status = 429
    code = "too_busy"
