"""Acts on one line of the cart: open, count, note, remove, and why it costs what it costs."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from pos_app.domain.errors import QuantityRefused
from pos_app.text import _, quantity
from ui.answers import Answer
from ui.sell.desk import Desk, done
from ui.sell.lines import PIECE, why_state
from ui.sell.state import WhyState

MOST_PIECES = 9999


def thousandths(text: str) -> int:
    """ "3" → 3000, "0,75" → 750. Raises QuantityRefused for what is no quantity."""
    try:
        amount = Decimal(text.strip().replace(",", ".")) * PIECE
    except InvalidOperation as error:
        raise QuantityRefused(quantity=0, most=MOST_PIECES * PIECE) from error
    if not amount.is_finite() or amount != int(amount):
        raise QuantityRefused(quantity=0, most=MOST_PIECES * PIECE)
    return int(amount)


class LineActs:
    """What the buttons of the open line do. Refusals become answers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._checkout = desk.services.checkout

    def select(self, no: int) -> None:
        """Open a line."""
        self._desk.current = no
        self._desk.refresh()

    def move(self, step: int) -> None:
        """↑ ↓: the line above or below becomes the open one."""
        numbers = [line.no for line in self._checkout.cart.lines]
        if self._desk.current in numbers:
            at = numbers.index(self._desk.current) + step
            self.select(numbers[max(0, min(len(numbers) - 1, at))])

    def step_quantity(self, pieces: int) -> None:
        """− and +."""
        self._desk.attempt(lambda: self._set(self._desk.open_line().quantity + pieces * PIECE))

    def set_quantity(self, text: str) -> None:
        """As typed: "3", for weighed goods "0,75"."""
        self._desk.attempt(lambda: self._set(thousandths(text)))

    def _set(self, amount: int) -> Answer:
        line = self._checkout.set_quantity(self._desk.open_line().no, amount)
        return done(_("Số lượng {n}").format(n=quantity(line.quantity)), line.name)

    def remove(self) -> None:
        """Take the open line out."""
        self._desk.attempt(self._remove)

    def _remove(self) -> Answer:
        numbers = [line.no for line in self._checkout.cart.lines]
        gone = self._checkout.remove(self._desk.open_line().no)
        at = numbers.index(gone.no)
        left = numbers[:at] + numbers[at + 1 :]
        self._desk.current = left[min(at, len(left) - 1)] if left else 0
        return done(_("Đã xóa dòng"), gone.name)

    def note(self) -> str:
        """The open line's note."""
        return self._desk.open_line().note if self._desk.current else ""

    def set_note(self, text: str) -> None:
        """What the shop should remember about this line; printed on no receipt."""
        self._desk.attempt(lambda: self._note(text))

    def _note(self, text: str) -> Answer:
        line = self._desk.open_line()
        self._checkout.note(line.no, text)
        return done(_("Đã ghi chú"), text.strip() or line.name)

    def why(self) -> WhyState | None:
        """Why the open line costs what it costs; None without an open line."""
        if not self._desk.current:
            return None
        line = self._checkout.priced().line(self._desk.current)
        by = next((why.by for why in line.discounts if why.by is not None), None)
        return why_state(line, "" if by is None else self._desk.services.name_of(by))
