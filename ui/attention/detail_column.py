"""The column at the right of *Needs attention*: what it is, what it means, facts, what to do."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.text import _
from ui.attention.state import AttentionDetail
from ui.widgets.frames import DecisionColumn, main_button, second_button
from ui.widgets.money import HeroMoney
from ui.widgets.small import Badge
from ui.widgets.text import RIGHT, Text, divider


class FactList(QWidget):
    """Label left, fact right, 34 high each."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("attentionFacts")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._lines: list[QWidget] = []
        self._shown: tuple[tuple[str, str], ...] = ()

    def show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Replace them."""
        if facts == self._shown:
            return
        self._shown = facts
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [_line(at, *fact) for at, fact in enumerate(facts)]
        for line in self._lines:
            self._column.addWidget(line)


def _line(at: int, label: str, value: str) -> QWidget:
    line = QWidget()
    line.setObjectName(f"fact_{at}")
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 7, 0, 7)
    row.setSpacing(12)
    row.addWidget(Text(label, 15, 400, "ink2", name=f"factLabel_{at}"))
    row.addWidget(Text(value, 15, 600, align=RIGHT, wrap=True, name=f"factValue_{at}"), 1)
    return line


class DetailColumn(DecisionColumn):
    """Empty when nothing is chosen."""

    def __init__(self, main_key: str = "F9", second_key: str = "Del") -> None:
        super().__init__()
        self.content.setSpacing(0)
        self._badge = Badge("", "need", name="attentionBadge")
        self._title = Text("", 22, 700, wrap=True, name="attentionTitle")
        self._text = Text("", 16, 400, "ink2", wrap=True, name="attentionText")
        self._facts = FactList()
        self._lines = [divider(), divider()]
        self._amount_label = Text("", 15, 600, "ink2", name="attentionAmountLabel")
        self.amount = HeroMoney(28, name="attentionAmount", spoken=_("Số tiền"))
        self.amount.setMinimumWidth(160)
        self._message = Text("", 15, 400, "stop", wrap=True, name="attentionMessage")
        self.main = main_button("", name="attentionAct", key=main_key)
        self.second = second_button("", name="attentionDismiss", key=second_key)
        policy = self.second.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the main button keeps its place
        self.second.setSizePolicy(policy)
        self._fill()
        self.set_buttons(self.main, self.second)
        self.show_detail(None, "")

    def _fill(self) -> None:
        badge = QHBoxLayout()
        badge.addWidget(self._badge)
        badge.addStretch(1)
        self.content.addLayout(badge)
        self.content.addSpacing(12)
        self.content.addWidget(self._title)
        self.content.addSpacing(8)
        self.content.addWidget(self._text)
        self.content.addSpacing(14)
        self.content.addWidget(self._lines[0])
        self.content.addSpacing(8)
        self.content.addWidget(self._facts)
        self.content.addSpacing(8)
        self.content.addWidget(self._lines[1])
        self.content.addSpacing(10)
        row = QHBoxLayout()
        row.addWidget(self._amount_label)
        row.addWidget(self.amount, 1)
        self.content.addLayout(row)
        self.content.addSpacing(10)
        self.content.addWidget(self._message)
        self.content.addStretch(1)

    def show_detail(self, detail: AttentionDetail | None, message: str) -> None:
        """What stands chosen."""
        is_there = detail is not None
        parts: tuple[QWidget, ...] = (self._badge, self._title, self._text, self._facts, self._lines[0])
        for part in parts:
            part.setVisible(is_there)
        has_amount = detail is not None and detail.amount is not None
        for widget in (self._lines[1], self._amount_label, self.amount):
            widget.setVisible(has_amount)
        self.main.setVisible(detail is not None and bool(detail.main))
        self.second.setVisible(detail is not None and bool(detail.second))
        self._message.setText(message)
        if detail is None:
            return
        self._badge.show_badge(detail.badge, detail.kind, detail.icon)
        self._title.setText(detail.title)
        self._text.setText(detail.text)
        self._facts.show_facts(detail.facts)
        self._amount_label.setText(detail.amount_label)
        self.amount.show_amount(detail.amount or 0)
        self.main.set_text(detail.main)
        self.second.set_text(detail.second)
