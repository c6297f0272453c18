"""Backups, pruning and the reserve of this folder, as the settings want them."""

from __future__ import annotations

from pos_app.bootstrap.stores import Stores
from pos_app.domain.errors import KeysLost
from pos_app.services.upkeep import Upkeep, UpkeepStores
from pos_app.settings import Settings
from pos_app.storage.backups import FOLDER, BackupPlace, Backups
from pos_app.storage.escrow import KeyEscrow
from pos_app.storage.files import TILL_FILE
from pos_app.storage.identity import Identity
from pos_app.storage.keys import DATABASE_KEY
from pos_app.storage.pruning import Pruning
from pos_app.storage.reserve import Reserve


def make_upkeep(settings: Settings, stores: Stores, identity: Identity) -> Upkeep:
    """For the loop beside the window, and for a manager who wants a backup now."""
    key = stores.keys.get(DATABASE_KEY)
    if key is None:
        raise KeysLost(file=TILL_FILE)
    folder = stores.files.folder
    place = BackupPlace(folder / FOLDER, settings.backup_folder)
    made = UpkeepStores(
        backups=Backups(stores.files.till, key, identity, place),
        pruning=Pruning(stores.files.till),
        reserve=Reserve(folder),
        escrow=KeyEscrow(stores.status, stores.keys, identity),
        shifts=stores.shifts,
        status=stores.status,
    )
    return Upkeep(made, stores.policy.policy, stores.clock)
