"""The page *Ready to open?* (look: 08): data at the left, devices in the middle, the outage at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.text import _
from ui.ready.presenter import ReadyPresenter
from ui.ready.rows import CheckCard, RuleRow
from ui.ready.state import Kind, ReadyState, RuleLine
from ui.screen import Screen
from ui.widgets.button import Button
from ui.widgets.frames import DecisionColumn, TitleBar, hint_line, main_button, second_button
from ui.widgets.text import LEFT, RIGHT, IconLabel, Panel, Text

PANELS: dict[Kind, str] = {"ok": "ok-soft", "need": "need-soft", "stop": "stop-soft", "quiet": "card"}
INKS: dict[Kind, str] = {"ok": "ok", "need": "need", "stop": "stop", "quiet": "ink2"}


class VerdictPanel(Panel):
    """The answer in one sentence, 97 high."""

    def __init__(self) -> None:
        super().__init__("card", name="verdict")
        self.setFixedHeight(97)
        self._icon = IconLabel("shield-check", 42, "ok")
        self._title = Text("", 27, 700, name="verdictTitle")
        self._line = Text("", 16, 400, "ink2", name="verdictLine")
        self.again = Button(_("Kiểm tra lại"), name="checkAgain", icon="refresh-cw", height=48)
        row = QHBoxLayout(self)
        row.setContentsMargins(21, 0, 20, 0)
        row.setSpacing(20)
        row.addWidget(self._icon)
        words = QVBoxLayout()
        words.setContentsMargins(0, 17, 0, 16)
        words.setSpacing(1)
        words.addWidget(self._title)
        words.addWidget(self._line)
        row.addLayout(words, 1)
        row.addWidget(self.again)

    def show_verdict(self, state: ReadyState) -> None:
        """Colour, icon and words say the same."""
        self.set_panel(PANELS[state.kind])
        self._icon.show_icon(state.icon, INKS[state.kind])
        self._title.setText(state.verdict)
        self._line.setText(state.verdict_line)
        self.again.setEnabled(not state.is_checking)


class ReadyScreen(Screen):
    """F12 opens the shift, Esc goes back."""

    name: ClassVar[str] = "ready"

    go_on_pressed = Signal()
    again_pressed = Signal()
    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Sẵn sàng mở cửa?"))
        self._bar = TitleBar(_("Sẵn sàng mở cửa?"))
        self.verdict = VerdictPanel()
        self.data, self.devices = CheckCard("dataChecks"), CheckCard("deviceChecks")
        self._rules: list[RuleRow] = []
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._bar)
        left.addWidget(self._work_area(), 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self._column())
        self._bar.back_pressed.connect(self.leave_asked)
        self.verdict.again.clicked.connect(self.again_pressed)
        self.go_on.clicked.connect(self.go_on_pressed)

    def _work_area(self) -> QWidget:
        area = Panel("bg", name="readyArea")
        column = QVBoxLayout(area)
        column.setContentsMargins(16, 16, 16, 0)
        column.setSpacing(0)
        column.addWidget(self.verdict)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        cards.addLayout(_headed(self.data, _("Dữ liệu trong máy"), _("Tải lúc")), 1)
        cards.addLayout(_headed(self.devices, _("Thiết bị"), ""), 1)
        column.addLayout(cards)
        column.addStretch(1)
        return area

    def _column(self) -> DecisionColumn:
        column = DecisionColumn()
        column.content.setSpacing(0)
        column.content.addSpacing(5)
        column.content.addWidget(Text(_("Khi mất mạng"), 18, 600, name="outageTitle"))
        column.content.addSpacing(15)
        self._rule_rows = QVBoxLayout()
        self._rule_rows.setSpacing(0)
        column.content.addLayout(self._rule_rows)
        column.content.addStretch(1)
        self.practise = second_button(_("Diễn tập mất mạng"), name="practiseOutage", icon="unplug")
        self.practise.set_reason(_("Diễn tập chưa có ở bản này"))
        self.go_on = main_button("", name="readyGoOn", key="F12")
        hint = hint_line(_("Diễn tập mất mạng chưa có ở bản này"))
        column.set_buttons(self.practise, self.go_on, hint=hint)
        return column

    # --- state
    def show_state(self, state: ReadyState) -> None:
        self._bar.note.setText(state.date)
        self.verdict.show_verdict(state)
        self.data.show_lines(state.data)
        self.devices.show_lines(state.devices)
        self._show_rules(state.rules)
        self.go_on.set_text(state.main)
        self.go_on.set_reason(state.main_reason)

    def _show_rules(self, rules: Sequence[RuleLine]) -> None:
        while len(self._rules) < len(rules):
            row = RuleRow(f"rule_{len(self._rules)}")
            self._rules.append(row)
            self._rule_rows.addWidget(row)
        for at, row in enumerate(self._rules):
            row.setVisible(at < len(rules))
            if at < len(rules):
                row.show_rule(rules[at])

    # --- what it hears
    def key(self, name: str) -> bool:
        if name == "Esc":
            self.leave_asked.emit()
        elif name == "F12" and self.go_on.isEnabled():
            self.go_on_pressed.emit()
        else:
            return name == "F12"
        return True

    def scanned(self, text: str) -> None:
        """A scan here proves the scanner and nothing else."""
        self.again_pressed.emit()

    def entered(self) -> None:
        self.shown.emit()
        super().entered()


def _headed(card: QWidget, left: str, right: str) -> QVBoxLayout:
    """A card below its heads."""
    column = QVBoxLayout()
    column.setSpacing(0)
    heads = QHBoxLayout()
    heads.setContentsMargins(2, 16, 17, 10)
    heads.addWidget(Text(left, 14, 600, "ink3", align=LEFT, name=f"{card.objectName()}Head"))
    heads.addStretch(1)
    heads.addWidget(Text(right, 14, 600, "ink3", align=RIGHT, name=f"{card.objectName()}HeadRight"))
    column.addLayout(heads)
    column.addWidget(card)
    column.addStretch(1)
    card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return column


def connect(screen: ReadyScreen, presenter: ReadyPresenter) -> None:
    """Signals of the page to what the presenter does."""
    presenter.shown_by(screen.show_state)
    screen.shown.connect(presenter.begin)
    screen.again_pressed.connect(presenter.begin)
    screen.go_on_pressed.connect(presenter.go_on)
    screen.leave_asked.connect(presenter.leave)
