"""A revoked till gives away what it still has: its unsent documents, kept unread at central (§4.6)."""

from __future__ import annotations

import logging
from typing import Final

from pos_app.domain.errors import CentralRefused, Offline, Unauthorised
from pos_app.storage.outbox import Outbox
from pos_app.storage.status import StatusStore
from sync.client import CentralClient
from sync.messages import BATCH_DOCUMENTS
from sync.push import item_of

log = logging.getLogger(__name__)

STATUS: Final = "left_at_central"
_BYTES: Final = 4 << 20


class Leaving:
    """Nothing leaves the outbox: should the till be enrolled again, all of it is sent as ever."""

    def __init__(self, outbox: Outbox, status: StatusStore) -> None:
        self._outbox = outbox
        self._status = status

    def leave(self, client: CentralClient) -> int:
        """How many documents were taken now; what was taken before is not sent again. Never raises."""
        taken = 0
        try:
            while batch := self._outbox.unsent(BATCH_DOCUMENTS, _BYTES, self._through()):
                client.salvage([item_of(one) for one in batch])
                taken += len(batch)
                self._status.set(STATUS, {"through": [batch[-1].epoch, batch[-1].seq]})
        except (Offline, CentralRefused, Unauthorised) as error:
            log.warning("central has not taken what is left here: %s", error)
        return taken

    def _through(self) -> tuple[int, int]:
        epoch, seq = (self._status.get(STATUS) or {}).get("through", (0, 0))
        return int(epoch), int(seq)
