"""Which operations just before are counted with this one: of the same customer, or by the same person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pos_app.domain.customer import CustomerCard
from pos_app.domain.money import WHOLE
from pos_app.domain.points import worth
from pos_app.services.session import Session
from pos_app.storage.recent import RecentAct, RecentActs


class Splits:
    """Amounts in đồng for `domain.limits`, within `policy.split_within` (protocol §11, last line).

    Points have their limit per customer, so another customer's never count; a discount by hand is measured in
    shares of its own cart, which add up to nothing, and stands for itself.
    """

    def __init__(self, session: Session, recent: RecentActs) -> None:
        self._session = session
        self._recent = recent

    def vouchers(self, card: CustomerCard | None) -> tuple[int, ...]:
        """What vouchers took off that were judged here."""
        return self._of(ids_of(card), self._recent.vouchers(*self._when))

    def cash_returns(self, customer: str | None) -> tuple[int, ...]:
        """Cash handed out for returns."""
        return self._of({customer}, self._recent.cash_returns(*self._when))

    def handovers(self, customer: str | None, *, known: bool) -> tuple[int, ...]:
        """Worth of hand-overs: of orders known here, or of those that were not."""
        return self._of({customer}, self._recent.handovers(*self._when, known=known))

    def points(self, card: CustomerCard, cap: int) -> frozenset[str]:
        """Documents whose points count against the cap (đồng) even if the snapshot contains them already."""
        spent = self._recent.points_spent(sorted(ids_of(card)), *self._when)
        near = -(-cap * self._session.policy.split_share_bp // WHOLE)
        return frozenset(doc_id for doc_id, points in spent.items() if worth(points) >= near)

    @property
    def _when(self) -> tuple[datetime, int]:
        return self._session.now, self._session.policy.split_within

    def _of(self, customers: Iterable[str | None], acts: Iterable[RecentAct]) -> tuple[int, ...]:
        person, ids = self._session.person, frozenset(customers) - {None}
        staff = None if person is None else person.no
        return tuple(act.amount for act in acts if act.staff == staff or ids & act.customers)


def ids_of(card: CustomerCard | None) -> frozenset[str]:
    """A customer's id and those that were merged into it."""
    return frozenset() if card is None else frozenset({card.id, *card.aliases})
