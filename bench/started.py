"""The process that `bench.start` starts: the program with its window, a few scans, then its memory."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from bench.window import begin_work, opened_program


def main(folder: Path, codes: list[str]) -> None:
    """Build, show, say so; then work a little and tell the memory."""
    app, program = opened_program(folder)
    app.processEvents()
    print(f"ready {time.process_time()}", flush=True)
    from bench.memory import resident_mb  # late: it is no part of a start

    begin_work(program)
    for number, code in enumerate(codes):
        program.counter.window.route_scan(code)
        program.services.search.search("giay bup be"[: number % 11 + 1])
        app.processEvents()
    print(resident_mb(), flush=True)
    program.services.checkout.clear()
    program.close()
    sys.stdout.flush()
    os._exit(0)  # what Python tears down afterwards is no part of what is measured


main(Path(sys.argv[1]), sys.argv[2:])
