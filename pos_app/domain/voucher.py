"""Vouchers: the campaign's rules, one use of a code in a cart, and whether it is good here and now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import Any

from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import (
    VoucherAlreadyInCart,
    VoucherExpired,
    VoucherNeedsCustomer,
    VoucherNotADiscount,
    VoucherNotBirthday,
    VoucherNotStackable,
    VoucherNotYet,
    VoucherOfOther,
    VoucherOtherStore,
    VoucherUsedUp,
)
from pos_app.domain.foreign_codes import UNSIGNED
from pos_app.domain.giving import Giving
from pos_app.domain.product_set import EVERYTHING, ProductSet
from pos_app.domain.promotion import near_birthday
from pos_app.domain.validity import begins, ends

BIRTHDAY_DAYS = 7


class VoucherKind(StrEnum):
    """What a voucher does; the numbers of the code are 1, 2, 3, 4 in this order."""

    AMOUNT = "amount"
    PERCENT = "percent"
    GIFT = "gift"
    STORED_VALUE = "stored_value"


@dataclass(frozen=True, slots=True)
class UnsignedPaper:
    """How the shop's own vouchers of a campaign begin, and đồng that each is worth (protocol §7)."""

    prefix: str
    value: int

    @classmethod
    def from_json(cls, body: Mapping[str, Any] | None) -> UnsignedPaper | None:
        """`{"prefix": "LM50K-", "value": 50000}`; None where the campaign has no such papers."""
        return cls(str(body["prefix"]).upper(), int(body["value"])) if body else None


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign as the `campaigns` feed brings it. `offline` is `accept` or `refuse`.

    `gifts` lists product ids per gift number; `max_amount` caps what a percent voucher takes off (đồng).
    `paper` names papers of the campaign that bear no signature, `gives` the sales that earn one.
    """

    no: int
    ver: int
    name: str
    kind: VoucherKind
    explanation: str = ""
    max_amount: int | None = None
    products: ProductSet = EVERYTHING
    stacking: bool = True
    offline: str = "refuse"
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    gifts: tuple[tuple[int, tuple[str, ...]], ...] = ()
    birthday: bool = False
    first_purchase: bool = False
    uses_per_customer: int | None = None
    paper: UnsignedPaper | None = None
    gives: Giving | None = None

    @property
    def has_customer_rules(self) -> bool:
        """Rules that only central can check: offline they count as unknown (protocol §11)."""
        return self.first_purchase or self.uses_per_customer is not None

    def gift_choices(self, number: int) -> tuple[str, ...]:
        """Product ids to try in order: those of the gift number, then the others of the campaign."""
        own = [ids for no, ids in self.gifts if no == number]
        others = [ids for no, ids in self.gifts if no != number]
        return tuple(product for ids in own + others for product in ids)

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Campaign:
        """Reads a `campaign/<no>` item or a draft's snapshot."""
        gifts = body.get("gifts") or {}
        return cls(
            no=body["campaign"],
            ver=body["ver"],
            name=body["name"],
            kind=VoucherKind(body["kind"]),
            explanation=body.get("explanation") or "",
            max_amount=body.get("max_amount"),
            products=ProductSet(
                frozenset(body.get("products") or ()), frozenset(body.get("categories") or ())
            ),
            stacking=bool(body.get("stacking", True)),
            offline=body.get("offline") or "refuse",
            valid_from=begins(body.get("from")),
            valid_to=ends(body.get("to")),
            gifts=tuple((int(no), tuple(ids)) for no, ids in sorted(gifts.items(), key=_gift_number)),
            birthday=bool(body.get("birthday", False)),
            first_purchase=bool(body.get("first_purchase", False)),
            uses_per_customer=body.get("uses_per_customer"),
            paper=UnsignedPaper.from_json(body.get("unsigned")),
            gives=Giving.from_json(body.get("gives")),
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "campaign": self.no,
            "ver": self.ver,
            "name": self.name,
            "kind": self.kind.value,
            "explanation": self.explanation,
            "max_amount": self.max_amount,
            "products": sorted(self.products.ids),
            "categories": sorted(self.products.categories),
            "stacking": self.stacking,
            "offline": self.offline,
            "from": None if self.valid_from is None else self.valid_from.isoformat(),
            "to": None if self.valid_to is None else self.valid_to.isoformat(),
            "gifts": {str(no): list(ids) for no, ids in self.gifts},
            "birthday": self.birthday,
            "first_purchase": self.first_purchase,
            "uses_per_customer": self.uses_per_customer,
            "unsigned": None if self.paper is None else asdict(self.paper),
            "gives": None if self.gives is None else self.gives.to_json(),
        }


def _gift_number(item: tuple[str, Any]) -> int:
    return int(item[0])


