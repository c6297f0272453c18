"""The long campaigns: functions of a seed that answer their figures, or raise with what did not hold."""

from __future__ import annotations

import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

from bench.till import open_till
from pos_app.domain.errors import PosError
from pos_app.storage.journal import Draft
from tests.simulation.many import one, prepare
from tests.support import central_databases, postgres, toxics
from tests.support.central_databases import POSTGRESQL, SQLITE
from tests.support.code_fuzz import check_reading
from tests.support.far_world import far_world
from tests.support.fault_proxy import fault_proxy
from tests.support.killed_central import CentralKillLoop
from tests.support.killing import KillLoop
from tests.support.power_cut_states import RecordedTill

Figures = dict[str, object]

KILLS_A_DAY = 25
TEXTS_AT_THE_TILL = 2_000
TEXTS_A_BLOCK = 100_000
SEEDS_A_BLOCK = 250
CENTRAL_KILLS = 25
DOCUMENTS_CUT, MOMENTS_CUT = 200, 600
BACKLOG, BYTES_S = 10_000, 16_000


def day(seed: int) -> Figures:
    """A till that is killed while it sells, then fed with damaged codes (faults 4, 63)."""
    with _folder() as folder:
        loop = KillLoop(folder / "till", seed)
        loop.prepare()
        for _ in range(KILLS_A_DAY):
            loop.round()
        texts = _scans_at_a_till(loop.folder, seed)
    return {"kills": loop.kills, "documents": len(loop.acknowledged), "texts": texts}


def _scans_at_a_till(folder: Path, seed: int) -> int:
    """Texts through the whole checkout and the search: refused, or understood, never a crash."""
    till = open_till(folder)

    def scan_and_search(text: str) -> None:
        with suppress(PosError):
            till.services.scans.scan(text)
        till.services.search.search(text)

    try:
        check_reading(seed, TEXTS_AT_THE_TILL, scan_and_search)
        assert till.services.journal.verify().is_whole
    finally:
        till.close()
    return TEXTS_AT_THE_TILL


def texts(seed: int) -> Figures:
    """Damaged, foreign and made-up codes through the reader (fault 63)."""
    return {"texts": TEXTS_A_BLOCK, "signed": check_reading(seed, TEXTS_A_BLOCK)}


def demo(seed: int) -> Figures:
    """The whole way with a real central, in a process of its own."""
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.support.demo_check", "--seed", str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"exit code {done.returncode}: {(done.stdout + done.stderr)[-1500:]}")
    return {}


def simulation(first: int, count: int = SEEDS_A_BLOCK) -> Figures:
    """Lives of a small chain with everything that can go wrong, on all cores."""
    failed: dict[int, str] = {}
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), context, prepare) as pool:
        for seed, trouble, _ in pool.map(one, range(first, first + count)):
            if trouble:
                failed[seed] = trouble.splitlines()[-1]
    if failed:
        raise AssertionError(f"python -m tests.simulation --first SEED --seeds 1: {failed}")
    return {"seeds": count}


def power_cuts(seed: int) -> Figures:
    """A recorded till; the power goes at many moments, in every way (faults 1, 2)."""
    with _folder() as folder:
        disk = "small-wal" if seed % 2 else ""
        till = RecordedTill(folder, seed, DOCUMENTS_CUT, disk)
        moments = min(MOMENTS_CUT, len(till.operations))
        verdicts = till.look(random.Random(seed), moments, folder / "state")
    if verdicts.wrong:
        raise AssertionError(f"{dict(verdicts.wrong)}: {verdicts.examples[:5]}")
    return {"states": verdicts.states}


def central_kills(seed: int) -> Figures:
    """kill -9 of central while a till uploads, and of the till before it notes the answer (25, 38, 43)."""
    with _database(seed) as dialect, _folder() as folder, fault_proxy() as proxy:
        loop = CentralKillLoop(folder, proxy, seed)
        try:
            loop.prepare()
            for number in range(CENTRAL_KILLS):
                (loop.round if number % 5 else loop.round_of_the_till)()
            loop.finish()
        finally:
            loop.close()
    return {"kills": loop.kills, "database": dialect}


def thin_line(seed: int) -> Figures:
    """A backlog of 10,000 documents over 128 kbit/s (fault 35)."""
    turns = 0
    with _database(seed), _folder() as folder, far_world(folder) as world:
        for _ in range(BACKLOG):
            world.far.services.journal.record(Draft("drawer_open", {"reason": "đổi tiền"}, staff=1))
        while world.far.unsent:
            world.proxy.set(toxics.bandwidth(BYTES_S))
            world.far.sync()
            world.pass_time(60)
            turns += 1
            assert turns < 100, f"{world.far.unsent} are still there"
        world.proxy.set(toxics.fine)
        world.heal()
    return {"documents": BACKLOG, "turns": turns}


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="quay-soak-") as folder:
        yield Path(folder)


@contextmanager
def _database(seed: int) -> Iterator[str]:
    """PostgreSQL and SQLite by turns, SQLite alone where there is no server."""
    dialect = POSTGRESQL if seed % 2 else SQLITE
    if dialect == POSTGRESQL:
        try:
            postgres.server()
        except postgres.PostgresMissing:
            dialect = SQLITE
    with central_databases.using(dialect):
        yield dialect
