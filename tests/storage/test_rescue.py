"""Fault 8: a damaged page of till.db is found before use, and selling goes on from a fresh file at once."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pos_app.domain.errors import DatabaseUnreadable, NoSpareEpoch, NotEnrolled
from pos_app.domain.signing import signer
from pos_app.storage.backups import BackupPlace, Backups
from pos_app.storage.clock import Boot
from pos_app.storage.database import Database
from pos_app.storage.drafts import DraftStore
from pos_app.storage.files import TILL_FILE
from pos_app.storage.migrate import migrate
from pos_app.storage.outbox import Outbox
from pos_app.storage.raw_pages import PAGE
from pos_app.storage.rescue import READY, Rescued, RescueMeans, RescueNote, finish, rescue
from pos_app.storage.salvage import Lost, lost_stretches
from pos_app.storage.standing import StandingStore
from pos_app.storage.status import StatusStore
from sync.messages import ItemResult
from tests.support.clocks import StillClock
from tests.support.till_files import BOOT_ID, DATABASE_KEY, SIGNING_SEED, MadeTill, make_till, reopen

SPARE = {"spare_epoch": 2, "spare_nonce": "cd" * 32}


def means(last_seen: tuple[int, int] | None = None) -> RescueMeans:
    return RescueMeans(
        DATABASE_KEY, signer(SIGNING_SEED), StillClock(), Boot(BOOT_ID), lambda _identity: last_seen
    )


def worked(folder: Path, **changes: object) -> MadeTill:
    """A till in the middle of a shift: one document acknowledged, a cart held."""
    till = make_till(folder, **(SPARE | changes))  # type: ignore[arg-type]
    opened = till.open_shift()
    outbox = Outbox(till.files.till, till.identity, till.clock)
    done = ItemResult(doc_id=opened.doc_id, hash=opened.hash.hex(), status="applied")
    outbox.answered([done], "a" * 32)
    for _ in range(20):
        till.sell()
    DraftStore(till.files.drafts_database, till.clock).hold({"lines": [1]}, "chị Hoa")
    till.files.dispose()
    return till


def damage(folder: Path, page: int, *, offset: int = 2000, length: int = 16) -> None:
    with (folder / TILL_FILE).open("r+b") as file:
        file.seek((page - 1) * PAGE + offset)
        before = file.read(length)
        file.seek((page - 1) * PAGE + offset)
        file.write(bytes(byte ^ 0xFF for byte in before))


def pages(folder: Path) -> int:
    return (folder / TILL_FILE).stat().st_size // PAGE


def test_every_damaged_page_is_found_before_use(tmp_path: Path) -> None:
    worked(tmp_path)
    whole = (tmp_path / TILL_FILE).read_bytes()
    for page in range(1, pages(tmp_path) + 1):
        (tmp_path / TILL_FILE).write_bytes(whole)
        damage(tmp_path, page)
        database = Database(tmp_path / TILL_FILE, DATABASE_KEY)
        try:
            migrate(database)
            assert database.faults(), f"page {page}"
        except DatabaseUnreadable:
            pass
        finally:
            database.dispose()


def test_after_damage_of_any_page_the_till_sells_on_and_nothing_readable_is_lost(tmp_path: Path) -> None:
    worked(tmp_path / "whole")
    for page in range(1, pages(tmp_path / "whole") + 1, 3):
        folder = tmp_path / f"page{page}"
        folder.mkdir()
        (folder / TILL_FILE).write_bytes((tmp_path / "whole" / TILL_FILE).read_bytes())
        backups_of(tmp_path / "whole", folder)
        damage(folder, page)
        done = rescue(folder, means((1, 21)))
        assert done.documents + sum(one.count for one in done.lost) == 21
        assert done.documents >= 20
        till = reopen(folder)
        assert till.record("drawer_open", {"reason": "x"}).epoch == 2
        assert till.journal.verify().is_whole
        till.files.dispose()


def backups_of(source: Path, folder: Path) -> None:
    till = reopen(source)
    place = BackupPlace(folder / "backups")
    Backups(till.files.till, DATABASE_KEY, till.identity, place).make(till.clock.now(), None)
    till.files.dispose()


def rescued(folder: Path) -> tuple[Rescued, MadeTill]:
    worked(folder)
    return rescue(folder, means()), reopen(folder)


def test_receipt_numbers_go_on_under_the_new_epoch(tmp_path: Path) -> None:
    _, till = rescued(tmp_path)
    till.open_shift()
    assert till.sell().receipt_no == "NT02.2-000001"
    assert till.journal.find_receipt("NT02-000020") is not None


def test_a_rescued_till_is_restricted_as_a_spare(tmp_path: Path) -> None:
    _, till = rescued(tmp_path)
    assert StandingStore(till.files.till).read().reason == "spare"
    assert [one.kind for one in till.journal.documents_since(2, 1)] == ["epoch_start"]


def test_held_carts_and_answers_of_central_survive(tmp_path: Path) -> None:
    _, till = rescued(tmp_path)
    assert [one.label for one in DraftStore(till.files.drafts_database, till.clock).held()] == ["chị Hoa"]
    assert Outbox(till.files.till, till.identity, till.clock).counts().unsent == 20 + 1


def test_the_interrupted_shift_is_kept_with_its_documents_and_a_new_one_can_open(tmp_path: Path) -> None:
    _, till = rescued(tmp_path)
    with till.files.till.reading() as connection:
        shifts = connection.exec_driver_sql("SELECT epoch, number, state FROM shift").fetchall()
        cash = connection.exec_driver_sql("SELECT sum(amount) FROM cash_entry WHERE epoch = 1").scalar_one()
    assert [tuple(row) for row in shifts] == [(1, 1, "closed")]
    assert cash == 500_000 + 20 * 500_000
    till.open_shift()


def test_the_damaged_file_is_kept_byte_for_byte(tmp_path: Path) -> None:
    worked(tmp_path)
    damage(tmp_path, 5)
    before = hashlib.sha256((tmp_path / TILL_FILE).read_bytes()).digest()
    done = rescue(tmp_path, means())
    assert hashlib.sha256(done.frozen.read_bytes()).digest() == before


def test_what_the_anchor_has_seen_beyond_the_readable_is_lost_and_said_so(tmp_path: Path) -> None:
    worked(tmp_path)
    done = rescue(tmp_path, means((1, 25)))
    assert done.lost == (Lost(1, 22, 25),)
    till = reopen(tmp_path)
    assert lost_stretches(till.files.till) == [Lost(1, 22, 25)]
    note = RescueNote(StatusStore(till.files.till))
    assert (note.read() or {})["documents"] == 21
    assert note.next_page() == (1, 1)


def test_an_end_between_the_two_renames_is_mended_at_the_next_start(tmp_path: Path) -> None:
    worked(tmp_path)
    rescue(tmp_path, means())
    (tmp_path / TILL_FILE).replace(tmp_path / READY)
    assert finish(tmp_path)
    assert reopen(tmp_path).identity.epoch == 2


def test_without_a_spare_epoch_nothing_is_touched(tmp_path: Path) -> None:
    worked(tmp_path, spare_epoch=None, spare_nonce=None)
    before = (tmp_path / TILL_FILE).read_bytes()
    with pytest.raises(NoSpareEpoch):
        rescue(tmp_path, means())
    assert (tmp_path / TILL_FILE).read_bytes() == before


def test_a_file_that_does_not_say_who_it_is_needs_a_backup(tmp_path: Path) -> None:
    worked(tmp_path)
    damage(tmp_path, 1)
    with pytest.raises(NotEnrolled):
        rescue(tmp_path, means())
    assert (tmp_path / TILL_FILE).exists()