@dataclass(frozen=True, slots=True)
class VoucherUse:
    """One genuine code in a cart. `value`: đồng, basis points or gift number; `store` 0 = any.

    `allowed_by` is `online`, `policy` or `manager` once somebody has allowed it. `customer` is whom a bound
    one was taken for (an id).
    """

    serial: int
    key_id: int
    kind: VoucherKind
    value: int
    campaign: Campaign
    min_basket: int = 0
    valid_until: date | None = None
    store: int = 0
    max_uses: int = 1
    is_bound: bool = False
    allowed_by: str = ""
    customer: str | None = None

    @property
    def is_signed(self) -> bool:
        return self.key_id != UNSIGNED

    def allowed(self, by: str) -> VoucherUse:
        return replace(self, allowed_by=by)

    def to_json(self) -> dict[str, Any]:
        return {
            "serial": str(self.serial),
            "key_id": self.key_id,
            "kind": self.kind.value,
            "value": self.value,
            "campaign": self.campaign.to_json(),
            "min_basket": self.min_basket,
            "valid_until": None if self.valid_until is None else self.valid_until.isoformat(),
            "store": self.store,
            "max_uses": self.max_uses,
            "is_bound": self.is_bound,
            "allowed_by": self.allowed_by,
            "customer": self.customer,
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> VoucherUse:
        until = body.get("valid_until")
        return cls(
            serial=int(body["serial"]),
            key_id=body["key_id"],
            kind=VoucherKind(body["kind"]),
            value=body["value"],
            campaign=Campaign.from_json(body["campaign"]),
            min_basket=body.get("min_basket", 0),
            valid_until=None if until is None else date.fromisoformat(until),
            store=body.get("store", 0),
            max_uses=body.get("max_uses", 1),
            is_bound=body.get("is_bound", False),
            allowed_by=body.get("allowed_by", ""),
            customer=body.get("customer"),
        )


@dataclass(frozen=True, slots=True)
class VoucherFacts:
    """What a till knows when a voucher is scanned. `at` is max(wall, trusted_low), protocol §8.

    `bound_to_customer` says whether the code's binding is met by the attached customer or an alias.
    """

    store: int
    at: datetime
    zone: tzinfo
    customer: CustomerCard | None = None
    bound_to_customer: bool = False
    uses_known: int = 0


def check_voucher(use: VoucherUse, facts: VoucherFacts) -> None:
    """Everything but the basket (price_cart) and stacking. Raises the fitting VoucherRefused."""
    check_place_and_dates(use, facts)
    if use.max_uses and facts.uses_known >= use.max_uses:
        raise VoucherUsedUp(serial=use.serial, uses=facts.uses_known, max_uses=use.max_uses)
    check_customer(use, facts)


def check_place_and_dates(use: VoucherUse, facts: VoucherFacts) -> None:
    """The first checks of protocol §7 after the signature: a discount at all, this store, these dates."""
    if use.kind is VoucherKind.STORED_VALUE:
        raise VoucherNotADiscount(serial=use.serial)
    if use.store not in (0, facts.store):
        raise VoucherOtherStore(serial=use.serial, store=use.store)
    _check_dates(use, facts)


def _check_dates(use: VoucherUse, facts: VoucherFacts) -> None:
    campaign = use.campaign
    if campaign.valid_from is not None and facts.at < campaign.valid_from:
        raise VoucherNotYet(serial=use.serial, valid_from=campaign.valid_from)
    if use.valid_until is not None and facts.at.astimezone(facts.zone).date() > use.valid_until:
        raise VoucherExpired(serial=use.serial, valid_until=use.valid_until)
    if campaign.valid_to is not None and facts.at >= campaign.valid_to:
        raise VoucherExpired(serial=use.serial, valid_until=campaign.valid_to)


def check_customer(use: VoucherUse, facts: VoucherFacts) -> None:
    """Whose it is: bound, birthday and customer rules need the right customer attached."""
    campaign, customer = use.campaign, facts.customer
    if customer is None:
        if use.is_bound or campaign.birthday or campaign.has_customer_rules:
            raise VoucherNeedsCustomer(serial=use.serial)
        return
    if use.is_bound and not facts.bound_to_customer:
        raise VoucherOfOther(serial=use.serial)
    today = facts.at.astimezone(facts.zone).date()
    if campaign.birthday and not near_birthday(customer.birthday, today, BIRTHDAY_DAYS):
        raise VoucherNotBirthday(serial=use.serial, days=BIRTHDAY_DAYS)


def check_stacking(use: VoucherUse, others: Sequence[VoucherUse]) -> None:
    """Raises VoucherAlreadyInCart, or VoucherNotStackable when one of two vouchers stands alone."""
    for other in others:
        if other.serial == use.serial:
            raise VoucherAlreadyInCart(serial=use.serial)
        if not (use.campaign.stacking and other.campaign.stacking):
            raise VoucherNotStackable(serial=use.serial, other=other.serial)
