"""Figures of the shift's pages as the widgets take them."""

from __future__ import annotations

from collections.abc import Sequence

from ui.shift.state import Figure, StepState
from ui.widgets.frames import SumRow
from ui.widgets.steps import Step


def sum_rows(figures: Sequence[Figure]) -> list[SumRow]:
    """For SumRows."""
    return [SumRow(one.label, one.value, one.strong, one.ink) for one in figures]


def steps(made: Sequence[StepState]) -> list[Step]:
    """For Steps."""
    return [Step(one.title, one.line, one.state) for one in made]
