"""Faults 5, 6, 7, 20: a disk that is full, that fails at a write or a sync, a file that is held."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from pos_app.domain.errors import DatabaseBusy, DatabaseReadOnly, DifferenceNeedsReason, DiskFull
from pos_app.storage.outbox import Outbox
from pos_app.storage.reserve import SIZE, Reserve
from tests.support.compiled import compiled
from tests.support.counter import Counter, make_counter
from tests.support.till_files import DATABASE_KEY, MadeTill, catalogue, fill, make_till, product, reopen

PAGE = 4096

SELL = """
import sys
from pathlib import Path
from pos_app.domain.errors import PosError
from tests.support.till_files import line, reopen, sale
till = reopen(Path(sys.argv[1]))
switch = Path(sys.argv[2])
print(till.record("sale", sale([line(1)])).receipt_no)
switch.write_text(sys.argv[3])
try:
    print("committed", till.record("sale", sale([line(1)])).receipt_no)
except PosError as trouble:
    print(trouble.code)
switch.unlink(missing_ok=True)
print(till.record("sale", sale([line(1)])).receipt_no)
"""


STUBBORN = """
import sys
from pathlib import Path
from pos_app.domain.errors import PosError
from tests.support.till_files import line, reopen, sale
till = reopen(Path(sys.argv[1]))
switch = Path(sys.argv[2])
switch.write_text(sys.argv[3])
for _ in range(3):
    try:
        print("committed", till.record("sale", sale([line(1)])).receipt_no)
    except PosError as trouble:
        print(trouble.code)
switch.unlink()
"""


def sold(folder: Path, trouble: str, script: str = SELL) -> list[str]:
    """A till in a process of its own: one sale, one in trouble, one after it."""
    make_till(folder).files.dispose()
    switch = folder.parent / "switch"
    environment = {
        **os.environ,
        "LD_PRELOAD": str(compiled("trouble")),
        "QUAY_TROUBLE_ROOT": str(folder),
        "QUAY_TROUBLE_SWITCH": str(switch),
    }
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder), str(switch), trouble],
        env=environment, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return done.stdout.split("\n")[:3]


# --- fault 7 ------------------------------------------------------------------------------------
@pytest.mark.parametrize("good", [0, 1, 2])
def test_a_failing_write_completes_no_sale_and_takes_no_number(tmp_path: Path, good: int) -> None:
    said = sold(tmp_path / "till", f"write {errno.EIO} {good}")
    assert said == ["NT02-000001", "disk_trouble", "NT02-000002"]
    _is_whole(tmp_path / "till", 2)


def test_a_sync_that_failed_is_not_believed_when_it_succeeds_afterwards(tmp_path: Path) -> None:
    said = sold(tmp_path / "till", f"sync {errno.EIO} 0")
    assert said == ["NT02-000001", "disk_trouble", "NT02-000002"]
    _is_whole(tmp_path / "till", 2)


def test_no_space_at_a_write_is_named_as_that(tmp_path: Path) -> None:
    said = sold(tmp_path / "till", f"write {errno.ENOSPC} 0")
    assert said == ["NT02-000001", "disk_full", "NT02-000002"]
    _is_whole(tmp_path / "till", 2)


def test_a_disk_that_fails_twice_is_not_written_to_until_the_next_start(tmp_path: Path) -> None:
    said = sold(tmp_path / "till", f"write {errno.EIO} 0", STUBBORN)
    assert said == ["disk_trouble", "disk_trouble", "database_read_only"]
    _is_whole(tmp_path / "till", 0)
    till = reopen(tmp_path / "till")
    assert till.sell().receipt_no == "NT02-000001"
    till.files.dispose()


@pytest.mark.expects_log("pos_app.storage.database", "the pages are damaged on purpose")
def test_after_a_failed_write_nothing_follows_until_every_page_is_proved(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    till.open_shift()
    database = till.files.till
    database.trust.failed()
    assert till.sell().receipt_no == "NT02-000001"
    assert not database.trust.is_doubted
    till.files.dispose()
    _flip_page(tmp_path / "till.db", 12)
    till = reopen(tmp_path)
    till.files.till.trust.failed()
    with pytest.raises(DatabaseReadOnly):
        till.sell()
    with pytest.raises(DatabaseReadOnly), till.files.drafts_database.writing():
        pass
    assert till.journal.head().seq == 2, "it is still read"
    till.files.dispose()


def _flip_page(path: Path, number: int) -> None:
    with path.open("r+b") as file:
        file.seek(number * PAGE + 100)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))


def _is_whole(folder: Path, count: int) -> None:
    till = reopen(folder)
    assert till.journal.verify().is_whole
    assert till.journal.head().seq == count
    assert till.files.till.faults() == []
    till.files.dispose()


# --- faults 5 and 6 -----------------------------------------------------------------------------
@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 48 MiB: room for the reserve and a little more."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    place = tmp_path / "disk"
    place.mkdir()
    options = ["mount", "-t", "tmpfs", "-o", f"size={3 * SIZE}", "tmpfs", str(place)]
    if subprocess.run(options, capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine does not let anybody mount")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill_up(place: Path) -> Path:
    """Another program's file that takes what is left."""
    hog = place / "hog"
    with hog.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"\xff" * (1 << 16)):
            pass
    return hog


