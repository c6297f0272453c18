from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.till_files import MadeTill, make_till


@pytest.fixture
def till(tmp_path: Path) -> Iterator[MadeTill]:
    made = make_till(tmp_path / "till")
    yield made
    made.files.dispose()
