"""The one place where the sell screen and its presenter meet; dialogs are opened over the screen's window."""

from __future__ import annotations

from pos_app.text import _, money_d
from ui.dialogs import Question, ask
from ui.sell.dialogs import NoteDialog, QuantityDialog, WhyDialog
from ui.sell.discount_dialog import DiscountDialog
from ui.sell.held_dialog import HeldDialog
from ui.sell.presenter import SellPresenter
from ui.sell.screen import SellScreen
from ui.sell.state import UncodedForm
from ui.sell.uncoded_dialog import UncodedDialog


def connect(screen: SellScreen, presenter: SellPresenter) -> SellDialogs:
    """State flows down, calls flow up. Keep the answer as long as the screen."""
    dialogs = SellDialogs(screen, presenter)
    presenter.on_uncoded(dialogs.uncoded)
    screen.scan_entered.connect(presenter.scan)
    screen.painted.connect(presenter.after_paint)
    screen.pay_pressed.connect(presenter.paying.pay)
    screen.exact_pressed.connect(presenter.paying.exact)
    screen.line_pressed.connect(presenter.lines.select)
    screen.line_moved.connect(presenter.lines.move)
    screen.quantity_stepped.connect(presenter.lines.step_quantity)
    screen.remove_pressed.connect(presenter.lines.remove)
    screen.undo_pressed.connect(presenter.undo)
    screen.voucher_pressed.connect(presenter.take_voucher)
    screen.voucher_dropped.connect(lambda serial: presenter.drop_voucher(int(serial)))
    screen.customer_pressed.connect(lambda: presenter.act("customer"))
    screen.act_pressed.connect(dialogs.act)
    screen.quantity_pressed.connect(dialogs.quantity)
    screen.note_pressed.connect(dialogs.note)
    screen.discount_pressed.connect(dialogs.discount)
    screen.why_pressed.connect(dialogs.why)
    screen.hold_pressed.connect(dialogs.hold)
    presenter.shown_by(screen.show_state)
    return dialogs


class SellDialogs:
    """Opens the dialogs of the sell screen and brings what was entered to the presenter."""

    def __init__(self, screen: SellScreen, presenter: SellPresenter) -> None:
        self._screen = screen
        self._presenter = presenter

    def act(self, name: str) -> None:
        """Actions that need a dialog here, all others as they are."""
        if name == "held":
            self.held()
        elif name == "discard":
            self.discard()
        elif name == "discount_order":
            self.discount(whole_cart=True)
        else:
            self._presenter.act(name)

    def hold(self, label: str = "") -> None:
        """F6: hold while there is a cart, under the name that was typed before; else the list."""
        if self._presenter.held.has_cart:
            self._presenter.held.hold(label)
            if self._screen.scan_box is not None:
                self._screen.scan_box.clear()
        else:
            self.held()

    def held(self) -> None:
        """The list of held carts."""
        dialog = HeldDialog(self._presenter.held.rows())

        def recall(held: int) -> None:
            reason = self._presenter.held.recall(held)
            dialog.show_reason(reason)
            if not reason:
                dialog.close_dialog()

        dialog.recalled.connect(recall)
        dialog.thrown.connect(lambda held: self._ask_throw(dialog, held))
        dialog.open_over(self._screen.window())

    def _ask_throw(self, dialog: HeldDialog, held: int) -> None:
        dialog.close_dialog()
        line = _("Đơn treo này sẽ mất hẳn. Hàng vẫn còn trên kệ.")
        question = Question(_("Bỏ đơn treo?"), line, _("Bỏ đơn"))
        ask(self._screen.window(), question, lambda: self._presenter.held.throw_away(held))

    def discard(self) -> None:
        """Throwing a cart away is asked first."""
        total = money_d(self._presenter.state().total)
        line = _("Giỏ hàng {total} sẽ mất. Muốn giữ lại thì treo đơn (F6).").format(total=total)
        ask(
            self._screen.window(),
            Question(_("Bỏ cả giỏ hàng?"), line, _("Bỏ giỏ hàng")),
            self._presenter.discard,
        )

    def quantity(self) -> None:
        """* or a press on the number."""
        line = self._open_line()
        if line is None:
            return
        dialog = QuantityDialog(line[0], line[1])

        def take() -> None:
            text = dialog.text()
            dialog.close_dialog()
            if text:
                self._presenter.lines.set_quantity(text)

        dialog.entered.connect(take)
        dialog.open_over(self._screen.window())

    def note(self) -> None:
        """A note on the open line."""
        line = self._open_line()
        if line is None:
            return
        dialog = NoteDialog(line[0], self._presenter.lines.note())

        def take() -> None:
            text = dialog.text()
            dialog.close_dialog()
            self._presenter.lines.set_note(text)

        dialog.entered.connect(take)
        dialog.open_over(self._screen.window())

    def _open_line(self) -> tuple[str, str] | None:
        """Name and quantity of the open line."""
        state = self._presenter.state()
        line = state.line(state.current)
        return None if line is None else (line.name, line.quantity)

    def why(self) -> None:
        """Why the open line costs what it costs."""
        why = self._presenter.lines.why()
        if why is not None:
            WhyDialog(why).open_over(self._screen.window())

    def discount(self, *, whole_cart: bool = False) -> None:
        """F5."""
        form = self._presenter.discounts.form(whole_cart=whole_cart)
        if form is None:
            return
        dialog = DiscountDialog(form)

        def take() -> None:
            wrong = self._presenter.discounts.check(dialog.share, dialog.text)
            dialog.show_reason(wrong)
            if not wrong:
                dialog.close_dialog()
                self._presenter.discounts.give(dialog.line_no, dialog.share, dialog.text, dialog.reason)

        dialog.entered.connect(take)
        dialog.open_over(self._screen.window())

    def uncoded(self, form: UncodedForm) -> None:
        """Goods without a code."""
        dialog = UncodedDialog(form)

        def take() -> None:
            reason = self._presenter.uncoded.sell(dialog.goods, dialog.price, dialog.category)
            dialog.show_reason(reason)
            if not reason:
                dialog.close_dialog()

        dialog.entered.connect(take)
        dialog.open_over(self._screen.window())
