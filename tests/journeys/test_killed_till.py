"""A till killed while people sell at it; the long version is `./run soak`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.killing import KillLoop

KILLS = 7


@pytest.mark.slow
def test_a_till_that_is_killed_while_it_sells_keeps_every_promise(tmp_path: Path) -> None:
    loop = KillLoop(tmp_path / "till", seed=11)
    loop.prepare()
    for _ in range(KILLS):
        loop.round()
    assert len(loop.acknowledged) > KILLS
