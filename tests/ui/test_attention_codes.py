"""Every reason that central can answer has words: what it is, what follows from it, what to do."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.text import use_language
from ui.attention import codes
from ui.attention.case_words import CASES

ROOT = Path(__file__).resolve().parents[2]
NOT_OF_A_DOCUMENT = {"ENROL_CODE_REUSED"}
"""Cases of central's own: no till is ever answered with them."""


def answered_codes() -> set[str]:
    """From central's source: flags, cases, quarantines and refused items."""
    found: set[str] = set()
    for path in (ROOT / "central").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            found.update(_codes_of(node))
    return found - NOT_OF_A_DOCUMENT


def _codes_of(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        if node.targets[0].id == "_UNPROVEN":
            yield from (text.upper() for text in _texts(node.value))
    elif isinstance(node, ast.Call):
        match node.func:
            case ast.Attribute(attr="flag"):
                yield from _texts(node.args[0])
            case ast.Attribute(attr="_quarantined"):
                yield from _texts(node.args[1])
            case ast.Attribute(attr="_reject"):
                if isinstance(node.args[1], ast.Constant):
                    yield from (text.upper() for text in _texts(node.args[1]))
            case ast.Name(id="Trouble"):
                yield from (text for one in node.keywords if one.arg == "code" for text in _texts(one.value))
            case ast.Name(id="Outcome"):
                yield from (text for arg in node.args for text in _texts(arg) if text.isupper())


def _texts(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def envelope_reasons() -> set[str]:
    """What a stranger's item may be refused for."""
    source = (ROOT / "pos_app" / "domain" / "envelope.py").read_text("utf-8")
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    refused = (one for one in calls if isinstance(one.func, ast.Name) and one.func.id == "DocumentRefused")
    return {
        text.upper()
        for call in refused
        for one in call.keywords
        if one.arg == "reason"
        for text in _texts(one.value)
    }


CODES = sorted(answered_codes() | envelope_reasons())


def test_the_source_names_the_codes_of_the_protocol() -> None:
    known = {
        "VOUCHER_OVERUSED", "POINTS_OVERDRAWN", "CREDIT_OVERDRAWN", "HANDOVER_AFTER_REFUND",
        "DUPLICATE_HANDOVER", "RETURN_EXCEEDS_SOLD", "STALE_PRICE", "PRICE_MISMATCH", "ENGINE_OLD",
        "CUSTOMER_MERGED", "CUSTOMER_DUPLICATE", "TILL_FORK", "CLOCK_ANOMALY", "CLOSING_MISMATCH",
        "REVOKED_ACCEPTED", "STAFF_REVOKED", "BROKEN_INVARIANT", "BUG",
        "HASH_MISMATCH", "ITEM_DISAGREES", "MISSING_FIELD",
    }  # fmt: skip
    assert known <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_code_says_what_it_is_what_follows_and_what_to_do(code: str) -> None:
    use_language("vi")
    words = CASES[code]
    assert words.title
    assert words.means.endswith(".")
    assert words.todo.endswith(".")
    assert codes.case((code,)) == words.title
    assert words.means in codes.explained((code,))
    assert words.todo in codes.explained((code,))


@pytest.mark.parametrize("code", CODES)
def test_no_code_itself_is_shown_in_its_words(code: str) -> None:
    words = CASES[code]
    assert "_" not in words.title + words.means + words.todo
    assert "không hợp lệ" not in (words.title + words.means + words.todo).lower()


def test_there_are_no_words_for_codes_that_nobody_says() -> None:
    assert set(CASES) == set(CODES)


def test_a_code_of_a_newer_central_is_read_out_on_the_phone() -> None:
    assert codes.case(("FROM_TOMORROW",)) == "Trung tâm hỏi lại: FROM_TOMORROW"
    assert "FROM_TOMORROW" in codes.explained(("FROM_TOMORROW",))


def test_of_several_codes_the_others_are_named_too() -> None:
    text = codes.explained(("VOUCHER_OVERUSED", "STALE_PRICE"))
    assert CASES["VOUCHER_OVERUSED"].means in text
    assert CASES["STALE_PRICE"].title in text
