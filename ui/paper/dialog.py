"""A paper as it was printed, black on white in both themes; longer ones scroll."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QWidget

from pos_app.text import _
from ui.widgets.button import Button
from ui.widgets.dialog_frame import DialogFrame

WIDTH: Final = 432  # three quarters of 576 dots: large enough to read aloud from
HEIGHT: Final = 520
_STEP: Final = 120


class PaperDialog(DialogFrame):
    """↑ ↓ and the page keys move the paper, Esc puts it away."""

    def __init__(self, title: str, png: bytes) -> None:
        super().__init__(title, name="paperDialog", icon="receipt")
        picture = QPixmap()
        picture.loadFromData(png)
        self._paper = QLabel()
        self._paper.setObjectName("paper")
        self._paper.setAccessibleName(title)
        self._paper.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        smooth = Qt.TransformationMode.SmoothTransformation
        self._paper.setPixmap(picture.scaledToWidth(WIDTH, smooth))
        self._area = QScrollArea()
        self._area.setObjectName("paperArea")
        self._area.setAccessibleName(title)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setFixedHeight(HEIGHT)
        self._area.setWidget(self._paper)
        self._area.viewport().setAutoFillBackground(False)
        self._paper.setAutoFillBackground(False)
        self.close_button = Button(_("Đóng"), name="paperClose", key="Esc", height=56)
        self.close_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.close_button.clicked.connect(self.close_dialog)
        self.body.addWidget(self._area)
        self.body.addWidget(self.close_button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page = HEIGHT - _STEP
        steps = {
            Qt.Key.Key_Up: -_STEP,
            Qt.Key.Key_Down: _STEP,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + step)


def open_paper(window: QWidget, title: str, png: bytes) -> PaperDialog:
    """Open it over the window; returns at once."""
    dialog = PaperDialog(title, png)
    dialog.open_over(window)
    return dialog
