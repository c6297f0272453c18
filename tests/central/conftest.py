"""A running central with the tiny chain, and a till of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.central_server import CentralServer
from tests.support.central_till import Till


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CentralServer]:
    with CentralServer(tmp_path) as running:
        running.fill()
        yield running


@pytest.fixture
def till(server: CentralServer) -> Till:
    return Till.enrol(server)
