"""A PostgreSQL server of the tests' own: unprivileged, on a socket of its own, gone when they end."""

from __future__ import annotations

import atexit
import ctypes
import functools
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG
_STARTS_WITHIN_S = 20.0
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB")


class PostgresMissing(Exception):
    """No server binaries on this machine."""


class PostgresServer:
    """Started once for a whole run of the tests (`server()`); answers on its socket only.

    Quick because nothing need outlive the tests; a measurement wants it durable, as it is installed.
    """

    def __init__(self, *, durable: bool = False) -> None:
        binaries = _binaries()
        self.folder = Path(tempfile.mkdtemp(prefix="quay-pg-"))
        self._account = _unprivileged()
        if self._account:
            os.chown(self.folder, *(self._account[name] for name in ("user", "group")))
        self._made: set[str] = set()
        data = self.folder / "data"
        options = ("--no-sync", "--auth=trust", "--username=quay", "--encoding=UTF8", "--locale=C")
        self._run([binaries / "initdb", "-D", data, *options])
        log = (self.folder / "log").open("wb")
        settings = ("listen_addresses=", *(() if durable else _QUICK))
        self._process = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-k", self.folder, *(f"-c{one}" for one in settings)],
            stdout=log, stderr=log, cwd=self.folder, preexec_fn=_die_with_parent, **self._account,
        )  # fmt: skip
        log.close()
        self._await()

    def _run(self, words: list[Any]) -> None:
        done = subprocess.run(words, capture_output=True, text=True, cwd=self.folder, **self._account)
        if done.returncode:
            raise PostgresMissing(f"{words[0]}: {done.stderr}")

    def _await(self) -> None:
        until = time.monotonic() + _STARTS_WITHIN_S
        while True:
            try:
                self._admin = psycopg.connect(self._words("postgres"), autocommit=True)
                return
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.02)  # it tells nobody when it is ready

    def _words(self, name: str) -> str:
        return f"host={self.folder} user=quay dbname={name}"

    @property
    def pid(self) -> int:
        """Of the server's first process."""
        return self._process.pid

    def url(self, name: str) -> str:
        """As SQLAlchemy wants it."""
        return f"postgresql+psycopg://quay@/{name}?host={self.folder}"

    def database(self, name: str, template: str | None = None) -> str:
        """The URL of a database, which is made if need be: empty, or a copy of one nobody is connected to."""
        if name not in self._made:
            words = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
            self._admin.execute(words.format(sql.Identifier(name), sql.Identifier(template or "template0")))
            self._made.add(name)
        return self.url(name)

    def names(self) -> set[str]:
        """Every database that was made here and not dropped."""
        return set(self._made)

    def drop(self, name: str) -> None:
        """Away with it, whoever is still connected."""
        self._admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        self._made.discard(name)

    def stop(self) -> None:
        """Ends the server; its folder goes too."""
        self._admin.close()
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(timeout=20)
        shutil.rmtree(self.folder, ignore_errors=True)


@functools.cache
def server() -> PostgresServer:
    """The one of this process, started when it is first asked for."""
    made = PostgresServer()
    atexit.register(made.stop)
    return made


def name_for(folder: Path) -> str:
    """The database that stands for the file in this folder."""
    return "quay_" + hashlib.sha256(str(folder).encode()).hexdigest()[:20]


def _binaries() -> Path:
    """Where initdb and postgres lie: Debian keeps them out of PATH."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: -float(one.parent.name))
    if found := shutil.which("initdb"):
        places.insert(0, Path(found).resolve().parent)
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise PostgresMissing("install PostgreSQL's server (./run test does), or set QUAY_TEST_DATABASE=sqlite")


def _unprivileged() -> dict[str, Any]:
    """Whom to run it as: the server refuses root."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    import pwd

    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise PostgresMissing("neither postgres nor nobody is a user of this machine")


def _die_with_parent() -> None:
    """Killed tests leave no server behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGQUIT)
