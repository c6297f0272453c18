"""Central on PostgreSQL, a proxy, and a till that knows the proxy's address only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import central_databases
from tests.support.central_databases import CHOICE, POSTGRESQL, SQLITE
from tests.support.far_world import FarWorld, far_world


@pytest.fixture(scope="module", autouse=True)
def on_postgresql() -> Iterator[None]:
    """Unless somebody has no server: QUAY_TEST_DATABASE=sqlite."""
    with central_databases.using(SQLITE if os.environ.get(CHOICE) == SQLITE else POSTGRESQL):
        yield


@pytest.fixture
def world(tmp_path: Path) -> Iterator[FarWorld]:
    with far_world(tmp_path) as made:
        yield made
