"""The proof can fail: every planted bug is found by some life of the small chain."""

from __future__ import annotations

import pytest

from tests.simulation.world import World
from tests.simulation.zoo import BUGS, Bug

pytestmark = [
    pytest.mark.slow,
    pytest.mark.expects_log("central", "it is made to die, and is full of bugs"),
    pytest.mark.expects_log("sync", "it meets every trouble"),
    pytest.mark.expects_log("pos_app", "its feeds are wrong"),
]
OTHERS = range(1, 25)


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
def test_a_planted_bug_is_found(bug: Bug) -> None:
    assert any(is_found(bug, seed) for seed in (BUGS[bug], *OTHERS))


def is_found(bug: Bug, seed: int) -> bool:
    """Whether this life does not hold with the bug in it."""
    world = World(seed)
    try:
        with bug():
            world.run()
    except AssertionError:
        return True
    finally:
        world.close()
    return False
