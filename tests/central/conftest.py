"""A running central with the tiny chain, and a till of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import central_databases
from tests.support.central_databases import BOTH, CHOICE, POSTGRESQL, SQLITE
from tests.support.central_server import CentralServer
from tests.support.central_till import Till, enrolled


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What asks a central or is marked `both_databases` runs on either; QUAY_TEST_DATABASE chooses."""
    chosen = os.environ.get(CHOICE)
    if hasattr(metafunc.module, "dialect"):  # the module has chosen for itself
        return
    asks = not {"server", "listening"}.isdisjoint(metafunc.fixturenames)
    marked = metafunc.definition.get_closest_marker("both_databases") is not None
    if chosen == BOTH or (chosen is None and (asks or marked)):
        metafunc.parametrize("dialect", [SQLITE, POSTGRESQL], indirect=True, scope="module")


@pytest.fixture(scope="module", autouse=True)
def dialect(request: pytest.FixtureRequest) -> Iterator[str]:
    """What central stands on in this module's tests."""
    name = getattr(request, "param", None) or central_databases.dialect()
    with central_databases.using(name):
        yield name


@pytest.fixture(autouse=True)
def _databases_of_one_test(dialect: str) -> Iterator[None]:
    """What a test has made in PostgreSQL goes when it ends."""
    with central_databases.using(dialect):
        yield


@pytest.fixture
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[CentralServer]:
    """Asked in process: the whole application, but no socket. It knows `till`, if the test asks for it."""
    make = enrolled if "till" in request.fixturenames else CentralServer.filled
    with make(tmp_path, port=False, threads="several_callers" in request.fixturenames) as running:
        yield running


@pytest.fixture
def several_callers() -> None:
    """Who uses it may ask `server` from several threads at once."""


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[CentralServer]:
    """On a real port: for clients that make their own connections."""
    with CentralServer.filled(tmp_path) as running:
        yield running


@pytest.fixture
def till(server: CentralServer) -> Till:
    return Till.known(server)
