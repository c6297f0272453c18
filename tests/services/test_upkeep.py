"""Backups hourly and after each closing; pruning by the policy; trouble of the disk stays here."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pos_app.domain.errors import DiskFull
from pos_app.domain.policy import Policy
from pos_app.services.upkeep import Upkeep, UpkeepStores
from pos_app.storage.backups import BackupPlace, Backups
from pos_app.storage.escrow import KeyEscrow
from pos_app.storage.keys import FileKeyStore
from pos_app.storage.pruning import Pruning
from pos_app.storage.reserve import Reserve
from pos_app.storage.shifts import ShiftStore
from pos_app.storage.status import StatusStore
from tests.support.till_files import DATABASE_KEY, MadeTill, make_till

HOUR_MS = 3_600


@pytest.fixture
def till(tmp_path: Path) -> MadeTill:
    return make_till(tmp_path / "till")


def upkeep_of(till: MadeTill, elsewhere: Path | None = None) -> Upkeep:
    files, status = till.files, StatusStore(till.files.till)
    stores = UpkeepStores(
        backups=Backups(files.till, DATABASE_KEY, till.identity, BackupPlace(files.folder / "b", elsewhere)),
        pruning=Pruning(files.till),
        reserve=Reserve(files.folder),
        escrow=KeyEscrow(status, FileKeyStore(files.folder), till.identity),
        shifts=ShiftStore(files.till, till.identity),
        status=status,
    )
    return Upkeep(stores, Policy, till.clock)


def row(till: MadeTill) -> dict[str, object]:
    return StatusStore(till.files.till).get("backup") or {}


def test_the_first_look_makes_a_backup_and_the_next_waits_an_hour(till: MadeTill) -> None:
    upkeep = upkeep_of(till)
    upkeep.run_once()
    assert not upkeep.is_due(till.clock.now())
    till.clock.pass_time(HOUR_MS)
    assert upkeep.is_due(till.clock.now())


def test_a_backup_of_the_future_does_not_count(till: MadeTill) -> None:
    upkeep = upkeep_of(till)
    upkeep.run_once()
    now = till.clock.now()
    till.clock.set_wall(now - timedelta(days=365))
    assert upkeep.is_due(till.clock.now())


def test_without_a_second_folder_the_page_is_told(till: MadeTill) -> None:
    upkeep_of(till).run_once()
    assert row(till)["elsewhere"] == "none"


def test_a_second_folder_on_the_same_disk_is_named(till: MadeTill, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    upkeep_of(till, stick).run_once()
    assert row(till)["elsewhere"] == "same_disk"
    assert len(list(stick.glob("*.db"))) == 1


@pytest.mark.expects_log("pos_app.services.upkeep", "the stick is not there")
def test_an_unplugged_stick_takes_no_backup_back(till: MadeTill, tmp_path: Path) -> None:
    upkeep_of(till, tmp_path / "unplugged").run_once()
    assert (row(till)["elsewhere"], row(till)["reason"]) == ("disk_trouble", "")


@pytest.mark.expects_log("pos_app.services.upkeep", "the disk is full")
def test_a_failed_backup_is_told_and_tried_again_after_ten_minutes(
    till: MadeTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise DiskFull(file="till.db")

    upkeep = upkeep_of(till)
    monkeypatch.setattr("pos_app.storage.database.Database.copy_to", full)
    upkeep.run_once()
    assert row(till)["reason"] == "disk_full"
    assert not upkeep.is_due(till.clock.now())
    till.clock.pass_time(600)
    assert upkeep.is_due(till.clock.now())


def test_the_reserve_is_held_and_given_up_once(till: MadeTill) -> None:
    upkeep_of(till).run_once()
    reserve = Reserve(till.files.folder)
    assert reserve.is_held
    assert reserve.free()
    assert not reserve.free()
