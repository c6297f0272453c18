"""An amount against a soft and a hard limit; several just under one count as one (protocol §11)."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.domain.money import WHOLE
from pos_app.domain.verdict import ALLOWED, NeedsManager, NeedsProof, Refused, Verdict


def between(reason: str, asked: int, soft: int, hard: int) -> Verdict:
    """Above `soft` a manager, above `hard` nobody."""
    if asked > hard:
        return Refused(reason, asked, hard)
    return NeedsManager(reason, asked, soft) if asked > soft else ALLOWED


def strictest(*verdicts: Verdict) -> Verdict:
    """The one that asks for most."""
    for kind in (Refused, NeedsProof, NeedsManager):
        for verdict in verdicts:
            if isinstance(verdict, kind):
                return verdict
    return ALLOWED


def as_one(amount: int, earlier: Sequence[int], limit: int, share_bp: int) -> int:
    """`amount` with what of `earlier` was just under the limit, too; all in đồng.

    Just under = `share_bp` of the limit or more (`policy.split_share_bp`, 80 %). An amount that is not so
    near stands for itself.
    """
    least = -(-limit * share_bp // WHOLE)
    if limit <= 0 or amount < least:
        return amount
    return amount + sum(one for one in earlier if one >= least)


def together(
    reason: str, amount: int, earlier: Sequence[int], limits: tuple[int, int], share_bp: int
) -> Verdict:
    """As `between` of (soft, hard), with operations just before; near the soft limit, where there is one.

    When those make the difference the reason says so: `<reason>_split`.
    """
    soft, hard = limits
    alone = between(reason, amount, soft, hard)
    whole = as_one(amount, earlier, soft or hard, share_bp)
    if whole == amount or isinstance(alone, Refused):
        return alone
    return between(f"{reason}_split", whole, soft, hard)
