"""The application in Quầy's look, without motion, and in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from pos_app import text
from ui import app as ui_app
from ui import theme


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    return ui_app.make(["tests"], reduced_motion=True)


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    if theme.active() != theme.Theme("light", 100, True):
        theme.apply(qapp, "light", reduced_motion=True)
    text.use_language("vi")
    yield
    text.use_language("vi")
