"""What the pages that open and close a shift have in common: a bar over the left, one button by F12."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.screen import Screen
from ui.widgets.button import Button
from ui.widgets.frames import DecisionColumn, SumRows, TitleBar
from ui.widgets.money import HeroMoney
from ui.widgets.text import Text, divider


class CountingScreen(Screen):
    """Money is counted here and nothing is scanned. F12 and the main button emit `go_on_pressed`."""

    go_on_pressed = Signal()
    verify_pressed = Signal()
    shown = Signal()

    main: Button
    verify: Button

    def frame(self, bar: TitleBar, left: QWidget, column: DecisionColumn) -> None:
        """Lay it out and connect what both pages have; `main` and `verify` are made."""
        inner = QVBoxLayout()
        inner.setSpacing(0)
        inner.addWidget(bar)
        inner.addWidget(left, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(inner, 1)
        row.addWidget(column)
        bar.back_pressed.connect(self.leave_asked)
        self.main.clicked.connect(self.go_on_pressed)
        self.verify.clicked.connect(self.verify_pressed)

    def key(self, name: str) -> bool:
        if name == "Esc":
            self.leave_asked.emit()
        elif name == "F12" and self.main.isEnabled():
            self.go_on_pressed.emit()
        else:
            return False
        return True

    def scanned(self, text: str) -> None:
        """Nothing here is scanned: a code is no count."""

    def entered(self) -> None:
        self.shown.emit()
        super().entered()


def add_total(column: DecisionColumn, sums: SumRows, label: Text, total: HeroMoney) -> None:
    """Sums, a line, and the amount in its large figure."""
    column.content.addWidget(sums)
    column.content.addSpacing(10)
    column.content.addWidget(divider())
    column.content.addSpacing(13)
    column.content.addWidget(label)
    column.content.addSpacing(4)
    column.content.addWidget(total)
    column.content.addSpacing(13)
