"""The faces of the sign-in page: a card for each person, in a grid that scrolls when there are many."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QGridLayout, QScrollArea, QSizePolicy, QWidget

from ui import painting, theme
from ui.painting import Span
from ui.sign_in.state import PersonCard
from ui.tokens import RADIUS_CARD
from ui.widgets.focus_ring import FocusRing

FEW = 6  # so many fit as large cards
RING = 4  # room for the focus ring around the outer cards


class PersonButton(QAbstractButton):
    """One person: disc, name, role, and a note below it."""

    def __init__(self, card: PersonCard, *, large: bool) -> None:
        super().__init__()
        self._card, self._large = card, large
        self.setObjectName(f"person_{card.no}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(178 if large else 138)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_card(card, chosen=False)

    def show_card(self, card: PersonCard, *, chosen: bool) -> None:
        """Other facts about the same person."""
        self._card = card
        self.setChecked(chosen)
        self.setAccessibleName(", ".join(part for part in (card.name, card.role, card.note) if part))
        self.update()

    def nextCheckState(self) -> None:
        """The presenter decides who is chosen."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        FocusRing.around(self)

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.height())

    def clipped(self) -> bool:
        """Whether a text does not fit."""
        widest = max(
            painting.text_width(self._card.name, self._sizes()[0], 600),
            painting.text_width(self._card.role, 15),
            painting.text_width(self._card.note, 14, 600),
        )
        return widest > self.width() - 12

    def _sizes(self) -> tuple[int, int, int]:
        """Type size of the name, side of the disc, its top."""
        return (18, 76, 23) if self._large else (16, 48, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.isChecked():
            painting.box(
                painter, self.rect(), RADIUS_CARD, theme.colour("accent-soft"), theme.colour("accent"), 2
            )
        else:
            fill = theme.colour("bg" if self.isDown() else "surface")
            painting.box(painter, self.rect(), RADIUS_CARD, fill, theme.colour("ctl"))
        size, side, top = self._sizes()
        if self._card.note and self._large:
            top -= 11
        disc = QRectF((self.width() - side) / 2, top, side, side)
        tint = self._card.tint % 6
        painting.box(painter, disc, side / 2, theme.colour(f"tint-{tint}"))
        painter.setFont(theme.font(28 if self._large else 18, 700 if self._large else 600))
        painter.setPen(theme.colour(f"tint-{tint}-ink"))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, self._card.initials)
        name = top + side + (24 if self._large else 19)
        self._centred(painter, name, Span(self._card.name, "ink", 600), size)
        self._centred(painter, name + (22 if self._large else 20), Span(self._card.role), 15)
        if self._card.note:
            note = Span(self._card.note, self._card.note_ink, 600)
            self._centred(painter, name + (42 if self._large else 39), note, 14)

    def _centred(self, painter: QPainter, middle: float, span: Span, size: int) -> None:
        room = self.width() - 12
        left = max(6.0, (self.width() - painting.spans_width([span], size)) / 2)
        painting.spans(painter, left, middle, [span], size, room)


class Faces(QScrollArea):
    """Up to six large cards in three columns, more as smaller ones in four."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("faces")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._buttons: dict[int, PersonButton] = {}
        self._large = True

    @property
    def columns(self) -> int:
        """How many stand side by side."""
        return 3 if self._large else 4

    def button(self, no: int) -> PersonButton:
        """The card of a person."""
        return self._buttons[no]

    def show_people(self, people: Sequence[PersonCard], chosen: int) -> None:
        """These people, one of them chosen; the grid is built anew only when others have come."""
        if [card.no for card in people] != list(self._buttons):
            self._rebuild(people)
        for card in people:
            self._buttons[card.no].show_card(card, chosen=card.no == chosen)
        if chosen in self._buttons:
            self.ensureWidgetVisible(self._buttons[chosen], 0, 12)

    def _rebuild(self, people: Sequence[PersonCard]) -> None:
        self._large = len(people) <= FEW
        inside = QWidget()
        inside.setObjectName("facesGrid")
        grid = QGridLayout(inside)
        grid.setContentsMargins(RING, RING, RING, RING)
        grid.setSpacing(12)
        self._buttons = {}
        for at, card in enumerate(people):
            button = PersonButton(card, large=self._large)
            button.clicked.connect(lambda _checked=False, no=card.no: self.chosen.emit(no))
            grid.addWidget(button, at // self.columns, at % self.columns)
            self._buttons[card.no] = button
        for column in range(self.columns):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(len(people) // self.columns + 1, 1)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
