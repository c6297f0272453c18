"""`quay`: the till, and a few commands around it; exit codes instead of tracebacks."""

from __future__ import annotations

import argparse
import io
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pos_app import folders, logs, settings
from pos_app.domain.errors import FolderRefused, PosError, SecondInstance, SettingsRefused, TroubleOutside

DONE: Final = 0
NO: Final = 1
"""The command ran, and its answer is no: a picture without a code, a broken chain."""
USAGE: Final = 2
TROUBLE: Final = 3
"""The folder, a device, another till program."""
OUR_BUG: Final = 70

RECOVERY: Final = ("backup", "restore", "salvage", "export", "reset")
"""Commands for a folder in trouble, or one that should survive it (pos_app.recovery_commands)."""

log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; answers the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    chosen = _parser().parse_args(arguments)
    try:
        code: int = _COMMANDS[chosen.command](chosen)
    except PosError as error:
        sys.stderr.write(f"quay: {_said(error, chosen.command)}\n")
        return USAGE if isinstance(error, SettingsRefused) else TROUBLE
    except OSError as error:
        sys.stderr.write(f"quay: {error}\n")
        return TROUBLE
    except KeyboardInterrupt:
        return 130
    except Exception:
        log.critical("stopped by a bug", exc_info=True)
        sys.stderr.write("quay: a mistake of the program; the log says more\n")
        return OUR_BUG
    return code


def _said(error: PosError, command: str) -> str:
    """The till's refusal in the words of the counter, in a small window too where there is a screen."""
    if command != "till":
        return _sentence(error)
    from pos_app.bootstrap import refused_start  # late: Qt

    if refused_start.has_screen():
        refused_start.show(error)
    return refused_start.sentence(error)


def _sentence(error: PosError) -> str:
    """What went wrong with a command, for who reads a terminal."""
    told = error.fields
    if isinstance(error, SettingsRefused):
        return f"settings: {told['reason']} {told['field']} {told['value']}"
    if isinstance(error, SecondInstance):
        return f"another till program works in {told['folder']}; it was asked to come to the front"
    if isinstance(error, FolderRefused):
        return f"the folder {told['folder']} cannot be used: {told['reason']}"
    kind = "trouble" if isinstance(error, TroubleOutside) else "refused"
    return f"{kind}: {error}"


# --- arguments --------------------------------------------------------------------------------
def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="quay", description="Quầy: the counter of a shop.")
    _till_arguments(parser)
    parser.set_defaults(command="till")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    scan = commands.add_parser("scan", help="read codes from pictures, one line of JSON each")
    scan.add_argument("images", nargs="+", type=Path, metavar="IMAGE")
    _data_dir(scan, "verify signed codes with the keys of this till")
    scan.set_defaults(command="scan")
    vectors = commands.add_parser("vectors", help="run the golden vectors of a folder")
    vectors.add_argument("directory", type=Path, metavar="DIR")
    vectors.set_defaults(command="vectors")
    _journal_arguments(commands.add_parser("journal", help="prove or export the journal"))
    _enrol_arguments(commands.add_parser("enrol", help="become a till without a window"))
    _recovery_arguments(commands)
    return parser


def _till_arguments(parser: argparse.ArgumentParser) -> None:
    _data_dir(parser, "where the till keeps its files")
    parser.add_argument(
        "--config", type=Path, metavar="FILE", help="settings (default: quay.toml in the folder)"
    )
    parser.add_argument("--central", metavar="URL", help="central's address")
    parser.add_argument("--ca", type=Path, metavar="FILE", help="certificates of a private authority")
    parser.add_argument("--enrol", metavar="CODE", help="enrol with this one-time code")
    parser.add_argument("--printer", metavar="URL", help="tcp://host:9100 or file:///folder")
    parser.add_argument("--paper", type=int, metavar="DOTS", help="576 (80 mm) or 384 (58 mm)")
    parser.add_argument("--language", metavar="vi|en")
    parser.add_argument("--theme", metavar="light|dark|system")
    parser.add_argument("--demo", action="store_true", default=None, help="sample data, marked as such")
    parser.add_argument("--offscreen", action="store_true", help="without a visible window")


def _journal_arguments(journal: argparse.ArgumentParser) -> None:
    actions = journal.add_subparsers(required=True, metavar="ACTION")
    verify = actions.add_parser("verify", help="check hashes, links, gaps and signatures")
    verify.add_argument("--newest", type=int, metavar="N", help="only the newest N documents")
    verify.set_defaults(command="journal-verify")
    export = actions.add_parser("export", help="write all documents as JSON lines")
    export.add_argument("file", type=Path, metavar="FILE")
    export.set_defaults(command="journal-export")
    for action in (verify, export):
        _data_dir(action, "the till's folder")


