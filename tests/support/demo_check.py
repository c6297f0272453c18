"""`./run demo --check`: the main job, once through, with real parts and no person; the exit code tells."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.support.demo_figures import Compared
from tests.support.demo_story import Story, StoryBroken

MACHINE_NOTE = "figures compared: till, central, plain SQL over central's ledger"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the JSON holds."""

    ok: bool
    seconds: float
    steps: list[dict[str, Any]]
    figures: list[Compared]
    trouble: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "ok": self.ok,
            "seconds": round(self.seconds, 1),
            "trouble": self.trouble,
            "note": MACHINE_NOTE,
            "steps": self.steps,
            "figures": [asdict(one) | {"ok": one.ok} for one in self.figures],
        }


def run(folder: Path, seed: int, *, small: bool) -> Verdict:
    """One whole story in an empty folder."""
    begun = time.monotonic()
    story = Story(folder, seed, small=small)
    trouble = ""
    try:
        story.tell()
    except StoryBroken as error:
        trouble = str(error)
    finally:
        story.end()
    wrong = [one for one in story.figures if not one.ok]
    ok = not trouble and bool(story.figures) and not wrong
    return Verdict(ok, time.monotonic() - begun, story.steps, story.figures, trouble)


def main(arguments: Sequence[str] | None = None) -> int:
    """0 = every step happened and every figure agrees."""
    parser = argparse.ArgumentParser(prog="./run demo --check", description=__doc__)
    parser.add_argument("--check", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write steps and figures")
    parser.add_argument("--small", action="store_true", help="a chain of 240 products, for a quick look")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the folder of the run")
    chosen = parser.parse_args(arguments)
    folder = chosen.keep or Path(tempfile.mkdtemp(prefix="quay-check-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        verdict = run(folder, chosen.seed, small=chosen.small)
    finally:
        if chosen.keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    if chosen.json is not None:
        chosen.json.write_text(json.dumps(verdict.to_json(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    _tell(verdict)
    return 0 if verdict.ok else 1


def _tell(verdict: Verdict) -> None:
    for step in verdict.steps:
        print(f"  {step['at']:6.1f} s  {step['what']}")
    for one in verdict.figures:
        if not one.ok:
            print(f"  DIFFERENT {one.name}: till {one.till}, central {one.central}, ledger {one.ledger}")
    if verdict.trouble:
        print(f"  STUCK: {verdict.trouble}")
    agreeing = sum(one.ok for one in verdict.figures)
    print(f"{agreeing} of {len(verdict.figures)} figures agree from three sides, {verdict.seconds:.1f} s")
    print("1 passed, 0 failed" if verdict.ok else "0 passed, 1 failed")


if __name__ == "__main__":
    sys.exit(main())