def _until_full(till: MadeTill) -> int:
    """How many sales went in before one did not."""
    count = 0
    for count in range(10_000):
        try:
            till.sell()
        except DiskFull:
            return count
    raise AssertionError(f"the disk took {count} sales")


def test_on_a_full_disk_no_sale_is_completed_by_half(small_disk: Path) -> None:
    till = make_till(small_disk / "till")
    till.open_shift()
    fill_up(small_disk)
    count = _until_full(till)
    assert till.journal.head().seq == count + 1
    assert till.journal.verify().is_whole
    (small_disk / "hog").unlink()
    assert till.sell().receipt_no == f"NT02-{count + 1:06d}"
    till.files.dispose()


def test_the_freed_reserve_leaves_room_to_commit(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos_app.storage.reserve._FREE_AT_LEAST", SIZE)
    till = make_till(small_disk / "till")
    till.open_shift()
    reserve = Reserve(small_disk / "till")
    assert reserve.hold()
    fill_up(small_disk)
    _until_full(till)
    assert reserve.free()
    till.record("drawer_open", {"reason": "đóng ca"})
    assert not reserve.free()
    till.files.dispose()


@pytest.fixture
def full_counter(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    """Somebody at a till whose shift is open, whose reserve is held and whose disk is full."""
    monkeypatch.setattr("pos_app.storage.reserve._FREE_AT_LEAST", SIZE)
    counter = make_counter(small_disk / "till").open()
    assert Reserve(small_disk / "till").hold()
    fill_up(small_disk)
    _until_full(counter.till)
    yield counter
    assert counter.till.journal.verify().is_whole
    counter.till.files.dispose()


def sold_for(counter: Counter) -> int:
    """What the drawer took, đồng."""
    return 500_000 * counter.kinds().count("sale")


@pytest.mark.expects_log("pos_app.services.shifts", "the disk is full on purpose")
def test_a_shift_closes_on_a_full_disk_by_the_reserve(full_counter: Counter) -> None:
    taken = sold_for(full_counter)
    outcome = full_counter.shifts.close({100_000: 5, 500_000: taken // 500_000})
    assert (outcome.difference, outcome.counted) == (0, 500_000 + taken)
    assert full_counter.shifts.current() is None
    assert not Reserve(full_counter.till.files.folder).is_held


@pytest.mark.expects_log("pos_app.services.shifts", "the disk is full on purpose")
def test_a_count_that_differs_is_frozen_and_closed_on_a_full_disk(full_counter: Counter) -> None:
    with pytest.raises(DifferenceNeedsReason):
        full_counter.shifts.close({100_000: 4})
    outcome = full_counter.shifts.close({100_000: 4}, "thiếu tiền lẻ")
    assert outcome.difference == -100_000 - sold_for(full_counter)
    assert full_counter.shifts.current() is None


def test_without_a_reserve_a_full_disk_leaves_the_shift_open_and_says_so(full_counter: Counter) -> None:
    assert Reserve(full_counter.till.files.folder).free()
    fill_up(full_counter.till.files.folder.parent)
    _until_full(full_counter.till)
    with pytest.raises(DiskFull):
        full_counter.shifts.close({100_000: 5}, "đĩa đầy")
    assert full_counter.shifts.current() is not None


def test_a_feed_that_does_not_fit_leaves_the_old_one_and_the_sales(small_disk: Path) -> None:
    till = make_till(small_disk / "till")
    fill(till)
    before = till.feeds.cursor("catalogue")
    hog = fill_up(small_disk)
    many = {f"product/SP{no:06d}": product(f"SP{no:06d}", "Giày" * 50, no) for no in range(10, 2000)}
    with pytest.raises(DiskFull):
        _stage_for_ever(till, many)
    hog.unlink()
    assert till.feeds.cursor("catalogue") == before
    assert len(catalogue()) > 0
    till.open_shift()
    till.sell()
    till.files.dispose()


def _stage_for_ever(till: MadeTill, items: dict[str, dict[str, Any]]) -> None:
    while True:
        till.feeds.stage("catalogue", till.page("catalogue", items))


# --- fault 20 -----------------------------------------------------------------------------------
def test_a_file_held_for_longer_than_the_patience_is_said_and_costs_nothing(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    till.open_shift()
    holder = dbapi2.connect(str(tmp_path / "till.db"))
    holder.execute(f"PRAGMA key=\"x'{DATABASE_KEY.hex()}'\"")
    holder.isolation_level = None
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseBusy):
        till.sell()
    holder.execute("ROLLBACK")
    holder.close()
    assert till.sell().receipt_no == "NT02-000001"
    assert Outbox(till.files.till, till.identity, till.clock).counts().unsent == 2
    till.files.dispose()


def test_a_file_that_is_let_go_in_time_is_waited_for(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    till.open_shift()
    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        holder = dbapi2.connect(str(tmp_path / "till.db"))
        holder.execute(f"PRAGMA key=\"x'{DATABASE_KEY.hex()}'\"")
        holder.isolation_level = None
        holder.execute("BEGIN IMMEDIATE")
        held.set()
        let_go.wait(1.0)
        holder.execute("ROLLBACK")
        holder.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    began = time.monotonic()
    assert till.sell().receipt_no == "NT02-000001"
    assert time.monotonic() - began > 0.5
    thread.join()
    till.files.dispose()
