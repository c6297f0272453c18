"""`quay enrol CODE`: makes this folder a till without a window, or the same till again under a new epoch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TextIO

from pos_app.bootstrap.network import enrol_till
from pos_app.bootstrap.stores import open_folder
from pos_app.domain.errors import EnrolmentRefused
from pos_app.folders import prepare
from pos_app.one_till import OneTill
from pos_app.settings import Settings, load
from pos_app.storage.clock import SystemClock


def enrol(settings: Settings, code: str, out: TextIO, *, again: bool) -> int:
    """Prints {till, epoch, store}. `again` must be said for a folder that is a till already.

    Raises EnrolmentRefused, ShiftAlreadyOpen, SecondInstance, and what enrol_till raises.
    """
    with OneTill(settings.data_dir):
        opened = open_folder(settings.data_dir)
        try:
            former = opened.identities.load()
            if (former is not None) is not again:
                raise EnrolmentRefused(reason="enrolled_already" if former is not None else "not_enrolled")
            known = former.central_url if former is not None else None
            url = settings.central_url or known
            identity = enrol_till(opened, code, url, SystemClock(), settings.ca_file)
        finally:
            opened.close()
    told = {"till": identity.till, "epoch": identity.epoch, "store": identity.store_code}
    out.write(json.dumps(told) + "\n")
    return 0


def settings_of(folder: Path, config: Path | None, central: str | None, ca: Path | None) -> Settings:
    """The settings of the folder, with what the command line says."""
    loaded = load(folder, config).changed(central_url=central, ca_file=ca)
    return loaded.changed(data_dir=prepare(folder))
