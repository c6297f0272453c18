"""Builds everything once, by plain constructor calls; the program starts here."""

from __future__ import annotations

from pos_app.settings import Settings


def run(settings: Settings, *, enrol: str | None = None) -> int:
    """The till with its window, until it is closed. Answers the exit code."""
    from pos_app.bootstrap.program import run_till  # late: Qt costs half a second

    return run_till(settings, enrol=enrol)
