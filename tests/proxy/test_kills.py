"""kill -9 of central while a till uploads (faults 38, 43) and of the till before it notes the answer (25).

The long version is `./run soak`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support import central_databases
from tests.support.central_databases import CHOICE, POSTGRESQL, SQLITE
from tests.support.fault_proxy import fault_proxy
from tests.support.killed_central import CentralKillLoop

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("dialect", "of_the_till"), [(POSTGRESQL, 1), (SQLITE, 0)])
@pytest.mark.expects_log("sync", "central dies under it")
def test_every_document_is_booked_once_whoever_is_killed(
    tmp_path: Path, dialect: str, of_the_till: int
) -> None:
    if (os.environ.get(CHOICE), dialect) == (SQLITE, POSTGRESQL):
        pytest.skip("SQLite alone was asked for")
    with central_databases.using(dialect), fault_proxy() as proxy:
        loop = CentralKillLoop(tmp_path, proxy, seed=3)
        try:
            loop.prepare()
            loop.round()
            for _ in range(of_the_till):
                loop.round_of_the_till()
            loop.finish()
        finally:
            loop.close()
