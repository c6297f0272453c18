"""Bundles: full sets out of several components, dearest units first, at one fixed price."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pos_app.domain.units import Group, Piece, Run, by_amount


def bundle_sets(runs: Sequence[Run], components: Sequence[tuple[set[int] | None, int]]) -> list[Group]:
    """Full sets from runs; each component is (line indexes that may serve, None = all; pieces a set).

    A unit serves one component of one set; equal sets in a row stand as one group with a count.
    """
    if not components or any(pieces < 1 for _, pieces in components):
        return []
    ordered = sorted(runs, key=by_amount)
    left = [run.count for run in ordered]
    groups: list[Group] = []
    while True:
        taken = _one_set(ordered, left, components)
        if taken is None:
            return groups
        repeat = min(left[place] // count for place, count in taken.items())
        for place, count in taken.items():
            left[place] -= count * repeat
        groups.append(([(ordered[place], count) for place, count in taken.items()], repeat))


def _one_set(
    ordered: Sequence[Run], left: Sequence[int], components: Sequence[tuple[set[int] | None, int]]
) -> dict[int, int] | None:
    taken: dict[int, int] = {}
    for lines, pieces in components:
        for place, run in enumerate(ordered):
            free = left[place] - taken.get(place, 0)
            if not pieces:
                break
            if free > 0 and (lines is None or run.line in lines):
                use = min(free, pieces)
                taken[place] = taken.get(place, 0) + use
                pieces -= use
        if pieces:
            return None
    return taken


def above_price(price: int) -> Callable[[list[Piece]], int]:
    """What a set saves: its units' sum less the bundle's price, ≤ 0 = nothing."""
    return lambda group: sum(run.amount * count for run, count in group) - price
