"""Scanning with the camera: a sheet with the live picture that closes itself with the first code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.scanning.decode import Decoded, decode_image
from pos_app.text import _
from ui.background import Once, once
from ui.camera.presenter import CameraPresenter
from ui.camera.preview import Preview
from ui.camera.source import FrameSource
from ui.camera.state import CameraState
from ui.camera.video import VideoSource
from ui.widgets.button import Button
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.text import Text

FIRST_FRAME_MS: Final = 8000
"""Cameras need up to a few seconds to wake; one that is silent for longer is in trouble."""
BUDGET_S: Final = 0.15
"""For the hard views of one frame: the next frame may be a better one."""
NAME: Final = "camera"


class CameraDialog(DialogFrame):
    """One frame at a time is read beside the screen; those that come meanwhile are only shown."""

    def __init__(self, source: FrameSource, on_scan: Callable[[str], None]) -> None:
        super().__init__(
            _("Quét bằng camera"), name=NAME, icon="camera", note=_("Hình không được lưu"), wide=True
        )
        self._source = source
        self._on_scan = on_scan
        self._reading: Once | None = None
        self.preview = Preview(name="cameraPreview", spoken=_("Hình từ camera"))
        self.headline = Text("", 22, 700, wrap=True, name="cameraHeadline")
        self.line = Text("", 16, 400, "ink2", wrap=True, name="cameraLine")
        self.again = _wide(Button(_("Thử lại"), "soft", name="cameraAgain", key="F9", height=56))
        self.close_button = _wide(Button(_("Đóng"), name="cameraClose", key="Esc", height=56))
        self._lay_out()
        self._presenter = CameraPresenter(self.show_state, self.scanned)
        self._silence = QTimer(self, singleShot=True, interval=FIRST_FRAME_MS)
        self._silence.timeout.connect(self._is_silent)
        source.frame.connect(self._frame)
        source.failed.connect(self._failed)
        self.again.clicked.connect(self.begin)
        self.close_button.clicked.connect(self.close_dialog)

    def _lay_out(self) -> None:
        self.left.addWidget(self.preview, 1)
        self.right.setSpacing(12)
        for part in (self.headline, self.line):
            self.right.addWidget(part)
        self.right.addStretch(1)
        for button in (self.again, self.close_button):
            self.right.addWidget(button)

    def begin(self) -> None:
        """Open the camera."""
        self._presenter.begin()
        self._silence.start()
        self._source.start()

    def show_state(self, state: CameraState) -> None:
        """Another headline and line; the picture goes with a trouble."""
        self.headline.setText(state.headline)
        self.line.setText(state.line)
        self.again.setVisible(state.is_trouble)
        if state.is_trouble:
            self.preview.show_frame(None)

    # --- frames
    def _frame(self, image: QImage) -> None:
        self._silence.stop()
        self._presenter.frame()
        self.preview.show_frame(image)
        if self._reading is None:
            self._reading = once(lambda: codes_in(image), 0, self._read)

    def _read(self, found: list[Decoded] | None, error: Exception | None) -> None:
        self._reading = None
        if error is not None:
            self._failed("not_installed")  # no decoder on this machine
            return
        self._presenter.found(found or [])

    def _failed(self, reason: str) -> None:
        self._stop()
        self._presenter.trouble(reason)

    def _is_silent(self) -> None:
        self._failed("silent")

    def scanned(self, text: str) -> None:
        """The one text, be it of the camera or of a scanner meanwhile."""
        self.close_dialog()
        self._on_scan(text)

    # --- the end
    def _stop(self) -> None:
        self._silence.stop()
        self._source.stop()
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def close_dialog(self) -> None:
        """The camera goes off before the sheet does."""
        self._stop()
        super().close_dialog()

    def hideEvent(self, event: QHideEvent) -> None:
        """Also when the window goes away below it; a minimised one only waits."""
        if not event.spontaneous():
            self._stop()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F9 and self.again.isVisible():
            self.begin()
            return
        super().keyPressEvent(event)


def codes_in(image: QImage) -> list[Decoded]:
    """What one frame shows; not on the screen's thread."""
    from PIL import Image

    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    size, stride = (grey.width(), grey.height()), grey.bytesPerLine()
    return decode_image(Image.frombuffer("L", size, bytes(grey.constBits()), "raw", "L", stride, 1), BUDGET_S)


def open_camera(
    window: QWidget, on_scan: Callable[[str], None], source: FrameSource | None = None
) -> CameraDialog:
    """Open the sheet over `window`; returns at once. `on_scan` gets one text, after the sheet has closed.

    Without a `source` it is the machine's camera. A sheet that is open already stays the only one.
    """
    already = window.findChild(CameraDialog, NAME, Qt.FindChildOption.FindDirectChildrenOnly)
    if already is not None:
        return already
    dialog = CameraDialog(source if source is not None else VideoSource(), on_scan)
    dialog.open_over(window)
    dialog.begin()
    return dialog


def _wide(button: Button) -> Button:
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button
