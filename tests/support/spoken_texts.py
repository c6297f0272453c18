"""Finds Vietnamese words that no translation reaches: unmarked in the source, or left over on a screen."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from resources.make_translations import MARKS, load

LETTERS: Final = (
    frozenset("ăâêôơưđ") | {chr(code) for code in range(0x1EA0, 0x1EFA)} | frozenset("áàãéèíìóòõúùýạảẹẻ")
)
NAMES: Final = ("Quầy", "đ", "Tiếng Việt")  # the same in every language


def unmarked(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and words of every Vietnamese literal that is neither marked nor a docstring."""
    spoken = {id(argument) for call in _marked(tree) for argument in call.args}
    spoken |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)) or id(node) in spoken:
            continue
        words = node.value
        if LETTERS & set(words.casefold()) and not words.startswith(NAMES[0]) and words.strip() not in NAMES:
            yield node.lineno, words


def _marked(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in MARKS:
                yield node


def left_over(window: QWidget) -> list[str]:
    """Words that are still Vietnamese though English ones exist; names and goods stay as they are."""
    found = []
    for widget in [window, *window.findChildren(QWidget)]:
        if widget.isVisible() and widget.objectName() != "version":  # a name and a number
            found += [f"{widget.objectName()}: {words}" for words in _words(widget) if _has_english(words)]
    return found


def _words(widget: QWidget) -> list[str]:
    words = [widget.accessibleName(), widget.toolTip()]
    if isinstance(widget, QLabel | QAbstractButton):
        words.append(widget.text())
    if isinstance(widget, QLineEdit):
        words.append(widget.placeholderText())
    return [one.replace("\N{NON-BREAKING HYPHEN}", "-") for one in words if one]


def _has_english(words: str) -> bool:
    exact, patterns = _vietnamese()
    return words in exact or any(pattern.fullmatch(words) for pattern in patterns)


@cache
def _vietnamese() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Every msgid whose English differs: plain ones, and patterns of those with places in them."""
    exact, patterns = set(), []
    for entry in load("en"):
        for text in [entry.id] if isinstance(entry.id, str) else entry.id:
            bare = re.sub(r"\{[^}]*\}", "", text)
            if not text or text == entry.string or not LETTERS & set(bare.casefold()):
                continue
            if bare == text:
                exact.add(text)
            else:
                parts = (re.escape(part) for part in re.split(r"\{[^}]*\}", text))
                patterns.append(re.compile(".+".join(parts)))
    return frozenset(exact), tuple(patterns)
