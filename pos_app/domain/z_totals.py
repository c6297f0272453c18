"""What a shift's documents add up to: the figures of the X and Z report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pos_app.domain.money import VatRow, vat_table
from pos_app.domain.tender import TenderKind, TransferState

Body = Mapping[str, Any]

_WITH_TENDERS = ("sale", "return", "exchange", "void", "handover", "handover_reversal", "order_payment")


@dataclass(frozen=True, slots=True)
class Sum:
    """So many documents worth so many đồng (signed as in the documents)."""

    count: int = 0
    total: int = 0

    def plus(self, amount: int) -> Sum:
        return Sum(self.count + 1, self.total + amount)

    def to_json(self) -> dict[str, int]:
        return {"count": self.count, "total": self.total}


@dataclass(frozen=True, slots=True)
class _Taxed:
    amount: int
    vat_rate: int
    vat: int


@dataclass(slots=True)
class _Tally:
    sums: dict[str, Sum] = field(default_factory=dict)
    tenders: dict[str, int] = field(default_factory=dict)
    discounts: dict[str, int] = field(default_factory=dict)
    taxed: list[_Taxed] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    cash: int = 0
    rounding: int = 0
    drawer_openings: int = 0
    unconfirmed: list[dict[str, Any]] = field(default_factory=list)

    def add(self, name: str, amount: int) -> None:
        self.sums[name] = self.sums.get(name, Sum()).plus(amount)

    def pay(self, kind: str, amount: int) -> None:
        self.tenders[kind] = self.tenders.get(kind, 0) + amount
        if kind == TenderKind.CASH:
            self.cash += amount


@dataclass(frozen=True, slots=True)
class ZTotals:
    """`cash` = Σ signed cash entries without the float; `tenders` net per kind; handovers stand apart."""

    count: int
    sales: Sum
    returns: Sum
    voids: Sum
    handovers: Sum
    order_payments: Sum
    cash_in: Sum
    cash_out: Sum
    tenders: Mapping[str, int]
    discounts: Mapping[str, int]
    vat: tuple[VatRow, ...]
    rounding: int
    cash: int
    drawer_openings: int
    unconfirmed_transfers: tuple[Mapping[str, Any], ...]
    first_receipt: str | None
    last_receipt: str | None

    @property
    def revenue(self) -> int:
        """Sales and hand-overs less returns and voids, before rounding."""
        return sum(part.total for part in (self.sales, self.returns, self.voids, self.handovers))

    @classmethod
    def of(cls, documents: Iterable[Body]) -> ZTotals:
        """Adds up the shift's document bodies in the order of `seq`; training counts nowhere."""
        bodies = [body for body in documents if not body.get("training")]
        known = {body["doc_id"]: body for body in bodies if "doc_id" in body}
        tally = _Tally()
        for body in bodies:
            _count(tally, body["kind"], body["payload"], known)
        sums = tally.sums
        return cls(
            count=len(bodies),
            sales=sums.get("sale", Sum()),
            returns=sums.get("return", Sum()),
            voids=sums.get("void", Sum()),
            handovers=sums.get("handover", Sum()),
            order_payments=sums.get("order_payment", Sum()),
            cash_in=sums.get("cash_in", Sum()),
            cash_out=sums.get("cash_out", Sum()),
            tenders={kind: amount for kind, amount in sorted(tally.tenders.items()) if amount},
            discounts=dict(sorted(tally.discounts.items())),
            vat=vat_table(tally.taxed),
            rounding=tally.rounding,
            cash=tally.cash,
            drawer_openings=tally.drawer_openings,
            unconfirmed_transfers=tuple(tally.unconfirmed),
            first_receipt=tally.receipts[0] if tally.receipts else None,
            last_receipt=tally.receipts[-1] if tally.receipts else None,
        )

    def to_json(self) -> dict[str, Any]:
        """The fields of `shift_close` that come from documents."""
        return {
            "tenders": dict(self.tenders),
            "vat": [
                {"rate": row.rate, "gross": row.gross, "net": row.net, "vat": row.vat} for row in self.vat
            ],
            "sales": self.sales.to_json(),
            "returns": self.returns.to_json(),
            "voids": self.voids.to_json(),
            "handovers": self.handovers.to_json(),
            "order_payments": self.order_payments.to_json(),
            "cash_in": self.cash_in.to_json(),
            "cash_out": self.cash_out.to_json(),
            "discounts": dict(self.discounts),
            "rounding": self.rounding,
            "drawer_openings": self.drawer_openings,
            "unconfirmed_transfers": [dict(item) for item in self.unconfirmed_transfers],
            "first_receipt": self.first_receipt,
            "last_receipt": self.last_receipt,
        }


