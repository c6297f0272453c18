"""One seed: people, tills, central, clocks and wires; every step is drawn from the same dice."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx

from tests.simulation import checks
from tests.simulation.acts import ACTS, attempt
from tests.simulation.network import Wire
from tests.simulation.template import TILLS, fresh_folder, template
from tests.simulation.till import SimTill
from tests.simulation.wares import Wares, wares_of
from tests.support import central_world
from tests.support.central_server import CentralServer
from tests.support.clocks import StillClock

ROUNDS = 8
"""With a healthy network everything is exchanged before so many turns of each till are over."""


class CentralDied(Exception):
    """Planted between inbox and apply."""


@dataclass
class World:
    """`run()` lives through the seed and checks; `close()` removes what it has written."""

    seed: int
    steps: int = 32
    folder: Path = field(default_factory=fresh_folder)
    story: list[str] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        chain = template()
        for name in ("central", *(name for name, _, _ in TILLS)):
            shutil.copytree(chain / name, self.folder / name)
        self.central = self._started()
        self.wares: Wares = wares_of(self.central.central.keys)
        self.tills = [self._till(name) for name, _, _ in TILLS]
        self.bases = {till.name: checks.Base.of(till, self.wares) for till in self.tills}

    def _started(self) -> CentralServer:
        central = CentralServer(self.folder / "central", port=False)
        central.__enter__()
        return central

    def _till(self, name: str) -> SimTill:
        clock = StillClock(central_world.NOW)
        dice = random.Random(self.dice.random())
        till = SimTill(name, self.folder / name, clock, Wire(self._ask, dice), dice, lambda: self.central)
        till.start()
        return till

    def _ask(self, request: httpx.Request) -> httpx.Response:
        transport = self.central.http._transport
        return transport.handle_request(request)

    def close(self) -> None:
        for till in self.tills:
            till.stop()
        self.central.__exit__(None, None, None)
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- the story ------------------------------------------------------------------------------
    def run(self) -> None:
        """Raises AssertionError, with the story so far in `story`, when something does not hold."""
        for _ in range(self.steps):
            self._pass_time()
            self._step()
        self.heal()
        checks.at_rest(self)

    def _pass_time(self) -> None:
        seconds = self.dice.choice((1, 20, 90, 600, 4000))
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

    # --- what happens ---------------------------------------------------------------------------
    def somebody_acts(self) -> None:
        till = self.any_till()
        act = self.dice.choices(list(ACTS), list(ACTS.values()))[0]
        ended = attempt(act, till, self.wares)
        self.note(f"{till.name}: {act.__name__} {ended}")
        checks.after_act(self, till)

    def a_till_syncs(self) -> None:
        till = self.any_till()
        report = till.sync()
        self.note(f"{till.name}: sync {report.reason or 'well'}")
        checks.after_sync(self, till, report)

    def a_link_breaks_or_comes_back(self) -> None:
        till = self.any_till()
        till.wire.is_up = not till.wire.is_up
        self.note(f"{till.name}: link {'up' if till.wire.is_up else 'down'}")

    def a_line_gets_bad_or_good(self) -> None:
        till = self.any_till()
        till.wire.trouble = 0 if till.wire.trouble else self.dice.choice((20, 50, 80))
        self.note(f"{till.name}: trouble {till.wire.trouble}")

    def a_till_dies(self) -> None:
        till = self.any_till()
        till.crash()
        self.note(f"{till.name}: dies")
        checks.after_act(self, till)

    def central_dies_between_inbox_and_apply(self) -> None:
        ingest = self.central.ingest

        def die(*_args: object) -> None:
            del ingest._apply  # type: ignore[method-assign]
            raise CentralDied

        ingest._apply = die  # type: ignore[method-assign,assignment]
        self.note("central: will die")

    def central_starts_again(self) -> None:
        clock = self.central.clock
        self.central.__exit__(None, None, None)
        self.central = self._started()
        self.central.clock.now = clock.now
        self.note("central: starts again")

    def what_was_late_arrives(self) -> None:
        till = self.any_till()
        self.note(f"{till.name}: {len(till.wire.late)} late")
        till.wire.deliver_late()

    def a_clock_is_set(self) -> None:
        till = self.any_till()
        jump = self.dice.choice((-86_400, -3600, -120, 120, 3600))
        till.clock.set_wall(till.clock.now() + timedelta(seconds=jump))
        self.note(f"{till.name}: clock {jump}")

    # --- the end --------------------------------------------------------------------------------
    def heal(self) -> None:
        """Everything works again; each till has a few turns."""
        if "_apply" in vars(self.central.ingest):
            del self.central.ingest._apply  # type: ignore[method-assign]
        self.central_starts_again()
        for till in self.tills:
            till.wire.is_up, till.wire.trouble = True, 0
            till.wire.deliver_late()
        for _ in range(ROUNDS):
            self.central.clock.advance(seconds=20)
            for till in self.tills:
                till.clock.pass_time(20)
            reports = [till.sync() for till in self.tills]
            if all(one.is_online and not (one.reason or one.sent or one.changed) for one in reports):
                return


HAPPENINGS: dict[Callable[[World], None], int] = {
    World.somebody_acts: 55,
    World.a_till_syncs: 22,
    World.a_link_breaks_or_comes_back: 6,
    World.a_line_gets_bad_or_good: 5,
    World.a_till_dies: 4,
    World.central_dies_between_inbox_and_apply: 3,
    World.central_starts_again: 1,
    World.what_was_late_arrives: 4,
    World.a_clock_is_set: 2,
}
"""With how often each happens."""


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
