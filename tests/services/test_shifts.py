from __future__ import annotations

from collections.abc import Callable

import pytest

from pos_app.domain.errors import (
    CountFrozen,
    DifferenceNeedsReason,
    NoOpenShift,
    NotSignedIn,
    NotTheirsToApprove,
    SamePersonRefused,
    ShiftAlreadyOpen,
    ShiftOutdated,
    ShiftStepRefused,
)
from tests.support import till_files
from tests.support.counter import CASHIER, MANAGER, PINS, SENIOR, Counter, counter_of, pickup_code

FLOAT = {100_000: 5}
FLOAT_AND_SALE = {500_000: 1, 100_000: 5}


def close_with_difference(counter: Counter, counts: dict[int, int]) -> DifferenceNeedsReason:
    with pytest.raises(DifferenceNeedsReason) as shown:
        counter.shifts.close(counts)
    return shown.value


def test_a_shift_opens_with_its_float_by_denomination(counter: Counter) -> None:
    counter.enter()
    recorded = counter.shifts.open(FLOAT)

    payload = counter.payload(recorded.doc_id)
    assert payload["float"] == {"100000": 5}
    assert (payload["number"], payload["business_date"]) == (1, till_files.DAY)
    assert counter.shifts.current() is not None


def test_nobody_opens_a_shift_without_signing_in(counter: Counter) -> None:
    with pytest.raises(NotSignedIn):
        counter.shifts.open(FLOAT)


def test_a_second_shift_waits_for_the_first_to_close(counter: Counter) -> None:
    counter.open()

    with pytest.raises(ShiftAlreadyOpen):
        counter.shifts.open(FLOAT)


def test_the_sheet_does_not_tell_what_should_be_there(counter: Counter) -> None:
    counter.open()
    counter.till.sell()
    counter.drafts.hold({"lines": 1}, "Chị Hoa")

    sheet = counter.shifts.begin_count()
    assert (sheet.float_amount, sheet.held_carts, sheet.open_cart) == (500_000, 1, False)
    assert not hasattr(sheet, "expected")


def test_a_count_that_is_right_closes_at_once(counter: Counter) -> None:
    counter.open()
    counter.till.sell()

    outcome = counter.shifts.close(FLOAT_AND_SALE)
    assert (outcome.expected, outcome.counted, outcome.difference) == (1_000_000, 1_000_000, 0)
    assert (outcome.z_no, outcome.to_verify) == (1, False)
    assert counter.jobs(outcome.recorded.doc_id) == [("shift_report", False)]
    assert counter.shifts.current() is None


def test_a_difference_is_shown_only_after_the_count_and_needs_a_reason(counter: Counter) -> None:
    counter.open()
    counter.till.sell()
    before = counter.kinds()

    shown = close_with_difference(counter, {500_000: 1, 100_000: 4})
    assert shown.fields["expected"] == 1_000_000
    assert shown.fields["difference"] == -100_000
    assert shown.fields["to_verify"] is True
    assert counter.kinds() == before


def test_a_count_whose_figures_were_shown_cannot_be_changed(counter: Counter) -> None:
    counter.open()
    close_with_difference(counter, {100_000: 4})

    with pytest.raises(CountFrozen):
        counter.shifts.close(FLOAT)
    assert counter.shifts.begin_count().frozen == {100_000: 4}


def test_nothing_moves_in_a_drawer_whose_count_was_compared(counter: Counter) -> None:
    """Else the difference that was shown is taken out with a reason of its own, and the shift closes even."""
    counter.open()
    sold = counter.till.sell()
    close_with_difference(counter, {100_000: 9})
    acts: tuple[Callable[[], object], ...] = (
        lambda: counter.drawer.cash_out(100_000, "lấy tiền lẻ"),
        lambda: counter.drawer.open_drawer("đổi tiền"),
        lambda: counter.refunds.open(sold.doc_id),
        lambda: counter.pickups.open(pickup_code()),
    )
    for act in acts:
        with pytest.raises(ShiftStepRefused):
            act()
    counter.shifts.close({100_000: 9}, "thiếu tiền lẻ")
    counter.shifts.open(FLOAT)
    counter.drawer.cash_out(100_000, "lấy tiền lẻ")


def test_a_frozen_count_stays_frozen_over_a_restart(counter: Counter) -> None:
    counter.open()
    close_with_difference(counter, {100_000: 4})
    folder = counter.till.files.folder
    counter.till.files.dispose()

    again = counter_of(till_files.reopen(folder, counter.till.clock))
    counter.till = again.till
    again.enter()
    with pytest.raises(CountFrozen):
        again.shifts.close(FLOAT)


