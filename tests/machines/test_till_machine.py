"""One till and a model of it: whatever people, line and power do in any order, both say the same.

Hypothesis draws the story and, when it ends badly, tells the shortest one. Central answers in this process.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pos_app.domain.errors import NothingToReturn, PosError
from pos_app.services.approvals import Granted
from pos_app.services.cash_drawer import CashDrawer
from pos_app.services.payment import Payment
from pos_app.services.return_draft import LineState
from pos_app.storage.journal import Recorded
from tests.simulation import checks
from tests.simulation.rest import at_rest
from tests.simulation.template import lay_out
from tests.simulation.wares import wares_of
from tests.simulation.world import World
from tests.support import central_world
from tests.support.code_fuzz import texts

pytestmark = [
    pytest.mark.slow,
    pytest.mark.expects_log("sync", "the line is cut"),
]

STORIES, STEPS = 10, 30
FLOAT = 2_000_000
GOODS = st.integers(0, 3)
AMOUNTS = st.integers(1, 40).map(lambda count: count * 10_000)
NEWEST = 12
"""Documents of the chain that are verified after each step; all of them at the end."""


class LoneTill(World):
    """The chain of the simulation with one till running."""

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.end = ExitStack()
        self.end.callback(shutil.rmtree, self.folder, ignore_errors=True)
        lay_out(self.folder)
        self.central = self._started()
        self.wares = wares_of(self.central.central.keys)
        self.tills = [self.till("a", self.folder / "a", central_world.NOW)]
        self.bases = {}
        self.gone, self.forked, self.excused = set(), set(), set()


class TillMachine(RuleBasedStateMachine):
    """The model: drawer, receipts, stock, used vouchers, held carts, documents not yet acknowledged."""

    @initialize()
    def begins(self) -> None:
        self.world = LoneTill(1)
        self.till = self.world.tills[0]
        self.wares = self.world.wares
        self.stock = checks.shown_stock(self.till, self.wares)
        self.drawer = 0
        self.has_shift = False
        self.receipts: list[str] = []
        self.held: dict[int, tuple[str, int]] = {}
        self.used: set[str] = set()
        self.acknowledged = len(self.till.documents())

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        try:
            self.world.heal()
            at_rest(self.world)
            assert self.till.services.journal.verify().is_whole
            assert checks.shown_stock(self.till, self.wares) == self.stock
        finally:
            self.world.close()

    # --- the counter ----------------------------------------------------------------------------
    @rule(product=GOODS, pieces=st.integers(1, 3))
    def sell(self, product: int, pieces: int) -> None:
        self.ready()
        self.add(product, pieces)
        self.pay(self.till.services.selling.begin_payment())

    @rule(product=GOODS, customer=st.integers(0, 2), points=st.integers(0, 200))
    def sell_to_customer(self, product: int, customer: int, points: int) -> None:
        self.ready()
        card = self.till.stores.customers.by_id(self.wares.customers[customer])
        assert card is not None
        self.till.services.checkout.attach(card)
        self.add(product, 2)
        payment = self.till.services.selling.begin_payment()
        spent = points and self.refused(lambda: payment.add_points(points)) is None
        body = self.pay(payment)
        after = self.till.stores.customers.by_id(card.id)
        assert after is not None
        entries = [one["delta"] for one in body["payload"].get("points") or ()]
        assert after.balance == card.balance + sum(entries)
        assert not spent or min(entries) < 0

    @rule(number=st.integers(0, 2))
    def sell_with_voucher(self, number: int) -> None:
        self.ready()
        text, owner = self.wares.vouchers[number]
        if owner is not None:
            card = self.till.stores.customers.by_id(owner)
            assert card is not None
            self.till.services.checkout.attach(card)
        for product in range(4):
            self.add(product, 3)
        scan = self.till.services.scans.scan
        refusal = self.refused(lambda: self.till.approved(lambda given: scan(text, given)))
        has_it = bool(self.till.services.checkout.cart.vouchers)
        assert has_it == (refusal is None)
        serial = self.wares.serials[number]
        assert not (has_it and serial in self.used), "a voucher was used twice"
        self.pay(self.till.services.selling.begin_payment())
        if has_it:
            self.used.add(serial)

    @precondition(lambda self: self.wares.receipts)
    @rule(data=st.data())
    def give_back(self, data: st.DataObject) -> None:
        self.ready()
        try:
            draft = self.till.services.refunds.open(data.draw(st.sampled_from(self.wares.receipts)))
        except NothingToReturn:
            return
        good = [
            line
            for line in draft.original.lines
            if draft.state_of(line) in (LineState.RETURNABLE, LineState.LAST_DAY) and line.amount
        ]
        if not good:
            return
        draft.choose(good[0].no, 1000)
        draft.reason(good[0].no, "wrong_size")
        done: list[Recorded] = []

        def complete(given: Granted | None) -> None:
            done.append(draft.complete(given).recorded)

        refusal = self.refused(lambda: self.till.granted(complete, lambda: draft.draft_hash))
        if refusal is None:
            self.book(done[0], sign=-1)

    # --- carts put aside ------------------------------------------------------------------------
    @precondition(lambda self: len(self.held) < 3)
    @rule(product=GOODS, pieces=st.integers(1, 3))
    def hold(self, product: int, pieces: int) -> None:
        self.ready()
        self.till.services.checkout.add(self.wares.products[product], pieces * 1000)
        number = self.till.services.held_carts.hold("khách")
        self.held[number] = self.wares.products[product], pieces * 1000

    @precondition(lambda self: self.held)
    @rule()
    def recall(self) -> None:
        self.ready()
        number = min(self.held)
        self.till.services.held_carts.recall(number)
        product, quantity = self.held.pop(number)
        (line,) = self.till.services.checkout.cart.lines
        assert (line.product.id, line.quantity) == (product, quantity)  # type: ignore[union-attr]
        self.stock[product] -= quantity
        self.pay(self.till.services.selling.begin_payment())

    # --- the drawer -----------------------------------------------------------------------------
    @rule(amount=AMOUNTS)
    def cash_in(self, amount: int) -> None:
        self.move("cash_in", amount, self.till.services.cash_drawer.cash_in)
        self.drawer += amount

    @rule(amount=AMOUNTS)
    def cash_out(self, amount: int) -> None:
        self.move("cash_out", amount, self.till.services.cash_drawer.cash_out)
        self.drawer -= amount

    def move(self, kind: str, amount: int, act: Callable[[int, str, Granted | None], Recorded]) -> None:
        self.ready()
        moved = lambda given: act(amount, "tiền lẻ", given)  # noqa: E731
        self.till.keep(self.till.granted(moved, lambda: CashDrawer.move_hash(kind, amount, "tiền lẻ")))

    @precondition(lambda self: self.has_shift and not self.held)
    @rule()
    def close_shift(self) -> None:
        self.ready()
        shifts = self.till.services.shifts
        shifts.begin_count()
        closed = shifts.close({500: self.drawer // 500}, "lẻ" if self.drawer % 500 else None)
        assert closed.recorded is not None
        self.till.keep(closed.recorded)
        self.drawer, self.has_shift = 0, False

    # --- line and power -------------------------------------------------------------------------
    @rule()
    def cut_or_mend_the_line(self) -> None:
        self.till.wire.is_up = not self.till.wire.is_up

    @rule()
    def sync(self) -> None:
        self.world.central.clock.advance(seconds=20)
        self.till.clock.pass_time(20)
        report = self.till.sync()
        assert report.is_online == self.till.wire.is_up
        if report.is_online:
            self.acknowledged = len(self.till.documents())

    @rule()
    def crash(self) -> None:
        self.till.crash()

    @rule(seed=st.integers(0, 10_000))
    def scan_something_foreign(self, seed: int) -> None:
        self.ready()
        for text in texts(seed, 3):
            self.refused(lambda: self.till.services.scans.scan(text))  # noqa: B023
        self.till.services.checkout.clear()

    # --- what is the same -----------------------------------------------------------------------
    @invariant()
    def journal_is_whole(self) -> None:
        assert self.till.services.journal.verify(NEWEST).is_whole
        assert set(self.till.promised) <= self.till.documents()

    @invariant()
    def receipt_numbers_have_no_gap(self) -> None:
        numbers = [int(number[-6:]) for number in self.receipts]
        assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def drawer_is_the_models(self) -> None:
        shift = self.till.services.session.shift
        assert (shift is not None) == self.has_shift
        if shift is not None:
            assert self.till.stores.shifts.expected_cash(shift.number) == self.drawer

    @invariant()
    def stock_shown_is_the_models(self) -> None:
        assert checks.shown_stock(self.till, self.wares) == self.stock

    @invariant()
    def no_voucher_is_used_twice(self) -> None:
        uses: Counter[str] = Counter()
        for stored in self.till.services.journal.documents_since(1, 1):
            uses.update(one["serial"] for one in stored.content["payload"].get("vouchers") or ())
        assert set(uses) == self.used
        assert set(uses.values()) <= {1}

    @invariant()
    def unsent_are_the_models(self) -> None:
        assert self.till.unsent == len(self.till.documents()) - self.acknowledged

    @invariant()
    def held_carts_are_the_models(self) -> None:
        assert {one.id for one in self.till.services.held_carts.all()} == set(self.held)

    # --- how ------------------------------------------------------------------------------------
    def ready(self) -> None:
        """Somebody is signed in, a shift is open, the cart is empty."""
        self.till.clock.pass_time(5)
        self.world.central.clock.advance(seconds=5)
        if not self.has_shift:
            self.drawer, self.has_shift = FLOAT, True
        self.till.enter()

    def add(self, product: int, pieces: int) -> None:
        self.till.services.checkout.add(self.wares.products[product], pieces * 1000)
        self.stock[self.wares.products[product]] -= pieces * 1000

    def pay(self, payment: Payment) -> dict[str, Any]:
        due = payment.cash_due
        recorded = payment.complete(due + 50_000).recorded
        assert recorded.code_text is not None
        self.wares.receipts.append(recorded.code_text)
        self.receipts.append(str(recorded.receipt_no))
        self.drawer += due
        return self.book(recorded)

    def book(self, recorded: Recorded, sign: int = 1) -> dict[str, Any]:
        """Of a return the model takes money and goods from the document: what it owes is proven elsewhere."""
        self.till.keep(recorded)
        body = self.till.services.journal.body(recorded.doc_id)
        assert body is not None
        if sign < 0:
            self.receipts.append(str(recorded.receipt_no))
            refunds = body["payload"]["refunds"]
            self.drawer += sum(one["amount"] for one in refunds if one["kind"] == "cash")  # ≤ 0
            for product, quantity in checks.goods_moved(dict(body)).items():
                self.stock[product] += quantity
        return dict(body)

    @staticmethod
    def refused(act: Callable[[], object]) -> str | None:
        """The code of the refusal, None when it went through."""
        try:
            act()
        except PosError as refusal:
            return refusal.code
        return None


TillMachine.TestCase.settings = settings(
    max_examples=STORIES,
    stateful_step_count=STEPS,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink),
)
TestOneTill = TillMachine.TestCase
