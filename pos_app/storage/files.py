"""The files of a data folder: till.db, migrated, and the feed files, made again where they are damaged."""

from __future__ import annotations

import re
from pathlib import Path

from pos_app.domain.errors import DatabaseUnreadable
from pos_app.storage.database import Database
from pos_app.storage.migrate import migrate
from pos_app.storage.tables.feed_file import SCHEMAS, VERSION

TILL_FILE = "till.db"
FEED_FILES = tuple(SCHEMAS)
_SIDE_FILES = ("", "-wal", "-shm")


def file_of(feed: str) -> str:
    """The feed file in which a feed lives; all small feeds share `store`."""
    return feed if feed in ("catalogue", "customers") else "store"


class TillFiles:
    """Everything of one data folder. `drafts_database` is till.db again, with synchronous=NORMAL."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self._key = key
        self.till = Database(folder / TILL_FILE, key)
        migrate(self.till)
        self.drafts_database = Database(folder / TILL_FILE, key, synchronous="NORMAL", trust=self.till.trust)
        self._feed_files = {name: self._open_feed_file(name) for name in FEED_FILES}
        self._delete_left_over()

    @classmethod
    def open(cls, folder: Path, key: bytes) -> TillFiles:
        """Raises StorageUnsafe, DatabaseUnreadable (till.db), DatabaseTooNew, DiskFull."""
        folder.mkdir(parents=True, exist_ok=True)
        return cls(folder, key)

    @property
    def catalogue(self) -> Database:
        return self._feed_files["catalogue"]

    @property
    def customers(self) -> Database:
        return self._feed_files["customers"]

    @property
    def store(self) -> Database:
        return self._feed_files["store"]

    def of_feed(self, feed: str) -> Database:
        """The file in which a feed lives."""
        return self._feed_files[file_of(feed)]

    def dispose(self) -> None:
        """Close everything."""
        for database in (self.till, self.drafts_database, *self._feed_files.values()):
            database.dispose()

    # --- feed files ---------------------------------------------------------------------------
    def new_feed_file(self, name: str) -> Database:
        """An empty file beside the one in use; it counts only once it was switched to."""
        path = self._next_path(name)
        delete_database(path)
        database = Database(path, self._key, synchronous="NORMAL")
        _create(database, name)
        return database

    def switch(self, name: str, built: Database) -> None:
        """Point to a built file, in one transaction; readers reopen, the old file is deleted."""
        old = self._feed_files[name].path
        built.dispose()  # closing the last connection moves everything from the WAL into the file, synced
        self._point(name, built.path)
        self._feed_files[name].switch(built.path)
        delete_database(old)

    def recreate(self, name: str) -> None:
        """A damaged feed file: start with an empty one; its feeds are fetched again."""
        self.switch(name, self.new_feed_file(name))

    def _open_feed_file(self, name: str) -> Database:
        path = self._pointed(name)
        database = Database(path, self._key, synchronous="NORMAL")
        try:
            with database.reading() as connection:
                found = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        except DatabaseUnreadable:
            found = None
        if found == VERSION:
            return database
        database.dispose()
        delete_database(path)
        database = Database(path, self._key, synchronous="NORMAL")
        _create(database, name)
        return database

    def _pointed(self, name: str) -> Path:
        with self.till.reading() as connection:
            row = connection.exec_driver_sql("SELECT file FROM feed_file WHERE feed = ?", (name,)).fetchone()
        return self.folder / (row[0] if row is not None else f"{name}-1.db")

    def _point(self, name: str, path: Path) -> None:
        with self.till.writing() as connection:
            connection.exec_driver_sql(
                "INSERT INTO feed_file (feed, file) VALUES (?, ?) "
                "ON CONFLICT (feed) DO UPDATE SET file = excluded.file",
                (name, path.name),
            )

    def _next_path(self, name: str) -> Path:
        number = re.search(r"-(\d+)\.db$", self._feed_files[name].path.name)
        assert number is not None
        return self.folder / f"{name}-{int(number.group(1)) + 1}.db"

    def _delete_left_over(self) -> None:
        """Files of a build that was cut short, or that were still open when they were replaced."""
        for name, database in self._feed_files.items():
            for path in self.folder.glob(f"{name}-*.db"):
                if path != database.path:
                    delete_database(path)


def delete_database(path: Path) -> None:
    """Delete a feed file with its side files; what is still open (Windows) goes at the next start."""
    for suffix in _SIDE_FILES:
        try:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        except PermissionError:
            return


def _create(database: Database, name: str) -> None:
    with database.writing() as connection:
        for statement in SCHEMAS[name]:
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
