"""How many points of a customer pay here: by central's word, else by the offline cap (rules: Points)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import CustomerMissing, PointsTooMany, PolicyRefused
from pos_app.domain.points import POINT_WORTH, spendable, worth
from pos_app.domain.policy import points_allowed
from pos_app.domain.verdict import Refused
from pos_app.services.claims import Claims
from pos_app.services.credits import Purse
from pos_app.services.online_checks import CheckKind
from pos_app.services.session import Session


@dataclass(frozen=True, slots=True)
class PointsOffer:
    """`may_spend` whole points worth `worth` đồng; `balance` as shown; `reason` why not more (a code)."""

    balance: int
    may_spend: int
    worth: int
    reason: str | None = None


class PointsSpending:
    """Of one payment. `taken` are points already taken in it, `due` đồng still open beside them."""

    def __init__(self, session: Session, purse: Purse, claims: Claims, card: CustomerCard | None) -> None:
        self._session = session
        self._customers = purse.customers
        self._splits = purse.splits
        self._claims = claims
        self._card = card

    def offer(self, due: int, taken: int) -> PointsOffer:
        """What may be spent now; all of it where central can be asked. Raises CustomerMissing."""
        offer = self._offer(due, taken, online=self._claims.may_ask)
        may = max(offer.may_spend, 0)
        return replace(offer, may_spend=may, worth=worth(may))

    def check(self, points: int, due: int, taken: int) -> None:
        """Before taking so many more. Raises AskCentral, CustomerMissing, PointsTooMany, PolicyRefused."""
        verdict = self._claims.verdict(CheckKind.POINTS, self._customer().id, taken + points)
        if verdict is not None and verdict.word == "insufficient":
            left = max(verdict.balance - taken, 0)
            raise PointsTooMany(asked=points, most=left, balance=left)
        offer = self._offer(due, taken, online=verdict is not None and verdict.is_ok)
        if offer.may_spend <= 0 and offer.reason:
            raise PolicyRefused(reason=offer.reason, asked=points, most=0)
        if not 0 < points <= offer.may_spend:
            raise PointsTooMany(asked=points, most=max(offer.may_spend, 0), balance=offer.balance)

    def check_taken(self, due: int, taken: int) -> None:
        """At the commit: what a claim covers no longer, the policy judges again. Raises PointsTooMany."""
        if not taken or self._claims.covers(CheckKind.POINTS, self._customer().id, taken):
            return
        offer = self._offer(due, taken, online=False)
        if offer.may_spend < 0:
            most, balance = offer.may_spend + taken, offer.balance + taken
            raise PointsTooMany(asked=taken, most=most, balance=balance)

    def give_back(self) -> None:
        """No points are taken any more."""
        self._claims.drop(CheckKind.POINTS, self._customer().id)

    def _customer(self) -> CustomerCard:
        if self._card is None:
            raise CustomerMissing()
        return self._card

    def _offer(self, due: int, taken: int, *, online: bool) -> PointsOffer:
        """`may_spend` is below 0 when more than may be has been taken already."""
        card = self._customer()
        known = self._customers.by_id(card.id) or card
        left = known.balance - taken
        verdict = points_allowed(self._session.policy, self._session.feed_age_s("customers"), online=online)
        if isinstance(verdict, Refused):
            return PointsOffer(left, -taken, 0, verdict.reason)
        cap = self._session.policy.points_cap(online=online)
        snapshot = self._customers.snapshot_balance(known.id)
        spent = self._customers.spent_since(known)
        counted = 0 if cap is None else self._counted(known, cap.on(snapshot)) - spent
        most = spendable(snapshot, due + worth(taken), spent, cap, counted)
        may = min(most, known.balance) - taken
        is_capped = may < min(left, due // POINT_WORTH)
        reason = "points_split" if counted else "points_offline_cap"
        return PointsOffer(left, may, worth(max(may, 0)), reason if is_capped else None)

    def _counted(self, card: CustomerCard, cap: int) -> int:
        """Points since the snapshot, and those just before it that were near the cap (protocol §11)."""
        return self._customers.spent_since(card, self._splits.points(card, cap))
