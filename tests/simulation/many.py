"""What each of several processes does with its seeds."""

from __future__ import annotations

import logging
import os
import traceback
from collections import Counter

from tests.simulation.template import fresh_folder
from tests.simulation.world import live


def quiet() -> None:
    """Tills and central warn of every trouble they meet; here troubles are the rule. Anchors lie apart."""
    logging.disable(logging.CRITICAL)
    os.environ["XDG_STATE_HOME"] = str(fresh_folder())


def one(seed: int) -> tuple[int, str, Counter[str]]:
    try:
        return seed, "", live(seed)
    except Exception:  # noqa: BLE001 - whatever it is, it is the finding
        return seed, traceback.format_exc(limit=-6), Counter()
