"""`python -m tests.simulation --seeds N`: that many lives on all cores; failed ones are named."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import signal
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from tests.simulation.many import one, prepare


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=300, metavar="N")
    parser.add_argument("--first", type=int, default=1, metavar="N", help="the first seed")
    chosen = parser.parse_args()
    begun, seen, failed = time.monotonic(), Counter[str](), []
    seeds = range(chosen.first, chosen.first + chosen.seeds)
    prepare()
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("fork")) as pool:
        signal.signal(signal.SIGTERM, lambda *_: pool.shutdown(wait=False, cancel_futures=True))
        for seed, trouble, happened in pool.map(one, seeds):
            seen += happened
            if trouble:
                failed.append(seed)
                print(f"seed {seed} failed\n{trouble}", flush=True)
    for what, count in seen.most_common():
        print(f"{count:8} {what}")
    print(f"{len(seeds)} seeds in {time.monotonic() - begun:.0f} s; failed: {sorted(failed) or 'none'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
