"""quay-central grant, report: what the office and its auditors ask for; CSV and JSON on standard output."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from datetime import date
from typing import Any

from central.database import migrated
from central.settings import Settings


def add_oversight_commands(commands: Any, place: argparse.ArgumentParser) -> None:
    """Each sets `run`, as in central.main."""
    command = commands.add_parser("grant", parents=[place], help="give a PostgreSQL role what serving needs")
    command.add_argument("--role", required=True, help="exists already; it can never change inbox or ledgers")
    command.set_defaults(run=_grant)

    reports = commands.add_parser("report", help="reports").add_subparsers(required=True, metavar="REPORT")
    command = reports.add_parser("exceptions", parents=[place], help="what each operator did, as CSV")
    for name in ("--from", "--to"):
        command.add_argument(name, type=date.fromisoformat, required=True, metavar="DAY", dest=name[2:] + "_")
    command.set_defaults(run=_exceptions)
    command = reports.add_parser("keys", parents=[place], help="what a journal is checked against, as JSON")
    command.set_defaults(run=_keys)


def _grant(settings: Settings, options: argparse.Namespace) -> int:
    from central.roles import grant

    with migrated(settings.database_url) as database:
        if database.is_sqlite:
            sys.stderr.write("SQLite has no roles: who may read its file may change it\n")
            return 2
        with database.writing() as connection:
            grant(connection, options.role)
    return 0


def _exceptions(settings: Settings, options: argparse.Namespace) -> int:
    from central.exceptions_report import COLUMNS, exceptions

    with migrated(settings.database_url) as database, database.reading() as connection:
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(COLUMNS)
        out.writerows(exceptions(connection, options.from_, options.to_))
    return 0


def _keys(settings: Settings, _options: argparse.Namespace) -> int:
    from central.journal_keys import journal_keys

    with migrated(settings.database_url) as database, database.reading() as connection:
        sys.stdout.write(json.dumps(journal_keys(connection), indent=1, sort_keys=True) + "\n")
    return 0
