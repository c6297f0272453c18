"""Who this till is: what central's enrolment answer said, kept in till.db."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from pos_app.domain.ids import StoreNo, TenantId, TillId
from pos_app.storage.database import Database
from pos_app.storage.json_text import object_of, text_of


@dataclass(frozen=True, slots=True)
class Identity:
    """Names, place and public facts of this till (protocol §4.3). Keys in hex; private keys are elsewhere."""

    tenant: TenantId
    store: StoreNo
    store_code: str
    till: TillId
    till_number: int
    epoch: int
    key_no: int
    nonce: str
    root_public_key: str
    central_url: str
    public_key: str = ""
    recovery_key: str = ""
    spare_epoch: int | None = None
    spare_nonce: str | None = None
    certificate: str = ""  # JSON text as central signed it

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Identity:
        """Unknown fields, of a newer version, are left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in body.items() if name in known})


class IdentityStore:
    """One row of till.db."""

    def __init__(self, till: Database) -> None:
        self._till = till

    def load(self) -> Identity | None:
        """None before the till was enrolled."""
        with self._till.reading() as connection:
            row = connection.exec_driver_sql("SELECT body FROM identity WHERE id = 1").fetchone()
        return None if row is None else Identity.from_json(object_of(row[0]))

    def save(self, identity: Identity) -> None:
        """Who the till is from now on; nonce and key of each of its epochs stay noted."""
        with self._till.writing() as connection:
            # documents verify under any key that their epoch ever had
            connection.exec_driver_sql(
                "INSERT OR IGNORE INTO former_key (epoch, public_key) "
                "SELECT epoch, public_key FROM own_epoch WHERE epoch = ? AND public_key NOT IN ('', ?)",
                (identity.epoch, identity.public_key),
            )
            connection.exec_driver_sql(
                "INSERT INTO own_epoch (epoch, nonce, public_key) VALUES (?, ?, ?) "
                "ON CONFLICT (epoch) DO UPDATE SET nonce = excluded.nonce, public_key = excluded.public_key",
                (identity.epoch, identity.nonce, identity.public_key),
            )
            connection.exec_driver_sql(
                "INSERT INTO identity (id, body) VALUES (1, ?) "
                "ON CONFLICT (id) DO UPDATE SET body = excluded.body",
                (text_of(identity.to_json()),),
            )
