"""`python -m bench.vouchers`: a hundred thousand vouchers in one stream of a real central; time, memory."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.goals import Result, machine
from bench.memory import resident_mb

GOAL_S = 120.0
GOAL_MB = 60.0
"""Growth of the process while it issues: a part is 500 vouchers, whatever the file's length."""
_PORT = 18_480


def main() -> int:
    """One JSON line a goal."""
    parser = argparse.ArgumentParser(prog="python -m bench.vouchers", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--strict", action="store_true", help="exit code 1 when a goal is missed")
    chosen = parser.parse_args()
    print(machine(vouchers=chosen.count), flush=True)
    missed = False
    with tempfile.TemporaryDirectory(prefix="quay-bench-") as folder:
        for result in measure(Path(folder), chosen.count):
            print(result.line(), flush=True)
            missed = missed or not result.is_met
    return 1 if missed and chosen.strict else 0


def measure(folder: Path, count: int) -> Iterator[Result]:
    """Issues them, then asks for the same file again."""
    _quay(folder, "seed", "--small")
    key = _quay(folder, "api-key", "create", "--name", "bench", "--scopes", "all").strip()
    with _serving(folder) as process:
        for name in ("issue", "ask again for"):
            before, most = resident_mb(process.pid), 0.0
            began = time.perf_counter()
            lines = 0
            for _ in _stream(key, count):
                lines += 1
                if lines % 500 == 0:
                    most = max(most, resident_mb(process.pid))
            assert lines == count, lines
            yield Result(f"{name} {count} vouchers", time.perf_counter() - began, "s", GOAL_S)
            yield Result(f"{name} {count} vouchers, memory", most - before, "MB", GOAL_MB)


def _stream(key: str, count: int) -> Iterator[bytes]:
    until = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    words = {"campaign": _campaign(), "value": 20_000, "valid_until": until, "count": count}
    headers = {
        "Authorization": f"Bearer {key}",
        "Content-Type": "application/json",
        "Idempotency-Key": "bench",
    }
    url = f"http://127.0.0.1:{_PORT}/admin/v1/voucher-batches"
    request = urllib.request.Request(url, json.dumps(words).encode(), headers)
    with urllib.request.urlopen(request, timeout=60) as answer:
        yield from answer


def _campaign() -> int:
    """One of the made-up chain whose vouchers take an amount off."""
    from central.seed.campaigns import LARGE

    return LARGE


def _quay(folder: Path, *words: str) -> str:
    command = [sys.executable, "-m", "central.main", "--data", str(folder), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@contextmanager
def _serving(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "central.main", "--data", str(folder), "serve", "--port", str(_PORT)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            _wait()
            yield process
        finally:
            process.terminate()


def _wait() -> None:
    until = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{_PORT}/healthz", timeout=1).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


if __name__ == "__main__":
    raise SystemExit(main())
