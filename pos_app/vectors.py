"""Runs golden vectors: every case of every JSON file of a folder, one line of JSON each."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos_app import vector_documents, vector_money, vector_readers
from pos_app.domain.errors import PosError
from pos_app.vector_case import Case

_READERS: tuple[tuple[frozenset[str], Callable[[Mapping[str, Any]], Iterator[Case]]], ...] = (
    (frozenset({"tenant", "keys", "till_public", "good", "bad"}), vector_readers.code_cases),
    (frozenset({"till", "nonce", "documents", "bad"}), vector_documents.journal_cases),
    (frozenset({"phone_key", "good", "refused"}), vector_readers.phone_cases),
    (frozenset({"good", "bad", "base", "not_built"}), vector_readers.vietqr_cases),
    (frozenset({"checksums", "changes"}), vector_documents.feed_cases),
)
"""A file's form shows in its keys, not in its name. What matches none is read section by section."""


@dataclass(frozen=True, slots=True)
class Result:
    """One case and how it went; `expect` and `got` are given where they differ."""

    file: str
    section: str
    case: int
    ok: bool
    milliseconds: float
    expect: object = None
    got: object = None

    def as_json(self) -> dict[str, object]:
        """The line to print."""
        line: dict[str, object] = {
            "file": self.file,
            "section": self.section,
            "case": self.case,
            "ok": self.ok,
            "ms": self.milliseconds,
        }
        return line if self.ok else {**line, "expect": self.expect, "got": self.got}


def cases_of(data: Mapping[str, Any]) -> list[Case]:
    """The cases of one file of any form; a section that nobody reads becomes a case that fails."""
    for keys, reader in _READERS:
        if keys <= data.keys():
            return list(reader(data))
    return list(vector_money.money_cases(data))


def run_case(file: str, case: Case) -> Result:
    """Run one case. Whatever it raises is a difference, and the next case still runs."""
    began = time.perf_counter()
    try:
        got = case.run()
    except PosError as refusal:
        got = {"refused": str(refusal)}
    except Exception as error:  # noqa: BLE001 - a bug is reported as a difference, with its words
        got = {"raised": repr(error)}
    milliseconds = round((time.perf_counter() - began) * 1000, 3)
    if got == case.expect:
        return Result(file, case.section, case.number, True, milliseconds)
    return Result(file, case.section, case.number, False, milliseconds, case.expect, got)


def run_vectors(directory: Path) -> Iterator[dict[str, object]]:
    """Every case of every `*.json` in the folder: `{file, section, case, ok, ms, expect?, got?}`."""
    for path in sorted(directory.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        for case in cases_of(data):
            yield run_case(path.name, case).as_json()


def main(arguments: list[str] | None = None) -> int:
    """Print a line for each case. Exit 1 on any difference, 2 when there was nothing to run."""
    parser = argparse.ArgumentParser(prog="vectors", description=__doc__)
    parser.add_argument("directory", type=Path)
    chosen = parser.parse_args(arguments)
    ran = differing = 0
    for line in run_vectors(chosen.directory):
        ran += 1
        differing += not line["ok"]
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    if not ran:
        return 2
    return 1 if differing else 0
