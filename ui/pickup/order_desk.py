"""One open order and what is done to it: ticking, leaving lines here, proving the person, letting it go."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.domain.errors import ApprovalRequired, AskCentral, HandoverTooMuch, PickupPinWrong, PosError
from pos_app.services.approvals import ApprovalNeed, Granted
from pos_app.services.payment import Completed
from pos_app.services.pickup_draft import PickupDraft, TickOutcome
from pos_app.text import _, money_d
from ui import messages
from ui.answers import Answer, AnswerAction
from ui.asking_central import AskingCentral
from ui.pickup import asking, words
from ui.pickup.order_view import missing_words
from ui.pickup.ways import PickupServices, PickupWays


class OrderDesk:
    """Works on the draft it holds and says what came of it. Without a draft every act does nothing."""

    def __init__(
        self,
        services: PickupServices,
        ways: PickupWays,
        say: Callable[[Answer], None],
        finished: Callable[[PickupDraft, Completed], None],
    ) -> None:
        self._services = services
        self._ways = ways
        self._say = say
        self._finished = finished
        self.draft: PickupDraft | None = None
        self.current = ""
        self.digits = ""
        self.tries_left: int | None = None
        self._kept: PickupDraft | None = None
        self._asking = AskingCentral(ways.counter.ask_central, say)

    # --- opening and leaving -------------------------------------------------------------------
    def take(self, draft: PickupDraft) -> None:
        """A freshly opened order; what was ticked of it before it was closed is ticked again."""
        kept = self._kept
        if kept is not None and kept.order == draft.order:
            draft.ticked, draft.refused = dict(kept.ticked), dict(kept.refused)
        if self.draft is not None and self.draft.claims is not draft.claims:
            self.leave()
        self._close()
        self.draft = draft
        if not draft.order.is_known:
            title = _("Chưa có ở máy này: đơn {number}").format(number=draft.order.number)
            self._say(Answer("unknown", title, _("Mã đúng chữ ký. Quét từng món trong túi, rồi nhờ duyệt.")))
            return
        due = draft.due_now
        title = _("Đã mở đơn {number}").format(number=draft.order.number)
        if draft.proof.by_qr:
            title = _("Đúng mã nhận hàng")
        paid = _("Còn thu {amount}.").format(amount=money_d(due)) if due else _("Đã trả đủ.")
        self._say(Answer("accepted", title, f"{paid} {self._next(draft)}"))

    def leave(self) -> None:
        """Close it; what was ticked stays remembered, what proved the person and was claimed does not."""
        if self.draft is not None:
            self.draft.claims.end()
        self._close()

    def _close(self) -> None:
        if self.draft is not None and (self.draft.ticked or self.draft.refused):
            self._kept = self.draft
        self.draft = None
        self.current, self.digits, self.tries_left = "", "", None

    def _next(self, draft: PickupDraft) -> str:
        if draft.missing:
            return _("Quét từng món trong đơn.")
        missing = missing_words(draft)
        return f"{missing}." if missing else _("Bấm nút Giao hàng.")

    # --- lines ---------------------------------------------------------------------------------
    def scanned(self, draft: PickupDraft, text: str) -> None:
        """One piece of the goods. Raises the PosError that says why not."""
        self._ticked(draft, draft.scan(text))

    def _ticked(self, draft: PickupDraft, outcome: TickOutcome) -> None:
        self.current = ""
        if not draft.missing:
            self._say(Answer("accepted", _("Đủ món"), self._next(draft), undo_action()))
            return
        unit = draft.order.line(outcome.line_no).unit
        line = f"{words.short_name(outcome.name)} · {words.left_words(outcome.left, unit)}"
        self._say(Answer("accepted", _("Đúng món"), line, undo_action()))

    def press_ring(self, key: str) -> None:
        """By hand: one piece more; a full line is unticked, a refused one is wanted again."""
        draft = self.draft
        if draft is None or not key.isdigit():
            return
        no = int(key)
        name = draft.order.line(no).name
        if no in draft.refused:
            draft.accept(no)
            self._say(Answer("accepted", _("Khách lấy món này"), name, undo_action()))
            return
        try:
            self._ticked(draft, draft.tick(no))
        except HandoverTooMuch as error:
            if not draft.ticked.get(no):
                self._say(messages.answer(error))
                return
            draft.untick(no)
            self._say(Answer("accepted", _("Đã bỏ dấu"), name, undo_action()))

    def undo(self) -> None:
        """Takes the last tick or refusal back."""
        draft = self.draft
        if draft is not None and self._attempt(draft.undo):
            self._say(Answer("accepted", _("Đã hoàn tác"), self._next(draft)))

    def refuse_line(self, no: int, reason: str) -> None:
        """The customer leaves what is not ticked of this line."""
        draft = self.draft
        if draft is None or not self._attempt(lambda: draft.refuse(no, reason)):
            return
        line = f"{words.short_name(draft.order.line(no).name)} · {words.refusal_words(reason).lower()}"
        self._say(Answer("accepted", _("Khách không lấy món"), line, undo_action()))

    def step(self, by: int) -> None:
        """The next or previous line, by the arrows."""
        if self.draft is not None:
            keys = [str(line.no) for line in self.draft.order.lines]
            at = keys.index(self.current) + by if self.current in keys else 0
            self.current = keys[max(0, min(len(keys) - 1, at))]

    # --- who is here ---------------------------------------------------------------------------
    def name_collector(self, name: str, relation: str) -> None:
        """Somebody else fetches it; an empty name takes it back."""
        if self.draft is None:
            return
        self.draft.set_collector(name, relation)
        if self.draft.collector is None:
            self._say(Answer("accepted", _("Khách tự nhận"), _("Tên người nhận thay đã bỏ.")))
        else:
            line = f"{name.strip()} · {words.relation_words(relation)}"
            self._say(Answer("accepted", _("Người khác nhận"), line))

    def enter_pin(self, pin: str) -> None:
        """What the customer says."""
        draft = self.draft
        if draft is None:
            return
        try:
            draft.enter_pin(pin)
        except PickupPinWrong as error:
            left = error.fields.get("tries_left")
            self.tries_left = left if isinstance(left, int) else None
            self._say(messages.answer(error))
        else:
            self.digits = pin
            self._say(Answer("accepted", _("Mã PIN khớp"), self._next(draft)))

    def press_proof(self) -> None:
        """An identity document was looked at; where it stands for the PIN, a manager looks too."""
        self._identity(instead_of_pin=False)

    def forget_pin(self) -> None:
        """The customer does not know the PIN: an identity document and a manager instead."""
        self._identity(instead_of_pin=True)

    def _identity(self, *, instead_of_pin: bool, granted: Granted | None = None) -> None:
        draft = self.draft
        if draft is None:
            return
        try:
            draft.confirm_identity(granted, instead_of_pin=instead_of_pin)
        except ApprovalRequired as error:
            if granted is None:
                self._ask_identity(draft, error, instead_of_pin)
            else:
                self._say(messages.answer(error))
        except PosError as error:
            self._say(messages.answer(error))
        else:
            self._say(Answer("accepted", _("Đã xem giấy tờ"), self._next(draft)))

    def _ask_identity(self, draft: PickupDraft, error: ApprovalRequired, instead_of_pin: bool) -> None:
        fields, person = error.fields, self._services.session.require_person()
        need = ApprovalNeed(str(fields["right"]), str(fields.get("reason") or "role"), 0, None, person.no)
        self._ways.counter.ask_approval(
            asking.identity(draft, need, self._services),
            lambda granted: self._identity(instead_of_pin=instead_of_pin, granted=granted),
            self._not_granted,
        )

    def _not_granted(self) -> None:
        self._say(Answer("needs", _("Chưa được duyệt"), _("Đơn vẫn mở. Xin duyệt lại hoặc đóng đơn.")))

    # --- the way out ---------------------------------------------------------------------------
    def hand_over(self, *, partial: bool = False) -> None:
        """All of it, or what is ticked before the rest; a second person is asked first where needed."""
        draft = self.draft
        if draft is None:
            return
        try:
            draft.check(partial=partial)
            self._services.pickups.ask_central(draft)
            need = draft.needs_approval
        except AskCentral as needed:
            self._asking.ask(needed, lambda: self.hand_over(partial=partial) if self.draft is draft else None)
            return
        except PosError as error:
            self._say(messages.answer(error))
            return
        if need is None:
            self._pay(draft, None, partial=partial)
            return
        self._ways.counter.ask_approval(
            asking.hand_over(draft, need, self._services),
            lambda granted: self._pay(draft, granted, partial=partial),
            self._not_granted,
        )

    def _pay(self, draft: PickupDraft, granted: Granted | None, *, partial: bool) -> None:
        try:
            payment = draft.begin_payment(granted, partial=partial)
            if not payment.can_complete:
                self._ways.to_pay(payment)
                return
            completed = payment.complete()
        except PosError as error:
            self._say(messages.answer(error))
            return
        self.finish(draft, completed)

    def finish(self, draft: PickupDraft, completed: Completed) -> None:
        """The document has committed."""
        self.draft, self._kept = None, None
        self.leave()
        self._finished(draft, completed)

    def _attempt(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except PosError as error:
            self._say(messages.answer(error))
            return False
        return True


def undo_action() -> AnswerAction:
    """Takes back what was just done."""
    return AnswerAction("undo", _("Hoàn tác"), "Ctrl+Z")
