"""What every release has left on disk still opens, migrates, verifies and uploads (fault 16)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from central.proof import prove
from pos_app.bootstrap.stores import OpenFolder, open_folder
from pos_app.storage.keys import FileKeyStore
from pos_app.storage.migrate import REVISIONS, revision
from tests.support import central_databases
from tests.support.central_server import CentralServer
from tests.support.clocks import StillClock
from tests.support.golden_release import FACTS, SENT, UNSENT, unpack
from tests.support.real_till import RealTill, put_together

GOLDEN = Path(__file__).parents[1] / "data" / "golden"
RELEASES = sorted(GOLDEN.iterdir())
LATER = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass
class Release:
    """A release's files, laid out as they were."""

    folder: Path
    facts: dict[str, Any]

    def open(self) -> OpenFolder:
        return open_folder(self.folder / "till", allow_system_keys=False)


@pytest.fixture(params=RELEASES, ids=lambda path: path.name)
def release(request: pytest.FixtureRequest, tmp_path: Path) -> Release:
    unpack(request.param, tmp_path)
    return Release(tmp_path, json.loads((request.param / FACTS).read_text()))


def working(opened: OpenFolder, url: str) -> RealTill:
    """The golden till with an engine that talks to this address."""
    identity = opened.identities.load()
    assert identity is not None
    assert isinstance(opened.keys, FileKeyStore)
    return put_together(opened.files, opened.keys, identity, url, StillClock(LATER))


@pytest.fixture
def till(release: Release) -> Iterator[RealTill]:
    made = working(release.open(), "http://127.0.0.1:9")
    yield made
    made.close()


def test_a_till_of_a_former_release_is_brought_to_the_newest_schema(till: RealTill) -> None:
    with till.files.till.reading() as connection:
        assert revision(connection) == REVISIONS[-1]
    assert till.files.till.faults() == []


def test_its_documents_are_all_there_and_proved(till: RealTill, release: Release) -> None:
    assert till.journal.verify().is_whole
    assert till.journal.head().seq == release.facts["head"]
    assert all(till.journal.find_receipt(number) for number in release.facts["receipts"])
    assert till.unsent == UNSENT


def test_it_goes_on_with_the_next_number(till: RealTill, release: Release) -> None:
    (noted,) = till.note()
    assert noted.seq == release.facts["head"] + 1
    assert till.journal.verify().is_whole


@pytest.mark.skipif(
    central_databases.dialect() != central_databases.SQLITE, reason="central's golden file is one of SQLite"
)
def test_it_uploads_to_the_central_of_its_release_brought_to_the_newest_schema(release: Release) -> None:
    with CentralServer(release.folder / "central") as central:
        central.clock.now = LATER
        till = working(release.open(), central.url)
        for _ in range(3):
            till.engine.run_once()
        assert till.unsent == 0
        assert till.side.outbox.counts().quarantined == 0
        till.close()
        with central.central.database.reading() as connection:
            report = prove(connection)
    # the opening stock of the first release stood in its levels alone, without an entry that proves it
    assert [one for one in report.differences if one.what != "stock_level"] == []
    assert report.documents == 1 + SENT + UNSENT
