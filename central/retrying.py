"""What the database gives up for a moment is done again: deadlocks, serialisation, lost connections."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

_log = logging.getLogger("central.retrying")
Done = TypeVar("Done")

TRIES = 5
_FIRST_S = 0.05
_SERIALISATION, _DEADLOCK = "40001", "40P01"


def gives_up_for_a_moment(error: DBAPIError) -> bool:
    """Whether nothing was done and the same may well succeed the next time."""
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) in (
        _SERIALISATION,
        _DEADLOCK,
    )


def retried(work: Callable[[], Done]) -> Done:
    """A whole transaction, up to five times, with full jitter: rand(0, 50 ms · 2^n) between them.

    `work` must be harmless when the one before was committed all the same: the answer to a commit may be
    what was lost. Raises what the last try raised.
    """
    for attempt in range(1, TRIES):
        try:
            return work()
        except DBAPIError as error:
            if not gives_up_for_a_moment(error):
                raise
            _log.info("the database gave up, try %d of %d: %s", attempt, TRIES, type(error.orig).__name__)
        time.sleep(random.random() * _FIRST_S * 2**attempt)  # noqa: S311  # it only spreads the tries
    return work()
