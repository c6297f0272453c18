"""One program per data folder, and a crash frees it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from pos_app.domain.errors import SecondInstance
from pos_app.one_till import SHOW, OneTill

HOLDER = """
import sys
from pathlib import Path
from pos_app.one_till import OneTill
till = OneTill(Path(sys.argv[1]))
till.take()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_instance_is_refused_and_the_first_asked_to_show(tmp_path: Path) -> None:
    with OneTill(tmp_path):
        with pytest.raises(SecondInstance):
            OneTill(tmp_path).take()
        assert (tmp_path / SHOW).exists()


def test_the_folder_is_free_again_afterwards(tmp_path: Path) -> None:
    with OneTill(tmp_path):
        pass
    with OneTill(tmp_path):
        pass


def test_a_killed_till_leaves_the_folder_free(tmp_path: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdin is not None
    assert other.stdout.readline() == "held\n"
    with pytest.raises(SecondInstance):
        OneTill(tmp_path).take()
    other.kill()
    other.wait()
    other.stdin.close()
    other.stdout.close()
    with OneTill(tmp_path):
        pass
