"""One seeded central and one enrolled folder for each module of journeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.journey import Shop, Till, open_shop
from ui import app as application


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    return application.make(["tests"], reduced_motion=True)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with open_shop(tmp_path_factory.mktemp("shop")) as shop:
        yield shop


@pytest.fixture
def open_window(qapp: QApplication, shop: Shop, tmp_path: Path) -> Iterator[Callable[..., Till]]:
    """Opens windows on copies of the shop's folder; all are closed at the end."""
    tills: list[Till] = []

    def open_one(name: str = "till", **settings: Any) -> Till:
        tills.append(Till(qapp, shop, tmp_path / name, **settings))
        return tills[-1]

    yield open_one
    for till in tills:
        till.close()


@pytest.fixture
def till(open_window: Callable[..., Till]) -> Till:
    """A cashier stands at the till, the shift is open, the cart is empty."""
    return open_window().enter()
