"""`./run soak`: the long campaigns: killed tills, damaged codes, the demo's proof with many seeds."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.till import open_till
from pos_app.domain.errors import PosError
from tests.support.code_fuzz import check_reading
from tests.support.killing import KillLoop

KILLS_A_DAY = 25
TEXTS_A_DAY = 100_000
TEXTS_AT_THE_TILL = 2_000


def main() -> int:
    """One JSON line a campaign; exit code 1 when something did not hold (it is printed)."""
    parser = argparse.ArgumentParser(prog="./run soak", description=__doc__)
    parser.add_argument("--days", type=int, default=2, metavar="N", help="fresh tills, each killed 25 times")
    parser.add_argument("--seeds", type=int, default=2, metavar="N", help="runs of the demo's proof")
    parser.add_argument(
        "--minutes", type=float, metavar="M", help="no new day or seed is begun after M minutes"
    )
    parser.add_argument("--first-seed", type=int, default=1, metavar="N")
    chosen = parser.parse_args()
    until = time.monotonic() + (chosen.minutes or 1e9) * 60
    campaigns = [(_day, chosen.first_seed + day) for day in range(chosen.days)]
    campaigns += [(_demo, chosen.first_seed + number) for number in range(chosen.seeds)]
    held = True
    for campaign, seed in campaigns:
        if time.monotonic() < until:
            held = _told(campaign.__name__.strip("_"), seed, campaign) and held
    return 0 if held else 1


def _told(name: str, seed: int, campaign: object) -> bool:
    """Run it and print how it went."""
    assert callable(campaign)
    begun = time.monotonic()
    trouble = ""
    figures: dict[str, object] = {}
    try:
        figures = campaign(seed)
    except Exception as error:  # noqa: BLE001 - a soak tells what broke and goes on with the next
        trouble = repr(error)[:2000]
    told = {"name": name, "seed": seed, "ok": not trouble, "seconds": round(time.monotonic() - begun, 1)}
    print(
        json.dumps(told | figures | ({"trouble": trouble} if trouble else {}), ensure_ascii=False), flush=True
    )
    return not trouble


def _day(seed: int) -> dict[str, object]:
    """A till that is killed while it sells, then fed with damaged codes."""
    with tempfile.TemporaryDirectory(prefix="quay-soak-") as folder:
        loop = KillLoop(Path(folder) / "till", seed)
        loop.prepare()
        for _ in range(KILLS_A_DAY):
            loop.round()
        at_till = _scans_at_a_till(loop.folder, seed)
    signed = check_reading(seed, TEXTS_A_DAY)
    return {
        "kills": loop.kills,
        "documents": len(loop.acknowledged),
        "texts": TEXTS_A_DAY + at_till,
        "signed": signed,
    }


def _scans_at_a_till(folder: Path, seed: int) -> int:
    """The same texts through the whole checkout and the search: refused, or understood, never a crash."""
    till = open_till(folder)

    def scan(text: str) -> None:
        try:
            till.services.scans.scan(text)
        except PosError:
            return

    def scan_and_search(text: str) -> None:
        scan(text)
        till.services.search.search(text)

    try:
        check_reading(seed + 1, TEXTS_AT_THE_TILL, scan_and_search)
        assert till.services.journal.verify().is_whole
    finally:
        till.close()
    return TEXTS_AT_THE_TILL


def _demo(seed: int) -> dict[str, object]:
    """The whole way with a real central, in a process of its own."""
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.support.demo_check", "--seed", str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"exit code {done.returncode}: {(done.stdout + done.stderr)[-1500:]}")
    return {}


if __name__ == "__main__":
    sys.exit(main())
