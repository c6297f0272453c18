"""A journal needs a local folder that can be written."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from pos_app import folders
from pos_app.domain.errors import FolderRefused


def test_a_missing_folder_is_made_for_the_owner_only(tmp_path: Path) -> None:
    made = folders.prepare(tmp_path / "deep" / "quay")
    assert made.is_dir()
    if sys.platform != "win32":
        assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert list(made.iterdir()) == []


@pytest.mark.parametrize("name", ["Dropbox", "OneDrive - Mộc Lan", "Google Drive", "Nextcloud"])
def test_a_synchronised_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(FolderRefused) as refused:
        folders.prepare(tmp_path / name / "quay")
    assert refused.value.reason == "sync"
    assert not (tmp_path / name).exists()


def test_a_syncthing_marker_above_is_noticed(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    with pytest.raises(FolderRefused) as refused:
        folders.prepare(tmp_path / "quay")
    assert refused.value.reason == "sync"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "quay").write_text("x")
    with pytest.raises(FolderRefused) as refused:
        folders.prepare(tmp_path / "quay")
    assert refused.value.reason == "not_a_folder"


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_a_folder_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(FolderRefused) as refused:
        folders.prepare(Path("/proc/quay"))
    assert refused.value.reason == "read_only"


def test_the_innermost_mount_decides() -> None:
    mounts = [("/", "ext4"), ("/home", "nfs4"), ("/home/lan/local", "ext4"), ("/homes", "cifs")]
    assert folders.file_system_of(Path("/home/lan/quay"), mounts) == "nfs4"
    assert folders.file_system_of(Path("/home/lan/local/quay"), mounts) == "ext4"
    assert folders.file_system_of(Path("/srv"), mounts) == "ext4"


def test_this_machines_own_disk_is_no_network(tmp_path: Path) -> None:
    assert not folders.is_network(tmp_path.resolve())
