"""Start, folders, files and keys."""

from __future__ import annotations

from pos_app.domain.errors.base import PosError, TroubleOutside


class SettingsRefused(PosError):
    """The configuration cannot be used (`field`, `value`).

    `reason`: unreadable, not_toml, unknown_field, bad_value.
    """

    code = "settings_refused"


class FolderRefused(PosError):
    """A data folder unfit for the journal (`folder`; `reason`: network, sync, read_only, not_a_folder)."""

    code = "folder_refused"


class SecondInstance(PosError):
    """Another till program already works in this data folder (`folder`)."""

    code = "second_instance"


class StorageUnsafe(TroubleOutside):
    """A storage setting could not be made safe (`setting`, `expected`, `found`): nothing is opened."""

    code = "storage_unsafe"


class DatabaseUnreadable(TroubleOutside):
    """A file that this key does not open, or that is damaged (`file`)."""

    code = "database_unreadable"


class DatabaseTooNew(TroubleOutside):
    """A file that a newer version of the program has written (`file`, `found`, `known`)."""

    code = "database_too_new"


class DatabaseBusy(TroubleOutside):
    """Another program holds the file locked for too long (`file`)."""

    code = "database_busy"


class DiskFull(TroubleOutside):
    """No room left: nothing was written (`file`)."""

    code = "disk_full"


class DiskTrouble(TroubleOutside):
    """Reading or writing failed: nothing counts as written until the file was opened again (`file`)."""

    code = "disk_trouble"


class DatabaseReadOnly(TroubleOutside):
    """The disk failed a second time: nothing is written until the program was started again (`file`)."""

    code = "database_read_only"


class KeysLost(TroubleOutside):
    """There is a journal, but the key that opens it is gone (`file`): central can give it back."""

    code = "keys_lost"


class BackupUnsound(TroubleOutside):
    """A copy that is not whole (`file`, `reason`: damaged, chain, differs, no_identity)."""

    code = "backup_unsound"


class NothingToExport(PosError):
    """Central has answered for every document (`file`): there is nothing to carry to it."""

    code = "nothing_to_export"


class NoSpareEpoch(TroubleOutside):
    """A fresh journal needs an epoch, and none is held in reserve: central must be asked (`file`)."""

    code = "no_spare_epoch"


class KeyStoreUnreadable(TroubleOutside):
    """The key store is there but cannot be read (`file`)."""

    code = "key_store_unreadable"
