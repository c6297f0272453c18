"""A till's window in a process of its own: signs in, scans what it was told, then waits to be killed."""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime
from pathlib import Path

from pos_app.bootstrap.program import TillProgram
from pos_app.bootstrap.stores import open_folder
from pos_app.settings import Settings
from tests.support.clocks import StillClock
from ui import app as application


def main(folder: Path, told: dict[str, object]) -> None:
    app = application.make(["quay"], reduced_motion=True)
    opened = open_folder(folder, allow_system_keys=False)
    identity = opened.identities.load()
    assert identity is not None
    clock = StillClock(datetime.fromisoformat(str(told["now"])))
    program = TillProgram(app, Settings(data_dir=folder), opened, identity, clock)
    program.services.sign_in.sign_in(int(str(told["staff"])), str(told["pin"]))
    program.counter.window.show()
    program.counter.go.to_sell()
    codes = told["codes"]
    assert isinstance(codes, list)
    for code in codes:
        program.counter.window.route_scan(code)
        app.processEvents()
    app.processEvents()
    print(len(program.services.checkout.cart.lines), flush=True)
    time.sleep(60)


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]))
