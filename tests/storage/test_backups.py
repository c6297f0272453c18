"""Fault 17: a backup taken during writes verifies; three stay here, one elsewhere."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from pos_app.domain.errors import BackupUnsound, DatabaseUnreadable, DiskTrouble
from pos_app.storage.backups import BackupPlace, Backups, backups_in, box_of, require_sound
from pos_app.storage.raw_pages import PAGE
from tests.support.till_files import DATABASE_KEY, MadeTill

BOX = b"box" * 20


def backups_of(till: MadeTill, elsewhere: Path | None = None) -> Backups:
    place = BackupPlace(till.files.folder / "backups", elsewhere)
    return Backups(till.files.till, DATABASE_KEY, till.identity, place)


def test_a_backup_verifies_and_holds_every_document(till: MadeTill) -> None:
    till.open_shift()
    till.sell()
    made = backups_of(till).make(till.clock.now(), None)
    assert require_sound(made.path, DATABASE_KEY) == till.identity
    assert made.made_at == till.clock.now().replace(microsecond=0)


def test_a_backup_taken_while_sales_are_written_is_whole(till: MadeTill) -> None:
    till.open_shift()
    ended = threading.Event()

    def sell() -> None:
        while not ended.is_set():
            till.sell()

    writer = threading.Thread(target=sell)
    writer.start()
    try:
        backups = backups_of(till)
        for hour in range(4):
            made = backups.make(till.clock.now() + timedelta(hours=hour), None)
            require_sound(made.path, DATABASE_KEY)
    finally:
        ended.set()
        writer.join()
    assert till.journal.verify().is_whole


def test_three_are_kept_here_the_newest(till: MadeTill) -> None:
    backups = backups_of(till)
    made = [backups.make(till.clock.now() + timedelta(hours=hour), BOX) for hour in range(5)]
    assert backups.kept() == made[:1:-1]
    assert len(list(backups.place.here.glob("*.keybox"))) == 3


def test_the_sealed_key_lies_beside_each(till: MadeTill) -> None:
    made = backups_of(till).make(till.clock.now(), BOX)
    beside = json.loads(box_of(made.path).read_text("utf-8"))
    assert beside == {"tenant": till.identity.tenant, "till": till.identity.till, "box": BOX.hex()}


def test_one_copy_is_carried_elsewhere_with_its_box(till: MadeTill, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    backups = backups_of(till, stick)
    for hour in range(2):
        copy = backups.carry_elsewhere(backups.make(till.clock.now() + timedelta(hours=hour), BOX))
    assert [one.path for one in backups_in(stick)] == [copy]
    assert box_of(copy).exists()
    require_sound(copy, DATABASE_KEY)


def test_another_tills_copies_in_the_same_folder_are_left_alone(till: MadeTill, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    other = stick / "NT07-till-20261101T000000Z.db"
    other.write_bytes(b"theirs")
    backups = backups_of(till, stick)
    backups.carry_elsewhere(backups.make(till.clock.now(), None))
    assert other.exists()


def test_a_folder_that_is_not_there_is_trouble_and_nothing_is_lost(till: MadeTill, tmp_path: Path) -> None:
    backups = backups_of(till, tmp_path / "unplugged")
    made = backups.make(till.clock.now(), None)
    with pytest.raises(DiskTrouble):
        backups.carry_elsewhere(made)
    assert backups.kept() == [made]


def test_a_damaged_till_db_gives_no_backup(till: MadeTill) -> None:
    till.open_shift()
    for _ in range(30):
        till.sell()
    till.files.dispose()
    path = till.files.till.path
    with path.open("r+b") as file:
        file.seek(path.stat().st_size - PAGE + 100)
        file.write(b"\xff" * 32)
    with pytest.raises((DatabaseUnreadable, BackupUnsound)):
        backups_of(till).make(till.clock.now(), None)
    assert list((till.files.folder / "backups").iterdir()) == []


def test_the_folder_beside_the_data_is_on_the_same_disk(till: MadeTill, tmp_path: Path) -> None:
    assert not BackupPlace(till.files.folder / "backups", tmp_path).is_apart
    assert not BackupPlace(till.files.folder / "backups", None).is_apart


def test_a_copy_of_a_clock_that_ran_ahead_pushes_none_out(till: MadeTill, tmp_path: Path) -> None:
    elsewhere = tmp_path / "stick"
    elsewhere.mkdir()
    backups = backups_of(till, elsewhere)
    ahead = backups.make(till.clock.now() + timedelta(days=365), None)
    backups.carry_elsewhere(ahead)
    made = [backups.make(till.clock.now() + timedelta(hours=hour), None) for hour in range(3)]
    backups.carry_elsewhere(made[-1])
    assert {one.path for one in backups.kept()} == {one.path for one in made}
    assert [path.name for path in elsewhere.glob("*.db")] == [made[-1].path.name]
