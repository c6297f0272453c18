"""Claims of one document: asked once, covering for a time, given back when the document does not come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from pos_app.domain.errors import AskCentral
from pos_app.services.claims import ClaimDesk, Claims, ClaimsInWork
from pos_app.services.online_checks import CheckKind, LookupBy, Question, Verdict
from tests.support.clocks import StillClock

VOUCHER = CheckKind.VOUCHER


class Central:
    """Says what it is told to, and remembers what it was asked."""

    def __init__(self, clock: StillClock) -> None:
        self.clock = clock
        self.may_ask = True
        self.says: Verdict | None = None
        self.asked: list[tuple[str, int]] = []
        self.released: list[str] = []

    def check(
        self, kind: CheckKind, key: str, quantity: int, doc_id: str, customer: str | None = None
    ) -> Verdict | None:
        self.asked.append((key, quantity))
        return self.says

    def release(self, key: str, doc_id: str) -> None:
        self.released.append(key)

    def look_up(self, by: LookupBy, key: str) -> Mapping[str, Any] | None:
        self.asked.append((key, 0))
        return {"found": True}

    def yes(self, key: str = "7") -> None:
        self.says = Verdict("ok", key, balance=1, covers_until_ms=self.clock.mono_ms() + 595_000)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def central(clock: StillClock) -> Central:
    return Central(clock)


@pytest.fixture
def desk(clock: StillClock, central: Central) -> ClaimDesk:
    return ClaimDesk(clock, central)


@pytest.fixture
def claims(desk: ClaimDesk) -> Claims:
    return desk.open()


def answered(claims: Claims, key: str = "7", quantity: int = 1) -> Verdict | None:
    """As a presenter does it: told to ask, ask, and look again."""
    try:
        return claims.verdict(VOUCHER, key, quantity)
    except AskCentral as needed:
        question = needed.fields["question"]
        assert isinstance(question, Question)
        question.settle(question.ask())
    return claims.verdict(VOUCHER, key, quantity)


def test_a_yes_is_asked_for_once_and_covers(claims: Claims, central: Central) -> None:
    central.yes()
    assert answered(claims) == answered(claims) == central.says
    assert central.asked == [("7", 1)]
    assert claims.covers(VOUCHER, "7")


def test_a_claim_that_has_run_out_covers_nothing_and_is_asked_for_again(
    claims: Claims, central: Central, clock: StillClock
) -> None:
    central.yes()
    answered(claims)
    clock.pass_time(595)
    assert not claims.covers(VOUCHER, "7")
    central.yes()
    answered(claims)
    assert (len(central.asked), claims.covers(VOUCHER, "7")) == (2, True)


def test_the_wall_clock_ends_no_claim(claims: Claims, central: Central, clock: StillClock) -> None:
    central.yes()
    answered(claims)
    clock.set_wall(clock.now().replace(year=2035))
    assert claims.covers(VOUCHER, "7")


def test_more_than_was_claimed_is_another_question(claims: Claims, central: Central) -> None:
    central.yes()
    answered(claims)
    answered(claims, quantity=2)
    assert central.asked == [("7", 1), ("7", 2)]


def test_silence_is_not_asked_for_again_at_once(claims: Claims, central: Central, clock: StillClock) -> None:
    assert answered(claims) is None
    assert answered(claims) is None
    assert len(central.asked) == 1
    clock.pass_time(5)
    answered(claims)
    assert len(central.asked) == 2


def test_where_nobody_can_be_asked_nothing_is(claims: Claims, central: Central) -> None:
    central.may_ask = False
    assert claims.verdict(VOUCHER, "7") is None


def test_what_leaves_the_cart_is_given_back(claims: Claims, central: Central) -> None:
    central.yes("main-name")
    answered(claims, "alias")
    claims.drop(VOUCHER, "alias")
    assert (central.released, claims.covers(VOUCHER, "alias")) == (["main-name"], False)


def test_silence_may_have_been_a_yes_and_is_given_back_too(claims: Claims, central: Central) -> None:
    answered(claims)
    claims.end()
    assert central.released == ["7"]


def test_a_committed_document_gives_nothing_back(claims: Claims, central: Central) -> None:
    central.yes()
    answered(claims)
    claims.spent()
    claims.end()
    claims.drop(VOUCHER, "7")
    assert central.released == []


def test_an_answer_for_a_cart_that_is_gone_is_given_back(claims: Claims, central: Central) -> None:
    central.yes()
    with pytest.raises(AskCentral) as needed:
        claims.verdict(VOUCHER, "7")
    question = needed.value.fields["question"]
    assert isinstance(question, Question)
    said = question.ask()
    claims.end()
    question.settle(said)
    assert central.released == ["7"]


def test_what_is_given_back_goes_before_the_next_question(clock: StillClock, central: Central) -> None:
    """Or a till would find its own former claim in its way."""
    waiting: list[Any] = []
    desk = ClaimDesk(clock, central, waiting.append)
    first = desk.open()
    central.yes()
    answered(first)
    first.end()
    assert central.released == []
    answered(desk.open())
    assert central.released == ["7"]
    waiting[0]()
    assert central.released == ["7"]


def test_a_thing_opened_again_is_the_same_document_to_come(desk: ClaimDesk, central: Central) -> None:
    work = ClaimsInWork(desk)
    central.yes()
    first = work.of("order")
    answered(first)
    assert work.of("order") is first
    work.of("another")
    assert central.released == ["7"]


def test_a_kept_draft_keeps_the_id_of_its_document(desk: ClaimDesk) -> None:
    first = desk.open()
    assert desk.open(first.doc_id).doc_id == first.doc_id != desk.open().doc_id


def test_a_look_up_is_remembered_for_five_seconds(
    desk: ClaimDesk, central: Central, clock: StillClock
) -> None:
    with pytest.raises(AskCentral) as needed:
        desk.lookups.find("order", "MN-1")
    question = needed.value.fields["question"]
    assert isinstance(question, Question)
    question.settle(question.ask())
    assert desk.lookups.find("order", "MN-1") == {"found": True}
    clock.pass_time(5)
    with pytest.raises(AskCentral):
        desk.lookups.find("order", "MN-1")
