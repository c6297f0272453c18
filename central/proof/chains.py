"""Whether each stored document still is what its till signed, and follows on the one before it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, select

from central.tables.tills import epoch, till_key
from pos_app.domain.document import chain_hash, first_prev_hash, verify_hash
from pos_app.domain.ids import TillId

_NO_BODY = "?"


class Chains:
    """Fed with every document in the order of till, epoch and seq."""

    def __init__(self, connection: Connection) -> None:
        self._keys: dict[tuple[str, int], list[bytes]] = defaultdict(list)
        for row in connection.execute(select(till_key.c.till, till_key.c.epoch, till_key.c.public_key)):
            self._keys[row.till, row.epoch].append(bytes.fromhex(row.public_key))
        self._epochs = {(row.till, row.epoch): row for row in connection.execute(select(epoch))}
        self._last: tuple[tuple[str, int], int, bytes] | None = None

    def wrong_with(self, row: Row[Any]) -> Iterator[str]:
        """`hash`, `signature`, `place`, `link`; nothing for a sound document."""
        place = row.till, row.epoch
        if row.kind != _NO_BODY:
            if chain_hash(bytes(row.prev_hash), bytes(row.body)) != bytes(row.hash):
                yield "hash"
            if not self._is_in_place(row):
                yield "place"
            if not self._follows(place, row):
                yield "link"
        if row.verified and not self._is_signed(place, row):
            yield "signature"
        self._last = place, row.seq, bytes(row.hash)

    def _is_signed(self, place: tuple[str, int], row: Row[Any]) -> bool:
        hash_, signature = bytes(row.hash), bytes(row.signature)
        return any(verify_hash(key, hash_, signature) for key in self._keys[place])

    @staticmethod
    def _is_in_place(row: Row[Any]) -> bool:
        body = json.loads(bytes(row.body))
        named = body["till"], body["epoch"], body["seq"], body["doc_id"], body["kind"][:40]
        return named == (row.till, row.epoch, row.seq, row.doc_id, row.kind)

    def _follows(self, place: tuple[str, int], row: Row[Any]) -> bool:
        """After a fork, and behind a gap, there is nothing to follow on."""
        known = self._epochs.get(place)
        if known is None or (known.forked_at is not None and row.seq >= known.forked_at):
            return True
        if row.seq == 1:
            return first_prev_hash(TillId(row.till), row.epoch, bytes.fromhex(known.nonce)) == bytes(
                row.prev_hash
            )
        if self._last is None or self._last[:2] != (place, row.seq - 1):
            return True
        return self._last[2] == bytes(row.prev_hash)
