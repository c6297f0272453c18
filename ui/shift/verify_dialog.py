"""The dialog in which a second person verifies a closed shift."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos_app.storage.shifts import ShiftRow
from pos_app.text import _
from ui import background
from ui.approval.screen import ApproverChoice
from ui.approval.state import DIGITS
from ui.running import Done
from ui.shift.figures import sum_rows
from ui.shift.verify import VerifyPresenter, VerifyServices, VerifyState, VerifyWays
from ui.widgets.button import Button
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.frames import SumRows
from ui.widgets.pads import PinDots, PinPad
from ui.widgets.text import CENTRE, Text, divider

CHECK_S = 10.0


class VerifyDialog(DialogFrame):
    """Both figures and the reason at the left, person and PIN at the right."""

    chosen = Signal(int)
    stepped = Signal(int)
    typed = Signal(int)
    accept_pressed = Signal(str)
    put_off_pressed = Signal()
    badge_scanned = Signal(str)

    def __init__(self, state: VerifyState) -> None:
        super().__init__(
            state.title, name="verifyShift", icon="user-round-check", note=state.asked, wide=True
        )
        self._try_no = state.try_no
        self._kept: VerifyPresenter | None = None
        self._fill_left(state)
        self._fill_right()

    def _fill_left(self, state: VerifyState) -> None:
        self.left.setSpacing(0)
        self.left.addWidget(Text(_("Chênh lệch"), 15, 600, "ink2", name="verifyLabel"))
        self.left.addSpacing(4)
        ink = "ok" if state.is_even else "need"
        self.left.addWidget(Text(state.verdict, 38, 700, ink, name="verifyVerdict"))
        self.left.addSpacing(18)
        self.left.addWidget(divider())
        self.left.addSpacing(10)
        self.left.addWidget(SumRows(sum_rows(state.figures), name="verifyFigures"))
        if state.reason:
            self.left.addSpacing(10)
            self.left.addWidget(divider())
            self.left.addSpacing(16)
            self.left.addWidget(Text(_("Lý do đã ghi"), 14, 600, "ink3", name="verifyReasonLabel"))
            self.left.addSpacing(6)
            self.left.addWidget(Text(state.reason, 16, wrap=True, name="verifyReason"))
        self.left.addStretch(1)
        words = _("Chưa xác nhận thì ca vẫn đóng và quầy vẫn bán. Việc này nằm ở Cần xử lý.")
        self.left.addWidget(Text(words, 15, 400, "ink2", wrap=True, name="verifyNote"))

    def _fill_right(self) -> None:
        self.right.setSpacing(0)
        self._people = ApproverChoice()
        self.dots = PinDots(DIGITS, side=16)
        self._pad = PinPad(height=60)
        self._hint = Text("", 14, 400, "ink2", align=CENTRE, wrap=True, name="verifyHint")
        self._hint.setFixedHeight(60)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.put_off = Button(_("Để sau"), name="verifyPutOff", key="Esc", height=56)
        self.accept = Button(_("Xác nhận"), "main", name="verifyAccept", key="Enter", height=56)
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
        for button in (self.put_off, self.accept):
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            row.addWidget(button, 1)
        self.right.addLayout(row)
        self._people.chosen.connect(self.chosen)
        self._pad.pressed.connect(self.dots.press)
        self.dots.changed.connect(self.typed)
        self.put_off.clicked.connect(self.put_off_pressed)
        self.accept.clicked.connect(self._accept)

    def keep(self, presenter: VerifyPresenter) -> None:
        """A signal holds its slot's owner only weakly: the presenter lives as long as the dialog."""
        self._kept = presenter

    # --- state
    def show_state(self, state: VerifyState) -> None:
        """Show it; after a wrong PIN the digits go."""
        takes = state.person is not None and not state.is_checking
        self._people.show_people(state.people, state.person)
        self._people.setEnabled(bool(state.people))
        self._hint.setText(state.message or state.hint)
        self._hint.set_ink("stop" if state.message else "ink2")
        self._pad.setEnabled(takes)
        self.dots.setEnabled(takes)
        self.accept.setEnabled(state.may_accept)
        self.accept.set_text(_("Đang kiểm…") if state.is_checking else _("Xác nhận"))
        if state.try_no != self._try_no:
            self._try_no = state.try_no
            if self.dots.text():
                self.dots.clear()
        if takes and self.isVisible():
            self.dots.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_focus(self) -> QWidget | None:
        return self.dots if self.dots.isEnabled() else self.put_off

    def scanned(self, text: str) -> None:
        """A badge."""
        self.badge_scanned.emit(text)

    def _accept(self) -> None:
        self.accept_pressed.emit(self.dots.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.put_off_pressed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)


def connect(dialog: VerifyDialog, presenter: VerifyPresenter) -> None:
    """Signals of the dialog to what the presenter does."""
    dialog.keep(presenter)
    dialog.chosen.connect(presenter.choose)
    dialog.stepped.connect(presenter.step)
    dialog.typed.connect(presenter.typed)
    dialog.accept_pressed.connect(presenter.accept)
    dialog.put_off_pressed.connect(presenter.put_off)
    dialog.badge_scanned.connect(presenter.scanned)


def open_verify(
    window: QWidget,
    services: VerifyServices,
    closing: str,
    on_verified: Callable[[str, str], None],
) -> VerifyDialog | None:
    """Ask a second person over `window` about the shift with this closing; None when it needs nobody.

    `on_verified` gets the closing's doc_id and the name of who verified, after the commit.
    """
    row = next((one for one in services.shifts.to_verify() if one.closed_doc_id == closing), None)
    return None if row is None else _opened(window, services, row, on_verified)


def _opened(
    window: QWidget, services: VerifyServices, row: ShiftRow, on_verified: Callable[[str, str], None]
) -> VerifyDialog:
    shown: list[VerifyDialog] = []

    def show(state: VerifyState) -> None:
        for dialog in shown:
            dialog.show_state(state)

    def verified(name: str) -> None:
        shown[0].close_dialog()
        on_verified(row.closed_doc_id or "", name)

    def run(work: Callable[[], object], done: Done) -> None:
        background.once(work, CHECK_S, done)

    ways = VerifyWays(show, verified, lambda: shown[0].close_dialog(), run)
    presenter = VerifyPresenter(services, row, ways)
    dialog = VerifyDialog(presenter.state)
    shown.append(dialog)
    connect(dialog, presenter)
    presenter.begin()
    dialog.open_over(window)
    return dialog
