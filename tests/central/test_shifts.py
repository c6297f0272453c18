"""Shifts at central: a closing waits for its range, is recomputed, and is verified by a second person."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from central.cases import list_cases
from central.overdue import find_overdue
from central.tables.money import shift
from tests.support.central_books import close, proof, the_case
from tests.support.central_payloads import sale, shift_close, shift_open
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till

CASHIER, MANAGER = 11, 12


def _shift(server: CentralServer) -> Any:
    with server.central.database.reading() as connection:
        return connection.execute(select(shift)).one()


def _state(server: CentralServer) -> str:
    return str(_shift(server).state)


def _cases(server: CentralServer) -> list[dict[str, Any]]:
    with server.central.database.reading() as connection:
        return list_cases(connection)


def _worked(till: Till) -> list[Item]:
    """A shift that leaves 1.500.000 đ in the drawer."""
    till.shift = 1
    return [
        till.document("shift_open", shift_open()),
        till.document("sale", sale(till)),
        till.document("cash_out", {"amount": 100_000, "reason": "bank"}),
    ]


def _closed(till: Till, counted: int | None = None, expected: int = 1_500_000) -> tuple[list[Item], Item]:
    items = _worked(till)
    return items, till.document("shift_close", shift_close(items, expected, counted))


def _verify(till: Till, closing: Item, staff: int = MANAGER, **more: Any) -> Item:
    return till.document("shift_verify", {"of": closing["doc_id"]}, staff=staff, **more)


def _one(till: Till, *items: Item) -> tuple[str, list[str]]:
    result = till.results(*items)[-1]
    return result["status"], result["codes"]


def test_a_closing_is_recomputed_when_its_range_is_complete(server: CentralServer, till: Till) -> None:
    items, closing = _closed(till)
    assert _one(till, closing) == ("applied", [])
    assert _state(server) == "awaiting_documents"
    till.upload(*items)
    assert _state(server) == "closed"


def test_a_closing_that_says_something_else_is_flagged_later(server: CentralServer, till: Till) -> None:
    items, closing = _closed(till, expected=1_400_000)
    assert _one(till, *items, closing)[0] == "applied_flagged"
    assert _state(server) == "mismatch"
    facts = _cases(server)[0]["facts"]["differences"]
    assert facts == {"expected": {"said": 1_400_000, "recomputed": 1_500_000}}


def test_a_small_difference_needs_nobody(server: CentralServer, till: Till) -> None:
    items, closing = _closed(till, counted=1_450_000)
    assert _one(till, *items, closing) == ("applied", [])
    assert _state(server) == "closed"


def test_a_difference_above_the_limit_is_to_be_verified(server: CentralServer, till: Till) -> None:
    items, closing = _closed(till, counted=1_449_000)
    assert _one(till, *items, closing) == ("applied", [])
    assert _state(server) == "to_verify"


def test_a_second_person_verifies_a_shift(server: CentralServer, till: Till) -> None:
    items, closing = _closed(till, counted=1_300_000)
    till.upload(*items, closing)
    assert _one(till, _verify(till, closing)) == ("applied", [])
    assert (_state(server), _shift(server).verified_by) == ("verified", MANAGER)


def test_who_closed_a_shift_cannot_verify_it(server: CentralServer, till: Till) -> None:
    items, closing = _closed(till, counted=1_300_000)
    till.upload(*items, closing)
    assert _one(till, _verify(till, closing, CASHIER)) == ("applied_flagged", ["SAME_PERSON"])
    assert _state(server) == "to_verify"
    assert _cases(server)[0]["facts"]["flags"][0]["closed_by"] == CASHIER


def test_a_verification_waits_for_its_closing(server: CentralServer, till: Till) -> None:
    items, closing = _closed(till)
    verification = _verify(till, closing)
    result = till.results(*items, verification)[-1]
    assert (result["status"], result["missing"]) == ("parked", [closing["doc_id"]])
    till.upload(closing)
    assert _state(server) == "verified"
    assert till.results(verification)[0]["first"] == "applied"


def test_a_verified_closing_is_still_recomputed(server: CentralServer, till: Till) -> None:
    items, closing = _closed(till, expected=1_400_000)
    till.upload(closing, _verify(till, closing))
    assert _state(server) == "awaiting_documents"
    till.upload(*items)
    assert _state(server) == "mismatch"


def test_what_is_verified_before_its_range_is_complete_is_verified_then(
    server: CentralServer, till: Till
) -> None:
    items, closing = _closed(till)
    till.upload(closing, _verify(till, closing))
    till.upload(*items)
    assert _state(server) == "verified"


def test_another_till_may_verify_it(server: CentralServer, till: Till) -> None:
    other = Till.enrol(server, number=2)
    items, closing = _closed(till)
    till.upload(*items, closing)
    assert _one(other, _verify(other, closing, depends_on=(closing["doc_id"],))) == ("applied", [])
    assert _state(server) == "verified"


def test_what_is_no_closing_cannot_be_verified(till: Till) -> None:
    items = _worked(till)
    till.upload(*items)
    assert _one(till, _verify(till, items[1])) == ("quarantined", ["BROKEN_INVARIANT"])


# --- what a second person has counted, and what never came --------------------------------------
def test_a_second_count_corrects_the_difference(server: CentralServer, till: Till) -> None:
    items, closing = _closed(till, counted=1_300_000)
    till.upload(*items, closing)
    again = {"of": closing["doc_id"], "counted": 1_490_000, "note": "a note lay under the tray"}
    assert _one(till, till.document("shift_verify", again, staff=MANAGER)) == ("applied", [])
    row = _shift(server)
    assert (row.state, row.counted, row.difference) == ("verified", 1_490_000, -10_000)


def test_without_a_second_count_the_first_stands(server: CentralServer, till: Till) -> None:
    items, closing = _closed(till, counted=1_300_000)
    till.upload(*items, closing, _verify(till, closing))
    assert (_shift(server).counted, _shift(server).difference) == (1_300_000, -200_000)


def _gap_case(server: CentralServer) -> None:
    server.clock.advance(hours=73)
    with server.central.database.writing() as connection:
        find_overdue(connection, server.clock())
    assert the_case(server)["code"] == "GAP_TOO_LONG"


def test_a_gap_that_a_person_accepts_ends_the_wait_of_its_closing(server: CentralServer, till: Till) -> None:
    items, closing = _closed(till)
    till.upload(items[0], items[2], closing)
    _gap_case(server)
    assert _state(server) == "awaiting_documents"
    close(server, "ignore", "the disk burnt, receipts were entered by hand")
    assert (_state(server), _shift(server).recomputed) == ("accepted_gap", None)
    assert proof(server).is_sound


def test_what_comes_after_all_is_recomputed(server: CentralServer, till: Till) -> None:
    items, closing = _closed(till)
    till.upload(items[0], items[2], closing)
    _gap_case(server)
    close(server, "ignore", "lost")
    till.upload(items[1])
    assert (_state(server), _shift(server).recomputed) == ("closed", None)


def test_a_closing_that_comes_after_its_gap_was_accepted_does_not_wait(
    server: CentralServer, till: Till
) -> None:
    items, closing = _closed(till)
    till.upload(items[0], items[2])
    _gap_case(server)
    close(server, "ignore", "lost")
    till.upload(closing)
    assert _state(server) == "accepted_gap"


def test_a_gap_is_not_enough_while_something_else_is_held_back(server: CentralServer, till: Till) -> None:
    till.shift = 1
    items = _worked(till)
    broken = till.document("sale", sale(till) | {"total": 1})
    closing = till.document("shift_close", shift_close([*items, broken], 1_500_000))
    till.upload(items[0], items[2], broken, closing)
    server.clock.advance(hours=73)
    with server.central.database.writing() as connection:
        find_overdue(connection, server.clock())
    gap = next(one["id"] for one in _cases(server) if one["code"] == "GAP_TOO_LONG")
    close(server, "ignore", "lost", case=gap)
    assert _state(server) == "awaiting_documents"
