"""One seeded central and one enrolled folder for each module of journeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.central_server import CentralServer
from tests.support.journey import Shop, Till, open_shop
from tests.support.whole_day import CASHIER, WholeDay
from tests.support.whole_till import WholeTill
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


@pytest.fixture
def central(tmp_path: Path) -> Iterator[CentralServer]:
    """A seeded central on a port, of one test alone."""
    folder = tmp_path / "central"
    folder.mkdir()
    with CentralServer.seeded(folder) as running:
        yield running


@pytest.fixture
def day(central: CentralServer, tmp_path: Path) -> Iterator[WholeDay]:
    """A whole till of that central below its window, a cashier at it."""
    till = WholeTill.enrolled(tmp_path / "till", central)
    yield WholeDay(till.enter(CASHIER), central)
    till.close()
