from __future__ import annotations

from datetime import date

import pytest

from pos_app.domain.errors import CodeRefused, CodeRevoked, LockedOut, PinWrong, StaffNotAllowed
from pos_app.domain.staff import Role
from tests.support import till_files
from tests.support.counter import (
    AUDITOR,
    CASHIER,
    MANAGER,
    PINS,
    SENIOR,
    Counter,
    badge_code,
    counter_of,
    pickup_code,
)


def wrong(counter: Counter, times: int, staff: int = CASHIER) -> None:
    for _ in range(times):
        with pytest.raises((PinWrong, LockedOut)):
            counter.sign_in.sign_in(staff, "000000")


def test_the_right_pin_signs_in_and_is_a_document(counter: Counter) -> None:
    person = counter.sign_in.sign_in(CASHIER, PINS[CASHIER])

    assert person.name == "Lê Thị Lan"
    assert counter.session.person == person
    assert counter.kinds() == ["sign_in"]


def test_a_wrong_pin_says_how_many_tries_are_left(counter: Counter) -> None:
    with pytest.raises(PinWrong) as refused:
        counter.sign_in.sign_in(CASHIER, "000000")

    assert refused.value.fields["tries_left"] == 4
    assert counter.kinds() == []


def test_the_fifth_wrong_pin_locks_the_person_out_for_a_minute(counter: Counter) -> None:
    wrong(counter, 5)

    with pytest.raises(LockedOut):
        counter.sign_in.sign_in(CASHIER, PINS[CASHIER])
    counter.till.clock.pass_time(61)
    counter.sign_in.sign_in(CASHIER, PINS[CASHIER])


def test_a_lock_out_survives_a_restart(counter: Counter) -> None:
    wrong(counter, 5)
    folder = counter.till.files.folder
    counter.till.files.dispose()

    again = counter_of(till_files.reopen(folder, counter.till.clock))
    counter.till = again.till
    with pytest.raises(LockedOut):
        again.sign_in.sign_in(CASHIER, PINS[CASHIER])


def test_the_lock_out_of_one_person_is_not_that_of_another(counter: Counter) -> None:
    wrong(counter, 5)

    counter.sign_in.sign_in(MANAGER, PINS[MANAGER])


def test_the_right_pin_forgets_the_wrong_ones(counter: Counter) -> None:
    wrong(counter, 4)
    counter.enter()
    counter.sign_in.sign_out()

    with pytest.raises(PinWrong) as refused:
        counter.sign_in.sign_in(CASHIER, "000000")
    assert refused.value.fields["tries_left"] == 4


def test_people_of_another_store_are_unknown(counter: Counter) -> None:
    with pytest.raises(StaffNotAllowed) as refused:
        counter.sign_in.sign_in(99, "123456")

    assert refused.value.fields["reason"] == "unknown"


def test_who_left_the_shop_may_not_sign_in(counter: Counter) -> None:
    counter.till.feed("staff", {"7": till_files.staff_member() | {"active": False}})

    with pytest.raises(StaffNotAllowed) as refused:
        counter.sign_in.sign_in(CASHIER, PINS[CASHIER])
    assert refused.value.fields["reason"] == "inactive"
    assert CASHIER not in [person.no for person in counter.sign_in.people()]


def test_a_revoked_person_may_not_sign_in(counter: Counter) -> None:
    counter.till.feed("revocations", {"staff/7": {"at": "2026-11-13T00:00:00+00:00", "reason": "left"}})

    with pytest.raises(StaffNotAllowed):
        counter.sign_in.sign_in(CASHIER, PINS[CASHIER])


def test_changing_over_signs_the_former_person_out(counter: Counter) -> None:
    counter.enter(CASHIER)
    counter.enter(MANAGER)

    assert counter.kinds() == ["sign_in", "sign_out", "sign_in"]
    assert counter.session.person is not None
    assert counter.session.person.no == MANAGER


def test_a_wrong_pin_leaves_who_was_there_signed_in(counter: Counter) -> None:
    counter.enter(CASHIER)
    wrong(counter, 1, MANAGER)

    assert counter.session.person is not None
    assert counter.session.person.no == CASHIER


def test_unlocking_takes_the_pin_of_the_same_person(counter: Counter) -> None:
    counter.enter()
    counter.sign_in.lock()
    assert counter.session.is_locked

    with pytest.raises(PinWrong):
        counter.sign_in.unlock("000000")
    counter.sign_in.unlock(PINS[CASHIER])
    assert not counter.session.is_locked
    assert counter.kinds() == ["sign_in", "lock", "sign_in"]


def test_a_badge_names_a_person_and_signs_nobody_in(counter: Counter) -> None:
    assert counter.sign_in.badge(badge_code()).no == MANAGER
    assert counter.session.person is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (badge_code(until=date(2026, 11, 13)), "expired"),
        (pickup_code(), "not_a_badge"),
    ],
)
def test_a_badge_that_does_not_count_says_why(counter: Counter, text: str, reason: str) -> None:
    with pytest.raises(CodeRefused) as refused:
        counter.sign_in.badge(text)

    assert refused.value.fields["reason"] == reason


def test_a_revoked_badge_is_refused(counter: Counter) -> None:
    counter.till.feed("revocations", {"code/77": {"at": "2026-11-13T00:00:00+00:00", "reason": "lost"}})

    with pytest.raises(CodeRevoked):
        counter.sign_in.badge(badge_code(serial=77))


def test_an_auditor_signs_in_and_may_not_sell(counter: Counter) -> None:
    counter.enter(AUDITOR)

    assert not counter.sign_in.may_sell
    with pytest.raises(StaffNotAllowed):
        counter.approvals.check_right("sale")


def test_who_leaves_the_shop_is_locked_out_when_the_feed_says_so(counter: Counter) -> None:
    counter.open()
    assert counter.sign_in.recheck()
    counter.till.feed("staff", {str(CASHIER): till_files.staff_member(CASHIER) | {"active": False}})
    assert not counter.sign_in.recheck()


def test_another_role_counts_at_once(counter: Counter) -> None:
    counter.open()
    counter.till.feed("staff", {str(CASHIER): till_files.staff_member(CASHIER, role="senior")})
    assert counter.sign_in.recheck()
    assert counter.session.person is not None
    assert counter.session.person.role is Role.SENIOR


def test_without_any_list_of_people_selling_goes_on(counter: Counter) -> None:
    counter.open()
    counter.till.feed("staff", dict.fromkeys(map(str, (CASHIER, SENIOR, MANAGER, AUDITOR))))
    assert counter.sign_in.recheck()
