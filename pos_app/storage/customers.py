"""Customers of the feed with what this till did to their points since, and those that were made here."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from pos_app.domain.customer import CustomerCard, short_name
from pos_app.storage import private
from pos_app.storage.database import Database
from pos_app.storage.files import TillFiles
from pos_app.storage.json_text import JsonObject, object_of
from pos_app.storage.marker import Contains, Marker, marker_of
from pos_app.storage.revocations import RevocationStore
from pos_app.storage.told_customers import ToldCustomers


@dataclass(frozen=True, slots=True)
class OwnVoucher:
    """A voucher that belongs to a customer: its code text, and what it is worth (as in the feed)."""

    serial: str
    code: str
    campaign: int
    value: int
    kind: str
    until: str


class CustomerStore:
    """`phone_key` gives the tenant's key, needed for customers who were made here and are not in the feed."""

    def __init__(self, files: TillFiles, phone_key: Callable[[], bytes | None] = lambda: None) -> None:
        self._files = files
        self._phone_key = phone_key
        self._told = ToldCustomers(files)

    @property
    def _till(self) -> Database:
        return self._files.till

    def count(self) -> int:
        """How many cards the feed has brought; counted, so not for every scan."""
        with self._files.customers.reading() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM customer").scalar_one())

    def by_tag(self, tag: str) -> list[CustomerCard]:
        """Everybody with this phone tag (hex16). Tags can collide: of several the cashier must choose."""
        found, marker = self._read("SELECT id, body FROM customer WHERE tag = ? ORDER BY id", tag)
        return self._shown(found, marker) + [
            made for made in self._made_here(marker, tag) if not any(card.goes_by(made.id) for card in found)
        ]

    def by_id(self, customer: str) -> CustomerCard | None:
        """By the id or one that was merged into it."""
        found, marker = self._read(
            "SELECT id, body FROM customer WHERE id = ? UNION ALL "
            "SELECT id, body FROM customer JOIN alias ON alias.customer = customer.id WHERE alias.alias = ?",
            customer,
            customer,
        )
        if found:
            return self._shown(found[:1], marker)[0]
        told = self._told.by_id(customer)
        if told is not None:
            return self._shown([CustomerCard.from_json(told.item)], told)[0]
        made = self._own_card(customer)
        return None if made is None else self._shown([made], Marker())[0]

    def by_card(self, serial: int | str) -> CustomerCard | None:
        """By the serial of a member card; nobody's when it is revoked (lost, stolen)."""
        if RevocationStore(self._files).code(serial) is not None:
            return None
        found, marker = self._read(
            "SELECT id, body FROM customer JOIN card ON card.customer = customer.id WHERE card.serial = ?",
            str(serial),
        )
        return self._shown(found[:1], marker)[0] if found else None

    def tell(self, items: Iterable[JsonObject]) -> list[CustomerCard]:
        """Those that central's look-up found: known by their id from here on, until the program ends.

        Not by phone or card: who comes back is asked about again, for their points may have changed.
        """
        cards = []
        for item in items:
            self._told.tell(item)
            card = self.by_id(str(item["id"]))
            assert card is not None, "it was told just now"
            cards.append(card)
        return cards

    def snapshot_balance(self, customer: str) -> int:
        """Points as central told them, by which offline caps are measured (protocol §11)."""
        found, _ = self._read("SELECT id, body FROM customer WHERE id = ?", customer)
        told = self._told.by_id(customer)
        return found[0].balance if found else 0 if told is None else told.balance

    def spent_since(self, card: CustomerCard, also: Collection[str] = ()) -> int:
        """Points spent here, ≥ 0, that the feed does not contain yet ("since snapshot").

        `also`: documents that are counted whatever the feed contains.
        """
        found, marker = self._read("SELECT id, body FROM customer WHERE id = ?", card.id)
        told = None if found else self._told.by_id(card.id)
        rows = self._effects((card.id, *card.aliases), told or marker, also)
        spent = -sum(delta for delta, why in rows if why == "spent")
        given_back = sum(delta for delta, why in rows if why in ("refund", "void") and delta > 0)
        return max(spent - given_back, 0)

    def vouchers(self, customer: str) -> list[OwnVoucher]:
        """The customer's own vouchers by the feed, for one press."""
        with self._files.customers.reading() as connection:
            row = connection.exec_driver_sql("SELECT body FROM customer WHERE id = ?", (customer,)).fetchone()
        told = self._told.by_id(customer)
        item = object_of(row[0]) if row is not None else {} if told is None else told.item
        return [
            OwnVoucher(
                str(one["serial"]), one.get("code") or "", one["campaign"], one.get("value") or 0,
                str(one.get("kind") or ""), one.get("until") or "",
            )
            for one in item.get("vouchers") or ()
        ]  # fmt: skip

    def tag_of(self, customer: str) -> str | None:
        """The phone tag by which the customer is in the feed."""
        with self._files.customers.reading() as connection:
            row = connection.exec_driver_sql("SELECT tag FROM customer WHERE id = ?", (customer,)).fetchone()
        return None if row is None else str(row[0])

    def sales_today(self, customer: str, business_date: str) -> int:
        """Own documents of a business day that gave this customer points."""
        with self._till.reading() as connection:
            return int(
                connection.exec_driver_sql(
                    "SELECT count(DISTINCT doc_id) FROM points_effect "
                    "WHERE customer = ? AND business_date = ? AND why = 'earned'",
                    (customer, business_date),
                ).scalar_one()
            )

    # --- feed ⊕ own ---------------------------------------------------------------------------
    def _read(self, query: str, *values: str) -> tuple[list[CustomerCard], Marker]:
        with self._files.customers.reading() as connection:
            rows = connection.exec_driver_sql(query, values).fetchall()
            marker = marker_of(connection, "customers")
        return [CustomerCard.from_json({"id": row[0], **object_of(row[1])}) for row in rows], marker

    def _shown(self, cards: Iterable[CustomerCard], marker: Contains) -> list[CustomerCard]:
        return [
            replace(
                card,
                balance=card.balance
                + sum(delta for delta, _ in self._effects((card.id, *card.aliases), marker)),
            )
            for card in cards
        ]

    def _effects(
        self, ids: tuple[str, ...], marker: Contains, also: Collection[str] = ()
    ) -> list[tuple[int, str]]:
        places = ", ".join("?" * len(ids))
        with self._till.reading() as connection:
            rows = connection.exec_driver_sql(
                f"SELECT doc_id, epoch, seq, delta, why FROM points_effect WHERE customer IN ({places})", ids
            ).fetchall()
        return [
            (int(delta), str(why))
            for doc_id, epoch, seq, delta, why in rows
            if doc_id in also or not marker.contains(doc_id, epoch, seq)
        ]

    # --- made here ----------------------------------------------------------------------------
    def _made_here(self, marker: Marker, tag: str) -> list[CustomerCard]:
        """Few: those that the feed does not contain yet. Their phones stand in erasable private parts."""
        key = self._phone_key()
        if key is None:
            return []
        with self._till.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT customer, doc_id, epoch, seq FROM own_customer ORDER BY epoch, seq"
            ).fetchall()
            parts = [
                (customer, private.read(connection, doc_id))
                for customer, doc_id, epoch, seq in rows
                if not marker.contains(doc_id, epoch, seq)
            ]
        cards = [_card(customer, part) for customer, part in parts if part and _tag(part, key) == tag]
        return self._shown(cards, Marker())

    def _own_card(self, customer: str) -> CustomerCard | None:
        with self._till.reading() as connection:
            row = connection.exec_driver_sql(
                "SELECT doc_id FROM own_customer WHERE customer = ?", (customer,)
            ).fetchone()
            part = None if row is None else private.read(connection, row[0])
        return None if row is None else _card(customer, part or {})


def _card(customer: str, part: JsonObject) -> CustomerCard:
    return CustomerCard.from_json(
        {
            "id": customer,
            "name": short_name(str(part.get("name") or "")),
            "last3": str(part.get("phone") or "")[-3:],
            "birthday": _birthday(part.get("birthday")),
        }
    )


def _birthday(value: Any) -> list[int] | None:
    """[month, day] as in the feed, or a date text."""
    if isinstance(value, list) and len(value) >= 2:
        return [int(value[-2]), int(value[-1])]
    if isinstance(value, str) and len(value) >= 5:
        month, day = value[-5:].split("-")
        return [int(month), int(day)]
    return None


def _tag(part: JsonObject, key: bytes) -> str:
    return hmac.digest(key, str(part.get("phone") or "").encode("ascii", "ignore"), hashlib.sha256)[:8].hex()
