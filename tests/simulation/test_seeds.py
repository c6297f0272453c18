"""A few short lives of a small chain, each drawn from one number; `./run check` lives through 300.

A seed that once found a mistake stays here by its number.
"""

from __future__ import annotations

import pytest

from tests.simulation.world import live

SEEDS = 3

pytestmark = [
    pytest.mark.expects_log("central", "it is made to die"),
    pytest.mark.expects_log("sync", "it meets every trouble"),
]


@pytest.mark.parametrize("seed", range(1, SEEDS + 1))
def test_nothing_is_lost_and_nothing_is_counted_twice(seed: int) -> None:
    live(seed)
