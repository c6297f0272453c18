"""Every screen in every state of the shots: nothing nameless, clipped, too small to touch or too pale."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.shots import closed, registered, shown
from tests.support.widget_walk import complaints
from ui import theme

SHOTS = list(registered())


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("name", "make"), SHOTS, ids=[name for name, _make in SHOTS])
def test_nobody_complains_about_a_screen(
    qapp: QApplication, name: str, make: Callable[[], QWidget], mode: theme.ThemeMode
) -> None:
    theme.apply(qapp, mode, reduced_motion=True)
    window = shown(make, (1366, 768))
    found = complaints(window)
    closed(window)
    assert found == []


@pytest.mark.parametrize(("name", "make"), SHOTS, ids=[name for name, _make in SHOTS])
def test_no_screen_is_wider_or_higher_than_the_smallest_panel(
    qapp: QApplication, name: str, make: Callable[[], QWidget]
) -> None:
    window = shown(make, (1366, 768))
    least = window.minimumSizeHint()
    size = window.size()
    closed(window)
    if name == "00-kit":
        return  # a long page of parts, not a screen
    assert least.width() <= 1366
    assert least.height() <= 768
    assert (size.width(), size.height()) in ((1366, 768), (1024, 600))
