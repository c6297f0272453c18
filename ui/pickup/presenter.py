"""The pick-up screen's ways: the list of waiting orders, one order in work, and what was just handed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from pos_app.domain.errors import AskCentral, OrderOtherStore, PosError, ProductUnknownHere
from pos_app.services.payment import Completed
from pos_app.services.pickup_draft import PickupDraft
from pos_app.services.pickup_proof import PinState
from pos_app.text import _
from ui import messages
from ui.answers import Answer
from ui.asking_central import AskingCentral
from ui.pickup import words
from ui.pickup.done_view import done_column, done_state
from ui.pickup.order_desk import OrderDesk
from ui.pickup.order_view import column_state, order_state
from ui.pickup.state import PickupState, ready
from ui.pickup.targets import belongs_to_pickup, looks_like_order, looks_like_pin
from ui.pickup.waiting import WaitingList
from ui.pickup.ways import PickupServices, PickupWays

Show = Callable[[PickupState], None]
_PIN_OPEN = (PinState.NEEDED, PinState.WRONG)


class PickupPresenter:
    """One per screen. `open_list` and `open` are how other screens come here, `resume` and `paid` how the
    pay screen comes back. `desk` takes what is done to the open order.
    """

    def __init__(self, services: PickupServices, ways: PickupWays) -> None:
        self._services = services
        self._ways = ways
        self._show: Show = lambda _state: None
        self._list = WaitingList()
        self._done: tuple[PickupDraft, Completed] | None = None
        self._answer = ready()
        self._target = ""
        self._asking = AskingCentral(ways.counter.ask_central, self._say)
        self.desk = OrderDesk(services, ways, self._say, self._finished)

    # --- state ---------------------------------------------------------------------------------
    def shown_by(self, show: Show) -> None:
        """Who shows the state; it is shown at once."""
        self._show = show
        self.refresh()

    @property
    def view(self) -> Literal["list", "order", "done"]:
        """What stands in the work area."""
        if self._done is not None:
            return "done"
        return "list" if self.desk.draft is None else "order"

    def state(self) -> PickupState:
        """The state of this moment."""
        session = self._services.session
        now, zone = session.now, session.policy.timezone
        if self._done is not None:
            column, done = done_column(*self._done), done_state(*self._done)
            return PickupState("done", _("Quét mã của khách tiếp theo…"), self._answer, column, done=done)
        draft = self.desk.draft
        if draft is None:
            column, waiting = self._list.column(now, zone), self._list.state(now, zone)
            return PickupState("list", _("Quét mã nhận hoặc gõ số đơn…"), self._answer, column, waiting)
        column = column_state(draft, self.desk.tries_left)
        if column.pin is not None and column.pin.status == "ok":
            column = replace(column, pin=replace(column.pin, digits=self.desk.digits))
        order = order_state(draft, self._services, now, zone, self.desk.current)
        return PickupState("order", _placeholder(draft), self._answer, column, order=order)

    def refresh(self) -> None:
        """Show what is true now: also when the list may have changed."""
        self._reload()
        self._show(self.state())

    def _reload(self) -> None:
        if self.view == "list":
            try:
                self._list.take(self._services.pickups.waiting())
            except PosError as error:
                self._answer = messages.answer(error)

    def _say(self, answer: Answer) -> None:
        self._answer = answer
        self._show(self.state())

    def _named(self, error: PosError) -> PosError:
        """Another shop by its name: nobody knows the numbers."""
        store = error.fields.get("store")
        if not isinstance(error, OrderOtherStore) or not isinstance(store, int):
            return error
        return OrderOtherStore(**(error.fields | {"store": self._services.store_of(store)}))

    def speak_anew(self) -> None:
        """The language has changed: what was said before is not repeated."""
        self._say(ready())

    # --- coming and going ----------------------------------------------------------------------
    def open_list(self) -> None:
        """F8 without an order: what waits here."""
        self.desk.leave()
        self._done = None
        self._answer = ready()
        self._list.find("")
        self.refresh()

    def open(self, target: str | int) -> None:
        """By the text of a pickup code, an order number, a short code, or the number of a row."""
        self._target = target if isinstance(target, str) else ""
        try:
            draft = self._services.pickups.open(target)
        except AskCentral as needed:
            asked = self._target
            self._asking.ask(needed, lambda: self.open(target) if self._target == asked else None)
            return
        except PosError as error:
            self._done = None
            self._reload()
            self._say(messages.answer(self._named(error)))
            return
        self._done = None
        self.desk.take(draft)

    def resume(self) -> None:
        """Back from the pay screen without having paid."""
        self.refresh()

    def paid(self, completed: Completed) -> None:
        """The pay screen has committed the hand-over."""
        if self.desk.draft is not None:
            self.desk.finish(self.desk.draft, completed)

    def close(self) -> None:
        """Esc: from the order to the list, from the list to the sell screen. Ticks are kept."""
        if self.view == "list":
            self._ways.counter.to_sell()
        else:
            self.open_list()

    def _finished(self, draft: PickupDraft, completed: Completed) -> None:
        self._done = (draft, completed)
        title = _("Đã giao đơn {number}").format(number=draft.order.number)
        left = words.pieces(draft.missing)
        line = _("Còn {n} món giao sau.").format(n=left) if left else _("Đưa khách hàng và biên nhận.")
        self._say(Answer("accepted", title, line))
        self._ways.handed_over(completed)

    # --- scans ---------------------------------------------------------------------------------
    def scan(self, text: str) -> None:
        """Scanned, or typed and sent with Enter."""
        text = text.strip()
        draft = self.desk.draft
        if draft is not None:
            self._scan_in_order(draft, text)
        elif self.view == "list" and text.isdigit() and (only := self._list.only(text)) is not None:
            self.open(only.order)
        elif belongs_to_pickup(text):
            self.open(text)
        else:
            self._ways.counter.scan(text)
        self._list.find("")

    def _scan_in_order(self, draft: PickupDraft, text: str) -> None:
        if looks_like_pin(text) and draft.pin_state in _PIN_OPEN:
            self.desk.enter_pin(text)
            return
        try:
            self.desk.scanned(draft, text)
        except ProductUnknownHere as error:
            self._not_goods(draft, text, error)
        except PosError as error:
            self._say(messages.answer(error))

    def _not_goods(self, draft: PickupDraft, text: str, error: PosError) -> None:
        """Another order's code opens that order; any other code waits until this order is done."""
        if looks_like_order(text):
            self.open(text)
        elif text.upper().startswith("QX1"):
            line = _("Giao xong hoặc đóng đơn {number}, rồi quét lại mã này.")
            line = line.format(number=draft.order.number)
            self._say(Answer("needs", _("Mã này không phải hàng"), line))
        else:
            self._say(messages.answer(error))

    # --- buttons -------------------------------------------------------------------------------
    def press_main(self) -> None:
        """F9: open the chosen order, hand over, or take the next customer."""
        chosen = self._list.chosen()
        if self.view == "done":
            self.open_list()
        elif self.view == "order":
            self.desk.hand_over()
        elif chosen is not None:
            self.open(chosen.order)

    def press_second(self) -> None:
        """What is ticked goes out before the rest; after a hand-over, the paper once more."""
        if self.view == "done":
            self._ways.counter.reprint()
        else:
            self.desk.hand_over(partial=True)

    def act(self, name: str) -> None:
        """The action of the answer box."""
        if name == "undo":
            self.desk.undo()
        elif name == "approve":
            self.press_main()
        elif name == "retry":
            self._ways.counter.fetch()
            self.open(self._target)
        else:
            self._ways.counter.other(name)

    # --- rows ----------------------------------------------------------------------------------
    def find(self, typed: str) -> None:
        """As somebody types into the scan box."""
        if self.view == "list":
            self._list.find(typed)
            self._show(self.state())

    def choose_tab(self, tab: str) -> None:
        """All, late, or with something to pay."""
        self._list.choose_tab(tab)
        self._show(self.state())

    def choose_row(self, key: str) -> None:
        """A row was pressed: of the list the one to open, of the order the one to act on."""
        if self.view == "list":
            self._list.current = key
        else:
            self.desk.current = key
        self._show(self.state())

    def enter_row(self, key: str) -> None:
        """A row was pressed twice, or its ring once."""
        if self.view == "list":
            self.open(int(key))
        else:
            self.desk.press_ring(key)

    def step(self, by: int) -> None:
        """Arrow keys."""
        if self.view == "list":
            self._list.step(by)
        else:
            self.desk.step(by)
        self._show(self.state())


def _placeholder(draft: PickupDraft) -> str:
    if draft.missing:
        return _("Quét từng món trong đơn…")
    if draft.pin_state in _PIN_OPEN:
        return _("Gõ mã PIN khách đọc…")
    return _("Quét mã của khách tiếp theo…")
