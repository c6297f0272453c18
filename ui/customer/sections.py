"""What is known of the chosen customer, in sections of rows; a row may have one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos_app.text import _
from ui.customer.state import FactRow, Section
from ui.widgets.button import Button
from ui.widgets.text import RIGHT, IconLabel, Panel, Text, divider

ROW = 60
BUTTON_WIDTH = 108
ICONS = {"orders": "package", "vouchers": "ticket", "receipts": "receipt"}


class Sections(QScrollArea):
    """Rebuilt only when they differ."""

    acted = Signal(str, str)  # what to do, with the key of the row

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("customerSections")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shown: tuple[Section, ...] | None = None

    def show_sections(self, sections: tuple[Section, ...]) -> None:
        """Another customer."""
        if sections == self._shown:
            return
        self._shown = sections
        inside = QWidget()
        inside.setObjectName("customerFacts")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for section in sections:
            self._add(section, column)
        column.addStretch(1)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def _add(self, section: Section, column: QVBoxLayout) -> None:
        column.addWidget(Text(section.head, 14, 600, "ink3", name=f"head_{section.name}"))
        column.addSpacing(8)
        column.addWidget(divider())
        for row in section.rows:
            column.addWidget(self._row(row, ICONS[section.name]))
            column.addWidget(divider())
        if not section.rows:
            column.addSpacing(14)
            column.addWidget(Text(section.empty, 15, 400, "ink2", wrap=True, name=f"none_{section.name}"))
        column.addSpacing(22)

    def _row(self, row: FactRow, icon: str) -> QWidget:
        made = QWidget()
        made.setObjectName(f"fact_{row.key}")
        made.setFixedHeight(ROW)
        box = QHBoxLayout(made)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(IconLabel(icon, 22, "ink2"))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(Text(row.title, 16, 600, "ink", name="factTitle"))
        if row.line:
            words.addWidget(Text(row.line, 15, 400, "ink2", name="factLine"))
        words.addStretch(1)
        box.addLayout(words, 1)
        if row.figure:
            box.addWidget(Text(row.figure, 17, 600, "ink", align=RIGHT, name="factFigure"))
        if row.act:
            button = Button(
                row.label, name=f"{row.act}_{row.key}", height=44, spoken=f"{row.label} {row.key}"
            )
            button.setMinimumWidth(BUTTON_WIDTH)
            button.clicked.connect(lambda: self.acted.emit(row.act, row.key))
            box.addWidget(button)
        return made


class DoneNote(Panel):
    """What has just been done, in green."""

    def __init__(self) -> None:
        super().__init__("ok-soft", name="customerDone")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 12)
        row.setSpacing(10)
        self._words = Text("", 15, 600, "ok", wrap=True, name="doneWords")
        row.addWidget(IconLabel("circle-check", 22, "ok"))
        row.addWidget(self._words, 1)
        self.hide()

    def show_words(self, words: str) -> None:
        """ "" hides it."""
        self._words.setText(words)
        self.setAccessibleName(words or _("Không có gì mới"))
        self.setVisible(bool(words))
