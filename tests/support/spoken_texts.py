"""Finds Vietnamese words in the source that no translation can reach."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from resources.make_translations import MARKS

LETTERS: Final = (
    frozenset("ăâêôơưđ") | {chr(code) for code in range(0x1EA0, 0x1EFA)} | frozenset("áàãéèíìóòõúùýạảẹẻ")
)
NAMES: Final = ("Quầy", "đ")  # the program's name and the sign of the money are the same everywhere


def unmarked(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and words of every Vietnamese literal that is neither marked nor a docstring."""
    spoken = {id(argument) for call in _marked(tree) for argument in call.args}
    spoken |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)) or id(node) in spoken:
            continue
        words = node.value
        if LETTERS & set(words.casefold()) and not words.startswith(NAMES[0]) and words.strip() != NAMES[1]:
            yield node.lineno, words


def _marked(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in MARKS:
                yield node
