"""Several workers count into one folder: whichever is asked tells the sum."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from central.database import Database

_WORKER = """
import sys
from datetime import UTC, datetime
from central.database import Database
from central.metrics import Metrics

metrics = Metrics(Database(sys.argv[1]), lambda: datetime.now(UTC))
for _ in range(3):
    metrics.answered("GET", "/healthz", 200, 0.01)
sys.stdout.write(metrics.text().decode())
"""


def test_the_second_worker_tells_what_both_have_answered(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'central.db'}"
    database = Database(url)
    database.migrate()
    database.dispose()
    counts = tmp_path / "counts"
    counts.mkdir()
    environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(counts)}
    told = [
        subprocess.run(
            [sys.executable, "-c", _WORKER, url], env=environment, capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    ]
    line = 'quay_requests_total{method="GET",route="/healthz",status="200"}'
    assert f"{line} 3.0" in told[0]
    assert f"{line} 6.0" in told[1]
