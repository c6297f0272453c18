"""A till reduced to what central sees of it: keys, a chain of documents, signed requests."""

from __future__ import annotations

import copy
import functools
import gzip
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from http_message_signatures import HTTPMessageSigner, MappingKeyResolver
from http_message_signatures.algorithms import ED25519

from pos_app.domain.document import PrivatePart, first_prev_hash, make
from pos_app.domain.envelope import Envelope
from pos_app.domain.ids import StoreNo, uuid7
from tests.support import central_databases
from tests.support.central_server import CentralServer, made_once

BOOT = "01a1fbd4-f500-7c8a-80d6-a23ccc30f55a"
Item = dict[str, Any]


@dataclass
class Cheat:
    """How a request is made wrong after it has been signed, or before."""

    body: bytes | None = None
    url: str | None = None
    created: datetime | None = None
    nonce: str | None = None
    keyid: str | None = None
    key: Ed25519PrivateKey | None = None
    components: tuple[str, ...] | None = None
    digest: bool = True


class _Message:
    def __init__(self, method: str, url: str, headers: dict[str, str]) -> None:
        self.method, self.url, self.headers = method, url, headers


@dataclass
class Till:
    """Make one with `Till.enrol(server)`."""

    server: CentralServer
    key: Ed25519PrivateKey
    seal_key: X25519PrivateKey
    answer: dict[str, Any]
    seq: int = 0
    prev_hash: bytes = b""
    receipts: int = 0
    shift: int | None = None

    @classmethod
    def enrol(
        cls, server: CentralServer, store: int = 1, number: int = 1, *, code: str | None = None
    ) -> Till:
        """With a new code of the server, or with the one that is given."""
        key, seal_key = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
        answer = post_enrol(server, code or server.new_code(store, number), key, seal_key)
        answer.raise_for_status()
        till = cls(server, key, seal_key, answer.json())
        till.prev_hash = first_prev_hash(till.id, till.epoch, bytes.fromhex(till.answer["nonce"]))
        return till

    @classmethod
    def known(cls, server: CentralServer) -> Till:
        """The first till of a server that `enrolled` made: it need not be enrolled again."""
        first = _template_till(central_databases.dialect())
        return replace(first, server=server, answer=copy.deepcopy(first.answer))

    @property
    def http(self) -> httpx.Client:
        return self.server.http

    @property
    def id(self) -> Any:
        return self.answer["till"]

    @property
    def epoch(self) -> int:
        return int(self.answer["epoch"])

    @property
    def store(self) -> int:
        return int(self.answer["store"])

    def clone(self) -> Till:
        """The same disk in a second machine."""
        return replace(self)

    # --- documents ----------------------------------------------------------------------------
    def document(self, kind: str, payload: Mapping[str, Any], **more: Any) -> Item:
        """The next document of the chain, as an item of an upload."""
        private = more.pop("private", None)
        part = None if private is None else PrivatePart.of(private, secrets.token_bytes(32))
        self.seq += 1
        envelope = Envelope(
            tenant=self.answer["tenant"], store=StoreNo(more.pop("store", self.store)), till=self.id,
            epoch=self.epoch, seq=self.seq, doc_id=more.pop("doc_id", uuid7(self.server.clock())), kind=kind,
            prev_hash=self.prev_hash.hex(), boot_id=BOOT,
            wall=more.pop("wall", self.server.clock().isoformat()),
            mono_ms=self.seq * 1000, staff=more.pop("staff", 11), training=more.pop("training", False),
            connectivity="offline", shift=self.shift,
            private_hash=None if part is None else part.hash.hex(), **more,
        )  # fmt: skip
        made = make(envelope, payload, self.key.sign)
        self.prev_hash = made.hash
        item = {
            "till": self.id, "epoch": self.epoch, "seq": self.seq, "doc_id": envelope.doc_id,
            "body": made.body.decode(), "hash": made.hash.hex(), "signature": made.signature.hex(),
        }  # fmt: skip
        if part is not None:
            item |= {"private": part.data.decode(), "salt": part.salt.hex()}
        return item

    def receipt_no(self) -> str:
        self.receipts += 1
        return f"{self.answer['store_code']}{self.answer['till_number']:02d}-{self.receipts:06d}"

    # --- requests -----------------------------------------------------------------------------
    def upload(self, *items: Item, cheat: Cheat | None = None, pack: bool = True) -> httpx.Response:
        return self.post("/v1/documents", self.batch(*items), cheat, pack=pack)

    def results(self, *items: Item) -> list[dict[str, Any]]:
        """Uploads, and answers the results."""
        answer = self.upload(*items)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["results"])

    def batch(self, *items: Item) -> dict[str, Any]:
        head = {"epoch": self.epoch, "seq": self.seq, "hash": self.prev_hash.hex()}
        return {
            "protocol": 1, "batch_id": secrets.token_hex(8), "head": head, "skipped": [],
            "clock": self.clock(), "health": {}, "items": list(items),
        }  # fmt: skip

    def clock(self) -> dict[str, Any]:
        return {"wall": self.server.clock().isoformat(), "mono_ms": 1, "boot_id": BOOT}

    def hello(self, cheat: Cheat | None = None, seq: int | None = None) -> httpx.Response:
        head = {"epoch": self.epoch, "seq": self.seq if seq is None else seq, "hash": self.prev_hash.hex()}
        words = {"head": head, "keyset_version": 1, "health": {}, "clock": self.clock(), "app": "test"}
        return self.post("/v1/hello", words, cheat)

    def feed(self, name: str, cursor: str = "", limit: int = 1000) -> httpx.Response:
        url = f"{self.server.url}/v1/feeds/{name}?cursor={cursor}&limit={limit}"
        return self.send("GET", url, b"", {})

    def pull(self, name: str, limit: int = 1000) -> tuple[dict[str, tuple[int, Any]], dict[str, Any]]:
        """The whole feed as key → (ver, body), and its last page."""
        held: dict[str, tuple[int, Any]] = {}
        cursor = ""
        while True:
            answer = self.feed(name, cursor, limit)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            for item in page["items"]:
                if item["op"] == "put":
                    held[item["key"]] = (item["ver"], item["body"])
                else:
                    held.pop(item["key"], None)
            cursor = page["next"]
            if page["up_to_date"]:
                return held, page

    def post(
        self, path: str, words: Mapping[str, Any], cheat: Cheat | None = None, pack: bool = False
    ) -> httpx.Response:
        body = json.dumps(words, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json"}
        if pack:
            body = gzip.compress(body)
            headers["Content-Encoding"] = "gzip"
        return self.send("POST", self.server.url + path, body, headers, cheat)

    def send(
        self, method: str, url: str, body: bytes, headers: dict[str, str], cheat: Cheat | None = None
    ) -> httpx.Response:
        cheat = cheat or Cheat()
        headers = dict(headers)
        self.sign(method, url, body, headers, cheat)
        # curl-like: httpx must not unpack or re-pack what was signed
        return self.http.request(
            method, cheat.url or url, content=body if cheat.body is None else cheat.body, headers=headers
        )

    def sign(self, method: str, url: str, body: bytes, headers: dict[str, str], cheat: Cheat) -> None:
        keyid = cheat.keyid or f"{self.id}.{self.epoch}.1"
        resolver = MappingKeyResolver(public_keys={}, private_keys={keyid: cheat.key or self.key})
        HTTPMessageSigner(signature_algorithm=ED25519, key_resolver=resolver).sign(
            _Message(method, url, headers),
            key_id=keyid,
            created=cheat.created or self.server.clock(),
            nonce=cheat.nonce or secrets.token_hex(16),
            tag="quay-1",
            covered_component_ids=cheat.components or ("@method", "@target-uri"),
            body=body if body and cheat.digest else None,
        )


def post_enrol(
    server: CentralServer, code: str, key: Ed25519PrivateKey, seal_key: X25519PrivateKey
) -> httpx.Response:
    """The till's first words."""
    public, seal = key.public_key().public_bytes_raw(), seal_key.public_key().public_bytes_raw()
    proof = key.sign(b"quay-enrol-1\0" + code.encode() + b"\0" + public + seal)
    words = {"code": code, "public_key": public.hex(), "seal_key": seal.hex(), "proof": proof.hex()}
    return server.http.post(f"{server.url}/v1/enrol", json={**words, "info": {"app": "test"}})


def enrolled(folder: Path, **options: Any) -> CentralServer:
    """Central with the tiny chain and one enrolled till: a copy of what is made once. See `Till.known`."""
    dialect = central_databases.dialect()
    _template_till(dialect)
    return CentralServer.copied(_template_with_a_till(dialect), folder, **options)


@functools.cache
def _template_with_a_till(_dialect: str) -> Path:
    folder = made_once()
    central_databases.keep(folder)
    return folder


@functools.cache
def _template_till(dialect: str) -> Till:
    with CentralServer.filled(_template_with_a_till(dialect), port=False) as server:
        return Till.enrol(server)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)
