"""A genuine receipt whose lines nobody here knows: they are entered from the paper (protocol §9)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pos_app.domain.codes import ReceiptCode, date_of
from pos_app.domain.errors import AmountRefused, LineUnknown
from pos_app.domain.money import PIECE, line_gross
from pos_app.domain.original import OriginalLine, OriginalSale
from pos_app.domain.product import Product
from pos_app.domain.tender import Tender, TenderKind
from pos_app.services.approvals import Granted
from pos_app.services.return_draft import RefundMethod, ReturnCompleted, ReturnDesk, ReturnDraft
from pos_app.storage.sales import FoundSale


@dataclass(frozen=True, slots=True)
class Paper:
    """What is known of the receipt. `room` in đồng: the code's total less what came back on it here."""

    text: str
    code: ReceiptCode
    till: str
    room: int
    now: datetime

    def found(self) -> FoundSale:
        """As a receipt without lines; the credit that is given stands for all its tenders."""
        code = self.code
        sale = OriginalSale(
            doc_id="",
            receipt_no="",
            lines=(),
            tenders=(Tender(1, TenderKind.STORE_CREDIT, self.room),),
            rounding=0,
            total=code.total,
            business_date=date_of(code.day),
            store=code.store,
        )
        body = {"store": code.store}
        return FoundSale(sale, "code", self.till, code.epoch, code.seq, code.hash10, body)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line as it was entered: thousandths, and đồng for all of them (0 = not typed yet)."""

    product: Product
    quantity: int
    amount: int = 0


class PaperDraft(ReturnDraft):
    """Store credit only, `provisional`: central computes the true refund and corrects the credit.

    Goods are scanned, the amount of each line is typed from the paper: at most today's price, all together
    at most the paper's room. The last day is counted from the receipt's, by today's rules of the goods.
    """

    def __init__(self, paper: Paper, desk: ReturnDesk) -> None:
        super().__init__(paper.found(), desk)
        self.method = RefundMethod.STORE_CREDIT
        self.paper_code = paper.text
        self.last = 0
        self._paper = paper
        self._entries: dict[int, _Entry] = {}

    def add(self, product: Product) -> None:
        """One piece more of these goods; `last` is their line. Raises ReturnRefused (why and last day)."""
        known = {entry.product.id: no for no, entry in self._entries.items()}
        self.last = known.get(product.id, len(known) + 1)
        entry = self._entries.get(self.last)
        before = entry.quantity if entry is not None and self.chosen_of(self.last) else 0
        if entry is None:
            self._enter(self.last, _Entry(product, PIECE))
        self.choose(self.last, before + PIECE)

    def choose(self, line_no: int, quantity: int) -> None:
        """So many pieces come back; for another number of them the amount is typed anew."""
        entry = self._entry(line_no)
        if quantity > 0 and quantity != entry.quantity:
            self._enter(line_no, _Entry(entry.product, quantity))
        super().choose(line_no, quantity)
        self.last = line_no

    def enter_amount(self, amount: int) -> None:
        """đồng that the paper says for the pieces of the last line. Raises AmountRefused, LineUnknown."""
        entry, most = self._entry(self.last), self.most_of(self.last)
        if not 0 < amount <= most:
            raise AmountRefused(amount=amount, least=1, most=most)
        self._enter(self.last, replace(entry, amount=amount))

    def most_of(self, line_no: int) -> int:
        """đồng: today's price of the pieces, within what the other lines leave of the paper."""
        entry = self._entry(line_no)
        price = entry.product.price_at(self._paper.now).amount
        others = sum(one.amount for no, one in self._entries.items() if no != line_no and self.chosen_of(no))
        return max(0, min(line_gross(price, entry.quantity), self._paper.room - others))

    @property
    def without_amount(self) -> str:
        """The name of a chosen line whose amount is still to be typed, "" when there is none."""
        names = (one.name for one in self.original.lines if self.chosen_of(one.no) and not one.amount)
        return next(names, "")

    def complete(self, granted: Granted | None = None) -> ReturnCompleted:
        """As of a known receipt. Raises also AmountRefused for a line without, or with too high an amount."""
        for no, entry in self._entries.items():
            most = self.most_of(no)
            if self.chosen_of(no) and not 0 < entry.amount <= most:
                raise AmountRefused(amount=entry.amount, least=1, most=most)
        return super().complete(granted)

    def _entry(self, line_no: int) -> _Entry:
        if line_no not in self._entries:
            raise LineUnknown(no=line_no)
        return self._entries[line_no]

    def _enter(self, line_no: int, entry: _Entry) -> None:
        self._entries[line_no] = entry
        lines = tuple(self._line(no, one) for no, one in sorted(self._entries.items()))
        self.found = replace(self.found, sale=replace(self.original, lines=lines))

    def _line(self, no: int, entry: _Entry) -> OriginalLine:
        product, sold = entry.product, date_of(self._paper.code.day)
        days = product.returnable_days
        return OriginalLine(
            no=no,
            product=product.id,
            name=product.name,
            quantity=entry.quantity,
            amount=entry.amount,
            vat_rate=product.vat_at(sold),
            category=product.category,
            variant=product.variant,
            colour=product.colour,
            size=product.size,
            unit=product.unit,
            return_until=sold + timedelta(days=days) if days else None,
            no_return=None if days else product.no_return_reason,
        )
