"""What must hold for the tree as a whole."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("pos_app", "ui", "sync", "printing", "central", "resources", "bench")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LONGEST = 300
TEXTS = {".py", ".toml", ".md", ".ps1", ".yml", ".yaml", ".cfg", ".txt", ".lock", ".json", ""}


def tracked() -> list[Path]:
    """Files that git knows, without those just being deleted."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


def modules() -> list[Path]:
    return [path for name in OURS for path in sorted((ROOT / name).rglob("*.py"))]


def test_the_import_contracts_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_package_on_disk_is_part_of_a_release() -> None:
    shipped = set(PROJECT["tool"]["setuptools"]["packages"])
    there = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in modules()
        if not path.is_relative_to(ROOT / "bench")
    }
    assert shipped == there


def test_every_package_has_its_init_file() -> None:
    folders = {path.parent for path in modules()}
    assert not [folder for folder in folders if not (folder / "__init__.py").exists()]


def test_the_printing_modules_that_must_not_import_escpos_are_all_named() -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    contract = next(one for one in contracts if one["name"].startswith("escpos only"))
    there = {f"printing.{path.stem}" for path in (ROOT / "printing").glob("*.py")}
    assert there - {"printing.__init__", "printing.escpos_printer"} <= set(contract["source_modules"])


def test_a_long_module_has_a_reason() -> None:
    lines = (Path(__file__).parent / "long_modules.txt").read_text("utf-8").splitlines()
    named = {line.split("  ", 1)[0]: line.split("  ", 1)[1] for line in lines if not line.startswith("#")}
    long = {
        path.relative_to(ROOT).as_posix()
        for path in modules()
        if len(path.read_text("utf-8").splitlines()) > LONGEST
    }
    assert all(named.values())
    assert long == set(named)


def test_the_till_uses_one_sqlite_library() -> None:
    plain = re.compile(r"^\s*(import sqlite3|from sqlite3)", re.MULTILINE)
    till = [path for path in modules() if path.relative_to(ROOT).parts[0] not in ("central", "bench")]
    assert not [path for path in till if plain.search(path.read_text("utf-8"))]


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        path
        for path in modules()
        if (text := path.read_text("utf-8").strip()) and not re.match(r'r?"""\S', text)
    ]
    assert not silent


@pytest.mark.parametrize("word", ["TO" + "DO", "FIX" + "ME", "pythonhosted" + ".org", "pypi" + ".org"])
def test_no_tracked_file_holds(word: str) -> None:
    found = [
        path.relative_to(ROOT)
        for path in tracked()
        if path.suffix in TEXTS and re.search(rf"\b{re.escape(word)}\b", path.read_text("utf-8"))
    ]
    assert not found


def test_no_tracked_file_is_an_index_address() -> None:
    address = re.compile(r"(index-url|extra-index|registry)\s*[=:]?\s*https?://")
    found = [path for path in tracked() if path.suffix in TEXTS and address.search(path.read_text("utf-8"))]
    assert not found


def test_every_dependency_has_its_reason() -> None:
    project = PROJECT["project"]
    wanted = [*project["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    wanted += [one for extra in project["optional-dependencies"].values() for one in extra]
    reasons = (ROOT / "docs/dependencies.md").read_text("utf-8").lower()
    names = {re.split(r"[<>=;\[ ]", one, maxsplit=1)[0].lower() for one in wanted}
    assert not [
        name for name in sorted(names) if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", reasons)
    ]
