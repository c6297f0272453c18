"""The approval dialog (look: 14): what is asked at the left, who and which PIN at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_app.domain.staff import StaffMember
from pos_app.services.approvals import Approvals, Granted
from pos_app.text import _
from ui import background, painting
from ui.approval.parts import LineRow, TimeBar
from ui.approval.presenter import ApprovalPresenter, ApprovalWays, Done, seconds_left
from ui.approval.state import SECONDS, ApprovalRequest, ApprovalState
from ui.widgets.money import HeroMoney
from ui.widgets.second_person import SecondPersonDialog
from ui.widgets.text import IconLabel, RichText, Text, divider

CHECK_S = 10.0


class ApprovalDialog(SecondPersonDialog):
    """Shows whatever state it is given; the time that is left runs below the title."""

    second_passed = Signal()

    def __init__(self, request: ApprovalRequest) -> None:
        asked = _("{name} xin duyệt lúc {time}").format(name=request.asker, time=request.at)
        super().__init__(request.title, name="approval", note=asked, refuse=_("Từ chối"), accept=_("Duyệt"))
        self._bar = TimeBar()
        self.under_header.addWidget(self._bar)
        self._fill_left(request)
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self.second_passed)
        self._wrong = ""

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

    # --- state
    def show_state(self, state: ApprovalState) -> None:
        """Show it; a new message takes the digits away."""
        may_choose = len(state.approvers) > 0 and not state.is_over
        self.show_people(state.approvers, state.approver, may_choose=may_choose)
        self._bar.show_share(state.left, SECONDS)
        left = _("Phiếu duyệt dùng một lần, còn <b>{left}</b>").format(left=seconds_left(state.left))
        self._countdown.show_text(left)
        self.show_hint(state.message, state.hint)
        self.take_digits(state.takes_digits)
        self.accept.setEnabled(state.may_accept)
        self.accept.set_text(_("Đang kiểm…") if state.is_checking else _("Duyệt"))
        self.refuse.set_text(_("Đóng") if state.is_over else _("Từ chối"))
        if state.message and state.message != self._wrong:
            self.dots.clear()
        self._wrong = state.message

    def open_over(self, window: QWidget) -> None:
        super().open_over(window)
        self._clock.start()

    def close_dialog(self) -> None:
        self._clock.stop()
        super().close_dialog()


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
    dialog.presenter = presenter
    dialog.chosen.connect(presenter.choose)
    dialog.stepped.connect(presenter.step)
    dialog.typed.connect(presenter.typed)
    dialog.accept_pressed.connect(presenter.accept)
    dialog.refuse_pressed.connect(presenter.refuse)
    dialog.badge_scanned.connect(presenter.scanned)
    dialog.second_passed.connect(presenter.tick)
