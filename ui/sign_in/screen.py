"""The sign-in page (look: 11): faces at the left, PIN at the right; also the page of a locked till."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.text import _
from ui.screen import Screen
from ui.sign_in.faces import RING, Faces
from ui.sign_in.presenter import SignInPresenter
from ui.sign_in.state import DIGITS, KeptNotice, SignInState
from ui.widgets.button import Button
from ui.widgets.frames import main_button
from ui.widgets.pads import PinDots, PinPad
from ui.widgets.small import InitialsDisc
from ui.widgets.text import CENTRE, RIGHT, IconLabel, Panel, Text, divider

PAD_WIDTH = 440
REFRESH_MS = 10_000


class KeptPanel(Panel):
    """Names the cart that stays, so that nobody fears for it."""

    def __init__(self) -> None:
        super().__init__("card", name="keptCart")
        self.setFixedHeight(76)
        self._icon = IconLabel("shopping-cart", 24, "accent")
        self._title = Text("", 16, 600, name="keptTitle")
        self._line = Text("", 15, 400, "ink2", name="keptLine")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 14, 16, 14)
        row.setSpacing(16)
        row.addWidget(self._icon)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._line)
        row.addLayout(words, 1)

    def show_notice(self, notice: KeptNotice | None) -> None:
        """None hides it; its room stays."""
        self.setVisible(notice is not None)
        if notice is not None:
            self._icon.show_icon(notice.icon)
            self._title.setText(notice.title)
            self._line.setText(notice.line)


class SignInScreen(Screen):
    """Digits typed anywhere are the PIN; arrows choose the person, Enter goes on."""

    name: ClassVar[str] = "sign_in"

    person_chosen = Signal(int)
    stepped = Signal(int)
    typed = Signal(int)
    enter_pressed = Signal(str)
    badge_pressed = Signal()
    ready_pressed = Signal()
    refresh_asked = Signal()
    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Đăng nhập"))
        self._try_no = -1
        self._may_enter = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left_side(), 1)
        row.addWidget(divider(vertical=True))
        row.addWidget(self._right_side())
        self._clock = QTimer(self, interval=REFRESH_MS)
        self._clock.timeout.connect(self.refresh_asked)
        self.faces.chosen.connect(self.person_chosen)
        self._pad.pressed.connect(self._pad_pressed)
        self.dots.changed.connect(self.typed)
        self.enter.clicked.connect(self._enter)

    # --- parts
    def _left_side(self) -> QWidget:
        side = Panel("bg", name="signInPeople")
        column = QVBoxLayout(side)
        column.setContentsMargins(32 - RING, 31, 32 - RING, 24)
        column.setSpacing(0)
        self._title = Text("", 28, 700, name="signInTitle")
        self._line = Text("", 16, 400, "ink2", name="signInLine")
        self.faces = Faces()
        self._kept = KeptPanel()
        _keep_room(self._kept)
        head, foot = _inset(), _inset()
        head.addWidget(self._title)
        head.addSpacing(7)
        head.addWidget(self._line)
        foot.addWidget(self._kept)
        foot.addSpacing(12)
        foot.addLayout(self._foot())
        column.addLayout(head)
        column.addSpacing(25 - RING)
        column.addWidget(self.faces, 1)
        column.addSpacing(12 - RING)
        column.addLayout(foot)
        return side

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.training = Button(_("Tập bán"), name="trainingButton", icon="graduation-cap", height=44)
        self.ready = Button(_("Sẵn sàng mở cửa?"), name="readyButton", icon="shield-check", height=44)
        later = _("Tập bán chưa có ở bản này")
        self.training.set_reason(_("Chưa có ở bản này"))
        self.training.setToolTip(_("Chưa có ở bản này"))
        self.ready.clicked.connect(self.ready_pressed)
        foot.addWidget(self.training)
        foot.addWidget(self.ready)
        foot.addSpacing(8)
        foot.addWidget(Text(later, 14, 400, "ink3", name="notYetHere"))
        foot.addStretch(1)
        self._version = Text("", 15, 400, "ink2", align=RIGHT, name="version")
        foot.addWidget(self._version)
        return foot

    def _right_side(self) -> QWidget:
        side = Panel("surface", name="signInPin")
        side.setFixedWidth(PAD_WIDTH - 1)
        column = QVBoxLayout(side)
        column.setContentsMargins(40, 32, 40, 27)
        column.setSpacing(0)
        column.addLayout(self._who())
        self.dots = PinDots(DIGITS, side=20)
        self._pad = PinPad()
        self._message = Text("", 15, 400, "ink2", align=CENTRE, wrap=True, name="signInMessage")
        self._message.setFixedHeight(66)
        self.enter = main_button(_("Vào bán hàng"), name="signInEnter", key="Enter")
        forgot = Text(_("Quên PIN? Nhờ quản lý đặt lại"), 14, 400, "ink2", align=CENTRE, name="signInForgot")
        column.addSpacing(32)
        column.addWidget(self.dots)
        column.addSpacing(32)
        column.addWidget(self._pad)
        column.addSpacing(6)
        column.addWidget(self._message)
        column.addStretch(1)
        column.addWidget(self.enter)
        column.addSpacing(12)
        column.addWidget(forgot)
        return side

    def _who(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        self._disc = InitialsDisc("", 5, 52, name="chosenInitials")
        _keep_room(self._disc)
        self._who_name = Text("", 22, 700, name="chosenName")
        self._who_hint = Text("", 15, 400, "ink2", name="chosenHint")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._who_name)
        words.addWidget(self._who_hint)
        words.addStretch(1)
        row.addWidget(self._disc)
        row.addLayout(words, 1)
        return row

    # --- state
    def show_state(self, state: SignInState) -> None:
        self._title.setText(state.title)
        self._line.setText(state.line)
        self.faces.show_people(state.people, state.chosen)
        self._show_person(state)
        self._kept.show_notice(state.kept)
        self._version.setText(state.version)
        self._message.setText(state.message or state.notice)
        self._message.set_ink("stop" if state.message else "ink2")
        self._pad.setEnabled(state.takes_digits)
        self.dots.setEnabled(state.takes_digits)
        self._may_enter = state.may_enter
        self.enter.setEnabled(state.may_enter)
        self.enter.set_text(state.enter_text)
        if state.try_no != self._try_no:
            self._try_no = state.try_no
            if self.dots.text():
                self.dots.clear()
        if state.takes_digits and self.isVisible():
            self.take_focus()

    def _show_person(self, state: SignInState) -> None:
        person = state.person
        self._disc.setVisible(person is not None)
        self._who_name.setText(person.name if person is not None else _("Chưa chọn ai"))
        self._who_hint.setText(state.hint)
        if person is not None:
            self._disc.show_person(person.initials, person.tint, person.name)

    # --- what it hears
    def entered(self) -> None:
        self._clock.start()
        self.dots.clear()
        self.shown.emit()
        super().entered()

    def left(self) -> None:
        self._clock.stop()
        self.dots.clear()

    def take_focus(self) -> None:
        target: QWidget = self.dots if self.dots.isEnabled() else self
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pad_pressed(self, key: str) -> None:
        if key == "badge":
            self.badge_pressed.emit()
        self.dots.press(key)

    def _enter(self) -> None:
        if self._may_enter:
            self.enter_pressed.emit(self.dots.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        columns = self.faces.columns
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
        }
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        elif event.text().isdigit() and self.dots.isEnabled():
            self.dots.press(event.text())
        else:
            super().keyPressEvent(event)


def _keep_room(widget: QWidget) -> None:
    """Nothing moves when it is hidden."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)


def _inset() -> QVBoxLayout:
    """A column that leaves at both sides the room that the faces need for their focus ring."""
    column = QVBoxLayout()
    column.setContentsMargins(RING, 0, RING, 0)
    column.setSpacing(0)
    return column


def connect(screen: SignInScreen, presenter: SignInPresenter) -> None:
    """Signals of the page to what the presenter does."""
    presenter.shown_by(screen.show_state)
    screen.person_chosen.connect(presenter.choose)
    screen.stepped.connect(presenter.step)
    screen.typed.connect(presenter.typed)
    screen.enter_pressed.connect(presenter.enter)
    screen.badge_pressed.connect(presenter.badge_pressed)
    screen.ready_pressed.connect(presenter.ready_pressed)
    screen.scan_entered.connect(presenter.scanned)
    screen.refresh_asked.connect(presenter.refresh)
    screen.shown.connect(presenter.begin)
