"""Errors carry fields; their words stand in ui.messages, and none is without."""

from __future__ import annotations

import ast
from pathlib import Path

from pos_app.domain import errors
from pos_app.domain.errors import PosError
from ui.message_texts import TEXTS

ROOT = Path(__file__).resolve().parents[2]


def error_classes() -> set[str]:
    """All classes of the errors module that are PosErrors."""
    kinds = (kind for kind in vars(errors).values() if isinstance(kind, type))
    return {kind.__name__ for kind in kinds if issubclass(kind, PosError) and kind is not PosError}


def test_every_error_has_words() -> None:
    assert error_classes() <= {kind.__name__ for kind in TEXTS}


def test_errors_for_people_are_defined_in_one_place() -> None:
    strangers = []
    for name in ("pos_app", "ui", "sync", "printing"):
        for path in (ROOT / name).rglob("*.py"):
            if path.parent == Path(errors.__file__).parent:
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                bases = getattr(node, "bases", ())
                if any(isinstance(base, ast.Name) and base.id in error_classes() for base in bases):
                    strangers.append(f"{path.relative_to(ROOT)}: {node.name}")  # type: ignore[attr-defined]
    assert not strangers