def _enrol_arguments(enrol: argparse.ArgumentParser) -> None:
    enrol.add_argument("code", metavar="CODE", help="the one-time code of a manager")
    enrol.add_argument("--again", action="store_true", help="the same till, under a new epoch and new keys")
    # SUPPRESS: what stands before the command counts too
    enrol.add_argument("--central", metavar="URL", default=argparse.SUPPRESS, help="central's address")
    enrol.add_argument(
        "--ca", type=Path, metavar="FILE", default=argparse.SUPPRESS, help="a private authority"
    )
    enrol.set_defaults(command="enrol")
    _data_dir(enrol, "the till's folder")


def _recovery_arguments(commands: Any) -> None:
    backup = commands.add_parser("backup", help="make a verified backup, also while the till runs")
    backup.add_argument("--to", type=Path, metavar="DIR", help="one more copy in this folder")
    restore = commands.add_parser("restore", help="put a backup in the place of till.db")
    restore.add_argument("file", type=Path, metavar="FILE")
    salvage = commands.add_parser("salvage", help="save what a damaged till.db still says")
    salvage.add_argument("--file", type=Path, metavar="FILE", help="another journal file of this till")
    export = commands.add_parser("export", help="write all unsent documents to a file, sealed for central")
    export.add_argument("file", type=Path, metavar="FILE")
    reset = commands.add_parser("reset", help="empty the folder; refused while documents are unsent")
    reset.add_argument("--export", type=Path, metavar="FILE", help="export what is unsent first")
    for name, one in zip(RECOVERY, (backup, restore, salvage, export, reset), strict=True):
        one.set_defaults(command=name)
        _data_dir(one, "the till's folder")


def _data_dir(parser: argparse.ArgumentParser, what: str) -> None:
    # SUPPRESS: a subcommand must not overwrite what stood before it
    parser.add_argument("--data-dir", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=what)


def _folder(chosen: argparse.Namespace) -> Path:
    return Path(getattr(chosen, "data_dir", None) or folders.default_data_dir())


# --- commands ---------------------------------------------------------------------------------
def _till(chosen: argparse.Namespace) -> int:
    if chosen.offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    loaded = settings.load(_folder(chosen), chosen.config).changed(
        data_dir=getattr(chosen, "data_dir", None),
        central_url=chosen.central,
        ca_file=chosen.ca,
        printer=chosen.printer,
        paper=chosen.paper,
        language=chosen.language,
        theme=chosen.theme,
        demo=chosen.demo,
    )
    ready = loaded.changed(data_dir=folders.prepare(loaded.data_dir))
    take_off = logs.configure(folders.logs_of(ready.data_dir))
    try:
        from pos_app import bootstrap  # late: Qt and the database

        return bootstrap.run(ready, enrol=chosen.enrol)
    finally:
        take_off()


def _scan(chosen: argparse.Namespace) -> int:
    from pos_app.scan_command import known_in, scan

    data_dir = getattr(chosen, "data_dir", None)
    if data_dir is None:
        return scan(chosen.images, None, sys.stdout)
    with known_in(data_dir) as known:
        return scan(chosen.images, known, sys.stdout)


def _enrol(chosen: argparse.Namespace) -> int:
    from pos_app.enrol_command import enrol, settings_of

    ready = settings_of(_folder(chosen), chosen.config, chosen.central, chosen.ca)
    return enrol(ready, chosen.code, sys.stdout, again=chosen.again)


def _vectors(chosen: argparse.Namespace) -> int:
    from pos_app.vectors import main as run

    return run([str(chosen.directory)])


def _journal_verify(chosen: argparse.Namespace) -> int:
    from pos_app.journal_command import verify

    return verify(_folder(chosen), chosen.newest, sys.stdout)


def _journal_export(chosen: argparse.Namespace) -> int:
    from pos_app.journal_command import export

    return export(_folder(chosen), chosen.file, sys.stdout)


def _recovery(chosen: argparse.Namespace) -> int:
    from pos_app import recovery_commands as run

    folder, out = _folder(chosen), sys.stdout
    match chosen.command:
        case "backup":
            return run.backup(folder, chosen.to, out)
        case "restore":
            return run.restore(folder, chosen.file, out)
        case "salvage":
            return run.salvage(folder, chosen.file, out)
        case "export":
            return run.export(folder, chosen.file, out)
        case _:
            return run.reset(folder, chosen.export, out)


_COMMANDS: Final = {
    **dict.fromkeys(RECOVERY, _recovery),
    "till": _till,
    "enrol": _enrol,
    "scan": _scan,
    "vectors": _vectors,
    "journal-verify": _journal_verify,
    "journal-export": _journal_export,
}

if __name__ == "__main__":
    sys.exit(main())
