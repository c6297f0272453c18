"""A till on an old copy of its own files, or on a clone: noticed, restricted, and nothing is lost (§8)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from central.tables.inbox import document, result
from pos_app.bootstrap.network import enrol_till
from pos_app.domain.errors import ShiftAlreadyOpen
from pos_app.storage.anchor import anchor_path
from pos_app.storage.files import TILL_FILE
from pos_app.storage.journal import Recorded
from sync.engine import SyncReport
from tests.support.central_server import CentralServer
from tests.support.whole_day import CASHIER, WholeDay
from tests.support.whole_till import WholeTill


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "till"


def passed(central: CentralServer, till: WholeTill, seconds: float = 15) -> SyncReport:
    """Time goes on for both, then the sync loop has a turn."""
    central.clock.advance(seconds=seconds)
    till.clock.pass_time(seconds)
    return till.engine.run_once()


def sell(till: WholeTill, central: CentralServer) -> Recorded:
    """One piece, for cash."""
    if till.services.session.person is None:
        till.enter(CASHIER)
    day = WholeDay(till, central)
    till.services.checkout.add(next(day.goods()).id)
    return day.pay()


def close_shift(till: WholeTill) -> None:
    shifts = till.services.shifts
    row = till.services.session.require_shift()
    expected = till.stores.shifts.expected_cash(row.number)
    notes = {1000: expected // 1000, 500: expected % 1000 // 500}
    shifts.close({note: pieces for note, pieces in notes.items() if pieces}, "đếm lại đủ")


def again(till: WholeTill, folder: Path, central: CentralServer) -> WholeTill:
    """The program ends and starts."""
    till.close()
    return WholeTill.started(folder, central, till.clock)


def copied(folder: Path, to: Path) -> None:
    """The database as a copy of the disk brings it, at rest."""
    to.mkdir(exist_ok=True)
    for name in (TILL_FILE, f"{TILL_FILE}-wal"):
        if (folder / name).exists():
            shutil.copyfile(folder / name, to / name)


def put_back(old: Path, folder: Path) -> None:
    """Yesterday's files in place of today's."""
    for suffix in ("", "-wal", "-shm"):
        (folder / f"{TILL_FILE}{suffix}").unlink(missing_ok=True)
    copied(old, folder)


def at_central(central: CentralServer, till: WholeTill) -> dict[str, str]:
    """doc_id → status of everything central has of this till; each id is there once."""
    with central.central.database.reading() as connection:
        ids = list(connection.scalars(select(document.c.doc_id).where(document.c.till == till.identity.till)))
        assert len(ids) == len(set(ids))
        rows = connection.execute(select(result.c.doc_id, result.c.status).where(result.c.doc_id.in_(ids)))
        return {row.doc_id: row.status for row in rows}


def own_ids(till: WholeTill) -> set[str]:
    return {stored.doc_id for stored in till.services.journal.documents_since(1, 1)}


def reason(till: WholeTill) -> str | None:
    return till.stores.standing.read().reason


def test_yesterdays_database_becomes_a_new_epoch_and_nothing_is_lost(
    central: CentralServer, folder: Path, tmp_path: Path
) -> None:
    till = WholeTill.enrolled(folder, central)
    sell(till, central)
    till.close()
    copied(folder, tmp_path / "yesterday")
    till = WholeTill.started(folder, central, till.clock)
    assert reason(till) is None
    sell(till, central)
    sell(till, central)
    assert passed(central, till).need is None
    everything = own_ids(till)
    till.close()

    put_back(tmp_path / "yesterday", folder)
    till = WholeTill.started(folder, central, till.clock)
    assert reason(till) == "anchor_newer"
    sell(till, central)  # sales go on, on a branch of their own
    everything |= own_ids(till)
    assert passed(central, till).need == "enrol_again"
    assert reason(till) == "forked"

    with pytest.raises(ShiftAlreadyOpen):
        enrol_till(till.opened, central.new_code(), central.url, till.clock)
    close_shift(till)
    everything |= own_ids(till)
    enrol_till(till.opened, central.new_code(), central.url, till.clock)
    till = again(till, folder, central)
    assert (till.identity.epoch, reason(till)) == (3, None)
    assert sell(till, central).receipt_no == "NT01.3-000001"
    everything |= own_ids(till)
    assert passed(central, till).need is None
    assert till.stores.outbox.counts().unsent == 0
    found = at_central(central, till)
    assert found.keys() == everything
    assert set(found.values()) <= {"applied", "applied_flagged", "fork"}


def test_the_shift_and_z_numbers_begin_anew_with_the_epoch(central: CentralServer, folder: Path) -> None:
    till = WholeTill.enrolled(folder, central)
    sell(till, central)
    close_shift(till)
    enrol_till(till.opened, central.new_code(), central.url, till.clock)
    till = again(till, folder, central)
    sell(till, central)
    shift = till.services.session.require_shift()
    assert (shift.number, shift.epoch) == (1, 3)
    kinds = [stored.kind for stored in till.services.journal.documents_since(3, 1)]
    assert kinds[0] == "epoch_start"


def test_a_deleted_wal_is_noticed_by_the_anchor(central: CentralServer, folder: Path, tmp_path: Path) -> None:
    till = WholeTill.enrolled(folder, central)
    sell(till, central)
    till.close()
    till = WholeTill.started(folder, central, till.clock)
    sell(till, central)
    crashed = tmp_path / "crashed"  # the files as a power cut leaves them, without the WAL
    copied(folder, crashed)
    (crashed / f"{TILL_FILE}-wal").unlink()
    till.close()
    put_back(crashed, folder)
    assert reason(WholeTill.started(folder, central, till.clock)) == "anchor_newer"


@pytest.mark.parametrize("how", ["missing", "damaged", "foreign"])
def test_without_its_anchor_a_till_is_restricted_until_central_has_confirmed_the_head(
    central: CentralServer, folder: Path, how: str
) -> None:
    till = WholeTill.enrolled(folder, central)
    sell(till, central)
    till.close()
    path = anchor_path(folder)
    if how == "missing":
        path.unlink()
    elif how == "damaged":
        path.write_bytes(b"\xff" * path.stat().st_size)
    else:
        path.write_bytes(b"anchor of another program")
    till = WholeTill.started(folder, central, till.clock)
    assert reason(till) == "anchor_unknown"
    sell(till, central)
    passed(central, till)
    passed(central, till)
    assert reason(till) is None
    assert reason(again(till, folder, central)) is None  # rebuilt: no further alarm


def test_a_clone_of_the_folder_is_one_new_epoch_and_nothing_is_lost(
    central: CentralServer, folder: Path, tmp_path: Path
) -> None:
    first = WholeTill.enrolled(folder, central)
    sell(first, central)
    passed(central, first)
    first.close()
    twin_folder = tmp_path / "twin"
    shutil.copytree(folder, twin_folder)
    shutil.copyfile(anchor_path(folder), anchor_path(twin_folder))  # the whole disk was cloned

    first = WholeTill.started(folder, central, first.clock)
    twin = WholeTill.started(twin_folder, central, first.clock)
    assert (reason(first), reason(twin)) == (None, None)
    everything: set[str] = set()
    for one in (first, twin, first, twin):
        sell(one, central)
        everything |= own_ids(one)
        passed(central, one)
    assert passed(central, first).need == passed(central, twin).need == "enrol_again"

    close_shift(first)
    everything |= own_ids(first)
    enrol_till(first.opened, central.new_code(), central.url, first.clock)
    first = again(first, folder, central)
    sell(first, central)
    sell(twin, central)  # the other one goes on in restricted mode: its documents are taken by id
    for one in (first, twin):
        passed(central, one)
        everything |= own_ids(one)
    assert at_central(central, first).keys() == everything
    assert (reason(first), reason(twin)) == (None, "forked")
    assert first.identity.epoch == 3
    twin.close()


def test_the_spare_epoch_is_opened_in_the_dark_and_confirmed_at_the_next_contact(
    central: CentralServer, folder: Path
) -> None:
    from pos_app.domain.signing import signer
    from pos_app.storage.clock import Boot
    from pos_app.storage.epochs import start_spare
    from pos_app.storage.keys import SIGNING_KEY

    till = WholeTill.enrolled(folder, central)
    sell(till, central)
    close_shift(till)
    seed = till.opened.keys.get(SIGNING_KEY)
    assert seed is not None
    start_spare(till.opened.files.till, till.identity, signer(seed), till.clock, Boot.new(till.clock))
    till = again(till, folder, central)
    assert (till.identity.epoch, reason(till)) == (2, "spare")
    assert sell(till, central).receipt_no == "NT01.2-000001"
    passed(central, till)
    passed(central, till)
    held = till.opened.identities.load()
    assert held is not None
    assert (reason(till), held.spare_epoch) == (None, 3)
    with central.central.database.reading() as connection:
        waiting = select(func.count()).where(document.c.doc_id.not_in(select(result.c.doc_id)))
        assert connection.scalar(waiting) == 0
