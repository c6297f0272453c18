"""Lays the sealed database key down at central, until this incarnation has acknowledged it (protocol §3)."""

from __future__ import annotations

from pos_app.storage.clock import Clock
from pos_app.storage.escrow import KeyEscrow
from sync.client import CentralClient
from sync.errands import Errand
from sync.messages import HelloAnswer


def lay_down(escrow: KeyEscrow, clock: Clock) -> Errand:
    """The errand."""

    def errand(client: CentralClient, hello: HelloAnswer) -> None:
        if escrow.is_held_by(hello.incarnation):
            return
        box = escrow.box()
        if box is None:
            return
        client.keybox(box)
        escrow.acknowledged(hello.incarnation, clock.now())

    return errand
