"""A central with a small seeded chain on a port, and whole tills of it: one of each for a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.central_server import CentralServer
from tests.support.whole_till import WholeTill


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CentralServer]:
    with CentralServer.seeded(tmp_path_factory.mktemp("central")) as running:
        yield running


@pytest.fixture(scope="module")
def till(central: CentralServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeTill]:
    made = WholeTill.enrolled(tmp_path_factory.mktemp("till"), central)
    yield made
    made.close()


@pytest.fixture(scope="module")
def other(central: CentralServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeTill]:
    """The second till of the same store."""
    made = WholeTill.enrolled(tmp_path_factory.mktemp("other"), central, number=2)
    yield made
    made.close()
