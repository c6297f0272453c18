"""Key stores, databases and centrals are lost; every sale reaches central, once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from central.recovery_commands import back_up, put_back, take_export
from central.tables.inbox import document
from pos_app.bootstrap.damage import rescue_folder, set_aside, take_in_frozen
from pos_app.bootstrap.network import enrol_till
from pos_app.bootstrap.stores import open_folder
from pos_app.bootstrap.upkeep import make_upkeep
from pos_app.domain.errors import KeysLost
from pos_app.settings import Settings
from pos_app.storage.export import export_unsent
from pos_app.storage.files import TILL_FILE
from pos_app.storage.journal import Draft
from pos_app.storage.salvage import lost_stretches
from tests.support.central_server import CentralServer
from tests.support.whole_till import WholeTill


@pytest.fixture
def till(tmp_path: Path, central: CentralServer) -> Iterator[WholeTill]:
    made = WholeTill.enrolled(tmp_path / "till", central)
    yield made
    made.close()


def note(till: WholeTill, count: int) -> None:
    for _ in range(count):
        till.services.journal.record(Draft("drawer_open", {"reason": "đổi tiền"}, staff=11))


def stored(central: CentralServer, till: WholeTill) -> list[tuple[int, int]]:
    """Places of the kind this module writes, in order; a document twice would stand here twice."""
    with central.central.database.reading() as connection:
        rows = connection.execute(
            select(document.c.epoch, document.c.seq)
            .where(document.c.till == till.identity.till, document.c.kind == "drawer_open")
            .order_by(document.c.epoch, document.c.seq)
        )
        return [(row.epoch, row.seq) for row in rows]


# --- key escrow ---------------------------------------------------------------------------------
def test_the_sealed_key_is_laid_down_once_and_acknowledged(till: WholeTill, central: CentralServer) -> None:
    row = till.stores.status.get("keybox") or {}
    assert row["incarnation"] == till.stores.status.get("sync")["incarnation"]  # type: ignore[index]
    till.sync()
    assert till.stores.status.get("keybox") == row


@pytest.mark.expects_log("pos_app.bootstrap.damage", "what was taken in is worth a line")
def test_a_till_whose_key_store_is_lost_sends_its_sales_after_enrolling_again(
    till: WholeTill, central: CentralServer
) -> None:
    note(till, 2)
    till.sync()
    note(till, 3)  # never sent by the former life
    till.close()
    folder = till.opened.folder
    (folder / "keys.json").unlink()
    with pytest.raises(KeysLost):
        open_folder(folder, allow_system_keys=False)
    set_aside(folder, till.clock)
    opened = open_folder(folder, allow_system_keys=False)
    identity = enrol_till(opened, central.new_code(1, 1), central.url, till.clock)
    assert take_in_frozen(opened.files, opened.keys, identity, till.clock) == 5
    assert take_in_frozen(opened.files, opened.keys, identity, till.clock) == 0
    new = WholeTill.put_together(opened, central, till.clock)
    new.sync()
    assert stored(central, new) == [(1, seq) for seq in range(1, 6)]
    assert new.stores.outbox.counts().unsent == 0
    new.close()


# --- a damaged till.db --------------------------------------------------------------------------
@pytest.mark.expects_log("pos_app.bootstrap.damage", "a rescue is worth a line in the log")
def test_what_could_not_be_read_comes_back_from_central_and_the_rest_is_sent(
    till: WholeTill, central: CentralServer
) -> None:
    note(till, 60)
    till.sync()
    make_upkeep(Settings(data_dir=till.opened.folder), till.stores, till.identity).back_up()
    note(till, 60)
    till.close()
    folder = till.opened.folder
    data = bytearray((folder / TILL_FILE).read_bytes())
    for start in range(3 * 4096, len(data), 3 * 4096):  # every third page is gone
        data[start : start + 4096] = bytes(len(data[start : start + 4096]))
    (folder / TILL_FILE).write_bytes(data)
    done = rescue_folder(folder, till.clock, allow_system_keys=False)
    assert 0 < done.documents < 120 + 1
    new = WholeTill.put_together(open_folder(folder, allow_system_keys=False), central, till.clock)
    note(new, 1)  # the shop sells on
    new.sync()
    here = stored(central, new)
    assert here[:60] == [(1, seq) for seq in range(1, 61)]
    assert len(here) == len(set(here))
    lost = sum(one.count for one in lost_stretches(new.opened.files.till) if one.epoch == 1)
    assert lost == 120 - (len(here) - 1)
    assert new.stores.outbox.counts().unsent == 0
    new.close()


@pytest.mark.expects_log("pos_app.bootstrap.damage", "what was taken in is worth a line")
def test_a_damaged_till_without_a_spare_epoch_goes_on_after_enrolling_again(
    till: WholeTill, central: CentralServer
) -> None:
    note(till, 2)
    till.sync()
    note(till, 3)
    till.close()
    folder = till.opened.folder
    with (folder / TILL_FILE).open("r+b") as file:
        file.seek(-4096, 2)
        file.write(bytes(4096))
    set_aside(folder, till.clock)
    opened = open_folder(folder, allow_system_keys=False)
    identity = enrol_till(opened, central.new_code(1, 1), central.url, till.clock)
    assert take_in_frozen(opened.files, opened.keys, identity, till.clock) == 5
    new = WholeTill.put_together(opened, central, till.clock)
    new.sync()
    assert stored(central, new) == [(1, seq) for seq in range(1, 6)]
    new.close()


# --- sealed export ------------------------------------------------------------------------------
def test_an_export_on_a_stick_reaches_central_and_the_upload_later_harms_nothing(
    till: WholeTill, central: CentralServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note(till, 5)
    stick = tmp_path / "NT01.quay-export"
    made = export_unsent(till.stores.outbox, till.identity, stick)
    assert made.documents == till.stores.outbox.counts().unsent == 5
    assert take_export(central.settings, stick) == 0
    assert take_export(central.settings, stick) == 0
    till.sync()
    assert stored(central, till) == [(1, seq) for seq in range(1, 6)]
    assert till.stores.outbox.counts().unsent == 0
    capsys.readouterr()


# --- fault 42 -----------------------------------------------------------------------------------
def test_after_a_restored_central_every_document_is_there_exactly_once(
    till: WholeTill, central: CentralServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    note(till, 3)
    till.sync()
    copy = tmp_path / "central.backup"
    assert back_up(central.settings, copy) == 0
    note(till, 4)
    till.sync()  # acknowledged by a central that is about to be lost
    before = till.stores.status.get("sync")["incarnation"]  # type: ignore[index]
    central.central.database.dispose()
    assert put_back(central.settings, copy, accept_gap=True) == 0
    capsys.readouterr()
    assert stored(central, till) == [(1, seq) for seq in range(1, 4)]
    for _ in range(4):
        till.clock.pass_time(15)
        central.clock.advance(seconds=15)
        till.sync()
    assert till.stores.status.get("sync")["incarnation"] != before  # type: ignore[index]
    assert stored(central, till) == [(1, seq) for seq in range(1, 8)]
    assert till.stores.outbox.counts().unsent == 0
    assert (till.stores.status.get("keybox") or {})["incarnation"] != before


def test_a_restore_is_refused_while_central_runs(
    till: WholeTill, central: CentralServer, tmp_path: Path
) -> None:
    copy = tmp_path / "central.backup"
    back_up(central.settings, copy)
    with central.central.database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(document)) is not None
        assert put_back(central.settings, copy, accept_gap=False) == 1
