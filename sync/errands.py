"""Small duties toward central beside documents and feeds, done after a hello; none may hold up the rest."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from pos_app.domain.errors import CentralRefused
from sync.client import CentralClient
from sync.messages import HelloAnswer

log = logging.getLogger(__name__)

Errand = Callable[[CentralClient, HelloAnswer], None]
"""Does nothing when nothing is to be done. May raise Offline, which ends the turn."""


def run(errands: Sequence[Errand], client: CentralClient, hello: HelloAnswer) -> None:
    """One after the other; what central refuses is logged and tried again in the next turn."""
    for errand in errands:
        try:
            errand(client, hello)
        except CentralRefused as error:
            log.warning("an errand was refused: %s", error)
