"""The settings of protocol §3, read back on real files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from pos_app.domain.errors import (
    DatabaseBusy,
    DatabaseTooNew,
    DatabaseUnreadable,
    DiskFull,
    StorageUnsafe,
)
from pos_app.storage.database import Database, apply_settings, check_library, safe_settings
from pos_app.storage.files import TillFiles
from pos_app.storage.migrate import REVISIONS, migrate
from tests.support.till_files import DATABASE_KEY, MadeTill

PRAGMAS = ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "busy_timeout")


def settings_of(database: Database) -> list[object]:
    with database.reading() as connection:
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in PRAGMAS]


def write_rows(database: Database, names: list[str], body: str) -> None:
    with database.writing() as connection:
        for name in names:
            connection.exec_driver_sql("INSERT INTO status (name, body) VALUES (?, ?)", (name, body))


def test_till_file_is_synced_fully(till: MadeTill) -> None:
    assert settings_of(till.files.till) == ["wal", 2, 1, 0, 5000]


def test_feed_files_and_drafts_use_normal(till: MadeTill) -> None:
    files = till.files
    for database in (files.catalogue, files.customers, files.store, files.drafts_database):
        assert settings_of(database) == ["wal", 1, 1, 0, 5000]


def test_the_mark_changes_with_every_writing_and_no_reading(till: MadeTill) -> None:
    store = till.files.store
    before = store.mark
    with store.reading() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM item").scalar_one()
    assert store.mark is before
    with store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM item")
    assert store.mark is not before


def test_the_mark_changes_with_the_file(till: MadeTill) -> None:
    before = till.files.catalogue.mark
    till.files.recreate("catalogue")
    assert till.files.catalogue.mark is not before


def test_old_sqlite_is_refused() -> None:
    with pytest.raises(StorageUnsafe) as refused:
        check_library((3, 51, 2))
    assert refused.value.fields["setting"] == "sqlite"


def test_a_start_of_the_program_loads_no_second_sqlite_library(tmp_path: Path) -> None:
    """Fault 14: what no contract sees, a library that imports another one, is seen by the process itself."""
    words = (
        "import sys\n"
        "from pathlib import Path\n"
        "import pos_app.bootstrap, pos_app.bootstrap.program, sync.till_side, printing.worker\n"
        "from pos_app.storage.files import TillFiles\n"
        "TillFiles.open(Path(sys.argv[1]), bytes(32)).dispose()\n"
        "print([name for name in ('sqlite3', '_sqlite3', 'PySide6.QtSql', 'apsw') if name in sys.modules])\n"
    )
    command = [sys.executable, "-c", words, str(tmp_path / "till")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"


def test_a_setting_that_does_not_take_is_refused() -> None:
    class Deaf:
        """A connection whose synchronous stays OFF."""

        def execute(self, statement: str) -> Deaf:
            self.statement = statement
            return self

        def fetchall(self) -> list[tuple[str]]:
            return [("4.19",)]

        def fetchone(self) -> tuple[object]:
            return ("wal",) if self.statement == "PRAGMA journal_mode" else (0,)

    with pytest.raises(StorageUnsafe) as refused:
        apply_settings(Deaf(), safe_settings("FULL"))
    assert refused.value.fields == {"setting": "synchronous", "expected": 2, "found": 0}


def test_a_library_without_encryption_is_refused() -> None:
    class Plain:
        def execute(self, _: str) -> Plain:
            return self

        def fetchall(self) -> list[tuple[str]]:
            return []

    with pytest.raises(StorageUnsafe):
        apply_settings(Plain(), safe_settings("FULL"))


def test_files_are_not_plain_sqlite(till: MadeTill) -> None:
    till.files.dispose()
    for path in till.files.folder.glob("*.db"):
        assert not path.read_bytes().startswith(b"SQLite format 3")


def test_wrong_key_is_named(till: MadeTill) -> None:
    till.files.dispose()
    with pytest.raises(DatabaseUnreadable):
        TillFiles.open(till.files.folder, b"w" * 32)


def test_something_else_than_a_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "till.db").write_bytes(b"no database at all" * 500)
    with pytest.raises(DatabaseUnreadable):
        TillFiles.open(tmp_path, DATABASE_KEY)


def test_newer_database_is_refused(till: MadeTill) -> None:
    with till.files.till.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    till.files.dispose()
    with pytest.raises(DatabaseTooNew) as refused:
        TillFiles.open(till.files.folder, DATABASE_KEY)
    assert refused.value.fields["found"] == "9999"


def test_revisions_are_those_of_the_numbered_files() -> None:
    import pos_app.storage.migrations.versions as versions

    folder = Path(str(versions.__file__)).parent
    found = sorted(path.name[1:5] for path in folder.glob("v[0-9]*.py"))
    assert tuple(found) == REVISIONS


def test_migrations_import_nothing_of_ours() -> None:
    import pos_app.storage.migrations as migrations

    for path in Path(str(migrations.__file__)).parent.rglob("*.py"):
        assert "pos_app" not in path.read_text("utf-8")


def test_migrating_twice_changes_nothing(till: MadeTill) -> None:
    migrate(till.files.till)


@pytest.mark.slow
def test_a_second_writer_waits_and_then_gives_up(till: MadeTill) -> None:
    with till.files.till.writing(), pytest.raises(DatabaseBusy), till.files.drafts_database.writing():
        pass


def test_our_own_mistakes_are_not_taken_for_trouble(till: MadeTill) -> None:
    with pytest.raises(IntegrityError):
        write_rows(till.files.till, ["x", "x"], "{}")


def test_nothing_is_written_when_the_unit_of_work_fails(till: MadeTill) -> None:
    with pytest.raises(IntegrityError):
        write_rows(till.files.till, ["x", "y", "y"], "{}")
    with till.files.till.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM status").scalar_one() == 0


def test_the_standard_library_s_sqlite_is_never_loaded() -> None:
    code = "import sys, pos_app.storage.files, pos_app.storage.journal; print('sqlite3' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can mount")
def test_full_disk_is_named_and_nothing_is_lost(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], check=False)
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        files = TillFiles.open(disk, DATABASE_KEY)
        write_rows(files.till, ["before"], "{}")
        with pytest.raises(DiskFull):
            write_rows(files.till, [str(number) for number in range(1000)], "x" * 10_000)
        with files.till.reading() as connection:
            assert connection.exec_driver_sql("SELECT name FROM status").fetchall() == [("before",)]
        files.dispose()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_sound_file_has_no_faults(till: MadeTill) -> None:
    assert till.files.till.faults() == []


def test_a_damaged_page_is_found(till: MadeTill) -> None:
    write_rows(till.files.till, [str(number) for number in range(50)], "x" * 2000)
    path = till.files.till.path
    till.files.dispose()
    data = bytearray(path.read_bytes())
    data[-2000:-1900] = b"\xff" * 100
    path.write_bytes(bytes(data))
    assert Database(path, DATABASE_KEY).faults() != []
