"""The list of steps of a long act: done, now, still to come (07), and the states of a payment (04)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons, painting, theme
from ui.painting import Span


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `wait` is amber with an hourglass, `time` stands at the right."""

    title: str
    line: str = ""
    state: Literal["done", "now", "later", "wait"] = "later"
    time: str = ""


class Steps(QWidget):
    """Steps of 60 px (large: 76 with a line between the discs)."""

    def __init__(self, steps: Sequence[Step] = (), *, large: bool = False, name: str = "steps") -> None:
        super().__init__()
        self._steps, self._large = tuple(steps), large
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_steps(steps)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Other steps or states."""
        self._steps = tuple(steps)
        words = {"done": "✓", "now": "→", "later": "", "wait": "…"}
        spoken = (f"{words[step.state]} {step.title}. {step.line} {step.time}".strip() for step in steps)
        self.setAccessibleName("; ".join(spoken))
        self.updateGeometry()
        self.update()

    def _measures(self) -> tuple[int, int, int, int]:
        """Pitch, disc, left of the words, title size."""
        return (76, 40, 56, 18) if self._large else (60, 32, 46, 16)

    def sizeHint(self) -> QSize:
        pitch, disc, _, _ = self._measures()
        return QSize(240, max(0, pitch * (len(self._steps) - 1) + disc + 12))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def _title(self, step: Step) -> Span:
        ink = {"done": "ink", "now": "ink", "later": "ink2", "wait": "need"}[step.state]
        return Span(step.title, ink, 400 if step.state == "later" else 600)

    def clipped(self) -> bool:
        """Whether a line does not fit."""
        with theme.room_for(self._has_room):
            return not self._has_room()

    def _has_room(self) -> bool:
        _, _, left, size = self._measures()
        room = self.width() - left
        return all(
            painting.spans_width([self._title(step)], size) + (90 if step.time else 0) <= room
            and painting.text_width(step.line, 15 if self._large else 14) <= room
            for step in self._steps
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        pitch, disc, left, size = self._measures()
        for at, step in enumerate(self._steps):
            top = 6 + at * pitch
            if self._large and at + 1 < len(self._steps):
                painter.fillRect(QRectF(disc / 2 - 1, top + disc, 2, pitch - disc), theme.colour("line"))
            self._disc(painter, QRectF(0, top, disc, disc), at, step)
            first = top + disc / 2 - (1 if self._large else 10)
            room = self.width() - left - (90 if step.time else 0)
            painting.spans(painter, left, first, [self._title(step)], size, room)
            small = 15 if self._large else 14
            painting.spans(painter, left, first + (25 if self._large else 20), [Span(step.line)], small, room)
            if step.time:
                painting.spans_right(painter, self.width(), first, [Span(step.time)], 16)

    def _disc(self, painter: QPainter, area: QRectF, at: int, step: Step) -> None:
        radius = area.width() / 2
        if step.state == "now":
            painting.box(painter, area, radius, theme.colour("accent"))
        elif step.state == "later":
            painting.box(painter, area, radius, None, theme.colour("ctl"), 2)
        elif step.state == "done":
            painting.box(painter, area, radius, theme.colour("ok-soft"))
        else:
            painting.box(painter, area, radius, theme.colour("need-soft"), theme.colour("need-line"), 2)
        if step.state in ("done", "wait"):
            icon, ink = ("check", "ok") if step.state == "done" else ("hourglass", "need")
            side = 22 if self._large else 20
            spot = QPointF(area.center().x() - side / 2, area.center().y() - side / 2)
            painter.drawPixmap(spot, icons.pixmap(icon, ink, side))
            return
        painter.setFont(theme.font(15, 600))
        painter.setPen(theme.colour("on-accent" if step.state == "now" else "ink3"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(at + 1))
