"""Choosing one of a few: segments, a reason from a list, check boxes, filter tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QWidget

from pos_app.text import money
from ui import icons, painting, theme
from ui.tokens import LEAST_TOUCH, RADIUS, RADIUS_TAB, ROW_BUTTON
from ui.widgets.button import Button


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to choose: `name` for the presenter, `label` for people, `count` on filter tabs."""

    name: str
    label: str
    count: int | None = None


class Segmented(QWidget):
    """Two to four segments side by side, one of them chosen; arrows move the choice."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[Choice], current: str = "", *, name: str, spoken: str) -> None:
        super().__init__()
        self._choices, self._current, self._spoken = tuple(choices), current, spoken
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(ROW_BUTTON)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._speak()

    def choose(self, name: str) -> None:
        """Show another choice; silent."""
        self._current = name
        self._speak()
        self.update()

    def current(self) -> str:
        """The chosen name, or ""."""
        return self._current

    def _speak(self) -> None:
        label = next((choice.label for choice in self._choices if choice.name == self._current), "")
        self.setAccessibleName(f"{self._spoken}: {label}" if label else self._spoken)

    def _areas(self) -> list[tuple[Choice, QRectF]]:
        left, areas = 0.0, []
        for choice in self._choices:
            width = round(painting.text_width(choice.label, 15, 600)) + 26.0
            areas.append((choice, QRectF(left, 0, width, self.height())))
            left += width
        return areas

    def sizeHint(self) -> QSize:
        areas = self._areas()
        return QSize(round(areas[-1][1].right()) if areas else LEAST_TOUCH, ROW_BUTTON)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for choice, area in self._areas():
            if area.contains(event.position()):
                self._take(choice.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        names = [choice.name for choice in self._choices]
        at = names.index(self._current) + step if self._current in names else 0
        self._take(names[max(0, min(len(names) - 1, at))])

    def _take(self, name: str) -> None:
        if name != self._current:
            self.choose(name)
            self.chosen.emit(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.box(painter, self.rect(), RADIUS, theme.colour("surface"), theme.colour("edge"))
        areas = self._areas()
        for at, (choice, area) in enumerate(areas):
            if at and self._current not in (choice.name, areas[at - 1][0].name):
                painter.fillRect(QRectF(area.left(), 1, 1, area.height() - 2), theme.colour("line"))
        for choice, area in areas:
            is_chosen = choice.name == self._current
            if is_chosen:
                fill, ring = theme.colour("accent-soft"), theme.colour("accent")
                painting.box(painter, area, RADIUS, fill, ring, 2)
            painter.setFont(theme.font(15, 600))
            painter.setPen(theme.colour("accent-ink" if is_chosen else "ink2"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, choice.label)
        if self.hasFocus():
            painting.box(painter, self.rect(), RADIUS, None, theme.colour("accent"), 2)


class ReasonChoice(Button):
    """A drop-down of reasons; shows the chosen one. The list is a menu: no window, nothing blocks."""

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[Choice], current: str = "", *, name: str, empty: str, height: int = 44
    ) -> None:
        self._choices, self._current, self._empty = tuple(choices), current, empty
        super().__init__(empty, name=name, height=height)
        self.clicked.connect(self._open)
        self.show_choices(choices, current)

    def show_choices(self, choices: Sequence[Choice], current: str) -> None:
        """Other reasons."""
        self._choices = tuple(choices)
        self.choose(current)

    def choose(self, name: str) -> None:
        """Show another reason; silent."""
        self._current = name
        self.set_text(next((one.label for one in self._choices if one.name == name), self._empty))

    def current(self) -> str:
        """The chosen name, or ""."""
        return self._current

    def menu(self) -> QMenu:
        """The list as it would open."""
        menu = QMenu(self)
        menu.setObjectName(f"{self.objectName()}Menu")
        menu.setFont(theme.font(16))
        for one in self._choices:
            action = menu.addAction(one.label)
            action.triggered.connect(lambda _checked=False, name=one.name: self._take(name))
        return menu

    def _open(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def _take(self, name: str) -> None:
        self.choose(name)
        self.chosen.emit(name)

    def _content_width(self, *, icon: bool = True, key: bool = True) -> float:
        return super()._content_width(icon=icon, key=key) + 28

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.box(painter, self.rect(), RADIUS, theme.colour("surface"), theme.colour("edge"))
        ink = "ink" if self._current else "ink3"
        span = painting.Span(self.label(), ink, 600)
        painting.spans(painter, 13, self.height() / 2, [span], 15, self.width() - 44)
        chevron = icons.pixmap("chevron-down", "ink2", 18)
        painter.drawPixmap(QPointF(self.width() - 31, self.height() / 2 - 9), chevron)
        if self.hasFocus():
            painting.box(painter, self.rect(), RADIUS, None, theme.colour("accent"), 2)


class CheckBox(QAbstractButton):
    """A box of 26 px with words beside it; the whole line is the touch target."""

    def __init__(self, text: str = "", *, name: str, spoken: str = "", checked: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setText(text)
        self.setAccessibleName(spoken or text)
        self.setCheckable(True)
        self.setChecked(checked)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(LEAST_TOUCH)

    def sizeHint(self) -> QSize:
        words = 12 + painting.text_width(self.text(), 16) if self.text() else 18.0
        return QSize(round(26 + words) + 2, LEAST_TOUCH)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def clipped(self) -> bool:
        """Whether the words do not fit."""
        return bool(self.text()) and painting.text_width(self.text(), 16) + 38 > self.width() + 1

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_check(painter, QRectF(0, self.height() / 2 - 13, 26, 26), self.isChecked(), self.isEnabled())
        if self.text():
            span = painting.Span(self.text(), "ink" if self.isEnabled() else "ink3")
            painting.spans(painter, 38, self.height() / 2, [span], 16, self.width() - 38)
        if self.hasFocus():
            painting.box(painter, self.rect(), RADIUS, None, theme.colour("accent"), 2)


def paint_check(painter: QPainter, area: QRectF, checked: bool, enabled: bool = True) -> None:
    """A check box, for delegates too."""
    if checked:
        painting.box(painter, area, 6, theme.colour("accent" if enabled else "ctl"))
        tick = icons.pixmap("check", "on-accent", 18)
        painter.drawPixmap(QPointF(area.center().x() - 9, area.center().y() - 9), tick)
    else:
        painting.box(painter, area, 6, theme.colour("surface"), theme.colour("edge" if enabled else "ctl"), 2)


class _Tab(QAbstractButton):
    def __init__(self, choice: Choice) -> None:
        super().__init__()
        self.choice = choice
        self.setObjectName(f"tab_{choice.name}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(LEAST_TOUCH)
        count = "" if choice.count is None else f" {money(choice.count)}"
        self.setAccessibleName(f"{choice.label}{count}")

    def _spans(self) -> list[painting.Span]:
        ink = "accent-ink" if self.isChecked() else "ink2"
        made = [painting.Span(self.choice.label, ink, 600)]
        if self.choice.count is not None:
            made.append(painting.Span(f"  {money(self.choice.count)}", ink, 700))
        return made

    def sizeHint(self) -> QSize:
        return QSize(round(painting.spans_width(self._spans(), 15)) + 31, LEAST_TOUCH)

    def minimumSizeHint(self) -> QSize:
        """What 100 % needs: larger type takes the room there is."""
        with theme.room_for(lambda: False):
            return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill, border = ("accent-soft", "accent") if self.isChecked() else ("surface", "ctl")
        painting.box(painter, self.rect(), RADIUS_TAB, theme.colour(fill), theme.colour(border))
        painting.spans(painter, 15, self.height() / 2, self._spans(), 15, self.width() - 30)
        if self.hasFocus():
            painting.box(painter, self.rect(), RADIUS_TAB, None, theme.colour("accent"), 2)


class FilterTabs(QWidget):
    """Round tabs, one of them chosen, with counts."""

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[Choice] = (), current: str = "", *, name: str = "filterTabs"
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addStretch(1)
        self._tabs: list[_Tab] = []
        self.show_choices(choices, current)

    def show_choices(self, choices: Sequence[Choice], current: str) -> None:
        """Other tabs; silent."""
        if [tab.choice for tab in self._tabs] != list(choices):
            for old in self._tabs:
                self._row.removeWidget(old)
                old.hide()  # it goes only when the loop turns
                old.deleteLater()
            self._tabs = [_Tab(choice) for choice in choices]
            for at, tab in enumerate(self._tabs):
                tab.clicked.connect(lambda _checked=False, name=tab.choice.name: self.chosen.emit(name))
                self._row.insertWidget(at, tab)
        for tab in self._tabs:
            if tab.choice.name == current:
                tab.setChecked(True)

    def step(self, by: int) -> None:
        """The next or previous tab, as if it had been pressed."""
        names = [tab.choice.name for tab in self._tabs]
        at = next((at for at, tab in enumerate(self._tabs) if tab.isChecked()), 0) + by
        if 0 <= at < len(names):
            self._tabs[at].click()
