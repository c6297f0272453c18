"""Builders: the data folder of an enrolled till with a few feed items, without any network."""

from __future__ import annotations

import functools
import hashlib
import hmac
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from pos_app.domain.canonical import canonical
from pos_app.domain.feed_checksum import checksum
from pos_app.domain.ids import StoreNo, TenantId, TillId
from pos_app.domain.money import vat_inside
from pos_app.domain.sealing import seal
from pos_app.domain.signed_object import sign_object
from pos_app.domain.signing import public_key_of, signer
from pos_app.storage.clock import Boot
from pos_app.storage.feeds import FeedStore
from pos_app.storage.files import TillFiles
from pos_app.storage.identity import Identity, IdentityStore
from pos_app.storage.journal import Draft, Journal, Recorded
from pos_app.storage.print_jobs import PrintOrder
from pos_app.storage.staff import pin_hash
from pos_app.storage.trusted_clock import TrustedClock, TrustedTimeStore
from tests.support.clocks import StillClock
from tests.support.made_once import made_once

TENANT = TenantId("01a1e4bd-63b7-7838-93c5-f38938430856")
TILL = TillId("01a1f3d4-f500-7116-a393-64007ade500e")
OTHER_TILL = TillId("01a1f3d4-f500-7116-a393-64007ade5fff")
STORE = StoreNo(12)
DATABASE_KEY = bytes(range(32))
SIGNING_SEED = b"s" * 32
ISSUING_SEED = b"i" * 32
ROOT_SEED = b"r" * 32
RECOVERY_KEY = X25519PrivateKey.from_private_bytes(b"v" * 32).public_key().public_bytes_raw()
SEAL_KEY = b"e" * 32
PEPPER = b"p" * 32
PHONE_KEY = b"f" * 32
BOOT_ID = "01a1fbd4-f500-7c8a-80d6-a23ccc30f55a"
DAY = "2026-11-14"


def identity(**changes: Any) -> Identity:
    """The till NT02 of store 12 in its first epoch."""
    values: dict[str, Any] = {
        "tenant": TENANT,
        "store": STORE,
        "store_code": "NT",
        "till": TILL,
        "till_number": 2,
        "epoch": 1,
        "key_no": 1,
        "nonce": "ab" * 32,
        "root_public_key": public_key_of(ROOT_SEED).hex(),
        "central_url": "http://127.0.0.1:9",
        "public_key": public_key_of(SIGNING_SEED).hex(),
        "recovery_key": RECOVERY_KEY.hex(),
    }
    return Identity(**(values | changes))


@dataclass(frozen=True, slots=True)
class Item:
    """A feed item as a page carries it."""

    key: str
    ver: int
    op: str
    body: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a feed."""

    handle: str
    items: list[Item]
    next: str


@dataclass
class MadeTill:
    """An enrolled till: its files, journal and feeds. `vers` = live keys per feed, as central would have."""

    files: TillFiles
    identity: Identity
    clock: StillClock
    trusted: TrustedClock
    journal: Journal
    feeds: FeedStore
    vers: dict[str, dict[str, int]] = field(default_factory=dict)
    position: int = 0

    def feed(self, name: str, items: Mapping[str, Mapping[str, Any] | None]) -> None:
        """Apply these items to a feed as changes; None deletes."""
        page = self.page(name, items)
        assert self.feeds.stage(name, page)
        assert self.feeds.finish(name, len(self.vers[name]), self.checksum(name))

    def page(self, name: str, items: Mapping[str, Mapping[str, Any] | None]) -> Page:
        """The changes as a page, noted as live from now on."""
        live = self.vers.setdefault(name, {})
        changes = []
        for key, body in items.items():
            self.position += 1
            changes.append(Item(key, self.position, "del" if body is None else "put", body))
            if body is None:
                live.pop(key, None)
            else:
                live[key] = self.position
        return Page("handle-1", changes, str(self.position))

    def checksum(self, name: str) -> str:
        return checksum(name, self.vers[name])

    def marker(self, name: str, through: int, apart: tuple[int, ...] = (), ids: tuple[str, ...] = ()) -> None:
        """Central says what this feed contains of this till's documents."""
        known = {"through": through, "except": list(apart), "ids": list(ids)}
        self.feed(name, {f"~till/{self.identity.till}": {str(self.identity.epoch): known}})

    def record(self, kind: str, payload: Mapping[str, Any], **more: Any) -> Recorded:
        """Record a document by staff 7."""
        return self.journal.record(Draft(kind, dict(payload), staff=7, **more))

    def open_shift(self, notes: Mapping[str, int] | None = None) -> Recorded:
        payload = {"business_date": DAY, "float": dict(notes or {"100000": 5})}
        return self.record("shift_open", payload)

    def sell(self, lines: list[dict[str, Any]] | None = None, **payload: Any) -> Recorded:
        """A cash sale in shift 1."""
        body = sale(lines or [line(1)]) | payload
        return self.record("sale", body, shift=1, print_jobs=(PrintOrder("receipt", drawer=True),))


