"""The goals of syncing: draining, fifty tills at once, a first download, an idle poll, selling meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import fsync, sample, sync_central
from bench.goals import Result, p50_and_p99, percentile
from bench.sync_central import STORES, BenchCentral
from bench.sync_till import Syncing, SyncTill

DRAIN_A_S, TOGETHER_A_S, BATCH_P99_S = 700.0, 700.0, 2.0
DOWNLOAD_S, POLL_BYTES, PAY_MS = 60.0, 600.0, 25.0
TILLS, DOCUMENTS_EACH = 50, 200
PROBES_A_SALE = 20
SALE_EVERY_S = 1.0
"""What was made meanwhile goes before the next page: four sales a second would stop the download."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything."""

    documents: int = 10_000
    products: int = 200_000
    customers: int = 100_000


def measure(folder: Path, size: Size, *, postgresql: bool) -> Iterator[Result]:
    """One after the other, over one central that runs all the time."""
    with sync_central.running(folder / "central", postgresql=postgresql) as central:
        till = SyncTill(folder / "till", central, 50)
        try:
            till.sync_until(lambda: till.stores.feeds.age("catalogue") is not None)
            till.enter()
            bodies = till.examples()
            till.sync_until(lambda: till.unsent == 0)
            yield from drain(till, central, bodies, size.documents)
            yield from idle_poll(till)
            yield from together(folder, central, bodies)
            yield from download(folder, central, size)
            yield from meanwhile(till, bodies, folder, size.documents)
        finally:
            till.close()


def drain(
    till: SyncTill, central: BenchCentral, bodies: list[dict[str, Any]], count: int
) -> Iterator[Result]:
    """From an outbox of so many to an empty one."""
    till.record(bodies, count)
    waiting, before = till.unsent, (time.process_time(), *central.work())
    seconds = till.sync_until(lambda: till.unsent == 0)
    after = (time.process_time(), *central.work())
    yield Result("drain of one till", waiting / seconds, "documents/s", DRAIN_A_S, at_least=True)
    for who, begun, ended in zip(("till", "central", "PostgreSQL"), before, after, strict=True):
        yield Result(f"drain, work of {who}", (ended - begun) / waiting * 1000, "ms a document")


def idle_poll(till: SyncTill) -> Iterator[Result]:
    """What a till that has nothing to do sends in one turn: one request. Its head is mostly the signature."""
    till.sync_until(lambda: not till.engine.run_once().changed)
    with till.listening() as sent:
        till.engine.run_once()
    body = sum(len(one.body or b"") for one in sent)
    heads = sum(len(name) + len(value) + 4 for one in sent for name, value in one.headers.items())
    yield Result("idle poll, requests", len(sent), "requests", 1)
    yield Result("idle poll, body", body, "bytes", POLL_BYTES)
    yield Result("idle poll, body and headers", body + heads, "bytes")


def together(folder: Path, central: BenchCentral, bodies: list[dict[str, Any]]) -> Iterator[Result]:
    """Fifty tills come back at once; every document must be booked exactly once."""
    codes = central.codes((1 + place % STORES, 60 + place) for place in range(TILLS))
    work = folder / "crowd.json"
    told = {"url": central.central.url, "codes": codes, "bodies": bodies, "documents": DOCUMENTS_EACH}
    work.write_text(json.dumps(told), encoding="utf-8")
    crowd = subprocess.Popen(
        [sys.executable, "-m", "bench.sync_crowd", str(work)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ),
    )  # fmt: skip
    assert crowd.stdin is not None
    assert crowd.stdout is not None
    assert crowd.stdout.readline() == "ready\n"
    before = central.work()
    crowd.stdin.write("go\n")
    crowd.stdin.flush()
    answer = json.loads(crowd.stdout.readline())
    after = central.work()
    crowd.wait()
    count = TILLS * DOCUMENTS_EACH
    rate = count / answer["seconds"]
    yield Result("fifty tills together", rate, "documents/s", TOGETHER_A_S, at_least=True)
    yield Result("an admitted batch p99", percentile(answer["taken"], 0.99), "s", BATCH_P99_S)
    yield Result("batches answered 429", answer["refused"], "batches")
    for who, begun, ended in zip(("central", "PostgreSQL"), before, after, strict=True):
        yield Result(f"together, work of {who}", (ended - begun) / count * 1000, "ms a document")
    yield Result("together, work of the tills", answer["cpu"] / count * 1000, "ms a document")
    wrong = count - answer["statuses"].get("applied", 0)
    yield Result("not applied exactly once", wrong, "documents", 0)


def download(folder: Path, central: BenchCentral, size: Size) -> Iterator[Result]:
    """A new till fetches everything."""
    central.widen("catalogue", 1, (item for item in sample.catalogue(size.products) if "product/" in item[0]))
    central.widen("customers", 1, sample.customers(size.customers))
    till = SyncTill(folder / "new", central, 51)
    try:
        feeds = till.stores.feeds
        seconds = till.sync_until(lambda: feeds.age("customers") is not None and feeds.age("catalogue"))
    finally:
        till.close()
    yield Result("first download", seconds, "s", DOWNLOAD_S)


def meanwhile(till: SyncTill, bodies: list[dict[str, Any]], folder: Path, documents: int) -> Iterator[Result]:
    """The sale's commit while the same program drains an outbox and downloads 200,000 products."""
    quiet = fsync.measure(folder)
    yield from fsync.results(quiet)
    till.record(bodies, documents)
    for feed in ("catalogue", "customers"):
        till.stores.feeds.restart(feed)
    goods, taken, disk = till.goods(), [], []
    with Syncing(till):
        while till.unsent > 50 or till.stores.feeds.resume("catalogue") is None:
            taken.append(till.sell(goods))
            # central and its database write to the same disk meanwhile: what it costs now is what counts
            disk += fsync.measure(folder, PROBES_A_SALE)
            time.sleep(SALE_EVERY_S)
    busy = percentile(disk, 0.99) * 1000
    yield Result("fsync of 4 KiB p99, while syncing", busy, "ms")
    yield from p50_and_p99("pay to committed while syncing", taken, PAY_MS + 2 * busy)
