"""The camera's sheet: a picture with a code in it, and a machine without a camera."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from tests.support import pictures
from tests.support.shots_menu import STRIP
from tests.support.shots_sign_in import READY, window_of
from tests.support.spoken_states import spoken
from ui.camera.dialog import open_camera
from ui.camera.source import FrameSource, PictureSource
from ui.sign_in.screen import SignInScreen


class _OneFrame(FrameSource):
    """A single picture: stripes want two, so the sheet stays open."""

    def start(self) -> None:
        table = Image.new("L", (1280, 720), 150)
        code = pictures.ean13("893504950014", module=4, height=200)
        table.paste(code, ((1280 - code.width) // 2, (720 - code.height) // 2))
        self.frame.emit(QImage.fromData(pictures.png(table)))

    def stop(self) -> None:
        """Nothing runs."""


def _over_ground(source: FrameSource) -> QWidget:
    screen = SignInScreen()
    window = window_of(screen, STRIP)
    screen.show_state(spoken(READY))
    open_camera(window, lambda _text: None, source)
    return window


def shots() -> list[tuple[str, Callable[[], QWidget]]]:
    return [
        ("15-camera", lambda: _over_ground(_OneFrame())),
        ("15-camera-none", lambda: _over_ground(PictureSource(()))),
    ]
