"""A clock that jumps orders nothing: ids stay unique, places gapless, the chain whole (fault 56)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.clocks import StillClock
from tests.support.till_files import MadeTill, make_till, reopen

NOON = datetime(2026, 11, 14, 5, 0, tzinfo=UTC)
LEAP = datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)
JUMPS = {
    "back a day": [NOON, NOON - timedelta(days=1)],
    "back ten years": [NOON, NOON - timedelta(days=3650)],
    "forward a year": [NOON, NOON + timedelta(days=365), NOON],
    "summer time ends": [NOON, NOON + timedelta(minutes=59), NOON, NOON + timedelta(minutes=1)],
    "a leap second": [LEAP, LEAP + timedelta(milliseconds=999), LEAP, LEAP + timedelta(seconds=1)],
    "stands still": [NOON] * 4,
}


def record_at(till: MadeTill, walls: list[datetime]) -> list[str]:
    ids = []
    for wall in walls:
        till.clock.set_wall(wall)
        ids.append(till.record("drawer_open", {"reason": "đổi tiền lẻ"}).doc_id)
    return ids


@pytest.mark.parametrize("walls", JUMPS.values(), ids=JUMPS)
def test_documents_keep_their_order_and_their_ids(tmp_path: Path, walls: list[datetime]) -> None:
    till = make_till(tmp_path, StillClock(walls[0]))
    made = record_at(till, walls)
    till.files.dispose()
    till = reopen(tmp_path, StillClock(walls[-1] - timedelta(hours=1)))
    made += record_at(till, walls)
    stored = list(till.journal.documents_since(1, 1))
    assert [one.seq for one in stored] == list(range(1, len(made) + 1))
    assert [one.doc_id for one in stored] == made
    assert len(set(made)) == len(made)
    assert till.journal.verify().is_whole
    till.files.dispose()


@pytest.fixture(params=["UTC", "America/New_York", "Asia/Ho_Chi_Minh", "Pacific/Kiritimati"])
def zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """The PC is set to another zone than the shop's."""
    former = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if former is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = former
    time.tzset()


@pytest.mark.usefixtures("zone")
def test_a_pc_in_a_wrong_zone_writes_the_shops_time(tmp_path: Path) -> None:
    till = make_till(tmp_path, StillClock(NOON))
    (doc_id,) = record_at(till, [NOON])
    body = till.journal.body(doc_id)
    assert body is not None
    assert body["wall"].endswith("+07:00")
    assert datetime.fromisoformat(body["wall"]) == NOON
    till.files.dispose()
