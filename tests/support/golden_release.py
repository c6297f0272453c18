"""Makes the golden files of a release: `python -m tests.support.golden_release tests/data/golden/NAME`.

Run once, by the release's own code (copy this file into a checkout of it); what it made is kept and never
made again. NAME tells both schemas: `till-0001-central-0004`. A till of the tiny chain has sold, sent some of
it, and holds the rest.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from pathlib import Path
from typing import Final

from pos_app.domain.money import vat_inside
from pos_app.storage.journal import Draft
from pos_app.storage.keys import DATABASE_KEY
from tests.support import real_till, till_files
from tests.support.central_server import CentralServer
from tests.support.central_world import SHOES
from tests.support.clocks import StillClock
from tests.support.real_till import RealTill, opened

FILES: Final = {"central": ("central.db", "central-keys.json"), "till": ("till.db", "keys.json")}
FACTS: Final = "facts.json"
SENT, UNSENT = 3, 4
_PRICE: Final = 600_000


def main() -> None:
    """Into a folder that is not there yet."""
    target = Path(sys.argv[1])
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as work:
        _make(Path(work), target)


def _make(work: Path, target: Path) -> None:
    (work / "central").mkdir()
    with CentralServer(work / "central") as central:
        central.fill()
        till = opened(work / "till", central.url, central.new_code(), StillClock(central.clock()))
        till.keys.set(DATABASE_KEY, real_till.DATABASE_KEY)
        till.engine.run_once()
        receipts = _work(till)
        facts = {"till": str(till.identity.till), "receipts": receipts, "head": till.journal.head().seq}
        till.close()
    (target / FACTS).write_text(json.dumps(facts, indent=1) + "\n")
    for place, names in FILES.items():
        for name in names:
            packed = gzip.compress((work / place / name).read_bytes(), mtime=0)
            (target / f"{name}.gz").write_bytes(packed)


def unpack(golden: Path, folder: Path) -> None:
    """Lay out a release's files as they were: `folder/central`, `folder/till`."""
    for place, names in FILES.items():
        (folder / place).mkdir(parents=True)
        for name in names:
            path = folder / place / name
            path.write_bytes(gzip.decompress((golden / f"{name}.gz").read_bytes()))
            path.chmod(0o600)


def _work(till: RealTill) -> list[str]:
    """A shift, sales that central has, sales that it has not; the receipt numbers."""
    day = till.clock.now().date().isoformat()
    shift = {"business_date": day, "float": {"100000": 5}}
    till.journal.record(Draft("shift_open", shift, staff=11))
    receipts = [_sell(till, day) for _ in range(SENT)]
    till.engine.run_once()
    assert till.unsent == 0
    receipts += [_sell(till, day) for _ in range(UNSENT)]
    return receipts


def _sell(till: RealTill, day: str) -> str:
    line = till_files.line(
        1, _PRICE, product=SHOES, sku="SKU1", name="Giày búp bê", price_ver=2, vat=vat_inside(_PRICE, 800)
    )
    payload = till_files.sale([line], business_date=day, priced_at=f"{day}T10:00:00+07:00")
    return str(till.journal.record(Draft("sale", payload, staff=11, shift=1)).receipt_no)


if __name__ == "__main__":
    main()
