"""The proof's figures from three sides: till, central's books, plain SQL over central's ledgers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pos_app.bootstrap.services import Services
from pos_app.bootstrap.stores import Stores
from pos_app.storage.json_text import JsonObject
from tests.support.plain_sql import PlainSql

Figures = dict[str, Any]
RECEIPTS = ("sale", "return", "handover")


@dataclass(frozen=True, slots=True)
class Watched:
    """What the scenario touched: ids whose balances are compared."""

    customers: tuple[str, ...]
    products: tuple[str, ...]
    orders: tuple[int, ...]
    vouchers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure from the three sides."""

    name: str
    till: Any
    central: Any
    ledger: Any

    @property
    def ok(self) -> bool:
        return bool(self.till == self.central == self.ledger)


def compare(till: Figures, central: Figures, ledger: Figures) -> list[Compared]:
    """One by one; a figure that one side does not have is a difference."""
    missing = "(none)"
    names = sorted(till.keys() | central.keys() | ledger.keys())
    return [
        Compared(name, till.get(name, missing), central.get(name, missing), ledger.get(name, missing))
        for name in names
    ]


# --- the till: its journal and what its screens show ------------------------------------------
def of_till(stores: Stores, services: Services, watched: Watched) -> Figures:
    """Asked while central is away: snapshot ⊕ own documents, and the journal."""
    documents = [stored.content for stored in services.journal.documents_since(1, 1)]
    figures: Figures = {"documents": len(documents)}
    for body in documents:
        payload = body["payload"]
        if body["kind"] in RECEIPTS:
            figures |= _receipt(str(payload["receipt_no"]), payload)
        if body["kind"] == "shift_close":
            figures |= _closing(payload)
    for customer in watched.customers:
        card = stores.customers.by_id(customer)
        figures[f"points {customer}"] = None if card is None else card.balance
    for product in watched.products:
        figures[f"stock {product}"] = stores.stock.of(product).here
    for number in watched.orders:
        order = stores.orders.by_number(number)
        figures[f"order {number} handed over"] = (
            None if order is None else {str(line.no): line.handed for line in order.lines}
        )
        figures[f"order {number} state"] = None if order is None else order.handover.value
    for serial in watched.vouchers:
        figures[f"voucher {serial} uses"] = int(stores.vouchers.used_here(serial) is not None)
    for body in documents:
        if body["kind"] in ("return", "handover") and _opens_account(body["payload"]):
            left = stores.credits.left(str(body["doc_id"])).left
            figures[f"credit {body['payload']['receipt_no']}"] = left
    return figures


def _receipt(number: str, payload: Mapping[str, Any]) -> Figures:
    tenders: dict[str, int] = {}
    for item in (*payload.get("tenders", ()), *payload.get("refunds", ())):
        tenders[item["kind"]] = tenders.get(item["kind"], 0) + item["amount"]
    return {
        f"{number} total": payload["total"],
        f"{number} vat": sum(line["vat"] for line in payload["lines"]),
        f"{number} tenders": {kind: amount for kind, amount in tenders.items() if amount},
    }


def _closing(payload: Mapping[str, Any]) -> Figures:
    z = payload["z_no"]
    return {f"Z{z} {name}": payload[name] for name in ("expected", "counted", "difference")} | {
        f"Z{z} documents": payload["count"],
        f"Z{z} cash": _tender_sum(payload["tenders"], "cash"),
    }


def _tender_sum(tenders: Any, kind: str) -> int:
    if isinstance(tenders, Mapping):
        return int(tenders.get(kind, 0))
    return sum(int(item["amount"]) for item in tenders if item["kind"] == kind)


def _opens_account(payload: Mapping[str, Any]) -> bool:
    """Store credit of its own; with a reference it goes back where it came from."""
    return any(
        item["kind"] == "store_credit" and not item.get("reference") for item in payload.get("refunds", ())
    )


