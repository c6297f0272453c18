"""Enrolment: two key pairs made here, one request, and an answer that is checked before it is believed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from pos_app.domain.errors import EnrolmentRefused
from pos_app.domain.ids import StoreNo, TenantId, TillId
from pos_app.domain.sealing import open_box
from pos_app.domain.signing import public_key_of, signer
from pos_app.storage.identity import Identity
from pos_app.storage.keys import PHONE_KEY
from pos_app.storage.new_keys import Secrets, new_keys, seal_public_of
from sync.client import CentralClient
from sync.messages import EnrolAnswer, EnrolRequest
from sync.trust import keyset_holds, signed_by


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the manager shows: a code to type, or the QR's JSON with central's address and root key."""

    code: str
    url: str | None = None
    root_key_fp: str | None = None

    @classmethod
    def read(cls, text: str) -> Ticket:
        """From typed or scanned text. Raises EnrolmentRefused for JSON that is no ticket."""
        plain = text.strip()
        if not plain.startswith("{"):
            return cls(plain)
        try:
            body = json.loads(plain)
        except ValueError as error:
            raise EnrolmentRefused(reason="bad_ticket") from error
        code, url, fingerprint = (body.get(name) for name in ("code", "url", "root_key_fp"))
        if not isinstance(code, str) or not all(
            one is None or isinstance(one, str) for one in (url, fingerprint)
        ):
            raise EnrolmentRefused(reason="bad_ticket")
        return cls(code, url, fingerprint)


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Who we are now. `old_database_key` opens the salvaged file of the same till's former life."""

    identity: Identity
    keyset: dict[str, Any]
    policy: dict[str, Any]
    old_database_key: bytes | None


def enrol(client: CentralClient, url: str, ticket: Ticket, store: Secrets, info: dict[str, str]) -> Enrolled:
    """Ask central who we are. The till goes on under its former keys, if it has any.

    The caller saves the identity and then calls `new_keys.promote`. Repeating it after any interruption is
    harmless, and so is an end in between: `new_keys.settle` is called at every start.
    Raises what the client raises, and EnrolmentRefused when the answer does not hold: nothing is kept then.
    """
    signing, sealing = new_keys(store)
    public, seal_public = public_key_of(signing), seal_public_of(sealing)
    proof = signer(signing)(b"quay-enrol-1\0" + ticket.code.encode() + b"\0" + public + seal_public)
    answer = client.enrol(
        EnrolRequest(
            code=ticket.code,
            public_key=public.hex(),
            seal_key=seal_public.hex(),
            proof=proof.hex(),
            info=info,
        )
    )
    _check(answer, ticket, public.hex(), seal_public.hex())
    till = TillId(answer.till)
    phone_key = open_box(bytes.fromhex(answer.phone_key), sealing, "phone-key", till)
    old = answer.old_database_key
    old_key = None if old is None else open_box(bytes.fromhex(old), sealing, "database-key", till)
    store.set(PHONE_KEY, phone_key)
    return Enrolled(_identity(answer, url, public.hex()), dict(answer.keyset), dict(answer.policy), old_key)


def _check(answer: EnrolAnswer, ticket: Ticket, public: str, seal_public: str) -> None:
    root = bytes.fromhex(answer.root_public_key)
    if ticket.root_key_fp not in (None, hashlib.sha256(root).hexdigest()[:32]):
        raise EnrolmentRefused(reason="other_root_key")
    if not keyset_holds(answer.keyset, root, 0):
        raise EnrolmentRefused(reason="bad_keyset")
    ours = {
        "tenant": answer.tenant,
        "store": answer.store,
        "till": answer.till,
        "till_number": answer.till_number,
        "epoch": answer.epoch,
        "public_key": public,
        "seal_key": seal_public,
        "nonce": answer.nonce,
    }
    says = {name: answer.certificate.get(name) for name in ours}
    if says != ours or not signed_by(answer.keyset, "enrol", "certificate", answer.certificate):
        raise EnrolmentRefused(reason="bad_certificate")


def _identity(answer: EnrolAnswer, url: str, public: str) -> Identity:
    spare = answer.spare
    return Identity(
        tenant=TenantId(answer.tenant),
        store=StoreNo(answer.store),
        store_code=answer.store_code,
        till=TillId(answer.till),
        till_number=answer.till_number,
        epoch=answer.epoch,
        key_no=int(answer.certificate["key_no"]),
        nonce=answer.nonce,
        root_public_key=answer.root_public_key,
        central_url=url,
        public_key=public,
        recovery_key=answer.recovery_key,
        spare_epoch=None if spare is None else spare.epoch,
        spare_nonce=None if spare is None else spare.nonce,
        certificate=json.dumps(answer.certificate, ensure_ascii=False),
    )
