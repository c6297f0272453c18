"""Opens a till's folder, which brings its file to the newest schema: `python -m tests.support.migrating_till
FOLDER`. Prints `migrated` and waits to be killed."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from pos_app.bootstrap.stores import open_folder

if __name__ == "__main__":
    open_folder(Path(sys.argv[1]), allow_system_keys=False)
    print("migrated", flush=True)
    signal.pause()
