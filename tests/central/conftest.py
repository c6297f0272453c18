"""A running central with the tiny chain, and a till of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.central_server import CentralServer
from tests.support.central_till import Till, enrolled


@pytest.fixture
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[CentralServer]:
    """Asked in process: the whole application, but no socket. It knows `till`, if the test asks for it."""
    make = enrolled if "till" in request.fixturenames else CentralServer.filled
    with make(tmp_path, port=False) as running:
        yield running


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[CentralServer]:
    """On a real port: for clients that make their own connections."""
    with CentralServer.filled(tmp_path) as running:
        yield running


@pytest.fixture
def till(server: CentralServer) -> Till:
    return Till.known(server)
