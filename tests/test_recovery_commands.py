"""`quay backup`, `restore`, `salvage`, `export` and `reset` on real folders."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from pos_app.__main__ import DONE, NO, TROUBLE, main
from pos_app.one_till import OneTill
from pos_app.storage.anchor import Anchor, anchor_path
from pos_app.storage.files import TILL_FILE
from pos_app.storage.keys import DATABASE_KEY as DATABASE_KEY_NAME
from pos_app.storage.keys import SIGNING_KEY, FileKeyStore
from pos_app.storage.salvage import frozen_files
from pos_app.storage.standing import StandingStore
from tests.support.till_files import DATABASE_KEY, SIGNING_SEED, MadeTill, make_till, reopen

RECOVERY = X25519PrivateKey.from_private_bytes(b"R" * 32).public_key().public_bytes_raw().hex()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed till with three unsent documents, its keys in a file."""
    folder = tmp_path / "till"
    folder.mkdir()
    keys = FileKeyStore(folder)
    keys.set(DATABASE_KEY_NAME, DATABASE_KEY)
    keys.set(SIGNING_KEY, SIGNING_SEED)
    till = make_till(folder, recovery_key=RECOVERY, spare_epoch=2, spare_nonce="cd" * 32)
    till.open_shift()
    till.sell()
    till.sell()
    till.files.dispose()
    return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, dict[str, Any]]:
    code = main([str(one) for one in arguments])
    out = capsys.readouterr().out
    return code, json.loads(out) if out else {}


def closed(till: MadeTill) -> MadeTill:
    till.files.dispose()
    return till


def test_a_backup_is_made_beside_and_elsewhere(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    code, told = run(capsys, "backup", "--to", stick, "--data-dir", folder)
    assert code == DONE
    assert [Path(one).parent for one in told["files"]] == [folder / "backups", stick]


def test_a_restored_till_is_restricted_and_keeps_the_replaced_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, made = run(capsys, "backup", "--data-dir", folder)
    till = reopen(folder)
    till.sell()
    closed(till)
    code, told = run(capsys, "restore", made["files"][0], "--data-dir", folder)
    assert (code, Path(told["replaced"])) == (DONE, frozen_files(folder)[0])
    restored = reopen(folder)
    assert restored.journal.head().seq == 3
    assert StandingStore(restored.files.till).read().reason == "restored"
    closed(restored)


def test_a_restore_is_refused_while_a_till_runs(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, made = run(capsys, "backup", "--data-dir", folder)
    with OneTill(folder):
        code, _ = run(capsys, "restore", made["files"][0], "--data-dir", folder)
    assert code == TROUBLE
    assert frozen_files(folder) == []


def test_a_damaged_backup_is_refused_and_nothing_is_replaced(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, made = run(capsys, "backup", "--data-dir", folder)
    with Path(made["files"][0]).open("r+b") as file:
        file.seek(9000)
        file.write(b"\xff" * 64)
    code, _ = run(capsys, "restore", made["files"][0], "--data-dir", folder)
    assert code == TROUBLE
    assert sorted(one.name for one in folder.glob("till*")) == ["till.db", "till.lock"]


@pytest.mark.expects_log("pos_app.bootstrap.damage", "a rescue is worth a line in the log")
def test_salvage_makes_a_fresh_file_with_all_documents(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = run(capsys, "salvage", "--data-dir", folder)
    assert (code, told["documents"], told["lost"]) == (DONE, 3, [])
    till = reopen(folder)
    assert till.identity.epoch == 2
    closed(till)


@pytest.mark.expects_log("pos_app.bootstrap.damage", "a rescue is worth a line in the log")
def test_salvage_says_what_the_anchor_had_seen_beyond_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    till = reopen(folder)
    anchor = Anchor(anchor_path(folder), till.identity.till, FileKeyStore(folder))
    anchor.advance(1, 5, b"h" * 32)
    anchor.close()
    closed(till)
    assert run(capsys, "salvage", "--data-dir", folder)[1]["lost"] == [[1, 4, 5]]


def test_an_export_holds_every_unsent_document(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out.quay-export"
    code, told = run(capsys, "export", target, "--data-dir", folder)
    assert (code, told["documents"]) == (DONE, 3)
    assert set(json.loads(target.read_text("utf-8"))) == {"tenant", "till", "box"}
    assert b"sale" not in target.read_bytes()


def test_a_folder_with_unsent_documents_is_not_reset(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = run(capsys, "reset", "--data-dir", folder)
    assert (code, told) == (NO, {"unsent": 3, "reset": False})
    assert (folder / TILL_FILE).exists()


def test_a_reset_exports_first_when_told_where(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out.quay-export"
    code, told = run(capsys, "reset", "--export", target, "--data-dir", folder)
    assert (code, told) == (DONE, {"exported": 3, "reset": True})
    assert target.exists()
    assert not (folder / TILL_FILE).exists()


def test_a_lost_key_is_named_and_no_new_one_is_made(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "keys.json").unlink()
    assert main(["backup", "--data-dir", str(folder)]) == TROUBLE
    assert not (folder / "keys.json").exists()
