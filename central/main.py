"""quay-central: the command line of the reference backend, one function per subcommand."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from central.admin.commands import add_key_commands
from central.case_commands import add_case_commands
from central.oversight_commands import add_oversight_commands
from central.settings import DEFAULT_FOLDER, Settings

_WORKER_ANSWERS_S = 60
"""uvicorn ends a worker that is silent for longer; in its 5 s a busy machine gets none past the imports."""


def serve(settings: Settings, options: argparse.Namespace) -> int:
    """Serves the API until stopped. Plain HTTP: TLS ends in front of it, or it listens on loopback only."""
    import uvicorn

    from central.app import build
    from central.database import Database
    from central.keys import TenantKeys
    from central.logs import write_json
    from central.settings import WORKERS_FOLDER

    if not settings.url_is_configured and options.url is None:
        # tills sign the URL they call: without a configured one that is the address listened on
        settings = replace(settings, public_url=f"http://{options.host}:{options.port}")
    quietly: dict[str, Any] = {"access_log": False, "server_header": False, "log_config": None}
    # only a proxy that is named may say for whom it calls: limits are counted by address
    behind = {"proxy_headers": options.proxy is not None, "forwarded_allow_ips": options.proxy}
    place = {"host": options.host, "port": options.port, **behind, **quietly}
    write_json()
    if options.workers == 1:
        uvicorn.run(build(settings), **place)
        return 0
    database = Database(settings.database_url)
    if database.is_sqlite:
        sys.stderr.write("SQLite has one writer: more than one worker needs PostgreSQL (--database)\n")
        return 2
    # once, before the workers: tables and keys must not be made by several at a time
    database.migrate()
    database.dispose()
    TenantKeys.open(settings.key_file)
    settings.hand_over()
    with tempfile.TemporaryDirectory(prefix="quay-metrics-") as counts:
        os.environ[WORKERS_FOLDER] = counts
        workers = {"workers": options.workers, "timeout_worker_healthcheck": _WORKER_ANSWERS_S}
        uvicorn.run("central.app:of_environment", factory=True, **workers, **place)
    return 0


def migrate(settings: Settings, _options: argparse.Namespace) -> int:
    """Brings the database to the newest revision."""
    from central.database import migrated

    with migrated(settings.database_url):
        return 0


def seed(settings: Settings, options: argparse.Namespace) -> int:
    """Fills an empty database with a made-up chain, for demos and journeys."""
    from central.seed.chain import SMALL, Scale
    from central.seed.commands import seed_chain

    return seed_chain(settings, options.seed, options.today, SMALL if options.small else Scale())


def new_till(settings: Settings, options: argparse.Namespace) -> int:
    """Prints a one-time enrolment code for a till, which is created if need be."""
    from central.seed.commands import print_enrol_code

    return print_enrol_code(settings, options.store, options.number)


def codes(settings: Settings, options: argparse.Namespace) -> int:
    """Writes pictures of codes of the made-up chain to try at a till."""
    from central.seed.commands import write_codes

    return write_codes(settings, options.out)


def backup(settings: Settings, options: argparse.Namespace) -> int:
    """Copies the running database to a file."""
    from central.recovery_commands import back_up

    return back_up(settings, options.file)


def restore(settings: Settings, options: argparse.Namespace) -> int:
    """Puts a backup in the place of the database, under a new incarnation."""
    from central.recovery_commands import put_back

    return put_back(settings, options.file, accept_gap=options.accept_gap)


def import_export(settings: Settings, options: argparse.Namespace) -> int:
    """Books the documents of a sealed export."""
    from central.recovery_commands import take_export

    return take_export(settings, options.file)


def _add_recovery_commands(commands: Any, place: argparse.ArgumentParser) -> None:
    command = commands.add_parser("backup", parents=[place], help="copy the running database to a file")
    command.add_argument("file", type=Path, metavar="FILE")
    command.set_defaults(run=backup)

    command = commands.add_parser("restore", parents=[place], help="put a backup in the database's place")
    command.add_argument(
        "file",
        type=Path,
        nargs="?",
        metavar="FILE",
        help="left out: PostgreSQL, restored by pg_restore already",
    )
    command.add_argument(
        "--accept-gap", action="store_true", help="although tills may have pruned what the backup lacks"
    )
    command.set_defaults(run=restore)

    command = commands.add_parser("import", parents=[place], help="book the documents of a sealed export")
    command.add_argument("file", type=Path, metavar="FILE")
    command.set_defaults(run=import_export)


def _add_demo_commands(commands: Any, place: argparse.ArgumentParser) -> None:
    command = commands.add_parser("seed", parents=[place], help="fill an empty database for a demo")
    command.add_argument("--seed", type=int, default=1, help="the same number draws the same chain")
    command.add_argument("--today", type=date.fromisoformat, help="the day the chain stands at (today)")
    command.add_argument("--small", action="store_true", help="a chain for quick tests: 240 products")
    command.set_defaults(run=seed)

    command = commands.add_parser("till", help="tills").add_subparsers(required=True, metavar="ACTION")
    command = command.add_parser("new", parents=[place], help="print a one-time code to enrol a till")
    command.add_argument("--store", required=True, help="the code of the store, such as NT")
    command.add_argument("--number", type=int, required=True)
    command.set_defaults(run=new_till)

    command = commands.add_parser("codes", parents=[place], help="write pictures of codes to try at a till")
    command.add_argument("--out", type=Path, required=True)
    command.set_defaults(run=codes)


def parser() -> argparse.ArgumentParser:
    """All subcommands; each sets `run`, a function of (settings, options) that returns the exit code."""
    top = argparse.ArgumentParser(prog="quay-central", description=__doc__)
    top.add_argument("--data", type=Path, default=DEFAULT_FOLDER, help="folder of the database and the keys")
    top.add_argument("--url", default=None, help="the public URL that tills sign requests to")
    top.add_argument("--database", default=None, metavar="URL", help="postgresql://… (SQLite in the folder)")
    # they may stand behind a subcommand too; that must not set a default there again
    place = argparse.ArgumentParser(add_help=False)
    for name, kind in (("--data", Path), ("--database", str)):
        place.add_argument(name, type=kind, default=argparse.SUPPRESS, help="as above")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("serve", parents=[place], help="serve the API")
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=int, default=8480)
    command.add_argument("--proxy", metavar="ADDRESS", help="believe this proxy's X-Forwarded-For")
    command.add_argument("--workers", type=int, default=1, help="processes; several need PostgreSQL")
    command.set_defaults(run=serve)

    command = commands.add_parser("migrate", parents=[place], help="bring the database up to date")
    command.set_defaults(run=migrate)

    _add_recovery_commands(commands, place)
    add_key_commands(commands, place)
    _add_demo_commands(commands, place)
    add_case_commands(commands, place)
    add_oversight_commands(commands, place)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """The entry point `quay-central`."""
    options = parser().parse_args(arguments)
    settings = Settings.of(options.data, public_url=options.url, database_url=options.database)
    code: int = options.run(settings, options)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
