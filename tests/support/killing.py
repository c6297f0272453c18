"""Kills a selling till again and again and looks at what it left behind (faults 4 and 25)."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from bench.folder import fill
from bench.till import BenchTill, open_till
from pos_app.domain.cart import Cart
from tests.support.selling_till import CUSTOMERS, PRODUCTS

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class KillLoop:
    """One folder; every round starts a till on it, kills it, and checks all that was ever acknowledged."""

    folder: Path
    seed: int = 1
    acknowledged: dict[str, str] = field(default_factory=dict)
    kills: int = 0

    def prepare(self) -> None:
        fill(self.folder, PRODUCTS, CUSTOMERS)

    def round(self) -> None:
        """Raises AssertionError with what is wrong."""
        dice = random.Random(self.seed * 100_003 + self.kills)
        self._sell_and_kill(dice)
        self.kills += 1
        till = open_till(self.folder)
        try:
            self.check(till)
        finally:
            till.close()

    def _sell_and_kill(self, dice: random.Random) -> None:
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.support.selling_till", str(self.folder), str(dice.random())[2:]],
            stdout=subprocess.PIPE, text=True, cwd=ROOT,
        )  # fmt: skip
        assert child.stdout is not None
        with child.stdout:
            for _ in range(dice.randint(1, 30)):
                self._note(child.stdout.readline())
            _work_a_moment(dice)
            assert child.poll() is None, "the till ended by itself"
            child.kill()
            for line in child.stdout:
                self._note(line)
        child.wait()

    def _note(self, line: str) -> None:
        """A line that was cut off was not promised."""
        if line.endswith("\n"):
            doc_id, receipt_no = line.split()
            if doc_id != "ready":
                self.acknowledged[doc_id] = receipt_no

    def check(self, till: BenchTill) -> None:
        """Everything promised is there, the chain holds, numbers have no gap, carts can be read."""
        journal = till.services.journal
        missing = [doc_id for doc_id in self.acknowledged if journal.stored(doc_id) is None]
        assert not missing, f"acknowledged and lost: {missing}"
        report = journal.verify()
        assert report.is_whole, report.faults
        numbers = [
            str(body["payload"]["receipt_no"])
            for stored in journal.documents_since(1, 1)
            if (body := journal.body(stored.doc_id)) is not None and "receipt_no" in body["payload"]
        ]
        assert numbers == [f"NT02-{n:06d}" for n in range(1, len(numbers) + 1)], numbers
        promised = {number for number in self.acknowledged.values() if number != "-"}
        assert promised <= set(numbers)
        for held in till.stores.drafts.held():
            assert Cart.from_json(held.body["cart"]).lines
        assert not till.stores.files.till.faults()
        unsent = till.stores.outbox.counts().unsent
        assert unsent == report.checked, "what was never sent waits in the outbox"


def _work_a_moment(dice: random.Random) -> None:
    """Up to a few milliseconds pass here, so that the kill hits the till at any point of its work."""
    sum(number * number for number in range(dice.randrange(60_000)))
