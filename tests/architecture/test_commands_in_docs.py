"""Every command of ours that a page names can be typed."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from central.main import parser as central_parser
from pos_app.__main__ import _parser as till_parser

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
CODE = re.compile(r"```\n(.*?)```|`([^`]+)`", re.S)
NAMED = re.compile(
    r"(?:^|&& )(quay-central|CENTRAL|quay)((?: +--[a-z-]+ [^\s`]+)*) +([a-z][a-z-]+)(?: ([a-z]+))?",
    re.M,
)


def commands_of(top: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Name → the parser of that subcommand; none for a parser without any."""
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def named_in(page: Path) -> list[tuple[str, str, str]]:
    """Program, subcommand, and the word behind it."""
    found = []
    for block, inline in CODE.findall(page.read_text("utf-8")):
        code = (block or inline).replace("\\\n", " ")
        found += [(program, name, word) for program, _, name, word in NAMED.findall(code)]
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_names_is_there(page: Path) -> None:
    known = {"quay": commands_of(till_parser()), "quay-central": commands_of(central_parser())}
    known["CENTRAL"] = known["quay-central"]
    for program, name, word in named_in(page):
        assert name in known[program], f"{program} {name}"
        actions = commands_of(known[program][name])
        assert not actions or word in actions, f"{program} {name} {word}"


def test_the_pages_name_commands_of_both_programs() -> None:
    named = {(program, name) for page in PAGES for program, name, _ in named_in(page)}
    assert {("quay", "salvage"), ("quay-central", "prove"), ("CENTRAL", "cases")} <= named
