"""A migration that a kill or a power cut ends anywhere leaves the old file or the new one (fault 16)."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest

from pos_app.bootstrap.stores import open_folder
from pos_app.storage import chain
from pos_app.storage.database import Database
from pos_app.storage.files import TILL_FILE
from pos_app.storage.identity import IdentityStore
from pos_app.storage.keys import DATABASE_KEY, FileKeyStore
from pos_app.storage.migrate import REVISIONS, revision
from tests.support.golden_release import FACTS, unpack
from tests.support.power_cut import MODES, Disk
from tests.support.power_cut_states import lay_out
from tests.support.recording import Operation, operations, record

OLD = REVISIONS[0]
GOLDEN = Path(__file__).parents[1] / "data" / "golden" / "till-0001-central-0004"
MOMENTS = 24

pytestmark = pytest.mark.slow


def recorded(tmp_path: Path) -> tuple[Path, Path, list[Operation]]:
    """The folder as it was before, where it was, and what the migration did to it."""
    unpack(GOLDEN, tmp_path)
    folder, before, trace = tmp_path / "till", tmp_path / "before", tmp_path / "trace"
    shutil.copytree(folder, before)
    record("tests.support.migrating_till", [str(folder)], folder, trace, lambda line: line == "migrated\n")
    shutil.rmtree(folder)
    shutil.copytree(before, folder)
    return folder, before, list(operations(trace))


def found(state: Path) -> tuple[str | None, int]:
    """Schema and number of documents of a till.db that is whole, before anything is mended in it."""
    key = FileKeyStore(state).get(DATABASE_KEY)
    assert key is not None
    database = Database(state / TILL_FILE, key)
    try:
        assert database.faults() == []
        with database.reading() as connection:
            documents = connection.exec_driver_sql("SELECT count(*) FROM journal").scalar_one()
            return revision(connection), int(documents)
    finally:
        database.dispose()


def opens_with(state: Path) -> tuple[str | None, int]:
    """The same after the program has opened the folder."""
    opened = open_folder(state, allow_system_keys=False)
    try:
        identity = IdentityStore(opened.files.till).load()
        assert identity is not None
        with opened.files.till.reading() as connection:
            report = chain.verify(connection, identity)
            assert report.is_whole
            return revision(connection), report.checked
    finally:
        opened.close()


def test_a_cut_leaves_the_old_schema_or_the_new_one_and_the_next_start_ends_it(tmp_path: Path) -> None:
    folder, _before, done = recorded(tmp_path)
    documents = json.loads((GOLDEN / FACTS).read_text())["head"]
    dice, disk, state = random.Random(1), Disk(folder), tmp_path / "state"
    moments = {*dice.sample(range(len(done)), min(MOMENTS, len(done))), len(done) - 1}
    seen = set()
    for number, operation in enumerate(done):
        disk.take(operation)
        for mode in MODES if number in moments else ():
            lay_out(disk, mode, dice, state)
            schema, count = found(state)
            assert schema == REVISIONS[-1] if disk.said else schema in (OLD, REVISIONS[-1])
            assert count == documents
            assert opens_with(state) == (REVISIONS[-1], documents)
            seen.add(schema)
    assert seen == {OLD, REVISIONS[-1]}, "both sides of the commit were looked at"
