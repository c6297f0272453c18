"""quay-central cases, customers, transfers, losses, prove: what the office does without the API."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from central.database import migrated
from central.errors import Refusal
from central.keys import TenantKeys
from central.settings import Settings


def add_case_commands(commands: Any, place: argparse.ArgumentParser) -> None:
    """Each sets `run`, as in central.main."""
    cases = _group(commands, "cases", "open conflicts")
    command = cases.add_parser("list", parents=[place], help="open cases, newest first, one JSON line each")
    command.add_argument("--store", type=int, help="of one store")
    command.add_argument("--all", action="store_true", help="closed ones too")
    command.set_defaults(run=_list)
    command = cases.add_parser("close", parents=[place], help="close a case with one of its actions")
    command.add_argument("case")
    command.add_argument("action")
    _who(command)
    command.set_defaults(run=_close)

    customers = _group(commands, "customers", "customers")
    command = customers.add_parser("unmerge", parents=[place], help="two that were made one are two again")
    command.add_argument("customer", help="the id that was merged into another")
    _who(command)
    command.set_defaults(run=_unmerge)

    transfers = _group(commands, "transfers", "bank credits")
    command = transfers.add_parser("import", parents=[place], help="match a CSV file: id, at, amount, text")
    command.add_argument("file", type=Path)
    command.set_defaults(run=_import)

    command = commands.add_parser("losses", parents=[place], help="sums per store and reason")
    command.add_argument("--days", type=int, default=30)
    command.set_defaults(run=_losses)
    command = commands.add_parser("reapply", parents=[place], help="try again what was not understood")
    command.set_defaults(run=_reapply)
    command = commands.add_parser("prove", parents=[place], help="recompute every balance from the documents")
    command.set_defaults(run=_prove)


def _group(commands: Any, name: str, words: str) -> Any:
    return commands.add_parser(name, help=words).add_subparsers(required=True, metavar="ACTION")


def _who(command: argparse.ArgumentParser) -> None:
    command.add_argument("--by", type=int, required=True, metavar="STAFF", help="number of who decides")
    command.add_argument("--note", default="", help="why")


def _now() -> datetime:
    return datetime.now(UTC)


def _say(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n")


@contextmanager
def _writing(settings: Settings) -> Iterator[tuple[Connection, TenantKeys]]:
    with migrated(settings.database_url) as database, database.writing() as connection:
        yield connection, TenantKeys.load(settings.key_file)


def _list(settings: Settings, options: argparse.Namespace) -> int:
    from central.cases import list_cases

    with migrated(settings.database_url) as database, database.reading() as connection:
        for one in list_cases(connection, only_open=not options.all, store=options.store):
            _say(one)
    return 0


def _close(settings: Settings, options: argparse.Namespace) -> int:
    from central.case_closing import close_case

    return _decided(settings, close_case, options.case, options.action, options.by, options.note)


def _unmerge(settings: Settings, options: argparse.Namespace) -> int:
    from central.case_closing import undo_merge

    return _decided(settings, undo_merge, options.customer, options.by, options.note)


def _decided(settings: Settings, decide: Callable[..., str], *words: object) -> int:
    """Writes the document of a decision and says its id, or why it was refused."""
    try:
        with _writing(settings) as (connection, keys):
            _say({"document": decide(connection, keys, *words, _now())})
    except Refusal as refusal:
        _say(refusal.body)
        return 1
    return 0


def _import(settings: Settings, options: argparse.Namespace) -> int:
    from central.transfers import read_csv, take

    try:
        with (
            options.file.open(encoding="utf-8-sig", newline="") as file,
            _writing(settings) as (connection, _),
        ):
            _say(take(connection, list(read_csv(file)), _now()))
    except ValueError as error:
        sys.stderr.write(f"{options.file}: {error}\n")
        return 2
    return 0


def _losses(settings: Settings, options: argparse.Namespace) -> int:
    from central.losses import losses

    now = _now()
    with migrated(settings.database_url) as database, database.reading() as connection:
        for (store, reason), amount in losses(connection, now - timedelta(days=options.days), now).items():
            _say({"store": store, "reason": reason, "amount": amount})
    return 0


def _reapply(settings: Settings, _options: argparse.Namespace) -> int:
    from central.reapplying import reapply

    with _writing(settings) as (connection, keys):
        _say({"applied": reapply(connection, keys, _now())})
    return 0


def _prove(settings: Settings, _options: argparse.Namespace) -> int:
    """Exit code 1 when something does not add up; each difference is one line."""
    from central.proof import prove

    with migrated(settings.database_url) as database, database.reading() as connection:
        report = prove(connection)
    for difference in report.differences:
        _say(difference.to_json())
    _say({"documents": report.documents, "taken_over": report.taken_over, "ok": report.is_sound})
    return 0 if report.is_sound else 1
