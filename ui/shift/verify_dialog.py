"""The dialog in which a second person verifies a closed shift."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from pos_app.storage.shifts import ShiftRow
from pos_app.text import _
from ui import background
from ui.running import Done
from ui.shift.figures import sum_rows
from ui.shift.verify import VerifyPresenter, VerifyServices, VerifyState, VerifyWays
from ui.widgets.frames import SumRows
from ui.widgets.second_person import SecondPersonDialog
from ui.widgets.text import Text, divider

CHECK_S = 10.0


class VerifyDialog(SecondPersonDialog):
    """Both figures and the reason at the left."""

    def __init__(self, state: VerifyState) -> None:
        super().__init__(
            state.title, name="verifyShift", note=state.asked, refuse=_("Để sau"), accept=_("Xác nhận")
        )
        self._try_no = state.try_no
        self._fill_left(state)

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

    # --- state
    def show_state(self, state: VerifyState) -> None:
        """Show it; after a wrong PIN the digits go."""
        self.show_people(state.people, state.person, may_choose=bool(state.people))
        self.show_hint(state.message, state.hint)
        self.accept.setEnabled(state.may_accept)
        self.accept.set_text(_("Đang kiểm…") if state.is_checking else _("Xác nhận"))
        if state.try_no != self._try_no:
            self._try_no = state.try_no
            if self.dots.text():
                self.dots.clear()
        self.take_digits(state.person is not None and not state.is_checking)

    def first_focus(self) -> QWidget | None:
        return super().first_focus() or self.refuse


def connect(dialog: VerifyDialog, presenter: VerifyPresenter) -> None:
    """Signals of the dialog to what the presenter does."""
    dialog.presenter = presenter
    dialog.chosen.connect(presenter.choose)
    dialog.stepped.connect(presenter.step)
    dialog.typed.connect(presenter.typed)
    dialog.accept_pressed.connect(presenter.accept)
    dialog.refuse_pressed.connect(presenter.put_off)
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
