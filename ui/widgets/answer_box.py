"""The answer box beside the scan box: outcome, one line, at most one action; it has reserved room."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QSize, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos_app.text import _
from ui import icons, painting, theme
from ui.answers import Answer
from ui.tokens import ACCEPTED_STAYS_MS, FADE_ANSWER_MS, RADIUS, ROW_BUTTON
from ui.widgets.button import Button

MOST_ASKED: Final = 460  # px that it insists on beside a long title
# kind: icon, colour family
_KINDS: Final = {
    "accepted": ("circle-check", "ok"),
    "needs": ("circle-alert", "need"),
    "unknown": ("circle-help", "need"),
    "refused": ("circle-x", "stop"),
    "quiet": ("scan-barcode", ""),
}


class AnswerBox(QWidget):
    """Shows an `Answer`; green fades to grey text after four seconds, everything else stays."""

    action_pressed = Signal(str)  # the name of the action

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setFixedHeight(56)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._answer = Answer("quiet", "", _("Sẵn sàng. Quét món tiếp theo."))
        self._faded = False
        self._action = Button("", name="toastAction", height=ROW_BUTTON)
        self._action.clicked.connect(self._press)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 7, 0)
        layout.addStretch(1)
        layout.addWidget(self._action)
        self._stays = QTimer(self, singleShot=True, interval=ACCEPTED_STAYS_MS)
        self._stays.timeout.connect(self.fade)
        self._strength = 1.0
        self._motion = QVariantAnimation(self, startValue=0.0, endValue=1.0)
        self._motion.valueChanged.connect(self._step)
        self.show_answer(self._answer)

    def answer(self) -> Answer:
        """The answer that stands."""
        return self._answer

    def show_answer(self, answer: Answer) -> None:
        """Paint first, then the colour fades in."""
        self._answer, self._faded = answer, False
        self._action.setVisible(answer.action is not None)
        if answer.action is not None:
            self._action.set_text(answer.action.label)
            self._action.set_key(answer.action.key)
            with theme.room_for(lambda: False):  # larger type does not take room from the answer
                self._action.setMaximumWidth(self._action.sizeHint().width())
        self.setAccessibleName(" ".join(part for part in (answer.title, answer.line) if part) or _("Trả lời"))
        self._stays.stop()
        if answer.kind == "accepted":
            self._stays.start()
        self._fade_in()
        self.updateGeometry()

    def stays_ms(self) -> int:
        """How long the colour stays, ms; -1: until the next answer."""
        return self._stays.remainingTime() if self._stays.isActive() else -1

    def fade(self) -> None:
        """Turn an accepted answer into grey text, at once."""
        self._faded = True
        self.update()

    def _fade_in(self) -> None:
        self._motion.stop()
        length = theme.fade_ms(FADE_ANSWER_MS)
        if length and self.isVisible():
            self._motion.setDuration(length)
            self._motion.start()
        else:
            self._strength = 1.0
        self.update()

    def _step(self, value: float) -> None:
        self._strength = 0.4 + 0.6 * float(value)
        self.update()

    def _press(self) -> None:
        if self._answer.action is not None:
            self.action_pressed.emit(self._answer.action.name)

    def _room(self) -> float:
        right = self._action.geometry().left() - 12 if self._answer.action is not None else self.width() - 16
        return float(right - 51)

    def minimumSizeHint(self) -> QSize:
        """What the words need at 100 %: larger type of its neighbours is not its loss."""
        with theme.room_for(lambda: False):
            action = self._action.sizeHint().width() + 12 if self._answer.action is not None else 9
            return QSize(min(round(self._words_width()) + 51 + action + 8, MOST_ASKED), self.height())

    def clipped(self) -> bool:
        """Whether a text does not fit."""
        with theme.room_for(self._has_room):
            return not self._has_room()

    def _has_room(self) -> bool:
        return self._words_width() <= self._room()

    def _words_width(self) -> float:
        title = painting.text_width(self._answer.title, 16, 600)
        return max(title, painting.text_width(self._answer.line, 15))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icon, family = _KINDS[self._answer.kind]
        calm = self._faded or not family
        fill, border = ("surface", "line") if calm else (f"{family}-soft", f"{family}-line")
        painting.box(painter, self.rect(), RADIUS, self._mixed(fill), theme.colour(border))
        ink = "ink3" if calm else family
        painter.drawPixmap(QPointF(15, 16), icons.pixmap(icon, ink, 24))
        room = self._room()
        if not self._answer.title:
            painting.spans(painter, 51, 28, [painting.Span(self._answer.line, "ink3")], 15, room)
            return
        title = painting.Span(self._answer.title, ink, 600)
        if not self._answer.line:
            painting.spans(painter, 51, 28, [title], 16, room)
            return
        painting.spans(painter, 51, 18, [title], 16, room)
        painting.spans(
            painter, 51, 39, [painting.Span(self._answer.line, "ink3" if calm else "ink")], 15, room
        )

    def _mixed(self, role: str) -> QColor:
        """The fill on its way from the surface."""
        to, base, share = theme.colour(role), theme.colour("surface"), self._strength
        red, green, blue = (
            base_part + (to_part - base_part) * share
            for base_part, to_part in (
                (base.redF(), to.redF()),
                (base.greenF(), to.greenF()),
                (base.blueF(), to.blueF()),
            )
        )
        return QColor.fromRgbF(red, green, blue)
