"""The frame of a screen: title bar, decision column, function keys, sums, empty state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.text import _
from ui.tokens import (
    BAR_BUTTON,
    COLUMN,
    KEY_BAR,
    MAIN_BUTTON,
    ROW_BUTTON,
    SECOND_BUTTON,
    TITLE_BAR,
    WIDE_COLUMN,
    WIDE_FROM,
)
from ui.widgets.button import Button
from ui.widgets.text import CENTRE, RIGHT, IconLabel, Panel, Text, divider


class TitleBar(Panel):
    """72 high: back with Esc at the left, title, and room for a note or a badge at the right."""

    back_pressed = Signal()

    def __init__(self, title: str, back: str = "", *, note: str = "", name: str = "titleBar") -> None:
        super().__init__("surface", name=name)
        self.setFixedHeight(TITLE_BAR)
        self.back = Button(
            back or _("Đóng"), name="backButton", icon="arrow-left", key="Esc", height=ROW_BUTTON
        )
        self.back.clicked.connect(self.back_pressed)
        self.title = Text(title, 22, 700, name="pageTitle")
        self.note = Text(note, 15, 400, "ink2", align=RIGHT, name="pageNote")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.row = QHBoxLayout()
        self.row.setContentsMargins(16, 14, 16, 13)
        self.row.setSpacing(16)
        self.row.addWidget(self.back)
        self.row.addWidget(self.title)
        self.row.addStretch(1)
        self.row.addWidget(self.note)
        column.addLayout(self.row, 1)
        column.addWidget(divider())

    def add(self, widget: QWidget) -> None:
        """A badge or button at the right."""
        self.row.addWidget(widget)


class DecisionColumn(Panel):
    """376 wide (440 from 1600 px): content above, then second button or hint, the main button bottom right.

    `second` stands below the main button (main at y 612), `hint` is one line below it (main at y 644).
    """

    def __init__(self, *, name: str = "decisionColumn") -> None:
        super().__init__("column", name=name)
        self.setFixedWidth(COLUMN)
        self._outer = QHBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.addWidget(divider(vertical=True))
        self._inner = inner = QVBoxLayout()
        inner.setContentsMargins(16, 16, 16, 16)
        inner.setSpacing(0)
        self.content = QVBoxLayout()  # who, sums: filled by the screen; ends at the main button
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(12)
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(8)
        holder = QWidget()  # takes all the room that the buttons leave, however little it holds
        holder.setObjectName("decisionContent")
        holder.setLayout(self.content)
        inner.addWidget(holder, 1)
        inner.addLayout(self._buttons)
        self._outer.addLayout(inner, 1)

    def set_buttons(self, *buttons: QWidget, hint: Text | None = None) -> None:
        """From top to bottom; a hint takes the last 24 px."""
        for button in buttons:
            self._buttons.addWidget(button)
        if hint is not None:
            hint.setFixedHeight(24)
            self._buttons.addSpacing(1)
            self._buttons.addWidget(hint)
            self._inner.setContentsMargins(16, 16, 16, 15)  # the hint stands 15 px above the edge

    def follow_width(self, window_width: int) -> None:
        """Wider screens have a wider column."""
        self.setFixedWidth(WIDE_COLUMN if window_width >= WIDE_FROM else COLUMN)


def main_button(text: str, *, name: str, key: str = "") -> Button:
    """The one filled button of a screen: 76 high, fills the column."""
    return _fill(Button(text, "main", name=name, key=key, height=MAIN_BUTTON))


def second_button(text: str, *, name: str, key: str = "", icon: str = "") -> Button:
    """The plain button below or above the main one: 56 high."""
    return _fill(Button(text, "plain", name=name, key=key, icon=icon, height=SECOND_BUTTON))


def hint_line(text: str, *, name: str = "hint") -> Text:
    """The one quiet line below the main button."""
    return Text(text, 14, 400, "ink2", align=CENTRE, name=name)


def _fill(button: Button) -> Button:
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button


@dataclass(frozen=True, slots=True)
class FunctionKey:
    """One button of the key bar; `name` is sent when it is pressed."""

    name: str
    label: str
    key: str = ""
    icon: str = ""
    counter: int = 0


class FunctionKeyBar(Panel):
    """80 high at the bottom of the left area; emits the name of the key pressed."""

    pressed = Signal(str)

    def __init__(self, keys: Sequence[FunctionKey], *, name: str = "functionKeys") -> None:
        super().__init__("surface", name=name)
        self.setFixedHeight(KEY_BAR)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(divider())
        row = QHBoxLayout()
        row.setContentsMargins(16, 14, 16, 13)
        row.setSpacing(8)
        self._buttons: dict[str, Button] = {}
        for key in keys:
            button = self._made(key)
            self._buttons[key.name] = button
            row.addWidget(button)
        column.addLayout(row, 1)
        self._row = row

    def _made(self, key: FunctionKey) -> Button:
        spoken = "" if key.label else _("Thêm")
        button = Button(
            key.label, name=f"key_{key.name}", key=key.key, icon=key.icon, height=BAR_BUTTON, spoken=spoken
        )
        button.set_counter(key.counter)
        if not key.label:
            button.setFixedWidth(56)
        button.clicked.connect(lambda _checked=False, name=key.name: self.pressed.emit(name))
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Equal widths, except that longer words get the room they need."""
        super().resizeEvent(event)
        elastic = [one for one in self._buttons.values() if one.maximumWidth() > self.width()]
        fixed = sum(one.width() for one in self._buttons.values() if one not in elastic)
        room = self.width() - 32 - 8 * (len(self._buttons) - 1) - fixed
        needs = [one.sizeHint().width() for one in elastic]
        for button, width in zip(elastic, even_widths(needs, room), strict=True):
            self._row.setStretchFactor(button, max(1, width))

    def button(self, name: str) -> Button:
        """One of its buttons, to set a counter or a reason."""
        return self._buttons[name]


