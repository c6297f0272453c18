"""Looks up what paper shows beside the journal's body: names, the shop, the receipt code, the balance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import tzinfo
from typing import Any

from pos_app.storage.catalogue import CatalogueStore
from pos_app.storage.credits import CreditStore
from pos_app.storage.customers import CustomerStore
from pos_app.storage.journal import Journal
from pos_app.storage.orders import OrderStore
from pos_app.storage.policy import PolicyStore
from pos_app.storage.print_jobs import PrintJob
from pos_app.storage.staff import StaffStore
from pos_app.storage.vouchers import VoucherStore
from printing.facts import Body, CreditFacts, Goods, ReceiptFacts, ReportFacts, StoreFacts

REPORTS = ("shift_report", "x_report")


class PaperFacts:
    """`of(job, body)` is what the worker calls; everything is read at printing time, nothing is kept."""

    def __init__(
        self,
        journal: Journal,
        catalogue: CatalogueStore,
        customers: CustomerStore,
        orders: OrderStore,
        policy: PolicyStore,
        staff: StaffStore,
        vouchers: VoucherStore,
        store_credit: CreditStore,
    ) -> None:
        self._journal = journal
        self._catalogue = catalogue
        self._customers = customers
        self._orders = orders
        self._policy = policy
        self._staff = staff
        self._vouchers = vouchers
        self._store_credit = store_credit

    def of(self, job: PrintJob, body: Body) -> ReceiptFacts | ReportFacts:
        """Facts for a job: those of a report or of a receipt, as its template needs."""
        stored = self._journal.stored(job.doc_id) if job.doc_id else None
        hash_hex = "" if stored is None else stored.hash.hex()
        if job.template in REPORTS:
            return ReportFacts(
                store=self._store(),
                till_number=self._journal.identity.till_number,
                hash_hex=hash_hex,
                cashier=self._cashier(body),
                zone=self._zone,
            )
        payload = body["payload"]
        customer = self._customer(payload)
        return ReceiptFacts(
            store=self._store(),
            hash_hex=hash_hex,
            till_number=self._journal.identity.till_number,
            cashier=self._cashier(body),
            code=None if stored is None else self._journal.receipt_code(stored),
            customer=customer[0],
            last3=customer[1],
            balance=customer[2],
            goods=self._goods(payload),
            order_goods=self._order_goods(payload),
            kinds={kind.id: kind.name.lower() for kind in self._catalogue.categories()},
            rules=self._rules(),
            issued=self._issued(job, payload),
            order_number=self._order_number(payload),
            original=self._original(payload),
            credits=self._credits(job.doc_id, payload),
            e_invoice=self._policy.policy().e_invoice,
            zone=self._zone,
        )

    @property
    def _zone(self) -> tzinfo:
        return self._policy.policy().timezone

    def _store(self) -> StoreFacts:
        info = self._policy.store_info(self._journal.identity.store)
        return StoreFacts() if info is None else StoreFacts.from_json(asdict(info))

    def _cashier(self, body: Body) -> str:
        number = body.get("staff", 0)
        name = next((person.name for person in self._staff.everyone() if person.no == number), "")
        return name.split()[-1] if name else ""

    def _customer(self, payload: Mapping[str, Any]) -> tuple[str, str, int | None]:
        named = payload.get("customer") or next((p["customer"] for p in payload.get("points", ())), None)
        card = None if named is None else self._customers.by_id(named)
        return ("", "", None) if card is None else (card.name, card.last3, card.balance)

    def _goods(self, payload: Mapping[str, Any]) -> dict[str, Goods]:
        known: dict[str, Goods] = {}
        for line in payload.get("lines", ()):
            product = line.get("product")
            found = None if product is None or "name" in line else self._catalogue.by_id(product)
            if found is not None:
                known[found.id] = Goods(found.name, found.variant, found.unit)
        return known

    def _order_goods(self, payload: Mapping[str, Any]) -> dict[int, Goods]:
        order = payload.get("order")
        known = None if order is None else self._orders.by_number(order)
        if known is None:
            return {}
        return {line.no: Goods(line.name, line.variant, line.unit) for line in known.lines}

    def _rules(self) -> dict[str, str]:
        names = {promotion.id: promotion.name for promotion in self._catalogue.promotions()}
        return names | {str(campaign.no): campaign.name for campaign in self._vouchers.campaigns()}

    def _issued(self, job: PrintJob, payload: Mapping[str, Any]) -> dict[str, str]:
        """Codes of vouchers that were handed out, for a paper of their own: the blanks have left the feed.

        A receipt that is printed again says none of them.
        """
        alone = "serial" in payload
        if not job.doc_id or not (alone or job.template == "voucher"):
            return {}
        private = self._journal.private_part(job.doc_id) or {}
        if alone:
            return {str(payload["serial"]): str(private["code"])} if "code" in private else {}
        return {str(serial): str(text) for serial, text in private.get("issued", {}).items()}

    def _order_number(self, payload: Mapping[str, Any]) -> str:
        order = payload.get("order")
        known = None if order is None else self._orders.by_number(order)
        return str(payload.get("number") or "") if known is None else known.number

    def _original(self, payload: Mapping[str, Any]) -> str:
        named = payload.get("of") or (payload.get("original") or {}).get("doc_id")
        return self._number(named)

    def _credits(self, doc_id: str | None, payload: Mapping[str, Any]) -> dict[str, CreditFacts]:
        """What each paper that was spent here still had afterwards; a reprint says the same."""
        accounts = [
            str(tender["reference"])
            for tender in payload.get("tenders", ())
            if tender["kind"] == "store_credit" and tender.get("reference")
        ]
        return {
            account: CreditFacts(self._number(account), self._store_credit.left_after(account, doc_id or ""))
            for account in accounts
        }

    def _number(self, doc_id: str | None) -> str:
        """The receipt number of an own document."""
        body = None if doc_id is None else self._journal.body(doc_id)
        return "" if body is None else str(body["payload"].get("receipt_no") or "")
