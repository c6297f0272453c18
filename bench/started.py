"""The process that `bench.start` starts: the till with its window, ready, then a few scans and its memory."""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from bench.sample import barcode
from bench.till import begin_work, open_till
from bench.window import opened_window
from ui import app as ui_app


def main() -> None:
    """Build, show, say so; then work a little and tell the memory."""
    from bench.memory import resident_mb

    app = ui_app.make(["bench"], reduced_motion=True)
    till = open_till(Path(sys.argv[1]))
    window, _presenter, _dialogs = opened_window(till)
    app.processEvents()
    print("ready", flush=True)
    begin_work(till)
    for number in range(1, 21):
        window.route_scan(barcode(number))
        till.services.search.search("giay bup be"[: number % 11 + 1])
        app.processEvents()
    print(resident_mb(), flush=True)
    till.services.checkout.clear()
    till.close()
    os._exit(0)  # the window's teardown is no part of what is measured


main()
