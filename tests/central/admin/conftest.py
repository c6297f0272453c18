"""A shop's system with every right."""

from __future__ import annotations

import pytest

from tests.support.admin_calls import Shop
from tests.support.central_server import CentralServer


@pytest.fixture
def shop(server: CentralServer) -> Shop:
    return Shop.of(server)
