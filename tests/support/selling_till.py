"""A till that sells until it is killed: `python -m tests.support.selling_till FOLDER SEED [DISK]`.

It prints `doc_id receipt_no` of each document after its commit; whoever reads a line was promised the paper.
DISK `small-wal` moves the WAL into the file after a few pages each time, `unsynced` plants the bug that a
commit does not wait for the disk.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from pathlib import Path

from bench.sample import barcode, phone_of
from bench.till import BenchTill, begin_work, open_till
from pos_app.storage import database
from pos_app.storage.journal import Recorded

PRODUCTS, CUSTOMERS = 60, 20


def main() -> None:
    """Never returns."""
    folder, seed = Path(sys.argv[1]), int(sys.argv[2])
    _treat_the_disk(sys.argv[3] if len(sys.argv) > 3 else "")
    till, dice = open_till(folder), random.Random(seed)
    begin_work(till)
    print("ready -", flush=True)
    while True:
        act = dice.choices((_sell, _sell_to_customer, _hold, _recall, _cash_in), (6, 3, 2, 2, 1))[0]
        recorded = act(till, dice)
        if recorded is not None:
            print(recorded.doc_id, recorded.receipt_no or "-", flush=True)


def _treat_the_disk(how: str) -> None:
    """Other settings of every connection that is opened from now on."""
    real = database.safe_settings
    if how == "small-wal":
        database.safe_settings = lambda synchronous: real(synchronous) | {"wal_autocheckpoint": ("12", 12)}
    elif how == "unsynced":
        database.safe_settings = lambda _synchronous: real("NORMAL")


def _scan_some(till: BenchTill, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 4)):
        till.services.scans.scan(barcode(dice.randint(1, PRODUCTS)))
        till.services.checkout.save_draft()


def _paid(till: BenchTill) -> Recorded:
    payment = till.services.selling.begin_payment()
    return payment.complete(payment.cash_due + 50_000).recorded


def _sell(till: BenchTill, dice: random.Random) -> Recorded | None:
    _scan_some(till, dice)
    return _paid(till)


def _sell_to_customer(till: BenchTill, dice: random.Random) -> Recorded | None:
    till.services.scans.scan("0" + phone_of(dice.randint(1, CUSTOMERS))[3:])
    return _sell(till, dice)


def _hold(till: BenchTill, dice: random.Random) -> Recorded | None:
    _scan_some(till, dice)
    till.services.held_carts.hold(f"khách {dice.randint(1, 99)}")
    return None


def _recall(till: BenchTill, _dice: random.Random) -> Recorded | None:
    held = till.services.held_carts.all()
    if not held:
        return None
    till.services.held_carts.recall(held[0].id)
    return _paid(till)


def _cash_in(till: BenchTill, dice: random.Random) -> Recorded | None:
    return till.services.cash_drawer.cash_in(dice.randint(1, 9) * 10_000, "đổi tiền lẻ")


_Act = Callable[[BenchTill, random.Random], Recorded | None]

if __name__ == "__main__":
    main()
