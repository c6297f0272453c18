"""Changing this till's keys: agreed with central at once, in use from the next start on (protocol §4.7)."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from pos_app.domain.errors import CentralRefused
from pos_app.domain.ids import TillId
from pos_app.domain.signing import public_key_of, signer
from pos_app.storage.clock import Clock
from pos_app.storage.identity import Identity, IdentityStore
from pos_app.storage.key_change import KeyChange
from pos_app.storage.keys import SIGNING_KEY
from pos_app.storage.new_keys import Secrets, new_keys, seal_public_of
from sync.client import CentralClient
from sync.messages import HelloAnswer
from sync.messages.keys import RotateAnswer, RotateRequest, RotationProof, rotation_message
from sync.trust import signed_by

log = logging.getLogger(__name__)


class Rotation:
    """An errand. The running program signs with the keys it began with, which hold until the new are used.

    The new pair is in the key store before central hears of it, and becomes the till's own only after its
    identity was saved (`new_keys.settle`): an end at any moment leaves one pair that central knows.
    """

    def __init__(
        self,
        identity: Identity,
        identities: IdentityStore,
        secrets: Secrets,
        change: KeyChange,
        keyset: Callable[[], Mapping[str, Any]],
        clock: Clock,
    ) -> None:
        self._identity = identity
        self._identities = identities
        self._secrets = secrets
        self._change = change
        self._keyset = keyset
        self._clock = clock

    def __call__(self, client: CentralClient, _hello: HelloAnswer) -> None:
        """Ask for new keys when they are due. Raises Offline; it is asked again then, with the same keys."""
        held = self._identities.load()
        if held is None or held.public_key != self._identity.public_key:
            return  # agreed already in this run
        if not self._change.is_due(self._clock.now()):
            return
        signing, sealing = new_keys(self._secrets)
        try:
            answer = client.rotate(self._request(signing, sealing))
        except CentralRefused as error:
            self._change.settled(self._clock.now(), str(error.fields["refusal"]))
            raise
        changed = self._changed(held, answer, public_key_of(signing).hex(), seal_public_of(sealing).hex())
        if changed is None:
            log.error("central's certificate for the new keys does not hold; the old ones stay")
            self._change.settled(self._clock.now(), "bad_certificate")
            return
        self._identities.save(changed)
        self._change.settled(self._clock.now(), "done")
        log.info("new keys are agreed; they sign from the next start on")

    def _request(self, signing: bytes, sealing: bytes) -> RotateRequest:
        old = self._secrets.get(SIGNING_KEY)
        assert old, "an enrolled till has a signing key"
        public, seal_public = public_key_of(signing), seal_public_of(sealing)
        own = self._identity
        message = rotation_message(TillId(own.till), own.epoch, public, seal_public)
        proof = RotationProof(old=signer(old)(message).hex(), new=signer(signing)(message).hex())
        return RotateRequest(public_key=public.hex(), seal_key=seal_public.hex(), proof=proof)

    def _changed(
        self, held: Identity, answer: RotateAnswer, public_key: str, seal_key: str
    ) -> Identity | None:
        """The same till with its new keys; None when the certificate is not about exactly these."""
        ours = {
            "tenant": held.tenant,
            "store": held.store,
            "till": held.till,
            "till_number": held.till_number,
            "epoch": held.epoch,
            "nonce": held.nonce,
            "key_no": answer.key_no,
            "public_key": public_key,
            "seal_key": seal_key,
        }
        says = {name: answer.certificate.get(name) for name in ours}
        if says != ours or not signed_by(self._keyset(), "enrol", "certificate", answer.certificate):
            return None
        certificate = json.dumps(answer.certificate, ensure_ascii=False)
        return replace(held, key_no=answer.key_no, public_key=public_key, certificate=certificate)
