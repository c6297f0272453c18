"""Opens what lies in the data folder: keys, files, and one storage object per noun."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from pos_app.bootstrap.damage import require_key
from pos_app.storage.anchor import Anchor, anchor_path
from pos_app.storage.attention import AttentionStore
from pos_app.storage.blanks import BlankStore
from pos_app.storage.catalogue import CatalogueStore
from pos_app.storage.clock import Boot, Clock
from pos_app.storage.credits import CreditStore
from pos_app.storage.customers import CustomerStore
from pos_app.storage.drafts import DraftStore
from pos_app.storage.feeds import FeedStore
from pos_app.storage.files import TillFiles
from pos_app.storage.identity import Identity, IdentityStore
from pos_app.storage.keyring import KeyringStore
from pos_app.storage.keys import DATABASE_KEY, PHONE_KEY, PIN_PEPPER, KeyStore, open_keys
from pos_app.storage.orders import OrderStore
from pos_app.storage.outbox import Outbox
from pos_app.storage.policy import PolicyStore
from pos_app.storage.print_jobs import PrintJobStore
from pos_app.storage.revocations import RevocationStore
from pos_app.storage.sales import SaleStore
from pos_app.storage.shifts import ShiftStore
from pos_app.storage.staff import StaffStore
from pos_app.storage.standing import StandingStore
from pos_app.storage.status import StatusStore
from pos_app.storage.stock import StockStore
from pos_app.storage.trusted_clock import TrustedClock, TrustedTimeStore
from pos_app.storage.vouchers import VoucherStore


@dataclass(frozen=True, slots=True)
class OpenFolder:
    """A data folder whose files are open, enrolled or not."""

    folder: Path
    keys: KeyStore
    files: TillFiles
    identities: IdentityStore

    def close(self) -> None:
        self.files.dispose()


def open_folder(folder: Path, *, allow_system_keys: bool = True) -> OpenFolder:
    """Make or open the files. Raises the TroubleOutside that says what is wrong with them."""
    folder.mkdir(parents=True, exist_ok=True)
    keys = open_keys(folder, allow_system=allow_system_keys)
    require_key(folder, keys)
    files = TillFiles.open(folder, _secret(keys, DATABASE_KEY))
    return OpenFolder(folder, keys, files, IdentityStore(files.till))


def _secret(keys: KeyStore, name: str) -> bytes:
    """A secret of this installation, made at its first start."""
    value = keys.get(name)
    if value is None:
        value = secrets.token_bytes(32)
        keys.set(name, value)
    return value


@dataclass(frozen=True, slots=True)
class Stores:
    """One object per noun, on the same files. `clock` is the time that counts, `clock.pc` the PC's."""

    keys: KeyStore
    files: TillFiles
    clock: TrustedClock
    anchor: Anchor
    standing: StandingStore
    catalogue: CatalogueStore
    customers: CustomerStore
    orders: OrderStore
    sales: SaleStore
    stock: StockStore
    vouchers: VoucherStore
    blanks: BlankStore
    credits: CreditStore
    revocations: RevocationStore
    keyring: KeyringStore
    staff: StaffStore
    policy: PolicyStore
    shifts: ShiftStore
    drafts: DraftStore
    print_jobs: PrintJobStore
    status: StatusStore
    feeds: FeedStore
    outbox: Outbox
    attention: AttentionStore


def make_stores(opened: OpenFolder, identity: Identity, pc: Clock, boot: Boot) -> Stores:
    """The storage objects of an enrolled till; ages and expiry go by the trusted time."""
    files, keys = opened.files, opened.keys
    clock = TrustedClock(TrustedTimeStore(files.drafts_database), pc, boot)
    return Stores(
        keys=keys,
        files=files,
        clock=clock,
        anchor=Anchor(anchor_path(opened.folder), identity.till, keys),
        standing=StandingStore(files.till),
        catalogue=CatalogueStore(files.catalogue),
        customers=CustomerStore(files, lambda: keys.get(PHONE_KEY)),
        orders=OrderStore(files),
        sales=SaleStore(files, identity),
        stock=StockStore(files),
        vouchers=VoucherStore(files),
        blanks=BlankStore(files),
        credits=CreditStore(files.till),
        revocations=RevocationStore(files),
        keyring=KeyringStore(files),
        staff=StaffStore(files, _secret(keys, PIN_PEPPER)),
        policy=PolicyStore(files),
        shifts=ShiftStore(files.till, identity),
        drafts=DraftStore(files.drafts_database, clock),
        print_jobs=PrintJobStore(files.till),
        status=StatusStore(files.drafts_database),
        feeds=FeedStore(files, clock),
        outbox=Outbox(files.till, identity, clock),
        attention=AttentionStore(files.till),
    )
