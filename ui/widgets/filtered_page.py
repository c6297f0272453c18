"""A titled page: filters over a list at the left, what is chosen at the right; an empty state instead."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.screen import Screen
from ui.widgets.choices import FilterTabs
from ui.widgets.frames import DecisionColumn, EmptyState, TitleBar
from ui.widgets.text import Panel, divider


class FilteredPage(Screen):
    """Base; `rows` stand below the filters, the last of them takes the room that is left."""

    tab_chosen = Signal(str)
    row_pressed = Signal(str)
    shown = Signal()

    def __init__(
        self, title: str, rows: Sequence[QWidget], empty: EmptyState, detail: DecisionColumn
    ) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.bar = TitleBar(title)
        self.tabs = FilterTabs()
        self.views = QStackedWidget()
        self.views.setObjectName(f"{self.name}Views")
        self.views.addWidget(self._listed(rows))
        self.views.addWidget(empty)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.bar)
        left.addWidget(self.views, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(detail)
        self.bar.back_pressed.connect(self.leave_asked)
        empty.pressed.connect(lambda _name: self.leave_asked.emit())
        self.tabs.chosen.connect(self.tab_chosen)

    def _listed(self, rows: Sequence[QWidget]) -> QWidget:
        listed = QWidget()
        listed.setObjectName(f"{self.name}Listed")
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        panel = Panel("surface", name=f"{self.name}Tabs")
        bar = QHBoxLayout(panel)
        bar.setContentsMargins(16, 12, 16, 12)
        bar.addWidget(self.tabs)
        column.addWidget(panel)
        column.addWidget(divider())
        for widget in rows:
            column.addWidget(widget, 1 if widget is rows[-1] else 0)
        return listed

    def entered(self) -> None:
        self.shown.emit()
        super().entered()
