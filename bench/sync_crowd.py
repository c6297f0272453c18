"""Fifty tills at once, reduced to what central sees of them; a program of its own beside central."""

from __future__ import annotations

import gzip
import json
import random
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import httpx

from sync.backoff import Backoff
from tests.support.central_till import Till

BATCH = 25


@dataclass
class Line:
    """Where a till finds central; what `Till` needs of a server."""

    url: str
    http: httpx.Client

    def clock(self) -> datetime:
        """The wall's."""
        return datetime.now(UTC)


@dataclass
class Member:
    """One till with its documents, packed before the measurement begins."""

    till: Till
    batches: list[bytes]
    taken: list[float] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    refused: int = 0

    def drain(self) -> None:
        """Every batch until it is answered with 200; seconds of the answered ones."""
        backoff = Backoff(random.random)
        url = f"{self.till.server.url}/v1/documents"
        for batch in self.batches:
            while True:
                begun = time.perf_counter()
                headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
                answer = self.till.send("POST", url, batch, headers)
                if answer.status_code == 200:
                    break
                assert answer.status_code in (429, 503), answer.text
                self.refused += 1
                time.sleep(backoff.failed(float(answer.headers["Retry-After"])))
            backoff.succeeded()
            self.taken.append(time.perf_counter() - begun)
            for result in answer.json()["results"]:
                self.statuses[result["status"]] = self.statuses.get(result["status"], 0) + 1


def member(url: str, code: str, bodies: list[dict[str, Any]], count: int) -> Member:
    """An enrolled till with `count` sales like these in its journal."""
    till = Till.enrol(Line(url, httpx.Client(timeout=60)), code=code)  # type: ignore[arg-type]
    items = [till.document("sale", _own(till, body), **_said(body)) for body in islice(cycle(bodies), count)]
    return Member(till, list(_packed(till, items)))


def _own(till: Till, body: dict[str, Any]) -> dict[str, Any]:
    return {**body["payload"], "receipt_no": till.receipt_no()}


def _said(body: dict[str, Any]) -> dict[str, Any]:
    return {"staff": body["staff"], "as_of": body["as_of"]}


def _packed(till: Till, items: list[dict[str, Any]]) -> Iterator[bytes]:
    for start in range(0, len(items), BATCH):
        text = json.dumps(till.batch(*items[start : start + BATCH]), ensure_ascii=False)
        yield gzip.compress(text.encode())


def main() -> int:
    """Reads the work from a file, answers one line of JSON; prints `ready` when everybody stands there."""
    work = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    crowd = [member(work["url"], code, work["bodies"], work["documents"]) for code in work["codes"]]
    print("ready", flush=True)
    sys.stdin.readline()
    begun, cpu = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(len(crowd)) as pool:
        list(pool.map(Member.drain, crowd))
    took = time.perf_counter() - begun
    statuses: dict[str, int] = {}
    for one in crowd:
        for status, count in one.statuses.items():
            statuses[status] = statuses.get(status, 0) + count
    told = {
        "seconds": took,
        "cpu": time.process_time() - cpu,
        "taken": [seconds for one in crowd for seconds in one.taken],
        "statuses": statuses,
        "refused": sum(one.refused for one in crowd),
    }
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
