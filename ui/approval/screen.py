"""The approval dialog (look: 14): what is asked at the left, who and which PIN at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from pos_app.domain.staff import StaffMember
from pos_app.services.approvals import Approvals, Granted
from pos_app.text import _
from ui import background, icons, painting, theme
from ui.approval.parts import LineRow, TimeBar
from ui.approval.presenter import ApprovalPresenter, ApprovalWays, Done, seconds_left
from ui.approval.state import DIGITS, SECONDS, ApprovalRequest, ApprovalState, ApproverState
from ui.tokens import RADIUS
from ui.widgets.button import Button
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.money import HeroMoney
from ui.widgets.pads import PinDots, PinPad
from ui.widgets.small import InitialsDisc
from ui.widgets.text import CENTRE, IconLabel, RichText, Text, divider

CHECK_S = 10.0


class ApproverChoice(Button):
    """Who allows it: disc, name, role; a press opens the others."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__("", name="approverChoice", height=56, spoken=_("Người duyệt"))
        self._people: tuple[ApproverState, ...] = ()
        self._disc = InitialsDisc("", 0, 36)
        self._disc.setParent(self)
        self._disc.setGeometry(12, 10, 36, 36)
        self._person: ApproverState | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)

    def show_people(self, people: tuple[ApproverState, ...], person: ApproverState | None) -> None:
        """The list, and who stands chosen."""
        self._people, self._person = people, person
        self._disc.setVisible(person is not None)
        if person is not None:
            self._disc.show_person(person.initials, person.tint, person.name)
            self.setAccessibleName(f"{_('Người duyệt')}: {person.name}, {person.role}")
        self.update()

    def menu(self) -> QMenu:
        """The list as it would open."""
        menu = QMenu(self)
        menu.setObjectName("approverMenu")
        menu.setFont(theme.font(16))
        for one in self._people:
            action = menu.addAction(f"{one.name} · {one.role}")
            action.triggered.connect(lambda _checked=False, no=one.no: self.chosen.emit(no))
        return menu

    def _open(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def clipped(self) -> bool:
        """Whether the name does not fit."""
        return (
            self._person is not None and painting.text_width(self._person.name, 16, 600) > self.width() - 108
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.box(painter, self.rect(), RADIUS, theme.colour("surface"), theme.colour("edge"))
        room = self.width() - 108
        if self._person is None:
            nobody = painting.Span(_("Chưa có ai duyệt được"), "ink3")
            painting.spans(painter, 16, 28, [nobody], 16, self.width() - 32)
        else:
            painting.spans(painter, 61, 20, [painting.Span(self._person.name, "ink", 600)], 16, room)
            painting.spans(painter, 61, 38, [painting.Span(self._person.role)], 14, room)
        if len(self._people) > 1 or self._person is not None:
            chevron = icons.pixmap("chevron-down", "ink2", 18)
            painter.drawPixmap(QPointF(self.width() - 31, 19), chevron)
        if self.hasFocus():
            painting.box(painter, self.rect(), RADIUS, None, theme.colour("accent"), 2)


class ApprovalDialog(DialogFrame):
    """Sends what is done in it upwards as signals; shows whatever state it is given."""

    chosen = Signal(int)
    stepped = Signal(int)
    typed = Signal(int)
    accept_pressed = Signal(str)
    refuse_pressed = Signal()
    badge_scanned = Signal(str)
    second_passed = Signal()

    def __init__(self, request: ApprovalRequest) -> None:
        asked = _("{name} xin duyệt lúc {time}").format(name=request.asker, time=request.at)
        super().__init__(request.title, name="approval", icon="user-round-check", note=asked, wide=True)
        self._bar = TimeBar()
        self.under_header.addWidget(self._bar)
        self._fill_left(request)
        self._fill_right()
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self.second_passed)
        self._wrong = ""
        self.presenter: object = None

    # --- parts
    def _fill_left(self, request: ApprovalRequest) -> None:
        self.left.setSpacing(0)
        if request.amount is not None:
            self.left.addWidget(Text(request.amount_label, 15, 600, "ink2", name="approvalAmountLabel"))
            amount = HeroMoney(60, name="approvalAmount", left=True, spoken=request.amount_label)
            amount.show_amount(request.amount)
            amount.setFixedHeight(78)
            self.left.addWidget(amount)
        if request.parts:
            self.left.addLayout(_parts(request.parts))
        self.left.addSpacing(18)
        self.left.addWidget(divider())
        self._add_lines(request)
        self.left.addSpacing(17)
        self.left.addWidget(Text(_("Vì sao cần duyệt"), 14, 600, "ink3", name="approvalWhyLabel"))
        self.left.addSpacing(7)
        for at, fact in enumerate(request.facts):
            ink = "ink" if at == 0 else "ink2"
            self.left.addWidget(RichText(fact, 16, ink, name=f"approvalFact_{at}"))
            self.left.addSpacing(6)
        self.left.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(IconLabel("timer", 20, "ink2"))
        self._countdown = RichText("", 15, name="approvalCountdown")
        foot.addWidget(self._countdown, 1)
        self.left.addLayout(foot)

    def _add_lines(self, request: ApprovalRequest) -> None:
        if not request.lines:
            return
        self.left.addSpacing(7)
        shown = request.lines[:4]
        for at, line in enumerate(shown):
            self.left.addWidget(LineRow(line, at))
        if len(request.lines) > len(shown):
            more = _("và {n} dòng nữa").format(n=len(request.lines) - len(shown))
            self.left.addWidget(Text(more, 15, 400, "ink2", name="approvalMoreLines"))
        self.left.addSpacing(7)
        self.left.addWidget(divider())

    def _fill_right(self) -> None:
        self.right.setSpacing(0)
        self._people = ApproverChoice()
        self.dots = PinDots(DIGITS, side=16)
        self._pad = PinPad(height=60)
        self._hint = Text("", 14, 400, "ink2", align=CENTRE, wrap=True, name="approvalHint")
        self._hint.setFixedHeight(60)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.refuse = Button(_("Từ chối"), name="approvalRefuse", key="Esc", height=56)
        self.accept = Button(_("Duyệt"), "main", name="approvalAccept", key="Enter", height=56)
        self.right.addWidget(self._people)
        self.right.addSpacing(16)
        self.right.addWidget(self.dots)
        self.right.addSpacing(16)
        self.right.addWidget(self._pad)
        self.right.addSpacing(10)
        self.right.addWidget(self._hint)
        self.right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.refuse, self.accept):
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            row.addWidget(button, 1)
        self.right.addLayout(row)
        self._people.chosen.connect(self.chosen)
        self._pad.pressed.connect(self.dots.press)
        self.dots.changed.connect(self.typed)
        self.refuse.clicked.connect(self.refuse_pressed)
        self.accept.clicked.connect(self._accept)

    # --- state
    def show_state(self, state: ApprovalState) -> None:
        """Show it; a new message takes the digits away."""
        self._people.show_people(state.approvers, state.approver)
        self._people.setEnabled(len(state.approvers) > 0 and not state.is_over)
        self._bar.show_share(state.left, SECONDS)
        left = _("Phiếu duyệt dùng một lần, còn <b>{left}</b>").format(left=seconds_left(state.left))
        self._countdown.show_text(left)
        self._hint.setText(state.message or state.hint)
        self._hint.set_ink("stop" if state.message else "ink2")
        self._take_digits(state.takes_digits)
        self.accept.setEnabled(state.may_accept)
        self.accept.set_text(_("Đang kiểm…") if state.is_checking else _("Duyệt"))
        self.refuse.set_text(_("Đóng") if state.is_over else _("Từ chối"))
        if state.message and state.message != self._wrong:
            self.dots.clear()
        self._wrong = state.message

    def _take_digits(self, takes: bool) -> None:
        """The focus stays inside: a widget that is disabled would hand it to what lies below the scrim."""
        if self.isVisible() and takes != self.dots.isEnabled():
            (self if not takes else self.dots).setFocus(Qt.FocusReason.OtherFocusReason)
        self._pad.setEnabled(takes)
        self.dots.setEnabled(takes)
        if self.isVisible() and takes and self.focusWidget() is not self.dots:
            self.dots.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- keys
    def first_focus(self) -> QWidget | None:
        return self.dots if self.dots.isEnabled() else None

    def open_over(self, window: QWidget) -> None:
        super().open_over(window)
        self._clock.start()

    def close_dialog(self) -> None:
        self._clock.stop()
        super().close_dialog()

    def scanned(self, text: str) -> None:
        """A badge."""
        self.badge_scanned.emit(text)

    def _accept(self) -> None:
        self.accept_pressed.emit(self.dots.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.refuse_pressed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


def _parts(parts: tuple[tuple[str, str], ...]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(24)
    for at, (label, figure) in enumerate(parts):
        text = RichText(f"{label} <b>{figure}</b>", 16, name=f"approvalPart_{at}")
        width = painting.text_width(f"{label} ", 16) + painting.text_width(figure, 16, 600)
        text.setFixedSize(round(width) + 2, 22)
        row.addWidget(text)
    row.addStretch(1)
    return row


def open_approval(
    window: QWidget,
    request: ApprovalRequest,
    approvals: Approvals,
    on_granted: Callable[[Granted], None],
    on_refused: Callable[[], None],
    *,
    badge: Callable[[str], StaffMember] | None = None,
) -> ApprovalDialog:
    """Ask a second person over `window`; returns at once. Exactly one of the two functions is called.

    `badge` reads a scanned staff badge (SignIn.badge); without it only the list chooses the person.
    """
    dialog = ApprovalDialog(request)

    def run(check: Callable[[], Granted], done: Done) -> None:
        background.once(check, CHECK_S, done)

    def granted(approval: Granted) -> None:
        dialog.close_dialog()
        on_granted(approval)

    def refused() -> None:
        dialog.close_dialog()
        on_refused()

    ways = ApprovalWays(dialog.show_state, granted, refused, run, badge)
    presenter = ApprovalPresenter(request, approvals, ways)
    connect(dialog, presenter)
    presenter.begin()
    dialog.open_over(window)
    return dialog


def connect(dialog: ApprovalDialog, presenter: ApprovalPresenter) -> None:
    """Signals of the dialog to what the presenter does; the dialog keeps it alive."""
    dialog.presenter = presenter  # Qt holds bound methods weakly
    dialog.chosen.connect(presenter.choose)
    dialog.stepped.connect(presenter.step)
    dialog.typed.connect(presenter.typed)
    dialog.accept_pressed.connect(presenter.accept)
    dialog.refuse_pressed.connect(presenter.refuse)
    dialog.badge_scanned.connect(presenter.scanned)
    dialog.second_passed.connect(presenter.tick)
