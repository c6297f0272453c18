"""Gathers every text that people see and compiles the catalogues: `python -m resources.make_translations`."""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PROJECT: Final = Path(__file__).resolve().parent.parent
FOLDERS: Final = ("pos_app", "printing", "ui")
LANGUAGES: Final = ("en",)
DOMAIN: Final = "quay"
NO_TIME: Final = datetime(2026, 1, 1, tzinfo=UTC)
MARKS: Final = ("_", "N_", "gettext", "ngettext")

MessageId = str | tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A text in the source: the Vietnamese msgid (a pair where it goes by number) and its module."""

    message: MessageId
    module: str


def found_texts(project: Path = PROJECT) -> list[Found]:
    """Every text marked in the source, in the order of modules and lines."""
    texts: list[Found] = []
    for folder in FOLDERS:
        for path in sorted((project / folder).rglob("*.py")):
            module = path.relative_to(project).as_posix()
            texts += [Found(message, module) for message in _marked(ast.parse(path.read_text("utf-8")))]
    return texts


def _marked(tree: ast.Module) -> Iterator[MessageId]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        if name not in MARKS:
            continue
        literals = [
            argument.value
            for argument in call.args[: 2 if name == "ngettext" else 1]
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        ]
        if name == "ngettext" and len(literals) == 2:
            yield literals[0], literals[1]
        elif name != "ngettext" and literals:
            yield literals[0]


def po_file(language: str) -> Path:
    """The text file that a translator edits."""
    return PROJECT / "resources" / "translations" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def mo_file(language: str) -> Path:
    """The compiled file that the program reads."""
    return po_file(language).with_suffix(".mo")


def load(language: str) -> Catalog:
    """The catalogue as it lies on the disk; an empty one for a new language."""
    path = po_file(language)
    if not path.exists():
        return Catalog(locale=language, domain=DOMAIN)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=DOMAIN)


def renewed(old: Catalog, texts: list[Found]) -> Catalog:
    """The same translations for the texts of today: new ones are empty, unused ones are gone."""
    made = Catalog(
        locale=old.locale,
        domain=DOMAIN,
        header_comment="# Texts of Quầy. The msgid is the Vietnamese text of the source.",
        project="Quầy",
        version=DOMAIN,
        msgid_bugs_address=" ",
        last_translator=" ",
        language_team=" ",
        creation_date=NO_TIME,
        revision_date=NO_TIME,
        charset="utf-8",
        fuzzy=False,
    )
    for text in texts:
        known = old.get(_key(text.message))
        entry = made.add(text.message, locations=[(text.module, 1)])
        if known is not None and not known.fuzzy and type(known.id) is type(entry.id):
            entry.string = known.string
    return made


def _key(message: MessageId) -> str:
    return message if isinstance(message, str) else message[0]


def missing(catalogue: Catalog) -> list[str]:
    """Msgids that have no text yet."""
    return [
        _key(entry.id)  # type: ignore[arg-type]  # Babel types a pair as a list of any length
        for entry in catalogue
        if entry.id and not (all(entry.string) if isinstance(entry.string, tuple | list) else entry.string)
    ]


def write(catalogue: Catalog, language: str) -> None:
    """Both files; without line numbers and times, so that they change only when a text does."""
    po_file(language).parent.mkdir(parents=True, exist_ok=True)
    with po_file(language).open("wb") as file:
        write_po(file, catalogue, width=110, sort_by_file=True, include_lineno=False)
    with mo_file(language).open("wb") as file:
        write_mo(file, catalogue)


def main() -> int:
    """Renew and compile; answers 1 while a text has no translation."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    texts, answer = found_texts(), 0
    for language in LANGUAGES:
        catalogue = renewed(load(language), texts)
        write(catalogue, language)
        for text in missing(catalogue):
            sys.stdout.write(f"{language}: no text yet for {text!r}\n")
            answer = 1
    return answer


if __name__ == "__main__":
    raise SystemExit(main())
