"""Each kind alone; in the end every balance is the sum of what the documents say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.central_books import proof
from tests.support.central_server import CentralServer


@pytest.fixture(autouse=True)
def _proven(server: CentralServer) -> Iterator[None]:
    yield
    assert [one.to_json() for one in proof(server).differences] == []
