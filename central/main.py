"""quay-central: the command line of the reference backend, one function per subcommand."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from central.settings import DEFAULT_FOLDER, Settings


def serve(settings: Settings, options: argparse.Namespace) -> int:
    """Serves the API until stopped. Plain HTTP: TLS ends in front of it, or it listens on loopback only."""
    import uvicorn

    from central.app import build

    uvicorn.run(
        build(settings),
        host=options.host,
        port=options.port,
        log_level="info",
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )
    return 0


def migrate(settings: Settings, _options: argparse.Namespace) -> int:
    """Brings the database to the newest revision."""
    from central.database import Database

    Database(settings.database_url).migrate()
    return 0


def parser() -> argparse.ArgumentParser:
    """All subcommands; each sets `run`, a function of (settings, options) that returns the exit code."""
    top = argparse.ArgumentParser(prog="quay-central", description=__doc__)
    top.add_argument("--data", type=Path, default=DEFAULT_FOLDER, help="folder of the database and the keys")
    top.add_argument("--url", default=None, help="the public URL that tills sign requests to")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("serve", help="serve the API")
    command.add_argument("--host", default="127.0.0.1")
    command.add_argument("--port", type=int, default=8480)
    command.set_defaults(run=serve)

    command = commands.add_parser("migrate", help="bring the database to the newest revision")
    command.set_defaults(run=migrate)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """The entry point `quay-central`."""
    options = parser().parse_args(arguments)
    settings = Settings.of(folder=options.data, public_url=options.url)
    code: int = options.run(settings, options)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