def make_till(folder: Path, clock: StillClock | None = None, **changes: Any) -> MadeTill:
    """A fresh data folder with an identity; no feeds yet (see `fill`)."""
    clock = clock or StillClock()
    shutil.copytree(empty_folder(), folder, dirs_exist_ok=True)
    files = TillFiles.open(folder, DATABASE_KEY)
    own = identity(**changes)
    IdentityStore(files.till).save(own)
    return opened(files, own, clock)


@functools.cache
def empty_folder() -> Path:
    """As a first start makes it with DATABASE_KEY, made once for all tests of this process: to be copied."""
    folder = made_once()
    TillFiles.open(folder, DATABASE_KEY).dispose()
    return folder


def reopen(folder: Path, clock: StillClock | None = None) -> MadeTill:
    """The same folder after the program was started again."""
    files = TillFiles.open(folder, DATABASE_KEY)
    own = IdentityStore(files.till).load()
    assert own is not None
    return opened(files, own, clock or StillClock())


def opened(files: TillFiles, own: Identity, clock: StillClock) -> MadeTill:
    boot = Boot(BOOT_ID)
    trusted = TrustedClock(TrustedTimeStore(files.drafts_database), clock, boot)
    journal = Journal(
        files.till,
        own,
        signer(SIGNING_SEED),
        clock,
        boot,
        committed=lambda _head, wall, _kind: trusted.committed(wall),
    )
    return MadeTill(files, own, clock, trusted, journal, FeedStore(files, trusted))


def fill(till: MadeTill) -> None:
    """A small shop: goods, a campaign, a customer, an order, stock, people, keys, policy."""
    till.feed("catalogue", catalogue())
    till.feed("campaigns", {"campaign/7": campaign()})
    till.feed("customers", {HOA: customer()})
    till.feed("orders", {"48207": order()})
    till.feed("stock", {"SP000001": {"product": "SP000001", "quantity": 5000, "others": []}})
    till.feed("staff", {"7": staff_member(), "9": staff_member(9, "Trần Minh", role="manager", pin="987654")})
    till.feed("keyset", {"keyset": keyset()})
    till.feed("tills", {f"{TILL}/1/1": own_till(till.identity)})
    till.feed("policy", {"policy": {"day_end": 240}, "store/12": store_info()})
    till.feed("sales", {})
    till.feed("revocations", {})


# --- feed items -------------------------------------------------------------------------------
HOA = "01a1f3d4-f500-7116-a393-000000000001"


def phone_tag(phone: str) -> str:
    return hmac.digest(PHONE_KEY, phone.encode(), hashlib.sha256)[:8].hex()


def catalogue() -> dict[str, dict[str, Any]]:
    return {
        "category/giay": category(),
        "product/SP000001": product("SP000001", "Giày cao gót", 1),
        "product/SP000002": product("SP000002", "Quần JEAN đen", 2, barcodes=["8930000000026"]),
        "product/SP000003": product("SP000003", "Áo sơ mi", 3, barcodes=["8930000000033"]),
        "promotion/KM1": {
            "id": "KM1", "ver": 1, "name": "Giảm 10 %", "explanation": "", "priority": 10,
            "kind": "percent", "percent_bp": 1000, "products": {"ids": ["SP000003"]},
        },
    }  # fmt: skip


def category(**changes: Any) -> dict[str, Any]:
    body = {"id": "giay", "name": "Giày", "icon": "footprints", "return_days": 15, "uncoded": True}
    return body | {"vat": [{"rate": 800, "from": "2026-01-01"}]} | changes


def product(id_: str, name: str, rank: int, **changes: Any) -> dict[str, Any]:
    body = {
        "id": id_, "sku": f"MLC-{rank:03d}-37", "name": name, "style": "ST1", "variant": "Đen · size 37",
        "category": "giay", "unit": "đôi", "weighed": False, "barcodes": ["8930000000019"], "rank": rank,
        "prices": [{"ver": 1, "amount": 500_000, "from": "2026-01-01T00:00:00+07:00"}],
    }  # fmt: skip
    return body | changes


def campaign(**changes: Any) -> dict[str, Any]:
    body = {
        "campaign": 7, "ver": 1, "name": "Chào bạn mới", "kind": "amount", "categories": [], "products": [],
        "stacking": True, "offline": "accept", "from": "2026-01-01", "to": "2026-12-31", "gifts": {},
    }  # fmt: skip
    return body | changes


def customer(**changes: Any) -> dict[str, Any]:
    body = {
        "id": HOA, "name": "Hoa N.", "tag": phone_tag("+84901234567"), "last3": "567", "tier": "gold",
        "balance": 400, "birthday": [11, 20], "cards": ["1234567890123456789"], "aliases": [], "flags": [],
        "vouchers": [],
    }  # fmt: skip
    return body | changes


