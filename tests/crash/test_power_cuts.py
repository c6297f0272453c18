"""A power cut at any moment: whole documents or none, and every promised one is there (faults 1 to 3)."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from tests.support.power_cut import MODES
from tests.support.power_cut_states import RecordedTill, lay_out, trouble_of

DOCUMENTS = 45
MOMENTS = 90

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("disk", ["", "small-wal"])
def test_no_power_cut_takes_a_promised_document(tmp_path: Path, disk: str) -> None:
    till = RecordedTill(tmp_path, seed=1, documents=DOCUMENTS, disk=disk)
    verdicts = till.look(random.Random(1), MOMENTS, tmp_path / "state")
    assert verdicts.states == MOMENTS * len(MODES)
    assert not verdicts.wrong, verdicts.examples[:5]


def test_a_power_cut_while_the_till_mends_what_one_left(tmp_path: Path) -> None:
    first = RecordedTill(tmp_path / "first", seed=2, documents=20)
    dice = random.Random(2)
    for number, (disk, _) in enumerate(first.moments(dice, 6)):
        again = tmp_path / f"again-{number}"
        lay_out(disk, dice.choice(MODES), dice, again / "till")
        promised = list(disk.said)
        second = RecordedTill(again, seed=3, documents=4, start=again / "till")
        for later, _ in second.moments(dice, 10):
            for mode in MODES:
                lay_out(later, mode, dice, again / "state")
                assert trouble_of(again / "state", promised + later.said) == ""
        shutil.rmtree(again)


def test_a_till_that_does_not_wait_for_the_disk_would_be_found_out(tmp_path: Path) -> None:
    """The proof can fail: with synchronous=NORMAL promised documents are lost."""
    till = RecordedTill(tmp_path, seed=1, documents=30, disk="unsynced")
    verdicts = till.look(random.Random(1), 20, tmp_path / "state")
    assert verdicts.wrong["lost"] > 10
