"""The return screen's acts: find a receipt, choose what comes back, give the money back once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from pos_app.domain.errors import AskCentral, PosError
from pos_app.domain.money import PIECE
from pos_app.domain.product import Product
from pos_app.services.approvals import Granted
from pos_app.services.paper_return import PaperDraft
from pos_app.services.return_draft import RefundMethod, ReturnCompleted, ReturnDraft, ReturnLine
from pos_app.text import _, quantity
from ui import messages
from ui.answers import Answer
from ui.asking_central import AskingCentral
from ui.pickup.words import short_name
from ui.returns import asking, words
from ui.returns.done_view import done_column, done_state
from ui.returns.draft_view import column_of, receipt_line, receipt_title, row_of
from ui.returns.entering import on_paper, opened
from ui.returns.state import RefundColumn, ReturnState, ready
from ui.returns.targets import looks_like_receipt
from ui.returns.ways import ReturnServices, ReturnWays

Show = Callable[[ReturnState], None]


class ReturnPresenter:
    """One per screen. `begin` (F7) and `open` (a scanned receipt) are how other screens come here."""

    def __init__(self, services: ReturnServices, ways: ReturnWays) -> None:
        self._services = services
        self._ways = ways
        self._show: Show = lambda _state: None
        self._draft: ReturnDraft | None = None
        self._kept: ReturnDraft | None = None
        self._done: ReturnCompleted | None = None
        self._answer = ready()
        self._target = ""
        self._refused = ""
        self._asking = AskingCentral(ways.counter.ask_central, self._say)

    # --- state ---------------------------------------------------------------------------------
    def shown_by(self, show: Show) -> None:
        """Who shows the state; it is shown at once."""
        self._show = show
        self._show(self.state())

    @property
    def view(self) -> Literal["entry", "lines", "done"]:
        """What stands in the work area."""
        if self._done is not None:
            return "done"
        return "entry" if self._draft is None else "lines"

    def state(self) -> ReturnState:
        """The state of this moment."""
        if self._done is not None:
            column, done = done_column(self._done), done_state(self._done)
            return ReturnState("done", _("Quét mã tiếp theo…"), self._answer, column=column, done=done)
        draft = self._draft
        if draft is None:
            column = RefundColumn(
                label=_("Trả lại khách"),
                main=_("Hoàn tiền"),
                main_reason=_("Quét hóa đơn trước"),
                second=_("Bỏ qua"),
            )
            return ReturnState("entry", _("Quét hoặc gõ số hóa đơn…"), self._answer, column=column)
        zone = self._services.session.policy.timezone
        return ReturnState(
            "lines",
            _("Quét món khách trả…"),
            self._answer,
            receipt_title(draft),
            receipt_line(draft, self._services, zone),
            tuple(row_of(draft, line, self._services) for line in draft.lines()),
            words.translated(words.CONDITIONS),
            words.translated(words.REASONS),
            column_of(draft),
        )

    def _say(self, answer: Answer) -> None:
        self._answer = answer
        self._show(self.state())

    # --- coming and going ----------------------------------------------------------------------
    def speak_anew(self) -> None:
        """The language has changed: what was said before is not repeated."""
        self._say(ready())

    def begin(self) -> None:
        """F7 without a receipt."""
        self._leave()
        self._say(ready())

    def open(self, target: str) -> None:
        """By the text of a receipt code, a receipt number, an order number or its QR."""
        self._target = target
        try:
            draft = self._services.refunds.open(target)
        except AskCentral as needed:
            self._asking.ask(needed, lambda: self.open(target) if self._target == target else None)
            return
        except PosError as error:
            self._say(messages.answer(error))
            return
        former = self._draft or self._kept
        self._leave(draft)
        if former is not None and former.original == draft.original:
            draft.choose_as(former)
        self._draft = draft
        self._say(opened(draft, self._services, is_code=target.strip().upper().startswith("QX1")))

    def close(self) -> None:
        """Esc: from the receipt to the entry page, from there to the sell screen. The choice is kept."""
        if self.view == "lines":
            self._leave()
            self._say(ready())
        else:
            self._leave()
            self._answer = ready()
            self._ways.counter.to_sell()

    def _leave(self, following: ReturnDraft | None = None) -> None:
        """The choice is kept; what central has set aside is free again, unless the same receipt follows."""
        if self._draft is not None and (following is None or following.claims is not self._draft.claims):
            self._draft.claims.end()
        if self._draft is not None and not self._draft.is_empty:
            self._kept = self._draft
        self._draft, self._done = None, None

    # --- scans ---------------------------------------------------------------------------------
    def scan(self, text: str) -> None:
        """Scanned, or typed and sent with Enter."""
        text = text.strip()
        draft = self._draft
        product = self._services.product(text)
        if product is None and looks_like_receipt(text):
            self.open(text)
        elif isinstance(draft, PaperDraft) and (entered := on_paper(draft, text, product)) is not None:
            self._refused = str(draft.last)
            self._say(entered)
        elif draft is not None and product is not None:
            self._scan_product(draft, product)
        elif draft is not None and not draft.is_empty:
            line = _("Hoàn tiền xong hoặc bỏ qua, rồi quét lại mã này.")
            self._say(Answer("needs", _("Đang trả hàng"), line))
        elif product is None and draft is None and self.view == "entry":
            self.open(text)
        else:
            self._leave()
            self._ways.counter.scan(text)

    def _scan_product(self, draft: ReturnDraft, product: Product) -> None:
        """Goods of this receipt come back; new goods would be an exchange, which is not built yet."""
        lines = [line for line in draft.lines() if line.product == product.id]
        if not lines:
            title = _("Đổi hàng chưa có ở bản này")
            line = _("Hoàn tiền món cũ trước, rồi bán món mới thành đơn riêng.")
            self._say(Answer("needs", title, line))
            return
        with_room = [line for line in lines if line.chosen < line.left]
        self._choose(draft, (with_room or lines)[0], more=True)

    # --- lines ---------------------------------------------------------------------------------
    def toggle(self, key: str) -> None:
        """The check box: all that is left of the line, or nothing of it."""
        draft, line = self._line(key)
        if draft is None or line is None:
            return
        if line.chosen:
            draft.choose(line.no, 0)
            self._say(Answer("accepted", _("Khách giữ lại"), line.name))
        else:
            self._choose(draft, line, more=False)

    def step_quantity(self, key: str, by: int) -> None:
        """One piece more or less."""
        draft, line = self._line(key)
        if draft is not None and line is not None:
            self._set(draft, line, max(PIECE, line.chosen + by * PIECE))

    def _choose(self, draft: ReturnDraft, line: ReturnLine, *, more: bool) -> None:
        wanted = line.chosen + PIECE if more and line.left >= PIECE else line.left
        self._set(draft, line, wanted)

    def _set(self, draft: ReturnDraft, line: ReturnLine, wanted: int) -> None:
        try:
            draft.choose(line.no, wanted)
        except PosError as error:
            self._refused = str(line.no)
            self._say(messages.answer(error))
            return
        said = f"{short_name(line.name, 36)} · {quantity(wanted)} {line.unit}".strip()
        title = _("Khách trả món này") if line.reason else _("Chọn lý do trả")
        self._say(Answer("accepted" if line.reason else "needs", title, said))

    def set_condition(self, key: str, condition: str) -> None:
        """resell, damaged or to_supplier."""
        draft, line = self._line(key)
        if draft is not None and line is not None:
            draft.condition(line.no, condition)
            self._say(Answer("accepted", words.condition_words(condition), line.name))

    def set_reason(self, key: str, reason: str) -> None:
        """Why it comes back."""
        draft, line = self._line(key)
        if draft is not None and line is not None:
            draft.reason(line.no, reason)
            self._say(Answer("accepted", words.reason_words(reason), line.name))

    def press_defect(self, key: str) -> None:
        """*Hàng lỗi?*: faulty goods come back whatever the window says."""
        draft, line = self._line(key)
        if draft is None or line is None:
            return
        try:
            draft.faulty(line.no)
        except PosError as error:
            self._say(messages.answer(error))
            return
        said = _("{name} · nhận ngoài hạn vì lỗi").format(name=short_name(line.name))
        self._say(Answer("accepted", _("Nhận lại hàng lỗi"), said))

    def set_method(self, method: str) -> None:
        """In which form the money goes back."""
        if self._draft is not None:
            self._draft.method = RefundMethod(method)
            self._say(Answer("accepted", _(dict(words.METHODS)[method]), ""))

    def _line(self, key: str) -> tuple[ReturnDraft | None, ReturnLine | None]:
        draft = self._draft
        if draft is None:
            return None, None
        return draft, next((line for line in draft.lines() if str(line.no) == key), None)

    # --- the way out ---------------------------------------------------------------------------
    def press_main(self) -> None:
        """F9: give the money back; a second person is asked first where needed."""
        if self.view == "done":
            self.close()
            return
        draft = self._draft
        if draft is None:
            return
        try:
            self._services.refunds.ask_central(draft)
            need = draft.needs_approval
            request = None if need is None else asking.refund(draft, need, self._services)
        except AskCentral as needed:
            self._asking.ask(needed, lambda: self.press_main() if self._draft is draft else None)
            return
        except PosError as error:
            self._say(messages.answer(error))
            return
        if request is None:
            self._complete(draft, None)
        else:
            self._ways.counter.ask_approval(
                request, lambda granted: self._complete(draft, granted), self._not_granted
            )

    def _not_granted(self) -> None:
        line = _("Chưa có gì thay đổi. Xin duyệt lại, hoặc đổi cách hoàn.")
        self._say(Answer("needs", _("Chưa được duyệt"), line))

    def _complete(self, draft: ReturnDraft, granted: Granted | None) -> None:
        try:
            completed = draft.complete(granted)
        except PosError as error:
            self._say(messages.answer(error))
            return
        self._draft, self._kept, self._done = None, None, completed
        number = completed.recorded.receipt_no or ""
        self._say(Answer("accepted", _("Đã nhận lại hàng"), _("Biên nhận {number}").format(number=number)))
        self._ways.returned(completed)

    def press_second(self) -> None:
        """Skip; after a return, the paper once more."""
        if self.view == "done":
            self._ways.counter.reprint()
        else:
            self.close()

    def act(self, name: str) -> None:
        """The action of the answer box."""
        if name == "retry":
            self._ways.counter.fetch()
            self.open(self._target)
        elif name == "approve":
            self.press_main()
        elif name == "defect":
            self.press_defect(self._refused)
        else:
            self._ways.counter.other(name)