def _count(tally: _Tally, kind: str, payload: Body, known: Mapping[str, Body]) -> None:
    if payload.get("receipt_no"):
        tally.receipts.append(payload["receipt_no"])
    if kind in _WITH_TENDERS:
        _count_money(tally, kind, payload, known)
    elif kind in ("cash_in", "cash_out"):
        tally.add(kind, payload["amount"])
        tally.cash += payload["amount"] if kind == "cash_in" else -payload["amount"]
    elif kind == "drawer_open":
        tally.drawer_openings += 1
    elif kind == "tender_correction":
        _correct(tally, payload, known)


def _count_money(tally: _Tally, kind: str, payload: Body, known: Mapping[str, Body]) -> None:
    for tender in (*payload.get("tenders", ()), *(payload.get("refunds") or ())):
        tally.pay(tender["kind"], tender["amount"])
    if kind == "void":
        _count_void(tally, payload, known)
        return
    tally.rounding += payload.get("rounding", 0)
    name = "return" if kind == "handover_reversal" else kind
    tally.add(name, payload.get("total", payload.get("difference", 0)))
    for line in _lines(payload):
        tally.taxed.append(_Taxed(line["amount"], line["vat_rate"], line["vat"]))
        for discount in line.get("discounts", ()):
            step = discount["step"]
            tally.discounts[step] = tally.discounts.get(step, 0) + discount["amount"]
    for tender in payload.get("tenders", ()):
        if tender["kind"] == TenderKind.TRANSFER and tender.get("state") in _OPEN_TRANSFER:
            open_ = {"amount": tender["amount"], "reference": tender.get("reference")}
            tally.unconfirmed.append(open_ | {"receipt_no": payload.get("receipt_no")})


_OPEN_TRANSFER = (TransferState.SHOWN, TransferState.CLAIMED)


def _count_void(tally: _Tally, payload: Body, known: Mapping[str, Body]) -> None:
    """A void has no lines of its own: what it takes back is the sale's, which the same shift holds."""
    sold = known.get(payload["of"], {}).get("payload", {})
    back = -sold["total"] if sold else sum(tender["amount"] for tender in payload["tenders"])
    tally.add("void", back)
    tally.rounding -= sold.get("rounding", 0)
    for line in _lines(sold):
        tally.taxed.append(_Taxed(-line["amount"], line["vat_rate"], -line["vat"]))
    gone = sold.get("receipt_no")
    tally.unconfirmed = [item for item in tally.unconfirmed if item["receipt_no"] != gone or gone is None]


def _lines(payload: Body) -> Iterator[Body]:
    """All lines with VAT: sold, returned, kept gifts, extra goods, both halves of an exchange."""
    for name in ("lines", "kept"):
        yield from (line for line in payload.get(name) or () if "vat_rate" in line and "vat" in line)
    for part in ("sale", "return"):
        if payload.get(part):
            yield from _lines(payload[part])


def _correct(tally: _Tally, payload: Body, known: Mapping[str, Body]) -> None:
    """Moves a tender's amount between kinds; the totals stay."""
    document = known.get(payload["of"])
    for tender in () if document is None else document["payload"].get("tenders", ()):
        if tender["no"] == payload["tender"]:
            tally.pay(payload["from"], -tender["amount"])
            tally.pay(payload["to"], tender["amount"])
