"""§10 g: one phone registered at two stores."""

from __future__ import annotations

import pytest

from central.case_closing import undo_merge
from central.errors import NotFound
from tests.support.central_books import MANAGER, close, outcome, the_case
from tests.support.central_payloads import sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till
from tests.support.central_world import HOA

pytestmark = pytest.mark.both_databases

MADE = "01a1e4bd-63b7-7000-8000-0000000000bb"


def _create(till: Till, name: str) -> Item:
    payload = {"customer": MADE, "fields": ["name", "phone"]}
    return till.document("customer_create", payload, private={"name": name, "phone": "0901 234 567"})


def _earns(till: Till) -> Item:
    earned = [{"customer": MADE, "delta": 60, "why": "earned"}]
    return till.document("sale", sale(till, customer=MADE, points=earned, tier_percent=100))


def _undo(server: CentralServer) -> None:
    with server.central.database.writing() as connection:
        undo_merge(connection, server.central.keys, MADE, MANAGER, "mother and daughter", server.clock())


def test_compatible_names_become_one_and_the_balance_is_the_sum(till: Till, other: Till) -> None:
    assert outcome(other, _create(other, "Hoa Nguyen")) == ("applied_flagged", ["CUSTOMER_MERGED"])
    other.upload(_earns(other))
    held = till.pull("customers")[0]
    assert MADE not in held
    assert (held[HOA][1]["aliases"], held[HOA][1]["balance"]) == ([MADE], 300)


def test_a_merge_can_be_undone_and_each_has_its_own_points(
    server: CentralServer, till: Till, other: Till
) -> None:
    other.upload(_create(other, "Hoa Nguyen"), _earns(other))
    _undo(server)
    held = till.pull("customers")[0]
    assert (held[HOA][1]["aliases"], held[HOA][1]["balance"], held[MADE][1]["balance"]) == ([], 240, 60)


def test_what_was_never_merged_cannot_be_undone(server: CentralServer, till: Till) -> None:
    with pytest.raises(NotFound):
        _undo(server)


def test_other_names_are_a_proposal_that_a_person_takes(
    server: CentralServer, till: Till, other: Till
) -> None:
    assert outcome(other, _create(other, "Phạm Văn Dũng")) == ("applied_flagged", ["CUSTOMER_DUPLICATE"])
    assert MADE in till.pull("customers")[0]
    assert the_case(server)["actions"] == ["merge", "ignore"]
    close(server, "merge")
    assert till.pull("customers")[0][HOA][1]["aliases"] == [MADE]


def test_a_proposal_that_was_refused_changes_nothing(server: CentralServer, till: Till, other: Till) -> None:
    other.upload(_create(other, "Phạm Văn Dũng"))
    close(server, "ignore", "brother and sister share a phone")
    assert MADE in till.pull("customers")[0]


def test_a_phone_that_comes_later_is_met_too(till: Till, other: Till) -> None:
    payload = {"customer": MADE, "fields": ["name"]}
    other.upload(other.document("customer_create", payload, private={"name": "Hoa Nguyen"}))
    said = {"name": "Hoa Nguyen", "phone": "0901 234 567"}
    changed = other.document("customer_update", payload | {"fields": ["name", "phone"]}, private=said)
    assert outcome(other, changed) == ("applied_flagged", ["CUSTOMER_MERGED"])
    assert till.pull("customers")[0][HOA][1]["aliases"] == [MADE]


def test_two_that_were_parted_stay_parted(server: CentralServer, till: Till, other: Till) -> None:
    created = _create(other, "Hoa Nguyen")
    other.upload(created)
    _undo(server)
    again = {"customer": MADE, "fields": ["name"]}
    other.upload(other.document("customer_update", again, private={"name": "Hoa Nguyen B."}))
    assert MADE in till.pull("customers")[0]
