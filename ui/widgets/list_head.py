"""What the columns of a painted list are: the first takes the room, the others end where their figures do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui import theme
from ui.widgets.text import RIGHT, Panel, Text, divider

Head = tuple[str, int, str]
"""Words, room of the column at 100 %, name."""


class ListHead(Panel):
    """14 / 600 with the line below; `left` and `edge` as the rows have them."""

    def __init__(self, first: Head, others: Sequence[Head], *, height: int, edge: int, name: str) -> None:
        super().__init__("surface", name=name)
        self.setFixedHeight(height)
        words, left, head_name = first
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(left, 4, edge, 0)
        row.setSpacing(0)
        row.addWidget(Text(words, 14, 600, "ink3", name=head_name))
        row.addStretch(1)
        for words, width, head_name in others:
            head = Text(words, 14, 600, "ink3", align=RIGHT, name=head_name)
            head.setFixedWidth(theme.px(width))
            row.addWidget(head)
        column.addLayout(row, 1)
        column.addWidget(divider())
