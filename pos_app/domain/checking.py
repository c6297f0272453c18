"""Whether a document proves itself, and how it fits the known chain (protocol §3, §5, §8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pos_app.domain.canonical import BODY_LIMIT, decoded, named_in, parse_body
from pos_app.domain.document import chain_hash, private_hash
from pos_app.domain.envelope import Envelope
from pos_app.domain.errors import DocumentRefused
from pos_app.domain.ids import TenantId, TillId, is_uuid7
from pos_app.domain.signing import verifies_under_any

Finding = Literal["gap", "fork", "conflict", "duplicate"]


@dataclass(frozen=True, slots=True)
class Item:
    """One document as it is stored or travels; `private` and `salt` only when it has a private part."""

    body: bytes
    hash: bytes
    signature: bytes
    private: bytes | None = None
    salt: bytes | None = None


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """What is remembered of a stored document."""

    doc_id: str
    hash: bytes
    prev_hash: bytes


@dataclass(frozen=True, slots=True)
class KnownChain:
    """One epoch of a till: its keys (any it ever had), the hash before its first document, `at(seq)`."""

    tenant: TenantId
    till: TillId
    epoch: int
    first_prev_hash: bytes
    public_keys: Sequence[bytes]
    at: Callable[[int], KnownDocument | None]


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome: `reasons` in the order of checking, empty when all is well.

    `finding` is no reason to throw the document away: `gap` (its predecessor is not stored), `fork` (its
    place is taken by another), `conflict` (same id, other hash), `duplicate` (known already, not listed
    among the reasons). `defect` is the first reason that is not a finding.
    """

    reasons: tuple[str, ...]
    defect: str | None = None
    finding: Finding | None = None
    envelope: Envelope | None = None
    body: Mapping[str, object] | None = None


def check_item(item: Item, chain: KnownChain) -> Checked:
    """Check an item in the order of the journal vectors.

    UTF-8, hash (with the prev_hash that the body names), signature, JSON, characters, NFC, integer range,
    canonical form, fields, doc_id, till, then the fence (fork, gap), the link, the private part.
    """
    try:
        body = _proved_body(item, chain)
        envelope = Envelope.from_body(body)
        _check_identity(envelope, chain)
    except DocumentRefused as refusal:
        reason = _reason(refusal)
        return Checked((reason,), defect=reason)
    finding = _fence(envelope, item, chain)
    defects = [*_link(envelope, item, chain, finding), *_private(envelope, item)]
    named = [] if finding in (None, "duplicate") else [finding]
    return Checked(
        tuple(reason for reason in (*named, *defects) if reason),
        defect=defects[0] if defects else None,
        finding=finding,
        envelope=envelope,
        body=body,
    )


def _reason(refusal: DocumentRefused) -> str:
    # an object is expected: any other JSON value lacks every field
    reason = str(refusal.fields["reason"])
    return "missing_field" if reason == "not_object" else reason


def _proved_body(item: Item, chain: KnownChain) -> dict[str, object]:
    """Read once; hash and signature are named before whatever is wrong with the form."""
    if len(item.body) > BODY_LIMIT:
        raise DocumentRefused(reason="too_large", most=BODY_LIMIT)
    try:
        body = parse_body(item.body)
    except DocumentRefused:
        _check_proof(item, chain, named_in(decoded(item.body), "prev_hash"))
        raise
    _check_proof(item, chain, body.get("prev_hash"))
    return body


def _check_proof(item: Item, chain: KnownChain, named: object) -> None:
    if chain_hash(_prev_hash(named, item, chain), item.body) != item.hash:
        raise DocumentRefused(reason="hash_mismatch")
    if not verifies_under_any(chain.public_keys, item.signature, b"quay-sig-1\0" + item.hash):
        raise DocumentRefused(reason="bad_signature")


def _prev_hash(named: object, item: Item, chain: KnownChain) -> bytes:
    """The prev_hash that the body names. One that names none is measured at its predecessor, if known."""
    if isinstance(named, str):
        try:
            return bytes.fromhex(named)
        except ValueError as error:
            raise DocumentRefused(reason="hash_mismatch") from error
    seq = named_in(decoded(item.body), "seq")
    before = chain.at(seq - 1) if isinstance(seq, int) else None
    return before.hash if before else chain.first_prev_hash


def prev_hash_named(item: Item) -> bytes:
    """The prev_hash of a body that is proved but no valid one; zeros when it names none."""
    try:
        named = bytes.fromhex(str(named_in(decoded(item.body), "prev_hash")))
    except (DocumentRefused, ValueError):
        return bytes(32)
    return named if len(named) == 32 else bytes(32)


def _check_identity(envelope: Envelope, chain: KnownChain) -> None:
    if not is_uuid7(envelope.doc_id):
        raise DocumentRefused(reason="bad_doc_id")
    if envelope.tenant != chain.tenant or envelope.till != chain.till:
        raise DocumentRefused(reason="foreign_till")
    if envelope.epoch != chain.epoch:
        raise DocumentRefused(reason="foreign_epoch")


def _fence(envelope: Envelope, item: Item, chain: KnownChain) -> Finding | None:
    known = chain.at(envelope.seq)
    if known is not None:
        if known.hash == item.hash:
            return "duplicate"
        return "conflict" if known.doc_id == envelope.doc_id else "fork"
    if envelope.seq > 1 and chain.at(envelope.seq - 1) is None:
        return "gap"
    return None


def _link(envelope: Envelope, item: Item, chain: KnownChain, finding: Finding | None) -> list[str]:
    """`broken_link` when the hash of the document before, or the link of the one after, does not fit."""
    if finding in ("fork", "conflict"):
        return []
    if envelope.seq == 1:
        expected: bytes | None = chain.first_prev_hash
    else:
        before = chain.at(envelope.seq - 1)
        expected = before.hash if before else None
    after = chain.at(envelope.seq + 1)
    fits_before = expected is None or expected == bytes.fromhex(envelope.prev_hash)
    fits_after = after is None or after.prev_hash == item.hash
    return [] if fits_before and fits_after else ["broken_link"]


def _private(envelope: Envelope, item: Item) -> list[str]:
    """A private part must be the one that the body names. A missing one may be erased."""
    if item.private is None and item.salt is None:
        return []
    if item.private is None or item.salt is None or envelope.private_hash is None:
        return ["private_mismatch"]
    fits = private_hash(item.salt, item.private).hex() == envelope.private_hash
    return [] if fits else ["private_mismatch"]