def test_a_reason_closes_the_shift_and_both_figures_are_kept(counter: Counter) -> None:
    counter.open()
    close_with_difference(counter, {100_000: 4})

    outcome = counter.shifts.close({100_000: 4}, "Trả nhầm tiền thừa")
    payload = counter.payload(outcome.recorded.doc_id)
    assert (payload["expected"], payload["counted"]) == (500_000, 400_000)
    assert payload["reason"] == "Trả nhầm tiền thừa"
    assert outcome.to_verify


def test_a_small_difference_is_not_to_verify(counter: Counter) -> None:
    counter.open()
    counts = {100_000: 4, 50_000: 1, 20_000: 2}
    close_with_difference(counter, counts)

    assert not counter.shifts.close(counts, "Thiếu tiền lẻ").to_verify


def test_the_range_ends_before_the_closing_and_names_the_head(counter: Counter) -> None:
    counter.open()
    sold = counter.till.sell()

    outcome = counter.shifts.close(FLOAT_AND_SALE)
    payload = counter.payload(outcome.recorded.doc_id)
    assert (payload["first_seq"], payload["last_seq"]) == (2, sold.seq)
    assert payload["head_hash"] == sold.hash.hex()
    assert payload["unsent"] == sold.seq
    assert payload["sales"] == {"count": 1, "total": 500_000}


def test_the_next_shift_gets_the_next_numbers(counter: Counter) -> None:
    counter.open()
    counter.shifts.close(FLOAT)
    counter.shifts.open(FLOAT)

    assert counter.shifts.close(FLOAT).z_no == 2


def test_held_carts_survive_the_closing(counter: Counter) -> None:
    counter.open()
    counter.drafts.hold({"lines": 1}, "Chị Hoa")
    counter.shifts.close(FLOAT)

    assert [held.label for held in counter.drafts.held()] == ["Chị Hoa"]


def test_nothing_closes_without_an_open_shift(counter: Counter) -> None:
    counter.enter()

    with pytest.raises(NoOpenShift):
        counter.shifts.close(FLOAT)


def test_the_x_report_sums_without_the_expected_cash(counter: Counter) -> None:
    counter.open()
    counter.till.sell()

    report = counter.shifts.x_report()
    assert report["tenders"] == {"cash": 500_000}
    assert "expected" not in report


def test_an_x_report_is_printed_and_is_no_document(counter: Counter) -> None:
    counter.open()
    before = counter.kinds()
    counter.shifts.print_x_report()

    assert counter.kinds() == before
    job = counter.print_jobs.pending(counter.session.now)
    assert job is not None
    assert job.template == "x_report"
    assert job.body is not None


def test_after_the_business_day_the_old_shift_must_be_closed_first(counter: Counter) -> None:
    counter.open()
    assert not counter.shifts.must_close_first
    counter.till.clock.pass_time(19 * 3600 + 60)

    assert counter.shifts.must_close_first


def test_a_second_person_verifies_a_closed_shift(counter: Counter) -> None:
    counter.open()
    outcome = counter.shifts.close(FLOAT)
    recorded = counter.shifts.verify(outcome.recorded.doc_id, MANAGER, PINS[MANAGER])

    assert counter.body(recorded.doc_id)["staff"] == MANAGER
    assert counter.shifts.to_verify() == []
    with pytest.raises(ShiftStepRefused):
        counter.shifts.verify(outcome.recorded.doc_id, MANAGER, PINS[MANAGER])


def test_who_closed_a_shift_does_not_verify_it(counter: Counter) -> None:
    counter.open()
    outcome = counter.shifts.close(FLOAT)

    with pytest.raises(SamePersonRefused):
        counter.shifts.verify(outcome.recorded.doc_id, CASHIER, PINS[CASHIER])


def test_a_large_difference_is_verified_by_a_manager(counter: Counter) -> None:
    counter.open()
    close_with_difference(counter, {100_000: 4})
    outcome = counter.shifts.close({100_000: 4}, "Trả nhầm")

    with pytest.raises(NotTheirsToApprove):
        counter.shifts.verify(outcome.recorded.doc_id, SENIOR, PINS[SENIOR])


def test_after_the_end_of_the_business_day_nothing_new_is_begun_in_the_old_shift(counter: Counter) -> None:
    """Like a new cart: what comes back or is fetched belongs to the day on which it happens."""
    counter.open()
    sold = counter.till.sell()
    counter.till.clock.pass_time(20 * 3600)
    for begin in (lambda: counter.refunds.open(sold.doc_id), lambda: counter.pickups.open(pickup_code())):
        with pytest.raises(ShiftOutdated):
            begin()
