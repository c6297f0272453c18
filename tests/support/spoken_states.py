"""States of the pictures in the language in use: their Vietnamese words looked up in the catalogue."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from pos_app import text
from resources.make_translations import load

Shown = TypeVar("Shown")
FACTS, SENTENCES = " · ", ". "
VERSION = re.compile(r"Quầy \d+\.\d+")


def spoken(state: Shown) -> Shown:
    """The same state with every text translated; names, goods and figures stay as they are."""
    if text.language() == "vi":
        return state
    return _said(state)  # type: ignore[no-any-return]


def _said(value: Any) -> Any:
    if isinstance(value, str):
        return _words(value)
    if isinstance(value, tuple | list):
        return type(value)(_said(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type) and value.__dataclass_params__.frozen:  # type: ignore[attr-defined]
        changed = {
            field.name: _said(getattr(value, field.name))
            for field in fields(value)
            if field.init and getattr(value, field.name) is not None
        }
        return replace(value, **changed)
    return value


def _words(words: str) -> str:
    exact, patterns = _catalogue()
    if VERSION.fullmatch(words):
        return words
    if words in exact:
        return exact[words]
    for pattern, names, english in patterns:
        match = pattern.fullmatch(words)
        if match is not None:
            given = {name: _words(value) for name, value in zip(names, match.groups(), strict=True)}
            return _by_number(english, given).format(**given)
    for joint in (FACTS, SENTENCES):
        if joint in words:
            return joint.join(_words(part) for part in words.split(joint))
    return f"{exact[words + '.'].removesuffix('.')}" if f"{words}." in exact else words


def _by_number(english: tuple[str, ...], given: dict[str, str]) -> str:
    return english[0] if len(english) == 1 or "1" in given.values() else english[1]


@cache
def _catalogue() -> tuple[dict[str, str], list[tuple[re.Pattern[str], list[str], tuple[str, ...]]]]:
    """Plain texts, and those with places in them, the longest first."""
    exact: dict[str, str] = {}
    patterns = []
    for entry in load("en"):
        vietnamese = entry.id if isinstance(entry.id, str) else entry.id[0]
        english = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)
        if not vietnamese:
            continue
        names = re.findall(r"\{(\w+)\}", vietnamese)
        if not names:
            exact[vietnamese] = english[0]
            continue
        if len(re.sub(r"\{\w+\}", "", vietnamese).strip()) < 2:
            continue  # "{amount}đ" would swallow everything
        parts = [re.escape(part) for part in re.split(r"\{\w+\}", vietnamese)]
        patterns.append((re.compile("(.+?)".join(parts)), names, english))
    return exact, sorted(patterns, key=lambda one: (one[0].groups, -len(one[0].pattern)))
