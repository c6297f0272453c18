"""Rows of the page *Ready to open?*: a card of checks, and the rules of an outage."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.ready.state import CheckLine, Kind, RuleLine
from ui.widgets.small import BadgeKind, IconDisc
from ui.widgets.text import RIGHT, IconLabel, Panel, Text, divider

ROW, LOW_ROW = 60, 54
MANY = 8
"""More lines than this and all of them are lower: the page never scrolls."""
RULE = 58
ICONS: dict[Kind, str] = {"ok": "check", "need": "triangle-alert", "stop": "x", "quiet": "minus"}
DISCS: dict[Kind, BadgeKind] = {"ok": "ok", "need": "need", "stop": "stop", "quiet": "quiet"}
RULES: dict[Kind, tuple[str, str]] = {
    "ok": ("circle-check", "ok"),
    "need": ("circle-minus", "need"),
    "stop": ("circle-x", "stop"),
    "quiet": ("circle-help", "ink3"),
}


class CheckRow(QWidget):
    """Disc, title over a line, figure at the right; the line above it belongs to it."""

    def __init__(self, name: str, *, is_first: bool) -> None:
        super().__init__()
        self.setObjectName(name)
        self._disc = IconDisc("minus", "quiet", 32, name=f"{name}Disc")
        self._title = Text("", 16, 600, name=f"{name}Title")
        self._line = Text("", 14, 400, "ink2", name=f"{name}Line")
        self._value = Text("", 16, 600, align=RIGHT, name=f"{name}Value")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        if not is_first:
            outer.addWidget(divider())
        row = QHBoxLayout()
        row.setContentsMargins(15, 0, 15, 1)
        row.setSpacing(14)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._line)
        words.addStretch(1)
        row.addWidget(self._disc)
        row.addLayout(words, 1)
        row.addWidget(self._value)
        outer.addLayout(row, 1)

    def show_line(self, line: CheckLine) -> None:
        """State = icon, word and colour."""
        self._disc.show_icon(ICONS[line.kind], DISCS[line.kind])
        self._title.setText(line.title)
        self._title.set_ink(line.kind if line.kind in ("need", "stop") else "ink")
        self._line.setText(line.line)
        self._value.setText(line.value)
        self._value.set_ink("ink3" if line.kind == "quiet" else "ink")
        self.setAccessibleName(f"{line.title}: {line.value}. {line.line}")


class CheckCard(Panel):
    """As many rows as there are lines."""

    def __init__(self, name: str) -> None:
        super().__init__("card", name=name)
        self._rows: list[CheckRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 0)
        self._column.setSpacing(0)

    def show_lines(self, lines: Sequence[CheckLine]) -> None:
        """Rows that stay keep their widgets."""
        while len(self._rows) < len(lines):
            row = CheckRow(f"{self.objectName()}_{len(self._rows)}", is_first=not self._rows)
            self._rows.append(row)
            self._column.addWidget(row)
        self.setVisible(bool(lines))
        for at, row in enumerate(self._rows):
            row.setVisible(at < len(lines))
            row.setFixedHeight(ROW if len(lines) <= MANY else LOW_ROW)
            if at < len(lines):
                row.show_line(lines[at])


class RuleRow(QWidget):
    """Icon, title over a line; 58 high."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFixedHeight(RULE)
        self._icon = IconLabel("circle-check", 22, "ok")
        self._title = Text("", 16, 600, name=f"{name}Title")
        self._line = Text("", 15, 400, "ink2", name=f"{name}Line")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 7, 0, 0)
        mark.addWidget(self._icon)
        mark.addStretch(1)
        words = QVBoxLayout()
        words.setContentsMargins(0, 7, 0, 0)
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._line)
        words.addStretch(1)
        row.addLayout(mark)
        row.addLayout(words, 1)

    def show_rule(self, rule: RuleLine) -> None:
        """What goes on, and how far."""
        icon, ink = RULES[rule.kind]
        self._icon.show_icon(icon, ink)
        self._title.setText(rule.title)
        self._line.setText(rule.line)
        self.setAccessibleName(f"{rule.title}. {rule.line}")
