from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pos_app.services.approvals import ApprovalNeed, Granted
from tests.support.counter import CASHIER, MANAGER, PINS, SENIOR, Counter, badge_code
from ui.approval.presenter import ApprovalPresenter, ApprovalWays, Done
from ui.approval.state import ApprovalState
from ui.approval.words import request

DRAFT = "d" * 64
NEED = ApprovalNeed("return.over_limit", "return_cash", 903_000, 500_000, CASHIER)


@dataclass
class Asked:
    """A dialog without a window."""

    presenter: ApprovalPresenter
    states: list[ApprovalState] = field(default_factory=list)
    granted: list[Granted] = field(default_factory=list)
    refused: int = 0

    @property
    def state(self) -> ApprovalState:
        return self.states[-1]

    def enter(self, pin: str) -> None:
        self.presenter.typed(6)
        self.presenter.accept(pin)


def ask(counter: Counter, need: ApprovalNeed = NEED) -> Asked:
    asked: Asked

    def run(check: Callable[[], Granted], done: Done) -> None:
        try:
            granted = check()
        except Exception as error:  # noqa: BLE001  as the background worker hands it over
            done(None, error)
            return
        done(granted, None)

    def refused() -> None:
        asked.refused += 1

    ways = ApprovalWays(
        lambda state: asked.states.append(state),
        lambda granted: asked.granted.append(granted),
        refused,
        run,
        counter.sign_in.badge,
    )
    person = counter.session.require_person()
    asked = Asked(ApprovalPresenter(request(need, DRAFT, person, "16:21"), counter.approvals, ways))
    asked.presenter.begin()
    return asked


def test_only_second_persons_whose_right_covers_it_are_offered(counter: Counter) -> None:
    assert [one.no for one in ask(counter).state.approvers] == [MANAGER]


def test_accept_wakes_at_the_sixth_digit(counter: Counter) -> None:
    asked = ask(counter)
    asked.presenter.typed(5)
    assert not asked.state.may_accept
    asked.presenter.typed(6)
    assert asked.state.may_accept


def test_the_right_pin_grants_once_for_this_draft(counter: Counter) -> None:
    asked = ask(counter)
    asked.enter(PINS[MANAGER])

    assert asked.refused == 0
    approval = counter.approvals.take(asked.granted[0], DRAFT)
    assert (approval.by, approval.right, approval.method) == (MANAGER, "return.over_limit", "pin")


def test_a_wrong_pin_says_how_many_tries_are_left_and_stays_open(counter: Counter) -> None:
    asked = ask(counter)
    asked.enter("000000")

    assert asked.state.message == "Mã PIN chưa đúng. Còn 4 lần thử."
    assert (asked.granted, asked.refused, asked.state.may_accept) == ([], 0, False)
    asked.presenter.typed(1)
    assert asked.state.message == ""


def test_too_many_wrong_pins_lock_and_say_until_when(counter: Counter) -> None:
    asked = ask(counter)
    for _try in range(5):
        asked.enter("000000")

    assert asked.state.message.startswith("Tạm khóa vì nhập sai nhiều lần")


def test_the_sixtieth_second_closes_it_in_words(counter: Counter) -> None:
    asked = ask(counter)
    asked.presenter.typed(6)
    for _second in range(60):
        asked.presenter.tick()

    assert (asked.state.is_over, asked.state.may_accept, asked.state.left) == (True, False, 0)
    assert asked.state.message.startswith("Hết 60 giây")
    asked.presenter.accept(PINS[MANAGER])
    assert asked.granted == []


def test_a_scanned_badge_chooses_the_person_and_is_named_in_the_document(counter: Counter) -> None:
    asked = ask(counter)
    asked.presenter.scanned(badge_code())
    asked.enter(PINS[MANAGER])

    assert asked.granted[0].approval.method == "badge_pin"


def test_a_badge_of_somebody_who_may_not_says_so(counter: Counter) -> None:
    asked = ask(counter)
    asked.presenter.scanned(badge_code(SENIOR))

    assert "không duyệt được việc này" in asked.state.message
    assert asked.state.chosen == MANAGER


def test_nobody_who_may_is_said_in_words(counter: Counter) -> None:
    counter.enter(MANAGER)
    asked = ask(counter, ApprovalNeed("return.over_limit", "role", 903_000, None, MANAGER))

    assert asked.state.approvers == ()
    assert "chưa có ai duyệt được" in asked.state.message
    assert not asked.state.takes_digits


def test_the_arrows_step_through_the_persons(counter: Counter) -> None:
    asked = ask(counter, ApprovalNeed("sale.void", "role", 100_000, None, CASHIER))
    first = asked.state.chosen
    assert {one.no for one in asked.state.approvers} == {SENIOR, MANAGER}
    asked.presenter.step(1)
    assert asked.state.chosen != first


def test_refusing_is_told_once(counter: Counter) -> None:
    asked = ask(counter)
    asked.presenter.refuse()
    asked.presenter.refuse()

    assert asked.refused == 1
