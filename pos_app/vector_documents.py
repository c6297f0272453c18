"""Golden cases of documents and feeds: bytes, chain, checks, checksums (protocol §3, §6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from pos_app.domain import document
from pos_app.domain.canonical import canonical
from pos_app.domain.checking import Item, KnownChain, KnownDocument, check_item
from pos_app.domain.envelope import Envelope, compose_body
from pos_app.domain.feed_checksum import FeedSum, checksum
from pos_app.domain.signing import public_key_of, signer
from pos_app.vector_case import Case

Json = Mapping[str, Any]


def journal_cases(data: Json) -> Iterator[Case]:
    """Documents with their bytes, hash, signature and private part; then bad items after some of them."""
    seed = data.get("till_private_seed")
    if seed is not None:
        yield Case("till_public", 0, data["till_public"], lambda: public_key_of(bytes.fromhex(seed)).hex())
    yield Case("first_prev_hash", 0, data["first_prev_hash"], lambda: _first(data).hex())
    for at, case in enumerate(data["documents"]):
        yield Case("documents", at, _expected(case), partial(_document, data, case, at))
    for at, case in enumerate(data["bad"]):
        yield Case("bad", at, case["expect"], partial(_judged, data, case))
    for at, case in enumerate(data.get("private_hash", ())):
        yield Case("private_hash", at, case["private_hash"], partial(_private_hash, case))


def feed_cases(data: Json) -> Iterator[Case]:
    """Checksums over live keys, and over the items of a pull in order."""
    for at, case in enumerate(data["checksums"]):
        yield Case("checksums", at, (case["count"], case["checksum"]), partial(_checksum, case))
    for at, case in enumerate(data["changes"]):
        yield Case("changes", at, (case["count"], case["checksum"]), partial(_changes, case))


def _first(data: Json) -> bytes:
    return document.first_prev_hash(data["till"], data["epoch"], bytes.fromhex(data["nonce"]))


def _expected(case: Json) -> dict[str, object]:
    expected = {key: case[key] for key in ("body", "hash", "signature") if key in case}
    private = case["document"].get("private_hash") if "private" in case else None
    return {**expected, "private_hash": private, "composed": True, "reasons": ()}


def _document(data: Json, case: Json, at: int) -> dict[str, object]:
    """Write, chain and sign the document anew, also through the envelope; then check it as central would."""
    value = case["document"]
    body = canonical(value)
    document_hash = document.chain_hash(bytes.fromhex(value["prev_hash"]), body)
    seed = data.get("till_private_seed")
    signature = (
        case["signature"]
        if seed is None
        else document.sign_hash(signer(bytes.fromhex(seed)), document_hash).hex()
    )
    private = None
    if "private" in case:
        private = document.private_hash(bytes.fromhex(case["salt"]), case["private"].encode()).hex()
    return {
        "body": body.hex(),
        "hash": document_hash.hex(),
        "signature": signature,
        "private_hash": private,
        "composed": compose_body(Envelope.from_body(value), value["payload"]) == value,
        "reasons": check_item(_item(case), _chain(data, at)).reasons,
    }


def _judged(data: Json, case: Json) -> str:
    reasons = check_item(_item(case["item"]), _chain(data, case["after"])).reasons
    return reasons[0] if reasons else "accepted"


def _item(case: Json) -> Item:
    return Item(
        body=bytes.fromhex(case["body"]),
        hash=bytes.fromhex(case["hash"]),
        signature=bytes.fromhex(case["signature"]),
        private=case["private"].encode() if "private" in case else None,
        salt=bytes.fromhex(case["salt"]) if "salt" in case else None,
    )


def _chain(data: Json, after: int) -> KnownChain:
    """What central knows when the first `after` documents are stored."""
    stored = {
        case["document"]["seq"]: KnownDocument(
            case["document"]["doc_id"],
            bytes.fromhex(case["hash"]),
            bytes.fromhex(case["document"]["prev_hash"]),
        )
        for case in data["documents"][:after]
    }
    return KnownChain(
        tenant=data["tenant"],
        till=data["till"],
        epoch=data["epoch"],
        first_prev_hash=_first(data),
        public_keys=(bytes.fromhex(data["till_public"]),),
        at=stored.get,
    )


def _private_hash(case: Json) -> str:
    return document.private_hash(bytes.fromhex(case["salt"]), case["bytes"].encode()).hex()


def _checksum(case: Json) -> tuple[int, str]:
    versions = {item["key"]: item["ver"] for item in case["items"]}
    return len(versions), checksum(case["feed"], versions)


def _changes(case: Json) -> tuple[int, str]:
    live: dict[str, int] = {}
    total = FeedSum(case["feed"])
    for item in case["items"]:
        before = live.pop(item["key"], None)
        if item["op"] == "put":
            total = total.put(item["key"], item["ver"], before)
            live[item["key"]] = item["ver"]
        else:
            total = total.delete(item["key"], before)
    return total.count, total.checksum
