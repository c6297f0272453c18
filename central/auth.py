"""Who sent a request: HTTP Message Signatures (RFC 9421) by till keys, checked as protocol §4.4 demands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import http_sf
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageVerifier,
    HTTPSignatureKeyResolver,
    InvalidSignature,
    VerifyResult,
)
from http_message_signatures.algorithms import ED25519
from sqlalchemy import Connection, Row, delete, select

from central.bulk import insert_new
from central.errors import Forbidden, Revoked, Unauthorised
from central.keys import instant_text
from central.revoked import answer_to
from central.settings import Settings
from central.tables.tills import epoch, nonce, till, till_key

TAG = "quay-1"
_ALWAYS = ("@method", "@target-uri")


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """What of a request is signed. `url` is made from the configured public URL, never from Host."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Caller:
    """A till whose signature held. `created` in whole seconds, by its clock."""

    till: str
    store: int
    epoch: int
    key_no: int
    epoch_state: str
    is_forked: bool
    created: int
    is_key_new: bool = False
    """The first request with this key: those before it sign no more (central.rotation)."""
    is_presented: bool = False
    """Known by its certificate alone so far (central.presenting)."""

    @property
    def keyid(self) -> str:
        """As in the signature."""
        return f"{self.till}.{self.epoch}.{self.key_no}"


class _Verifier(HTTPMessageVerifier):
    """The library measures age by its own clock; here only the presence of `created` is its business."""

    def validate_created_and_expires(self, sig_input: Any, max_age: timedelta | None = None) -> None:
        if type(sig_input.params.get("created")) is not int:
            raise InvalidSignature("created is required")
        if max_age is not None or "expires" in sig_input.params:
            raise InvalidSignature("expires is not part of tag quay-1")


class _OneKey(HTTPSignatureKeyResolver):
    def __init__(self, public_key: bytes) -> None:
        self._key = Ed25519PublicKey.from_public_bytes(public_key)

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey:  # noqa: ARG002  # chosen before
        return self._key


def authenticate(
    connection: Connection,
    request: SignedRequest,
    settings: Settings,
    now: datetime,
    *,
    revoked: bool = False,
) -> Caller:
    """The till that signed this request; its nonce is used up. `revoked`: revoked tills only, not others.

    Raises Unauthorised (`unknown_till`, `bad_signature`, `clock_skew` with `server_time`, `replayed`), always
    the same for the same cause, Revoked with the signed entry, or Forbidden (`not_revoked`).
    """
    row = _key_row(connection, named_key(request))
    created = proved(connection, request, bytes.fromhex(row.public_key), settings, now)
    if row.valid_to is not None:
        raise Unauthorised("key_replaced")
    entry = _revoked_entry(connection, row)
    if revoked and entry is None:
        raise Forbidden("not_revoked")
    if entry is not None and not revoked:
        raise Revoked(**entry)
    return Caller(
        till=row.till,
        store=row.store,
        epoch=row.epoch,
        key_no=row.key_no,
        epoch_state=row.state,
        is_forked=row.forked_at is not None,
        created=created,
        is_key_new=row.used_at is None,
        is_presented=row.presented_at is not None,
    )


def proved(
    connection: Connection, request: SignedRequest, public_key: bytes, settings: Settings, now: datetime
) -> int:
    """When the request was signed with this key, in whole seconds by its sender; its nonce is used up.

    Raises Unauthorised like `authenticate`.
    """
    result = _verified(request, public_key)
    created = result.parameters["created"]
    if not isinstance(created, int) or not result.nonce or len(result.nonce) > 80:
        raise Unauthorised
    if abs(now.timestamp() - created) > settings.skew:
        raise Unauthorised("clock_skew", server_time=instant_text(now))
    _use_nonce(connection, named_key(request), result.nonce, now)
    return created


def named_key(request: SignedRequest) -> str:
    """The keyid of the signature with our tag; nothing of it is trusted yet."""
    try:
        parsed: Any = http_sf.parse(
            request.headers.get("signature-input", "").encode("ascii"), tltype="dictionary"
        )
        for _members, parameters in parsed.values():
            if parameters.get("tag") == TAG and isinstance(parameters.get("keyid"), str):
                return str(parameters["keyid"])
    except (ValueError, TypeError, AttributeError) as error:
        raise Unauthorised from error
    raise Unauthorised


def _key_row(connection: Connection, key_id: str) -> Row[Any]:
    till_id, _, rest = key_id.partition(".")
    epoch_text, _, key_no = rest.partition(".")
    if not (epoch_text.isascii() and epoch_text.isdigit() and key_no.isascii() and key_no.isdigit()):
        raise Unauthorised
    if len(key_id) > 60 or f"{till_id}.{int(epoch_text)}.{int(key_no)}" != key_id:
        raise Unauthorised
    row = connection.execute(
        select(
            till_key,
            till.c.store,
            till.c.revoked_at,
            till.c.revoked_entry,
            till.c.presented_at,
            epoch.c.state,
            epoch.c.forked_at,
        )
        .join(till, till.c.id == till_key.c.till)
        .join(epoch, (epoch.c.till == till_key.c.till) & (epoch.c.epoch == till_key.c.epoch))
        .where(
            till_key.c.till == till_id,
            till_key.c.epoch == int(epoch_text),
            till_key.c.key_no == int(key_no),
        )
    ).one_or_none()
    if row is None:
        raise Unauthorised("unknown_till")
    return row


def _revoked_entry(connection: Connection, row: Row[Any]) -> dict[str, Any] | None:
    """A thief keeps the keys of epochs that ended with the revoking, whatever was enrolled in their place."""
    if row.revoked_at is not None:
        return dict(row.revoked_entry or {})
    return answer_to(connection, row.till, row.epoch) if row.state == "retired" else None


def _verified(request: SignedRequest, public_key: bytes) -> VerifyResult:
    required = (*_ALWAYS, "content-digest") if request.body else _ALWAYS
    verifier = _Verifier(signature_algorithm=ED25519, key_resolver=_OneKey(public_key))
    try:
        results = verifier.verify(
            request, max_age=None, expect_tag=TAG, require_components=required, body=request.body
        )
    except (HTTPMessageSignaturesException, ValueError) as error:
        raise Unauthorised from error
    if len(results) != 1:
        raise Unauthorised
    return results[0]


def _use_nonce(connection: Connection, key_id: str, text: str, now: datetime) -> None:
    if not insert_new(connection, nonce, {"keyid": key_id, "nonce": text, "at": now}):
        raise Unauthorised("replayed")


def forget_nonces(connection: Connection, before: datetime) -> None:
    """Those of requests that are too old by now to be taken for new."""
    connection.execute(delete(nonce).where(nonce.c.at < before))
