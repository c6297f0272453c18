"""Whatever happens in a conflict, in the end every balance is the sum of what the documents say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.central_books import proof
from tests.support.central_server import CentralServer
from tests.support.central_till import Till


@pytest.fixture(autouse=True)
def _proven(server: CentralServer) -> Iterator[None]:
    yield
    assert [one.to_json() for one in proof(server).differences] == []


@pytest.fixture
def other(server: CentralServer) -> Till:
    """A till of the other store."""
    return Till.enrol(server, store=2)
