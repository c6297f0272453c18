"""One seed: people, tills, central, clocks and wires; every step is drawn from the same dice."""

from __future__ import annotations

import functools
import random
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

import httpx

from pos_app.storage import staff
from sync.engine import Need
from tests.simulation import checks, rest
from tests.simulation.happenings import HAPPENINGS, enrol_again
from tests.simulation.network import Wire
from tests.simulation.template import TILLS, fresh_folder, lay_out
from tests.simulation.till import SimTill
from tests.simulation.wares import Wares, wares_of
from tests.support import central_world
from tests.support.central_server import CentralServer
from tests.support.clocks import StillClock

ROUNDS = 8
"""With a healthy network everything is exchanged before so many turns of each till are over."""

_pin_hash = functools.lru_cache(1000)(staff.pin_hash)
"""It is slow on purpose, and the same few people sign in all the time."""


@dataclass
class World:
    """`run()` lives through the seed and checks; `close()` removes what it has written."""

    seed: int
    steps: int = 28
    folder: Path = field(default_factory=fresh_folder)
    story: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.end = ExitStack()
        self.end.enter_context(patch.object(staff, "pin_hash", _pin_hash))
        self.end.callback(shutil.rmtree, self.folder, ignore_errors=True)
        lay_out(self.folder)
        self.central = self._started()
        self.wares: Wares = wares_of(self.central.central.keys)
        self.tills = [self.till(name, self.folder / name, central_world.NOW) for name, _, _ in TILLS]
        self.bases = {till.name: checks.Base.of(till, self.wares) for till in self.tills}
        self.gone: set[str] = set()
        """Documents that no disk holds any more and that central never had."""
        self.forked: set[str] = set()
        """Tills that live on an old image or beside a clone."""
        self.restores = 0
        self.excused: set[str] = set()
        """Tills whose feeds may be old: their epoch has ended and nobody enrolled them again."""

    def _started(self) -> CentralServer:
        central = CentralServer(self.folder / "central", port=False)
        central.__enter__()
        return central

    def till(self, name: str, folder: Path, now: datetime) -> SimTill:
        """A till that starts on a folder."""
        dice = random.Random(self.dice.random())
        till = SimTill(name, folder, StillClock(now), Wire(self._ask, dice), dice, lambda: self.central)
        till.start()
        return till

    def _ask(self, request: httpx.Request) -> httpx.Response:
        transport = self.central.http._transport
        return transport.handle_request(request)

    def close(self) -> None:
        for till in self.tills:
            till.stop()
        self.central.__exit__(None, None, None)
        self.end.close()

    # --- the story ------------------------------------------------------------------------------
    def run(self) -> None:
        """Raises AssertionError, with the story so far in `story`, when something does not hold."""
        for _ in range(self.steps):
            self._pass_time()
            self._step()
        self.heal()
        rest.at_rest(self)

    def _pass_time(self) -> None:
        self._pass(self.dice.choice((1, 20, 90, 600, 4000)))

    def _pass(self, seconds: int) -> None:
        self.central.clock.advance(seconds=seconds)
        for till in self.tills:
            till.clock.pass_time(seconds)

    def _step(self) -> None:
        happening = self.dice.choices(list(HAPPENINGS), list(HAPPENINGS.values()))[0]
        happening(self)

    def note(self, what: str) -> None:
        self.story.append(what)
        self.seen[what.split(": ", 1)[-1]] += 1

    def any_till(self) -> SimTill:
        return self.dice.choice(self.tills)

    # --- the end --------------------------------------------------------------------------------
    def restart_central(self, between: Callable[[], None] = lambda: None) -> None:
        """The server ends and starts; `between` may do something to its files."""
        now = self.central.clock.now
        self.central.__exit__(None, None, None)
        between()
        self.central = self._started()
        self.central.clock.now = now

    def heal(self) -> None:
        """Everything works again; each till has a few turns, a manager enrols again what must be."""
        if "_apply" in vars(self.central.ingest.booking):
            self.restart_central()  # it was to die, and nothing came to kill it
        for till in self.tills:
            till.wire.is_up, till.wire.trouble = True, 0
            till.wire.deliver_late()
        needs = self._exchange()
        if enrol_again(self, [till for till in self.tills if needs.get(till.name) == "enrol_again"]):
            self._exchange()

    def _exchange(self) -> dict[str, Need | None]:
        """Turn by turn until everybody has had one since the last document came; answers what each needs."""
        needs: dict[str, Need | None] = {}
        heard: set[str] = set()
        for till in self.tills * ROUNDS:
            self._pass(7)
            report = till.sync()
            needs[till.name] = report.need
            if report.sent:
                heard.clear()
            if report.reason is None or report.need == "enrol_again":
                heard.add(till.name)
            if len(heard) == len(self.tills):
                break
        return needs


def live(seed: int) -> Counter[str]:
    """One seed from beginning to end; answers what happened in it. Its story is printed when it fails."""
    world = World(seed)
    try:
        world.run()
    except BaseException:
        print(f"seed {seed}:", *world.story, sep="\n  ")
        raise
    finally:
        world.close()
    return world.seen
