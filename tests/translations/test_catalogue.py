"""The English catalogue: complete, nothing unused, the same placeholders, compiled."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import pytest

from pos_app import text
from resources import make_translations as translations
from tests.support.spoken_texts import unmarked

PLACEHOLDER = re.compile(r"\{[^}]*\}|</?b>")
CATALOGUE = translations.load("en")
TEXTS = translations.found_texts()


def entries() -> list[tuple[list[str], list[str]]]:
    """Msgids and texts of every entry."""

    def listed(value: object) -> list[str]:
        return [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]

    return [(listed(entry.id), listed(entry.string)) for entry in CATALOGUE if entry.id]


def test_every_text_of_the_source_has_an_english_one() -> None:
    fresh = translations.renewed(CATALOGUE, TEXTS)
    assert translations.missing(fresh) == [], "add the English text: docs/developer.md, Add a text"


def test_no_entry_is_unused() -> None:
    used = {text.message if isinstance(text.message, str) else text.message[0] for text in TEXTS}
    assert [ids[0] for ids, _texts in entries() if ids[0] not in used] == []


def test_an_english_text_keeps_its_placeholders() -> None:
    wrong = [
        (ids[0], english)
        for ids, texts in entries()
        for english in texts
        if english and sorted(PLACEHOLDER.findall(english)) != sorted(PLACEHOLDER.findall(ids[0]))
    ]
    assert wrong == []


def test_a_text_by_number_has_a_singular_and_a_plural() -> None:
    assert [ids[0] for ids, texts in entries() if len(ids) != len(texts) or " | " in "".join(texts)] == []


def test_a_sentence_ends_as_its_source_does() -> None:
    wrong = [
        (ids[0], english)
        for ids, texts in entries()
        for english in texts
        if english and (ids[0].endswith("…") != english.endswith("…") or english != english.strip())
    ]
    assert wrong == []


def test_the_compiled_catalogue_is_that_of_the_text_file() -> None:
    with translations.mo_file("en").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    stale = [
        ids[0]
        for ids, texts in entries()
        if texts[0]
        and (compiled.gettext(ids[0]) if len(ids) == 1 else compiled.ngettext(ids[0], ids[1], 1)) != texts[0]
    ]
    assert stale == [], "run python -m resources.make_translations"


def test_numbers_choose_singular_and_plural() -> None:
    text.use_language("en")
    try:
        one, many = (text.ngettext("{n} món", "{n} món", n).format(n=n) for n in (1, 2))
    finally:
        text.use_language("vi")
    assert (one, many) == ("1 item", "2 items")


@pytest.mark.parametrize("folder", translations.FOLDERS)
def test_no_vietnamese_sentence_is_left_unmarked(folder: str) -> None:
    project = translations.PROJECT
    found = [
        f"{path.relative_to(project).as_posix()}:{line}: {words}"
        for path in sorted((project / folder).rglob("*.py"))
        for line, words in unmarked(ast.parse(path.read_text("utf-8")))
        if path.relative_to(project) not in DATA
    ]
    assert found == []


DATA = {
    Path("pos_app/domain/amount_words.py"),  # numbers spelled out in Vietnamese
    Path("pos_app/domain/product.py"),  # a unit of the catalogue
    Path("pos_app/domain/text_folding.py"),
    Path("pos_app/domain/masking.py"),
    Path("pos_app/text.py"),  # what a person may type for an amount
    Path("printing/test_page.py"),  # the letters that a printer must know
}
