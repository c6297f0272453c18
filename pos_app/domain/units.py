"""The units of a cart, kept as runs of equal ones, and how a discount earned by a group is laid over it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pos_app.domain.errors import AmountRefused
from pos_app.domain.money import percent, spread_runs


@dataclass(slots=True)
class Run:
    """`count` units of one line that now cost `amount` đồng each; `taken` by an exclusive promotion.

    Units of a line with the same current amount cannot be told apart, so a line of 9999 pieces is one
    run and no rule ever loops over single pieces.
    """

    line: int
    product: str
    amount: int
    count: int
    taken: bool = False


Piece = tuple[Run, int]
Group = tuple[list[Piece], int]
"""Units taken from runs, and how many equal groups of that make stand one after the other."""


def by_amount(run: Run) -> tuple[int, str, int]:
    """Where a rule sorts: current amount descending, ties by product id (none first), then cart order."""
    return (-run.amount, run.product, run.line)


def in_listing(run: Run) -> tuple[str, int, int]:
    """The order in which units are listed for a spread."""
    return (run.product, -run.amount, run.line)


def full_groups(runs: Iterable[Run], size: int) -> list[Group]:
    """Full groups of `size` units in sorted order; what does not fill a group is left out."""
    groups: list[Group] = []
    begun: list[Piece] = []
    missing = size
    for run in sorted(runs, key=by_amount):
        left = run.count
        if missing < size:
            take = min(missing, left)
            begun.append((run, take))
            left -= take
            missing -= take
            if missing:
                continue
            groups.append((begun, 1))
            begun, missing = [], size
        if left >= size:
            groups.append(([(run, size)], left // size))
            left %= size
        if left:
            begun, missing = [(run, left)], size - left
    return groups


def last_units(group: Sequence[Piece], how_many: int) -> int:
    """Sum of the cheapest `how_many` units of a sorted group, in đồng."""
    total = 0
    for run, count in reversed(group):
        take = min(count, how_many)
        total += run.amount * take
        how_many -= take
    return total


class Units:
    """All units of a cart with their current amounts; `apply` methods answer what each line lost."""

    def __init__(self, runs: Iterable[Run]) -> None:
        self.runs: list[Run] = [run for run in runs if run.count]

    def free(self, lines: set[int] | None) -> list[Run]:
        """Runs of these lines (None = all) that no exclusive promotion has taken."""
        return [run for run in self.runs if not run.taken and (lines is None or run.line in lines)]

    def of(self, lines: set[int] | None) -> list[Run]:
        """Runs of these lines (None = all), taken or not: manual discounts and vouchers ask nobody."""
        return [run for run in self.runs if lines is None or run.line in lines]

    def amounts(self) -> dict[int, int]:
        """Current amount per line."""
        sums: dict[int, int] = {}
        for run in self.runs:
            sums[run.line] = sums.get(run.line, 0) + run.amount * run.count
        return sums

    def take_off(self, amount: int, runs: Sequence[Run], *, exclusive: bool = False) -> dict[int, int]:
        """Spreads one discount over these runs."""
        if amount <= 0:
            return {}
        group = [(run, run.count) for run in runs]
        return self.take_off_groups([(group, 1)], lambda _: amount, None, exclusive=exclusive)

    def take_off_groups(
        self,
        groups: Sequence[Group],
        earned: Callable[[list[Piece]], int],
        max_amount: int | None,
        *,
        exclusive: bool = False,
    ) -> dict[int, int]:
        """Spreads each group's discount over that group's units, in order until `max_amount` is used up.

        A group that brings nothing (any more) keeps its units free, also under `exclusive`.
        """
        changed: dict[tuple[int, str, int, bool], int] = {}
        lost: dict[int, int] = {}
        for group, discount, repeat in capped(groups, earned, max_amount):
            if discount <= 0:
                continue
            pieces = group if len(group) == 1 else sorted(group, key=_piece_in_listing)
            shares = spread_runs(discount, [(run.amount, count) for run, count in pieces])
            for (run, count), split in zip(pieces, shares, strict=True):
                run.count -= count * repeat
                line, taken = run.line, run.taken or exclusive
                for share, units in split:
                    key = (line, run.product, run.amount - share, taken)
                    changed[key] = changed.get(key, 0) + units * repeat
                    lost[line] = lost.get(line, 0) + share * units * repeat
        if changed:
            self.runs = [run for run in self.runs if run.count]
            for (line, product, amount, taken), count in changed.items():
                self.runs.append(Run(line, product, amount, count, taken))
        return {line: amount for line, amount in lost.items() if amount}


def _piece_in_listing(piece: Piece) -> tuple[str, int, int]:
    return in_listing(piece[0])


def capped(
    groups: Sequence[Group], earned: Callable[[list[Piece]], int], max_amount: int | None
) -> Iterable[tuple[list[Piece], int, int]]:
    """(group, its discount, how many times), with `max_amount` used up in the order of the groups."""
    left = max_amount
    for group, repeat in groups:
        discount = earned(group)
        if left is None or discount <= 0 or discount * repeat <= left:
            yield group, discount, repeat
            left = None if left is None else left - max(discount, 0) * repeat
            continue
        whole = left // discount
        if whole:
            yield group, discount, whole
        yield group, left - whole * discount, 1
        if repeat - whole > 1:
            yield group, 0, repeat - whole - 1
        left = 0


def nth_item(percent_bp: int) -> Callable[[list[Piece]], int]:
    """Percent of the last unit of each group."""
    return lambda group: percent(group[-1][0].amount, percent_bp)


def cheapest_free(how_many: int) -> Callable[[list[Piece]], int]:
    """The last `how_many` units of each group cost nothing."""
    return lambda group: last_units(group, how_many)


def group_discounts(
    kind: str, units: Sequence[int], n: int, m: int, percent_bp: int, max_amount: int | None
) -> tuple[list[int], list[int]]:
    """Discount of each full group, and every unit's amount afterwards, for `nth_item` and `buy_n_get_m`.

    `units` are amounts of different products in listing order (rules: Price of a cart, 2).
    """
    size = n if kind == "nth_item" else n + m
    if size < 1:
        raise AmountRefused(amount=size, least=1, most=None)
    earned = nth_item(percent_bp) if kind == "nth_item" else cheapest_free(m)
    table = Units(Run(place, f"{place:09d}", amount, 1) for place, amount in enumerate(units))
    groups = full_groups(table.runs, size)
    discounts = [amount for _, amount, repeat in capped(groups, earned, max_amount) for _ in range(repeat)]
    lost = table.take_off_groups(groups, earned, max_amount)
    return discounts, [amount - lost.get(place, 0) for place, amount in enumerate(units)]
