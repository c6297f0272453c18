"""Where the till keeps its files, and which folders cannot be trusted with a journal."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from platformdirs import PlatformDirs

from pos_app.domain.errors import FolderRefused

NETWORK_FILE_SYSTEMS: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "afs", "ceph", "glusterfs", "ncpfs"}
    | {
        f"fuse.{name}"
        for name in ("sshfs", "rclone", "s3fs", "davfs", "gvfsd-fuse", "onedriver", "glusterfs")
    }
)
SYNC_FOLDERS: Final = (
    "dropbox",
    "onedrive",
    "google drive",
    "googledrive",
    "icloud drive",
    "mobile documents",
    "nextcloud",
    "owncloud",
    "pcloud",
    "syncthing",
)
SYNC_MARKERS: Final = (".stfolder", ".dropbox", ".dropbox.cache", ".sync", ".owncloudsync.log")
_PROBE: Final = ".quay-write-test"


def default_data_dir() -> Path:
    """The user's data folder for the till; nothing is created."""
    return Path(PlatformDirs("quay", appauthor=False, roaming=False).user_data_dir)


def logs_of(data_dir: Path) -> Path:
    """Where the logs of this data folder go."""
    return data_dir / "logs"


def prepare(folder: Path) -> Path:
    """Make the folder (owner only) when missing and check it; answers its absolute path.

    Raises FolderRefused: `network` and `sync` because their locks and fsync do not hold what SQLite needs,
    `read_only` when nothing can be written and synced there, `not_a_folder`.
    """
    folder = folder.expanduser().absolute()
    where = folder.resolve()
    if is_network(where):
        raise FolderRefused(folder=str(folder), reason="network")
    if is_synchronised(where):
        raise FolderRefused(folder=str(folder), reason="sync")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise FolderRefused(folder=str(folder), reason="not_a_folder") from error
    except OSError as error:
        raise FolderRefused(folder=str(folder), reason="read_only") from error
    _probe(folder)
    return folder


def _probe(folder: Path) -> None:
    probe = folder / f"{_PROBE}-{os.getpid()}"
    try:
        with probe.open("wb") as file:
            file.write(b"quay")
            file.flush()
            os.fsync(file.fileno())
        probe.unlink()
    except OSError as error:
        raise FolderRefused(folder=str(folder), reason="read_only") from error


def is_synchronised(folder: Path) -> bool:
    """Whether a known synchronising program copies this folder around behind our back."""
    above = (folder, *folder.parents)
    if any(part.name.casefold().startswith(SYNC_FOLDERS) for part in above):
        return True
    named = [Path(value) for name in ("OneDrive", "OneDriveCommercial") if (value := os.environ.get(name))]
    if any(folder.is_relative_to(one) for one in named):
        return True
    return any((part / marker).exists() for part in above for marker in SYNC_MARKERS)


def is_network(folder: Path) -> bool:
    """Whether the folder lies on a network file system; False where that cannot be found out."""
    if sys.platform == "win32":
        return _is_network_on_windows(folder)
    mounts = _linux_mounts() if sys.platform == "linux" else _mac_mounts()
    return file_system_of(folder, mounts) in NETWORK_FILE_SYSTEMS


def file_system_of(folder: Path, mounts: Iterable[tuple[str, str]]) -> str:
    """The type of the innermost mount above the folder; of two on one place, the later one."""
    best, kind = -1, ""
    for point, file_system in mounts:
        if folder.is_relative_to(point) and len(Path(point).parts) >= best:
            best, kind = len(Path(point).parts), file_system
    return kind


def _linux_mounts() -> list[tuple[str, str]]:
    try:
        lines = Path("/proc/self/mountinfo").read_text("utf-8", "replace").splitlines()
    except OSError:  # no /proc: a container may hide it; nothing can be said then
        return []
    return [mount for line in lines if (mount := _mountinfo(line)) is not None]


def _mountinfo(line: str) -> tuple[str, str] | None:
    head, dash, tail = line.partition(" - ")
    fields, types = head.split(), tail.split()
    if not dash or len(fields) < 5 or not types:
        return None
    point = fields[4]
    for escaped, plain in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(escaped, plain)
    return point, types[0]


def _mac_mounts() -> list[tuple[str, str]]:
    try:
        answer = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True)
    except (OSError, subprocess.SubprocessError):
        return []
    mounts = []
    for line in answer.stdout.splitlines():  # "//user@host/share on /Volumes/share (smbfs, nodev)"
        _, _, rest = line.partition(" on ")
        point, _, options = rest.rpartition(" (")
        mounts.append((point, options.rstrip(")").split(",")[0]))
    return mounts


def _is_network_on_windows(folder: Path) -> bool:
    if str(folder).startswith("\\\\"):
        return True
    import ctypes

    drive_remote = 4
    kernel: Any = ctypes.windll.kernel32  # type: ignore[attr-defined, unused-ignore]
    return bool(kernel.GetDriveTypeW(folder.anchor) == drive_remote)
