"""`./run bench`: measures what the cashier feels, one JSON line a goal."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from bench import fsync
from bench.folder import fill
from bench.goals import Result, machine
from bench.sample import barcode

Measured = tuple[Mapping[str, object], Iterator[Result]]
"""What was measured on, and the results as they come."""


def main() -> int:
    """Exit code 1 when a goal was missed and --strict was asked for."""
    chosen = _arguments()
    if chosen.folder is not None:
        return _run(chosen.folder, chosen)
    with tempfile.TemporaryDirectory(prefix="quay-bench-") as folder:
        return _run(Path(folder) / "till", chosen)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("name", nargs="?", choices=("core", "sync"), default="core")
    parser.add_argument("--strict", action="store_true", help="exit code 1 when a goal is missed")
    parser.add_argument("--products", type=int, metavar="N", help="up to 1000000 (20000; sync: 200000)")
    parser.add_argument("--customers", type=int, metavar="N", help="as many as products (sync: 100000)")
    parser.add_argument("--documents", type=int, metavar="N", default=10_000, help="sync: to be drained")
    parser.add_argument("--sqlite", action="store_true", help="sync: central on a file, not on PostgreSQL")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the lines there too")
    parser.add_argument("--folder", type=Path, metavar="DIR", help="keep the data and use them again")
    return parser.parse_args()


def _run(folder: Path, chosen: argparse.Namespace) -> int:
    facts, results = _sync(folder, chosen) if chosen.name == "sync" else _core(folder, chosen)
    lines, missed = [machine(**facts)], False
    print(lines[0], flush=True)
    for result in results:
        lines.append(result.line())
        print(lines[-1], flush=True)
        missed = missed or not result.is_met
    if chosen.json is not None:
        chosen.json.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 1 if missed and chosen.strict else 0


def _core(folder: Path, chosen: argparse.Namespace) -> Measured:
    products = chosen.products or 20_000
    customers = chosen.customers or products
    fill(folder, products, customers)
    return {"products": products, "customers": customers}, core(folder, products, customers)


def _sync(folder: Path, chosen: argparse.Namespace) -> Measured:
    from bench import sync

    size = sync.Size(chosen.documents, chosen.products or 200_000, chosen.customers or 100_000)
    facts = {**asdict(size), "database": "SQLite" if chosen.sqlite else "PostgreSQL"}
    return facts, sync.measure(folder, size, postgresql=not chosen.sqlite)


def core(folder: Path, products: int, customers: int) -> Iterator[Result]:
    """The goals of the counter, in the order in which a cashier meets them."""
    from bench import counter, start, window
    from bench.till import begin_work, open_till

    disk = fsync.measure(folder)
    yield from fsync.results(disk)
    yield from start.measure(folder)
    yield from window.scan_to_painted(folder, [barcode(1 + n * 3 % products) for n in range(250)])
    till = open_till(folder)
    begin_work(till)
    yield from counter.search(till)
    yield from counter.phone_look_up(till, customers)
    yield from counter.pay(till, products, disk)
    till.close()


if __name__ == "__main__":
    sys.exit(main())
