"""Online checks, claims and look-ups (protocol §9)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from sync.messages import Request, UuidText, Wire, Words

CheckKind = Literal["voucher", "points", "credit", "handover", "return"]
VerdictWord = Literal["ok", "used", "revoked", "cancelled", "insufficient", "unknown"]
Key = Annotated[Words, Field(min_length=1, max_length=200)]


class CheckRequest(Request):
    """`key`: a voucher's serial, short code or, for a code that central alone knows, its text · a customer ·
    a store credit's account or what stands on its paper · an order's number · a receipt.

    `quantity`: uses of a discount voucher, đồng of stored value and credit, points, thousandths of goods;
    0 asks without claiming. `customer`: whom the cart is for, asked about where a campaign has customer rules
    (§11); without it they are not looked at.
    """

    kind: CheckKind
    key: Key
    quantity: Annotated[int, Field(ge=0, le=2**53 - 1)]
    doc_id: UuidText
    customer: UuidText | None = None


class VoucherTerms(Wire):
    """What a QR would have said, for a voucher that was named in another way."""

    serial: str
    key_id: int
    campaign: int
    kind: Literal["amount", "percent", "gift", "stored"]
    value: int
    min_basket: int
    valid_until: str
    store: int
    max_uses: int
    is_bound: bool
    customer: str | None = None


class CheckAnswer(Wire):
    """`balance`: what is left beside the claims of others, in the unit of the question. `insufficient` for a
    discount voucher: the customer rules of its campaign leave nothing.

    `holder`: the till (as on receipts, "NT02") that holds or has used it. `key`: what the claim stands under,
    for `release`; a store credit's account. `claim_until` with `ok` of a quantity above 0 only.
    """

    verdict: VerdictWord
    server_time: str
    key: str
    holder: str | None = None
    balance: int | None = None
    claim_until: str | None = None
    terms: VoucherTerms | None = None


class ReleaseRequest(Request):
    """POST /v1/claims/release: the code has left the cart. `key` as the answer named it."""

    key: Key
    doc_id: UuidText


class LookupAnswer(Wire):
    """GET /v1/lookup. Nothing found is an answer like any other: `found` false and the rest empty.

    `receipt` and `order` have the form of an item of the feeds `sales` and `orders`, `customers` that of
    `customers`; `receipts` are the newest ones of the customer or the order.
    """

    found: bool
    server_time: str
    receipt: dict[str, Any] | None = None
    order: dict[str, Any] | None = None
    customers: list[dict[str, Any]] = Field(default_factory=list)
    receipts: list[dict[str, Any]] = Field(default_factory=list)