def even_widths(needs: Sequence[int], room: int) -> list[int]:
    """Shares of `room` px: equal, but none below its need; in proportion when not all needs fit."""
    if sum(needs) >= room:
        return [max(1, need * room // max(1, sum(needs))) for need in needs]
    greedy: set[int] = set()
    while True:
        rest = room - sum(needs[at] for at in greedy)
        share = rest // max(1, len(needs) - len(greedy))
        more = {at for at, need in enumerate(needs) if at not in greedy and need > share}
        if not more:
            return [need if at in greedy else max(1, share) for at, need in enumerate(needs)]
        greedy |= more


@dataclass(frozen=True, slots=True)
class SumRow:
    """One line of sums: label left, figure right; `strong` is the 18 / 600 line, `ink` of the figure."""

    label: str
    value: str
    strong: bool = False
    ink: str = ""


class SumRows(QWidget):
    """Rows 30 high whose right edges line up."""

    def __init__(self, rows: Sequence[SumRow] = (), *, name: str = "sums") -> None:
        super().__init__()
        self.setObjectName(name)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._shown: list[tuple[SumRow, QWidget, Text, Text]] = []
        self.show_rows(rows)

    def show_rows(self, rows: Sequence[SumRow]) -> None:
        """Replace the rows; labels that stay keep their widgets."""
        if [(row.label, row.strong) for row in rows] != [
            (old.label, old.strong) for old, *_rest in self._shown
        ]:
            self._rebuild(rows)
        self._shown = [
            (row, line, label, value)
            for row, (_old, line, label, value) in zip(rows, self._shown, strict=True)
        ]
        for row, _line, _label, value in self._shown:
            value.setText(row.value)
            value.set_ink(row.ink or ("ink" if row.strong else "ink2"))
        self.setAccessibleName(". ".join(f"{row.label} {row.value}" for row in rows))

    def _rebuild(self, rows: Sequence[SumRow]) -> None:
        for _row, line, _label, _value in self._shown:
            self._layout.removeWidget(line)
            line.hide()  # it goes only when the loop turns
            line.deleteLater()
        self._shown = []
        for at, row in enumerate(rows):
            line = QWidget()
            line.setObjectName(f"sum_{at}")
            line.setFixedHeight(34 if row.strong else 30)
            box = QHBoxLayout(line)
            box.setContentsMargins(0, 0, 0, 0)
            size, weight, ink = (18, 600, "ink") if row.strong else (16, 400, "ink2")
            label = Text(row.label, size, weight, ink, name=f"sumLabel_{at}")
            value = Text(row.value, size, weight, ink, align=RIGHT, name=f"sumValue_{at}")
            box.addWidget(label)
            box.addStretch(1)
            box.addWidget(value)
            self._layout.addWidget(line)
            self._shown.append((row, line, label, value))


class EmptyState(QWidget):
    """Icon 56, one bold line, one sentence, up to two actions."""

    pressed = Signal(str)

    def __init__(
        self, icon: str, title: str, line: str, actions: Sequence[FunctionKey] = (), *, name: str = "empty"
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(f"{title}. {line}")
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(IconLabel(icon, 56, "ink3"), 0, CENTRE)
        column.addSpacing(16)
        column.addWidget(Text(title, 22, 700, align=CENTRE, wrap=True, name="emptyTitle"))
        column.addSpacing(8)
        column.addWidget(Text(line, 16, 400, "ink2", align=CENTRE, wrap=True, name="emptyLine"))
        column.addSpacing(16)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for action in actions:
            button = Button(action.label, name=f"empty_{action.name}", key=action.key, icon=action.icon)
            button.set_counter(action.counter)
            button.clicked.connect(lambda _checked=False, name=action.name: self.pressed.emit(name))
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
