"""A central with a small seeded chain on a port, and whole tills of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.central_server import CentralServer
from tests.support.whole_till import WholeTill


@pytest.fixture
def central(tmp_path: Path) -> Iterator[CentralServer]:
    folder = tmp_path / "central"
    folder.mkdir()
    with CentralServer.seeded(folder) as running:
        yield running


@pytest.fixture
def till(central: CentralServer, tmp_path: Path) -> Iterator[WholeTill]:
    made = WholeTill.enrolled(tmp_path / "till", central)
    yield made
    made.close()


@pytest.fixture
def other(central: CentralServer, tmp_path: Path) -> Iterator[WholeTill]:
    """The second till of the same store."""
    made = WholeTill.enrolled(tmp_path / "other", central, number=2)
    yield made
    made.close()
