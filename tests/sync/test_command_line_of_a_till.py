"""The commands on the folder of an enrolled till, while that till runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pos_app.__main__ import DONE, NO, TROUBLE, main
from pos_app.domain.codes import MemberCode, encode
from pos_app.storage.identity import IdentityStore
from pos_app.storage.keys import DATABASE_KEY
from tests.support import pictures, real_till
from tests.support.central_server import CentralServer
from tests.support.real_till import RealTill


@pytest.fixture
def folder(till: RealTill) -> Path:
    """The folder of a till that has synced and written a little."""
    till.keys.set(DATABASE_KEY, real_till.DATABASE_KEY)
    till.note(3)
    till.engine.run_once()
    return till.files.folder


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_whole_journal_is_proved(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["journal", "verify", "--data-dir", str(folder)]) == DONE
    assert lines(capsys) == [{"checked": 3, "whole": True, "faults": []}]


def test_the_journal_is_exported(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "journal.jsonl"
    assert main(["journal", "export", str(target), "--data-dir", str(folder)]) == DONE
    assert lines(capsys)[0]["documents"] == 3
    assert len(target.read_text("utf-8").splitlines()) == 3


def test_codes_are_verified_with_the_tills_keys(
    folder: Path, till: RealTill, central: CentralServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = central.central.keys.for_type(3)
    code = MemberCode(key_id=key.kid, serial=2**63 + 1, version=1)
    good = encode(code, key.sign, till.identity.tenant)
    forged = encode(code, central.central.keys.for_type(1).sign, till.identity.tenant)
    paths = [tmp_path / "good.png", tmp_path / "forged.png"]
    for path, text in zip(paths, (good, forged), strict=True):
        path.write_bytes(pictures.png(pictures.qr(text)))
    assert main(["scan", "--data-dir", str(folder), *map(str, paths)]) == NO
    first, second = lines(capsys)
    meaning = first["meaning"]
    assert isinstance(meaning, dict)
    assert (meaning["type"], meaning["verified"], meaning["serial"]) == ("member", True, str(2**63 + 1))
    assert second["reason"] == "bad_signature"


def test_the_till_is_enrolled_again_under_a_new_epoch(
    folder: Path, till: RealTill, central: CentralServer, capsys: pytest.CaptureFixture[str]
) -> None:
    code = central.new_code()
    assert main(["enrol", code, "--data-dir", str(folder)]) == TROUBLE  # --again must be said
    capsys.readouterr()
    assert main(["enrol", code, "--again", "--data-dir", str(folder)]) == DONE
    assert lines(capsys) == [{"till": till.identity.till, "epoch": 3, "store": "NT"}]
    held = IdentityStore(till.files.till).load()
    assert held is not None
    assert held.public_key != till.identity.public_key
