"""What each of several processes does with its seeds."""

from __future__ import annotations

import atexit
import gc
import logging
import os
import shutil
import traceback
from collections import Counter

from tests.simulation.template import fresh_folder, template
from tests.simulation.world import live


def prepare() -> None:
    """Once, before processes are forked or in each: what all lives begin with, and anchors that lie apart.

    Tills and central warn of every trouble they meet; here troubles are the rule. What stands before the
    first life stays, and what falls off is swept seldom: else a tenth of the time goes there.
    """
    logging.disable(logging.CRITICAL)
    state = fresh_folder()
    atexit.register(shutil.rmtree, state, ignore_errors=True)
    os.environ["XDG_STATE_HOME"] = str(state)
    template()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def one(seed: int) -> tuple[int, str, Counter[str]]:
    try:
        return seed, "", live(seed)
    except Exception:  # noqa: BLE001 - whatever it is, it is the finding
        return seed, traceback.format_exc(limit=-6), Counter()
