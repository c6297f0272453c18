"""A small chain whose one till reaches central through a proxy: the simulation's people, wares and checks."""

from __future__ import annotations

import functools
import shutil
import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import httpx
from sqlalchemy import select

from central.tables.inbox import document
from sync.client import Timeouts
from tests.simulation.acts import Act, attempt
from tests.simulation.network import Wire
from tests.simulation.rest import at_rest
from tests.simulation.template import carry_anchor
from tests.simulation.till import SimTill
from tests.simulation.wares import wares_of
from tests.simulation.world import ROUNDS, World
from tests.support import central_databases, central_world
from tests.support.central_server import CentralServer
from tests.support.clocks import StillClock
from tests.support.fault_proxy import FaultProxy, fault_proxy
from tests.support.made_once import made_once
from tests.support.whole_till import PATIENT, WholeTill

HASTY = Timeouts(0.5, 0.25, 0.5)
"""For what never answers."""


@dataclass
class FarTill(SimTill):
    """Its requests leave the process, and reach whatever listens at `url`."""

    url: str = ""
    ca: Path | None = None

    def start(self) -> None:
        self.whole = WholeTill.started(self.folder, self.central(), self.clock, url=self.url, ca=self.ca)

    def patience(self, timeouts: Timeouts) -> None:
        """From now on."""
        self.whole.client._timeouts = timeouts


class FarWorld(World):
    """Central, the proxy and the till; `at_rest` is the simulation's, with everything that has to add up."""

    def __init__(self, folder: Path, proxy: FaultProxy, ca: Path | None = None) -> None:
        self.seed, self.folder, self.proxy, self.dice = 1, folder, proxy, Random(1)
        self.story, self.seen = [], Counter()
        self.gone, self.forked, self.excused = set(), set(), set()
        (folder / "central").mkdir()
        chain = _template(central_databases.dialect())
        shutil.copytree(chain / "till", folder / "till")
        carry_anchor(chain / "till", folder / "till")
        self.central = CentralServer.copied(chain / "central", folder / "central")
        self.central.__enter__()
        proxy.before(self.central.url)
        state = self.central.central
        state.settings = replace(state.settings, public_url=proxy.url)
        self.wares = wares_of(state.keys)
        self.far = self._far_till(ca)
        self.tills = [self.far]

    def _far_till(self, ca: Path | None) -> FarTill:
        wire = Wire(_no_wire, self.dice)
        far = FarTill(
            "a", self.folder / "till", StillClock(central_world.NOW), wire, Random(7), lambda: self.central,
            url=self.proxy.url, ca=ca,
        )  # fmt: skip
        far.start()
        return far

    def act(self, *acts: Act) -> None:
        """Each must succeed: the line has no say in it."""
        for one in acts:
            assert attempt(one, self.far, self.wares) == "done", one.__name__

    def pass_time(self, seconds: float) -> None:
        self.central.clock.advance(seconds=seconds)
        self.far.clock.pass_time(seconds)

    def stored(self) -> set[str]:
        """Documents that central has of this till."""
        ours = select(document.c.doc_id).where(document.c.till == self.far.identity.till)
        with self.central.central.database.reading() as connection:
            return set(connection.execute(ours).scalars())

    def done(self) -> set[str]:
        """Documents that have left the outbox."""
        return {one for one in self.far.documents() if not self.far.stores.outbox.is_unsent(one)}

    @contextmanager
    def syncing(self) -> Iterator[None]:
        """A turn of syncing in a thread of its own; the block begins when the fault has been met."""
        thread = threading.Thread(target=self.far.sync)
        thread.start()
        assert self.proxy.met.wait(10), "nothing reached the proxy"
        yield
        thread.join(30)
        assert not thread.is_alive()

    def heal(self) -> None:
        """The line is good; within a few turns everything has arrived, once, and adds up."""
        self.far.patience(PATIENT)
        for _ in range(ROUNDS):
            self.pass_time(20)
            if self.far.sync().reason is None and not self.far.unsent:
                break
        self.far.sync()
        at_rest(self)


def _no_wire(_request: httpx.Request) -> httpx.Response:
    raise AssertionError("this till's requests go over a real line")


@contextmanager
def far_world(
    folder: Path, *, tls: ssl.SSLContext | None = None, ca: Path | None = None
) -> Iterator[FarWorld]:
    """With a proxy of its own, in front of a central on whatever the tests' database is now."""
    with fault_proxy(tls=tls) as proxy:
        world = FarWorld(folder, proxy, ca)
        try:
            yield world
        finally:
            world.far.stop()
            world.central.__exit__(None, None, None)


@functools.cache
def _template(_dialect: str) -> Path:
    """Folders `central` and `till`: seeded, enrolled, every feed pulled, nobody running."""
    folder = made_once()
    (folder / "central").mkdir()
    central_databases.keep(folder / "central")
    with CentralServer.seeded(folder / "central") as central:
        WholeTill.enrolled(folder / "till", central).close()
    return folder