def _credit_moved(body: Mapping[str, Any], account: str) -> int:
    """What a document, by its bytes, puts into an account (+) or takes out (−)."""
    if body["kind"] not in RECEIPTS:
        return 0  # a closing names the kind too, in its sums
    own, payload = body["doc_id"] == account, body["payload"]
    filled = -sum(
        item["amount"]
        for item in payload.get("refunds", ())
        if item["kind"] == "store_credit"
        and (item.get("reference") == account or (own and not item.get("reference")))
    )
    spent = sum(
        item["amount"]
        for item in payload.get("tenders", ())
        if item["kind"] == "store_credit" and item.get("reference") == account
    )
    return int(filled - spent)


# --- central: what it has made of the documents ------------------------------------------------
class Books:
    """Central's database, opened for reading by a hand of its own."""

    def __init__(self, url: str, till: str) -> None:
        self._database = PlainSql(url)
        self._rows, self._one = self._database.rows, self._database.one
        self._till = till

    def close(self) -> None:
        self._database.close()

    def _feed(self, feed: str, key: str, store: int) -> JsonObject:
        text = self._one(
            "SELECT body FROM feed_item WHERE feed = ? AND key = ? AND scope IN (?, 'region/1', 'tenant') "
            "AND \"only\" = ''",
            feed, key, f"store/{store}",
        )  # fmt: skip
        if text is None:
            text = self._one("SELECT body FROM feed_item WHERE feed = ? AND key = ?", feed, key)
        body: JsonObject = json.loads(text) if text else {}
        return body

    def of_central(self, watched: Watched, store: int) -> Figures:
        """Central's own sums: results, receipts, the closing it recomputed, what it publishes in feeds."""
        figures: Figures = {
            "documents": self._one(
                "SELECT count(*) FROM result JOIN document USING (doc_id) WHERE till = ? AND booked",
                self._till,
            )
        }
        for doc_id, kind, number, total in self._rows(
            "SELECT doc_id, kind, receipt_no, total FROM receipt WHERE till = ?", self._till
        ):
            figures[f"{number} total"] = total
            figures[f"{number} vat"] = self._said(doc_id, "vat")
            figures[f"{number} tenders"] = self._said(doc_id, "tenders")
            if kind in ("return", "handover") and _opens_account(self._body(doc_id)["payload"]):
                figures[f"credit {number}"] = self._credit_left(doc_id)
        figures |= self._closed_shifts()
        for customer in watched.customers:
            figures[f"points {customer}"] = self._feed("customers", customer, store).get("balance")
        for product in watched.products:
            figures[f"stock {product}"] = self._feed("stock", product, store).get("quantity")
        for number in watched.orders:
            order = self._feed("orders", str(number), store)
            figures[f"order {number} handed over"] = {
                str(line["no"]): line["handed"] for line in order.get("lines", ())
            }
            figures[f"order {number} state"] = order.get("handover")
        for serial in watched.vouchers:
            figures[f"voucher {serial} uses"] = self._one(
                "SELECT count(*) FROM document JOIN result USING (doc_id) WHERE booked AND kind IN "
                f"('sale', 'handover') AND {self._database.holding('body')}",
                f'"serial":"{serial}"'.encode(),
            )
        return figures

    def _body(self, doc_id: str) -> JsonObject:
        """The bytes central stored, not the till's file."""
        body: JsonObject = json.loads(self._one("SELECT body FROM document WHERE doc_id = ?", doc_id))
        return body

    def _credit_left(self, account: str) -> int:
        """By every document that central has booked, of any till."""
        moved = self._rows(
            "SELECT body FROM document JOIN result USING (doc_id) WHERE booked AND "
            + self._database.holding("body"),
            b'"store_credit"',
        )
        return sum(_credit_moved(json.loads(body), account) for (body,) in moved)

    def _said(self, doc_id: str, what: str) -> Any:
        figures = _receipt("", self._body(doc_id)["payload"])
        return figures[f" {what}"]

    def _closed_shifts(self) -> Figures:
        """A closing counts only once central has recomputed it from its documents and found it right."""
        figures: Figures = {}
        for z, expected, counted, difference, state, first, last, doc_id in self._rows(
            "SELECT z_no, expected, counted, difference, state, first_seq, last_seq, close_doc FROM shift "
            "WHERE till = ? AND z_no IS NOT NULL",
            self._till,
        ):
            closing = json.loads(self._one("SELECT body FROM document WHERE doc_id = ?", doc_id))
            agreed = state in ("closed", "to_verify", "verified")
            figures |= {
                f"Z{z} expected": expected,
                f"Z{z} counted": counted,
                f"Z{z} difference": difference,
                f"Z{z} documents": last - first + 1,
                f"Z{z} cash": _tender_sum(closing["payload"]["tenders"], "cash") if agreed else state,
            }
        return figures

    # --- the third side: nothing but sums of ledger rows ---------------------------------------
    def of_ledger(self, watched: Watched, store: int) -> Figures:
        """Plain SQL over the entry tables; none of our code is asked."""
        figures: Figures = {
            "documents": self._one("SELECT count(DISTINCT doc_id) FROM document WHERE till = ?", self._till)
        }
        for doc_id, number in self._rows("SELECT doc_id, receipt_no FROM receipt WHERE till = ?", self._till):
            figures[f"{number} total"] = self._one(
                "SELECT coalesce(sum(amount), 0) FROM sale_line WHERE doc_id = ?", doc_id
            )
            figures[f"{number} vat"] = self._one(
                "SELECT coalesce(sum(vat), 0) FROM sale_line WHERE doc_id = ?", doc_id
            )
            figures[f"{number} tenders"] = dict(
                self._rows(
                    "SELECT kind, sum(amount) FROM tender_entry WHERE doc_id = ? GROUP BY kind "
                    "HAVING sum(amount) <> 0",
                    doc_id,
                )
            )
            credit = self._one("SELECT sum(amount) FROM credit_entry WHERE account = ?", doc_id)
            if credit is not None:
                figures[f"credit {number}"] = credit
        figures |= self._shifts()
        for customer in watched.customers:
            figures[f"points {customer}"] = self._one(
                "SELECT sum(delta) FROM points_entry WHERE customer = ?", customer
            )
        for product in watched.products:
            figures[f"stock {product}"] = self._one(
                "SELECT sum(delta) FROM stock_entry WHERE store = ? AND product = ?", store, product
            )
        for number in watched.orders:
            figures |= self._order(number)
        for serial in watched.vouchers:
            figures[f"voucher {serial} uses"] = self._one(
                "SELECT coalesce(sum(uses), 0) FROM voucher_use WHERE serial = ?", str(serial)
            )
        return figures

    def _shifts(self) -> Figures:
        figures: Figures = {}
        for z, epoch, number, first, last, counted in self._rows(
            "SELECT z_no, epoch, number, first_seq, last_seq, counted FROM shift "
            "WHERE till = ? AND z_no IS NOT NULL",
            self._till,
        ):
            cash = (
                "SELECT coalesce(sum(amount), 0) FROM cash_entry WHERE till = ? AND epoch = ? AND shift = ?"
            )
            expected = self._one(cash, self._till, epoch, number)
            figures |= {
                f"Z{z} expected": expected,
                f"Z{z} counted": counted,
                f"Z{z} difference": counted - expected,
                f"Z{z} documents": self._one(
                    "SELECT count(*) FROM document WHERE till = ? AND epoch = ? AND seq BETWEEN ? AND ?",
                    self._till, epoch, first, last,
                ),
                f"Z{z} cash": self._one(
                    "SELECT coalesce(sum(tender_entry.amount), 0) FROM tender_entry JOIN document USING "
                    "(doc_id) WHERE till = ? AND epoch = ? AND seq BETWEEN ? AND ? "
                    "AND tender_entry.kind = 'cash'",
                    self._till, epoch, first, last,
                ),
            }  # fmt: skip
        return figures

    def _order(self, number: int) -> Figures:
        handed = {
            str(line): self._one(
                'SELECT coalesce(sum(handed), 0) FROM order_entry WHERE "order" = ? AND line = ?',
                number, line,
            )
            for (line,) in self._rows('SELECT no FROM order_line WHERE "order" = ?', number)
        }  # fmt: skip
        left = self._one(
            "SELECT sum(quantity) - (SELECT coalesce(sum(handed + refused), 0) FROM order_entry "
            'WHERE "order" = ?) FROM order_line WHERE "order" = ?',
            number, number,
        )  # fmt: skip
        state = "none" if not any(handed.values()) else "done" if left == 0 else "part"
        return {f"order {number} handed over": handed, f"order {number} state": state}
