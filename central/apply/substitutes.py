"""Other goods in the place of an order's line: the line is done, and waits again when they come back."""

from __future__ import annotations

from central.apply.reading import Body, items, part, whole


def replaced_by(handover: Body) -> dict[int, int]:
    """Number of a line that was handed over → the order's line that it stands for.

    A line of the order that was refused in the same document is done by that.
    """
    refused = {whole(one, "order_line") for one in items(handover, "refused")}
    stands_for = {whole(one, "no"): whole(one, "order_line") for one in items(handover, "substituted")}
    return {no: line for no, line in stands_for.items() if line not in refused}


def taken_instead(handover: Body) -> list[tuple[int, int]]:
    """(line of the order, thousandths of what was handed over for it)."""
    stands_for = replaced_by(handover)
    goods = (*items(handover, "lines"), *items(part(handover, "sale"), "lines"))
    return [
        (stands_for[line["no"]], whole(line, "quantity")) for line in goods if line.get("no") in stands_for
    ]
