"""Where secrets are kept: the operating system's key store, or a file that only its owner can read."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Literal, Protocol

from pos_app.domain.errors import KeyStoreUnreadable
from pos_app.storage.folder_sync import sync_folder

KeyName = Literal["database-key", "old-database-key", "signing-key", "seal-key", "pin-pepper", "phone-key"]

DATABASE_KEY: KeyName = "database-key"
OLD_DATABASE_KEY: KeyName = "old-database-key"
"""Of this till's former life, as central gave it back: opens a file that was left behind."""
SIGNING_KEY: KeyName = "signing-key"
SEAL_KEY: KeyName = "seal-key"
FORMER_SEAL_KEY = "former-seal-key"
PIN_PEPPER: KeyName = "pin-pepper"
PHONE_KEY: KeyName = "phone-key"

FILE_NAME = "keys.json"


class KeyStore(Protocol):
    """Secrets by name. `kind` is shown on the health screen."""

    @property
    def kind(self) -> Literal["keyring", "file"]: ...

    def get(self, name: str) -> bytes | None: ...

    def set(self, name: str, value: bytes) -> None: ...


class FileKeyStore:
    """`keys.json` in the data folder, mode 0600, replaced whole and synced."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME

    @property
    def kind(self) -> Literal["keyring", "file"]:
        return "file"

    def get(self, name: str) -> bytes | None:
        """Raises KeyStoreUnreadable: a damaged file must not look like a till that was never enrolled."""
        text = self._read().get(name)
        return None if text is None else bytes.fromhex(text)

    def set(self, name: str, value: bytes) -> None:
        keys = {**self._read(), name: value.hex()}
        draft = self._path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(keys, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)
        sync_folder(self._path.parent)

    def _read(self) -> dict[str, str]:
        try:
            keys = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return {}
        except (ValueError, OSError) as error:
            raise KeyStoreUnreadable(file=self._path.name) from error
        if not isinstance(keys, dict):
            raise KeyStoreUnreadable(file=self._path.name)
        return keys


class SystemKeyStore:
    """The operating system's key store; each data folder has its own entries."""

    def __init__(self, folder: Path) -> None:
        self._service = f"quay-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]}"

    @property
    def kind(self) -> Literal["keyring", "file"]:
        return "keyring"

    def get(self, name: str) -> bytes | None:
        import keyring  # late: it costs 0.2 s and is absent on some machines

        text = keyring.get_password(self._service, name)
        return None if text is None else bytes.fromhex(text)

    def set(self, name: str, value: bytes) -> None:
        import keyring

        keyring.set_password(self._service, name, value.hex())


def open_keys(folder: Path, *, allow_system: bool = True) -> KeyStore:
    """The store of this folder: the file when there is one already, else the system's, else a new file."""
    if (folder / FILE_NAME).exists() or not (allow_system and _system_works()):
        return FileKeyStore(folder)
    return SystemKeyStore(folder)


def _system_works() -> bool:
    try:
        import keyring
        from keyring.backends.fail import Keyring as NoKeyring
    except ImportError:
        return False
    return not isinstance(keyring.get_keyring(), NoKeyring)
