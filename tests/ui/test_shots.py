"""Every screen in every state of the shots: nothing nameless, clipped, too small to touch or too pale."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from pos_app import text
from tests.support.shots import closed, registered, shown
from tests.support.spoken_texts import left_over
from tests.support.widget_walk import complaints, elided
from ui import theme

SHOTS = list(registered())
KIT = "00-kit"  # parts with made-up words on a long page: not a screen

# A word is cut or not whatever the colours are, so English is walked by day only.
LOOKS: list[tuple[text.Language, theme.ThemeMode]] = [("vi", "light"), ("en", "light"), ("vi", "dark")]


@pytest.fixture
def look(
    qapp: QApplication, request: pytest.FixtureRequest
) -> Iterator[tuple[text.Language, theme.ThemeMode]]:
    """Takes the place of the look that all other tests have; changes it only when it differs."""
    language, mode = request.param
    if theme.active().mode != mode:
        theme.apply(qapp, mode, reduced_motion=True)
    text.use_language(language)
    yield language, mode
    text.use_language("vi")


@pytest.mark.parametrize("look", LOOKS, indirect=True, ids=["-".join(one) for one in LOOKS])
@pytest.mark.parametrize(("name", "make"), SHOTS, ids=[name for name, _make in SHOTS])
def test_nobody_complains_about_a_screen(
    look: tuple[text.Language, theme.ThemeMode], name: str, make: Callable[[], QWidget]
) -> None:
    window = shown(make, (1366, 768))
    found = complaints(window)
    if look[1] == "light":
        found += elided(window)
    if look[0] == "en" and not name.startswith(KIT):
        found += left_over(window)
    least, size = window.minimumSizeHint(), window.size()
    closed(window)
    assert found == []
    if name == KIT:
        return
    assert (least.width(), least.height()) <= (1366, 768)
    assert least.height() <= 768
    assert (size.width(), size.height()) in ((1366, 768), (1024, 600))
