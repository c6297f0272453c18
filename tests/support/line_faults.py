"""A till, the real central, and something between them that goes wrong."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select

from central.tables.inbox import document
from central.tables.money import cash_entry
from tests.support.central_server import CentralServer
from tests.support.hostile_server import Heard, HostileServer, Reply, forward, hostile_server, only

UPLOAD = "/v1/documents"


@contextmanager
def between(central: CentralServer) -> Iterator[HostileServer]:
    """A proxy that tills know as central's address, as long as the block lasts."""
    settings = central.central.settings
    with hostile_server(forward(central.url)) as proxy:
        central.central.settings = replace(settings, public_url=proxy.url)
        try:
            yield proxy
        finally:
            central.central.settings = settings


def stored(central: CentralServer) -> int:
    """How many documents central has."""
    with central.central.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(document)).scalar_one())


def put_in(central: CentralServer) -> list[int]:
    """Money that was put into drawers, đồng, each as often as central has booked it."""
    with central.central.database.reading() as connection:
        return list(connection.scalars(select(cash_entry.c.amount)))


def through(central: CentralServer, fault: Reply, times: int) -> list[Reply]:
    """Uploads meet the fault so many times; all else goes through."""
    fine = forward(central.url)
    left = iter(range(times))

    def uploads(connection: object, heard: Heard) -> None:
        (fault if next(left, None) is not None else fine)(connection, heard)  # type: ignore[arg-type]

    return [only(UPLOAD, uploads, fine)]


def requests_of(proxy: HostileServer) -> list[dict[str, Any]]:
    """What each upload said, in order."""
    return [json.loads(gzip.decompress(heard.body)) for heard in proxy.heard if heard.path == UPLOAD]


def uploaded(proxy: HostileServer) -> list[list[str]]:
    """The ids of each upload, in order."""
    return [[item["doc_id"] for item in one["items"]] for one in requests_of(proxy)]
