"""A running central with the tiny chain, and a real till of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.central_server import CentralServer
from tests.support.clocks import StillClock
from tests.support.real_till import RealTill, opened


@pytest.fixture
def central(tmp_path: Path) -> Iterator[CentralServer]:
    (tmp_path / "central").mkdir()
    with CentralServer.filled(tmp_path / "central") as running:
        yield running


@pytest.fixture
def till(central: CentralServer, tmp_path: Path) -> Iterator[RealTill]:
    made = opened(tmp_path / "till", central.url, central.new_code(), StillClock(central.clock()))
    yield made
    made.close()
