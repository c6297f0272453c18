"""Central of the demo: a process of its own on a free loopback port, over a seeded folder."""

from __future__ import annotations

import contextlib
import io
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

from central.main import main as central_command
from central.settings import Settings

STARTS_WITHIN_S = 120.0


class CentralTrouble(Exception):
    """Central did not start, or a command of it failed; the text says what it printed."""


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class DemoCentral:
    """Start, stop and start again on the same port, as an outage does."""

    def __init__(
        self,
        folder: Path,
        port: int | None = None,
        *,
        database: str | None = None,
        public_url: str | None = None,
    ) -> None:
        """`database`: a URL instead of the file in its folder. `public_url`: what tills call, a proxy's."""
        self.folder = folder
        self._place = ["--data", str(folder), *(("--database", database) if database else ())]
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.public_url = public_url or self.url
        self._process: subprocess.Popen[bytes] | None = None
        self._database = database

    @property
    def is_seeded(self) -> bool:
        return (self.folder / "demo-pins.json").exists()

    @property
    def database_url(self) -> str:
        """The file in its folder, unless QUAY_CENTRAL_DATABASE names another."""
        return Settings.of(self.folder, database_url=self._database).database_url

    @property
    def pid(self) -> int:
        """Of the process that was started. Raises CentralTrouble while none runs."""
        if self._process is None:
            raise CentralTrouble("central does not run")
        return self._process.pid

    def seed(self, seed: int, *more: str) -> str:
        """Fill the empty folder with the made-up chain; answers what the command printed."""
        return self._command("seed", "--seed", str(seed), *more)

    def enrolment_code(self, store: str, number: int) -> str:
        """A manager's one-time code for a till."""
        return self._command("till", "new", "--store", store, "--number", str(number)).strip()

    def write_codes(self, folder: Path) -> None:
        """QR pictures of vouchers, pickups and members."""
        self._command("codes", "--out", str(folder))

    def start(self, *more: str) -> None:
        """Serve until stop(). Raises CentralTrouble."""
        log = (self.folder / "central.log").open("ab")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "central.main", *self._place, "--url", self.public_url, "serve",
             "--port", str(self.port), *more],
            stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=os.environ | {"PYTHONUTF8": "1"},
        )  # fmt: skip
        log.close()
        until = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise CentralTrouble(f"central ended at once; see {self.folder / 'central.log'}")
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{self.url}/healthz", timeout=1).status_code == 200:
                    return
            time.sleep(0.05)
        self.stop()
        raise CentralTrouble("central did not answer in time")

    def stop(self) -> None:
        """End the process we started; the port is closed afterwards."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)
        self._process = None

    def kill(self) -> None:
        """As if the machine had stopped: no word to anybody (kill -9)."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(10)
        self._process = None

    def _command(self, *words: str) -> str:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            code = central_command([*self._place, "--url", self.public_url, *words])
        if code:
            raise CentralTrouble(f"{' '.join(words)} ended with {code}: {printed.getvalue()}")
        return printed.getvalue()