def order(number: int = 48207, **changes: Any) -> dict[str, Any]:
    body = {
        "order": number, "number": f"MN-{number}", "placed_at": "2026-11-13T09:00:00+07:00",
        "promised_by": "2026-11-14T18:00:00+07:00", "channel": "web", "payment": "paid",
        "preparation": "ready", "handover": "none", "shelf": "A3", "serial": str(10_000 + number),
        "short_code": "ABCDFGH0", "customer": {"id": HOA, "name": "Hoa N.", "last3": "567",
        "tag": phone_tag("+84901234567")}, "lines": [order_line(1, 2000), order_line(2, 1000)],
        "goods_total": 1_500_000, "discount": 0, "total": 1_500_000, "amount_due": 0,
        "prepaid": [{"no": 1, "kind": "paid_online", "amount": 1_500_000, "reference": "VNP1"}],
        "identity_check": False, "partial": True, "web_credited": True,
    }  # fmt: skip
    return body | changes


def order_line(no: int, quantity: int) -> dict[str, Any]:
    return {
        "no": no, "product": f"SP{no:06d}", "name": "Giày", "variant": "Đen", "category": "giay",
        "quantity": quantity, "unit": "đôi", "unit_price": 500_000, "price_ver": 1,
        "amount": 500 * quantity, "vat_rate": 800, "return_days": 15, "handed": 0, "refused": 0,
    }  # fmt: skip


def staff_member(
    no: int = 7, name: str = "Lê Thị Lan", role: str = "cashier", pin: str = "123456", till: TillId = TILL
) -> dict[str, Any]:
    """With a verifier sealed to this till; Argon2 with little memory, to be quick."""
    salt = no.to_bytes(16, "big")
    verifier = pin_hash(pin, salt, 64, 1, 1).hex()
    inside = canonical({"salt": salt.hex(), "m": 64, "t": 1, "p": 1, "verifier": verifier})
    public = X25519PrivateKey.from_private_bytes(SEAL_KEY).public_key().public_bytes_raw()
    return {
        "staff": no, "name": name, "initials": "LL", "tint": no % 6, "role": role, "active": True,
        "sealed": seal(inside, public, "pin", till).hex(),
    }  # fmt: skip


def keyset(version: int = 1) -> dict[str, Any]:
    key = {
        "kid": 1, "public": public_key_of(ISSUING_SEED).hex(), "types": [1, 2, 3, 5],
        "issue_from": "2026-01-01T00:00:00+00:00", "issue_to": "2027-01-01T00:00:00+00:00",
        "verify_until": "2028-01-01T00:00:00+00:00", "revoked_at": None,
    }  # fmt: skip
    return dict(sign_object("keyset", {"version": version, "keys": [key]}, signer(ROOT_SEED)))


def own_till(own: Identity) -> dict[str, Any]:
    return {
        "till": own.till, "store": own.store, "store_code": own.store_code, "till_number": own.till_number,
        "epoch": own.epoch, "key_no": own.key_no, "public_key": own.public_key, "nonce": own.nonce,
        "from": "2026-01-01T00:00:00+00:00",
    }  # fmt: skip


def store_info() -> dict[str, Any]:
    return {
        "store": 12, "code": "NT", "name": "Mộc Lan Nguyễn Trãi", "chain": "Mộc Lan", "tagline": "",
        "address": "12 Nguyễn Trãi, Quận 1", "phone": "02812345678", "tax_code": "0312345678",
    }  # fmt: skip


# --- documents --------------------------------------------------------------------------------
def line(no: int, amount: int = 500_000, **changes: Any) -> dict[str, Any]:
    body = {
        "no": no, "product": f"SP{no:06d}", "sku": f"MLC-{no:03d}-37", "name": "Giày cao gót",
        "category": "giay", "quantity": 1000, "unit": "đôi", "unit_price": amount, "price_ver": 1,
        "gross": amount, "discounts": [], "amount": amount, "vat_rate": 800, "vat": 37_037,
        "return_until": "2026-11-29",
    }  # fmt: skip
    return body | changes


def sale(lines: list[dict[str, Any]], **changes: Any) -> dict[str, Any]:
    """Paid in cash."""
    total = sum(one["amount"] for one in lines)
    body = {
        "business_date": DAY, "priced_at": "2026-11-14T09:00:00+07:00", "engine": "1", "lines": lines,
        "vouchers": [], "rounding": 0, "total": total, "points": [], "approvals": [],
        "tenders": [{"no": 1, "kind": "cash", "amount": total, "tendered": total, "change": 0}],
    }  # fmt: skip
    return body | changes


def return_of(doc_id: str, quantities: Mapping[int, int], **changes: Any) -> dict[str, Any]:
    """A return of lines at 500.000 đ a piece, for cash; quantities in thousandths by original line."""
    lines: list[dict[str, Any]] = [
        {
            "no": place, "original_line": no, "product": f"SP{no:06d}", "quantity": quantity,
            "amount": -500 * quantity, "vat_rate": 800, "vat": -vat_inside(500 * quantity, 800),
            "condition": "resell", "reason": "size",
        }
        for place, (no, quantity) in enumerate(quantities.items(), start=1)
    ]  # fmt: skip
    total = sum(one["amount"] for one in lines)
    body = {
        "business_date": DAY, "original": {"doc_id": doc_id, "source": "own"}, "lines": lines,
        "refunds": [{"kind": "cash", "amount": total, "original_tender": 1}], "rounding": 0, "carried": 0,
        "total": total, "points": [], "provisional": False, "approvals": [],
    }  # fmt: skip
    return body | changes
