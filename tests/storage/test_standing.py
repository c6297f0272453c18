"""Restricted mode as it is kept in till.db."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pos_app.storage.standing import Standing, StandingStore
from tests.support.till_files import MadeTill

NOW = datetime(2026, 11, 14, 2, 0, tzinfo=UTC)


def test_nothing_stands_against_a_new_till(till: MadeTill) -> None:
    assert StandingStore(till.files.till).read() == Standing()


def test_a_restriction_stands_until_it_is_cleared(till: MadeTill) -> None:
    store = StandingStore(till.files.till)
    store.restrict("restored", NOW)
    assert StandingStore(till.files.till).read() == Standing("restored", NOW)
    store.clear()
    assert not store.read().is_restricted


def test_a_weaker_reason_never_replaces_a_graver_one(till: MadeTill) -> None:
    store = StandingStore(till.files.till)
    store.restrict("forked", NOW)
    store.restrict("anchor_unknown", NOW + timedelta(hours=1))
    assert store.read() == Standing("forked", NOW)


def test_a_graver_reason_keeps_the_first_moment(till: MadeTill) -> None:
    store = StandingStore(till.files.till)
    store.restrict("spare", NOW)
    store.restrict("epoch_retired", NOW + timedelta(hours=1))
    assert store.read() == Standing("epoch_retired", NOW)
