"""Cuts the power of a recorded till at many moments and looks at what each cut leaves."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.folder import fill
from bench.till import open_till
from pos_app.bootstrap.stores import open_keys
from pos_app.domain.errors import PosError
from pos_app.storage import chain
from pos_app.storage.database import Database
from pos_app.storage.files import TILL_FILE
from pos_app.storage.identity import IdentityStore
from pos_app.storage.keys import DATABASE_KEY
from tests.support.power_cut import MODES, Disk
from tests.support.recording import Operation, operations, record
from tests.support.selling_till import CUSTOMERS, PRODUCTS


@dataclass
class Verdicts:
    """How many states were looked at, and what was wrong: lost, broken, unreadable."""

    states: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def note(self, trouble: str, where: str) -> None:
        self.states += 1
        if trouble:
            self.wrong[trouble.split(":")[0]] += 1
            self.examples.append(f"{where}: {trouble}")


class RecordedTill:
    """A till that sold under the recorder; its folder as it was before, and every operation since."""

    def __init__(
        self, work: Path, seed: int, documents: int, disk: str = "", start: Path | None = None
    ) -> None:
        self.folder, self._before, trace = work / "till", work / "before", work / "trace"
        if start is None:
            fill(self.folder, PRODUCTS, CUSTOMERS)
        elif start != self.folder:
            shutil.copytree(start, self.folder)
        shutil.copytree(self.folder, self._before)
        lines = iter(range(documents))
        arguments = [str(self.folder), str(seed), *([disk] if disk else [])]
        record(
            "tests.support.selling_till",
            arguments,
            self.folder,
            trace,
            lambda _line: next(lines, None) is None,
        )
        self.operations: list[Operation] = list(operations(trace))

    def moments(self, dice: random.Random, count: int) -> Iterator[tuple[Disk, int]]:
        """The disk as the power goes at `count` moments, and how many operations there were before each.

        Every second moment stands just behind something that was said to the outside.
        """
        said = [number for number, one in enumerate(self.operations, 1) if one.kind == "said"]
        wanted = {*dice.sample(said, min(count // 2, len(said)))}
        others = [number for number in range(1, len(self.operations) + 1) if number not in wanted]
        wanted |= {*dice.sample(others, count - len(wanted))}
        shutil.rmtree(self.folder)
        shutil.copytree(self._before, self.folder)
        disk = Disk(self.folder)
        for number, operation in enumerate(self.operations, 1):
            disk.take(operation)
            if number in wanted:
                yield disk, number

    def look(self, dice: random.Random, moments: int, state: Path, *, whole_till_each: int = 50) -> Verdicts:
        """Each moment in each mode; every `whole_till_each`-th state also starts the whole till."""
        verdicts = Verdicts()
        for disk, number in self.moments(dice, moments):
            for mode in MODES:
                lay_out(disk, mode, dice, state)
                trouble = trouble_of(state, disk.said)
                if not trouble and verdicts.states % whole_till_each == 0:
                    trouble = _trouble_of_start(state)
                verdicts.note(trouble, f"operation {number}, {mode}")
        return verdicts


def lay_out(disk: Disk, mode: str, dice: random.Random, state: Path) -> None:
    """Make the folder `state` be what this cut leaves."""
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True)
    for name, content in disk.after_cut(mode, dice):
        path = state / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def trouble_of(state: Path, said: list[str]) -> str:
    """Empty when everything promised is there and holds; else what is wrong."""
    promised = {words[0]: words[1] for line in said if (words := line.split()) and words[0] != "ready"}
    key = open_keys(state, allow_system=False).get(DATABASE_KEY)
    assert key is not None
    database = Database(state / TILL_FILE, key)
    try:
        return _trouble_in(database, promised)
    except PosError as error:
        return f"unreadable: {error!r}"
    finally:
        database.dispose()


def _trouble_in(database: Database, promised: dict[str, str]) -> str:
    faults = database.faults()
    if faults:
        return f"damaged: {faults}"
    identity = IdentityStore(database).load()
    assert identity is not None
    with database.reading() as connection:
        report = chain.verify(connection, identity)
        stored = {one.doc_id: one for one in chain.documents(connection, 0, 0)}
        waiting = connection.exec_driver_sql(
            "SELECT count(*) FROM journal LEFT JOIN upload USING (doc_id) WHERE upload.doc_id IS NULL"
        ).scalar_one()
    if not report.is_whole:
        return f"chain: {report.faults}"
    lost = promised.keys() - stored.keys()
    if lost:
        return f"lost: {len(lost)} of {len(promised)}"
    numbers = [number for one in stored.values() if (number := one.content["payload"].get("receipt_no"))]
    if numbers != [f"NT02-{n:06d}" for n in range(1, len(numbers) + 1)]:
        return f"numbers: {numbers}"
    return "" if waiting == len(stored) else f"outbox: {waiting} of {len(stored)} wait"


def _trouble_of_start(state: Path) -> str:
    """The program's own start on this state, and one more sale's worth of trust in its chain."""
    try:
        till = open_till(state)
    except PosError as error:
        return f"start: {error!r}"
    try:
        return "" if till.services.journal.verify().is_whole else "start: chain"
    finally:
        till.close()
