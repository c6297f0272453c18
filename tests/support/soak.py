"""`./run soak`: the long campaigns, by number: a JSON line each, exit code 1 when something did not hold."""

from __future__ import annotations

import argparse
import functools
import json
import logging
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.support import soak_campaigns as campaigns
from tests.support.soak_campaigns import SEEDS_A_BLOCK, TEXTS_A_BLOCK, Figures


class Kind(NamedTuple):
    """An option of the command, how many without it, what it counts."""

    option: str
    number: int
    what: str
    run: Callable[[int], Figures]


KINDS = (
    Kind("days", 2, "fresh tills, each killed 25 times while it sells", campaigns.day),
    Kind("demos", 2, "runs of the demo's proof", campaigns.demo),
    Kind("cuts", 2, "recorded tills, each with 600 power cuts in every way", campaigns.power_cuts),
    Kind("kills", 2, "centrals, each killed 20 times while a till uploads", campaigns.central_kills),
    Kind("lines", 1, "backlogs of 10,000 documents on a thin line", campaigns.thin_line),
)


def main() -> int:
    """Runs what was asked for."""
    parser = argparse.ArgumentParser(prog="./run soak", description=__doc__)
    for kind in KINDS:
        parser.add_argument(f"--{kind.option}", type=int, default=kind.number, metavar="N", help=kind.what)
    parser.add_argument("--seeds", type=int, default=1_000, metavar="N", help="lives in the simulation")
    parser.add_argument("--texts", type=int, default=1_000_000, metavar="N", help="damaged and foreign codes")
    parser.add_argument("--minutes", type=float, metavar="M", help="nothing new is begun after M minutes")
    parser.add_argument("--first-seed", type=int, default=1, metavar="N")
    chosen = parser.parse_args()
    logging.disable(
        logging.CRITICAL
    )  # tills and central tell of every trouble, and here troubles are the rule
    until = time.monotonic() + (chosen.minutes or 1e9) * 60
    held = True
    with tempfile.TemporaryDirectory(prefix="quay-state-") as state:
        os.environ["XDG_STATE_HOME"] = state  # where anchors lie: not with that of who runs this
        for name, seed, run in _asked_for(chosen):
            if time.monotonic() < until:
                held = _told(name, seed, run) and held
    return 0 if held else 1


def _asked_for(chosen: argparse.Namespace) -> Iterator[tuple[str, int, Callable[[int], Figures]]]:
    """Name, seed and what is to be run."""
    first: int = chosen.first_seed
    for kind in KINDS:
        for number in range(getattr(chosen, kind.option)):
            yield kind.run.__name__, first + number, kind.run
    for number in range(-(-chosen.texts // TEXTS_A_BLOCK)):
        yield "texts", first + number, campaigns.texts
    for done in range(0, chosen.seeds, SEEDS_A_BLOCK):
        count = min(SEEDS_A_BLOCK, chosen.seeds - done)
        yield "simulation", first + done, functools.partial(campaigns.simulation, count=count)


def _told(name: str, seed: int, run: Callable[[int], Figures]) -> bool:
    """Run it and print how it went."""
    begun = time.monotonic()
    trouble = ""
    figures: Figures = {}
    try:
        figures = run(seed)
    except Exception as error:  # noqa: BLE001 - a soak tells what broke and goes on with the next
        place = traceback.extract_tb(error.__traceback__)[-1]
        trouble = f"{Path(place.filename).name}:{place.lineno}: {error!r}"[:2000]
    told = {"name": name, "seed": seed, "ok": not trouble, "seconds": round(time.monotonic() - begun, 1)}
    print(
        json.dumps(told | figures | ({"trouble": trouble} if trouble else {}), ensure_ascii=False), flush=True
    )
    return not trouble


if __name__ == "__main__":
    sys.exit(main())
