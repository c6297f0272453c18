"""Every screen in every state of the shots: nothing nameless, clipped, too small to touch or too pale."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from pos_app import text
from tests.support.shots import closed, registered, shown
from tests.support.spoken_texts import left_over
from tests.support.widget_walk import complaints, elided
from ui import theme

SHOTS = list(registered())
KIT = "00-kit"  # parts with made-up words on a long page: not a screen

Look = tuple[text.Language, theme.ThemeMode, int]

# A word is cut or not whatever the colours are, so English and the largest type are walked by day only.
LOOKS: list[Look] = [
    ("vi", "light", 100),
    ("en", "light", 100),
    ("vi", "dark", 100),
    ("vi", "light", 130),
    ("en", "light", 130),
]


@pytest.fixture
def look(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Look]:
    """Takes the place of the look that all other tests have; changes it only when it differs."""
    language, mode, scale = request.param
    if (theme.active().mode, theme.active().scale) != (mode, scale):
        theme.apply(qapp, mode, scale=scale, reduced_motion=True)
    text.use_language(language)
    yield language, mode, scale
    text.use_language("vi")


class Opened(QObject):
    """Hears which widgets come up as windows: a part that does so takes the focus away."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(watched.objectName())
        return False


@pytest.fixture
def opened(qapp: QApplication, look: Look) -> Iterator[Opened]:
    """In one look: each event of each part passes here, a third of the walk, and no look changes it."""
    listener = Opened()
    if look == LOOKS[0]:
        qapp.installEventFilter(listener)
    yield listener
    qapp.removeEventFilter(listener)


@pytest.mark.parametrize("look", LOOKS, indirect=True, ids=["-".join(map(str, one)) for one in LOOKS])
@pytest.mark.parametrize(("name", "make"), SHOTS, ids=[name for name, _make in SHOTS])
def test_nobody_complains_about_a_screen(
    look: Look, opened: Opened, name: str, make: Callable[[], QWidget]
) -> None:
    if name == KIT and look[2] > 100:
        pytest.skip("a page of parts for reading, laid out for one type size")
    window = shown(make, (1366, 768))
    found = complaints(window)
    if look[1] == "light":
        found += elided(window)
    if look[0] == "en" and not name.startswith(KIT):
        found += left_over(window)
    found += [f"{one} flashes as a window of its own" for one in opened.names if one != window.objectName()]
    least, size = window.minimumSizeHint(), window.size()
    is_fixed = window.minimumWidth() == window.maximumWidth()  # a start that is refused
    closed(window)
    assert found == []
    if name == KIT:
        return
    assert (least.width(), least.height()) <= (1366, 768)
    assert least.height() <= 768
    assert is_fixed or (size.width(), size.height()) in ((1366, 768), (1024, 600))
