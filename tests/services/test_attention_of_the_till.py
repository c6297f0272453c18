"""What is to be known of the till's own files: places that were lost, a disk that failed (faults 7 and 8)."""

from __future__ import annotations

import pytest

from pos_app.domain.errors import DatabaseReadOnly
from pos_app.services.attention import AttentionAction, AttentionItem, AttentionKind
from pos_app.storage.salvage import Lost, note_lost
from tests.support.counter import Counter


def of_kind(counter: Counter, kind: AttentionKind) -> list[AttentionItem]:
    return [item for item in counter.attention.items() if item.kind is kind]


def lose(counter: Counter, last: int) -> None:
    """Up to this place of the former epoch, nothing was found."""
    note_lost(counter.till.files.till, 0, last, counter.till.clock.now())


def test_what_a_salvage_did_not_find_is_told_until_somebody_has_seen_it(counter: Counter) -> None:
    assert of_kind(counter, AttentionKind.LOST) == []
    lose(counter, 4)
    (item,) = of_kind(counter, AttentionKind.LOST)
    assert item.lost is not None
    assert (item.lost.stretches, item.lost.count) == ((Lost(0, 1, 4),), 4)
    assert (item.action, counter.attention.count()) == (AttentionAction.SEEN, 1)
    counter.attention.act(item)
    assert of_kind(counter, AttentionKind.LOST) == []


def test_a_stretch_that_became_another_one_is_told_again(counter: Counter) -> None:
    lose(counter, 4)
    counter.attention.dismiss(of_kind(counter, AttentionKind.LOST)[0])
    lose(counter, 2)
    (item,) = of_kind(counter, AttentionKind.LOST)
    assert item.lost is not None
    assert item.lost.stretches == (Lost(0, 1, 2),)


def test_while_documents_wait_the_sealed_export_is_offered(counter: Counter) -> None:
    lose(counter, 4)
    counter.open()
    (item,) = of_kind(counter, AttentionKind.LOST)
    assert item.action is AttentionAction.EXPORT
    counter.attention.dismiss(item)
    assert of_kind(counter, AttentionKind.LOST) == []


def test_a_disk_that_failed_twice_is_an_alarm_and_stops_selling(counter: Counter) -> None:
    counter.open()
    counter.till.files.till.trust.lose()
    (item,) = of_kind(counter, AttentionKind.DISK)
    assert item.action is AttentionAction.NOTHING
    with pytest.raises(DatabaseReadOnly):
        counter.till.sell()
    assert counter.till.journal.verify().is_whole
