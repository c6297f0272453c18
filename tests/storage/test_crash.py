"""A process killed in the middle: what was acknowledged is there, the chain is whole."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from tests.support.till_files import make_till, reopen

LOOP = """
import sys
from pathlib import Path
from tests.support.till_files import line, reopen, sale
till = reopen(Path(sys.argv[1]))
while True:
    print(till.record("sale", sale([line(1)])).receipt_no, flush=True)
"""


def test_a_killed_till_has_every_receipt_it_released(tmp_path: Path) -> None:
    make_till(tmp_path).files.dispose()
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-c", LOOP, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
        )
        assert process.stdout is not None
        released = [process.stdout.readline().strip() for _ in range(12)]
        process.send_signal(signal.SIGKILL)
        released += [text.strip() for text in process.stdout.read().splitlines() if text.startswith("NT02")]
        process.stdout.close()
        process.wait()
        till = reopen(tmp_path)
        assert till.journal.verify().is_whole
        assert all(till.journal.find_receipt(number) for number in released)
        till.files.dispose()
