"""What paper shows beside the journal's body: names, the shop's address, the code, the state at printing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta, timezone, tzinfo
from typing import Any, Final

Body = Mapping[str, Any]
"""A journal body: the envelope with its `payload` (protocol §3, §3a)."""

VIETNAM: Final = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Goods:
    """Words for a line whose document names only the product."""

    name: str
    variant: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class CreditFacts:
    """Store credit that a document spent: the number of its paper ("" when unknown), đồng left on it."""

    receipt_no: str
    left: int


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """The shop's header. All texts; what is empty is left out."""

    chain: str = ""
    name: str = ""
    tagline: str = ""
    address: str = ""
    phone: str = ""
    tax_code: str = ""

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> StoreFacts:
        """From the item `store/<no>` of the policy feed."""
        texts = ("chain", "name", "tagline", "address", "tax_code")
        phone = str(body.get("hotline") or body.get("phone") or "")
        return cls(**{name: str(body.get(name) or "") for name in texts}, phone=phone)


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """Facts of one document that its body does not hold.

    `hash_hex` is the document's hash, `code` its receipt code (protocol §7 type 4). `customer` is the short
    name, `last3` the end of the phone. `goods` by product id, `order_goods` by the
    number of an order's line, `kinds` names a category in running text
    ("giày") by its id, `rules` names promotions by id and campaigns by number, `issued` gives the code text
    of vouchers handed out, by serial. `balance` is in points. `original` is the number of the receipt that a
    return, void or reversal belongs to. `e_invoice`: the paper says that a tax invoice follows.
    `credits` by account, as they stood when the document was written.
    """

    store: StoreFacts
    hash_hex: str
    till_number: int
    cashier: str = ""
    code: str | None = None
    customer: str = ""
    last3: str = ""
    balance: int | None = None
    goods: Mapping[str, Goods] = field(default_factory=dict)
    order_goods: Mapping[int, Goods] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    issued: Mapping[str, str] = field(default_factory=dict)
    order_number: str = ""
    original: str = ""
    credits: Mapping[str, CreditFacts] = field(default_factory=dict)
    e_invoice: bool = False
    zone: tzinfo = VIETNAM


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """Facts of a shift report that its body does not hold."""

    store: StoreFacts
    till_number: int
    hash_hex: str = ""
    cashier: str = ""
    zone: tzinfo = VIETNAM
