"""Campaigns and revocations of the feeds, and which vouchers were used here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pos_app.domain.voucher import Campaign
from pos_app.storage.feed_items import all_items, item
from pos_app.storage.files import TillFiles


@dataclass(frozen=True, slots=True)
class UsedVoucher:
    """A use that stands; `amount` đồng taken off."""

    doc_id: str
    serial: str
    campaign: int
    amount: int
    business_date: str
    wall: str


@dataclass(frozen=True, slots=True)
class Revocation:
    """`at` = since when, by central's clock."""

    at: datetime | None
    reason: str


class VoucherStore:
    """What a till knows of vouchers without asking central."""

    def __init__(self, files: TillFiles) -> None:
        self._files = files

    def campaign(self, no: int) -> Campaign | None:
        body = item(self._files.store, "campaigns", f"campaign/{no}")
        return None if body is None else Campaign.from_json(body)

    def campaigns(self) -> list[Campaign]:
        return [Campaign.from_json(body) for _, body in all_items(self._files.store, "campaigns")]

    def used_here(self, serial: int | str) -> UsedVoucher | None:
        """The use of a serial at this till; one that was voided or returned whole the same day is none."""
        with self._files.till.reading() as connection:
            row = connection.exec_driver_sql(
                "SELECT doc_id, serial, campaign, amount, voucher_use.business_date, receipt.wall "
                "FROM voucher_use JOIN receipt USING (doc_id) "
                "WHERE serial = ? AND released_by IS NULL ORDER BY voucher_use.epoch DESC, voucher_use.seq DESC",
                (str(serial),),
            ).fetchone()
        return None if row is None else UsedVoucher(*row)

    def uses_in_shift(self) -> int:
        """Uses taken offline in the open shift (protocol §11)."""
        return self._count(
            "JOIN shift ON shift.state = 'open' AND shift.epoch = voucher_use.epoch "
            "AND shift.number = voucher_use.shift"
        )

    def uses_in_day(self) -> int:
        """Uses taken offline on the open shift's business day."""
        return self._count(
            "JOIN shift ON shift.state = 'open' AND shift.business_date = voucher_use.business_date"
        )

    def is_revoked(self, serial: int | str) -> bool:
        """Whether a code's serial is in the revocations."""
        return self.revocation(f"code/{serial}") is not None

    def is_receipt_revoked(self, till: str, epoch: int, seq: int) -> bool:
        return self.revocation(f"receipt/{till}/{epoch}/{seq}") is not None

    def revocation(self, key: str) -> Revocation | None:
        """By the feed's key: `code/…`, `receipt/…`, `key/…`, `till/…`, `staff/…`."""
        body = item(self._files.store, "revocations", key)
        if body is None:
            return None
        at = body.get("at")
        return Revocation(None if at is None else datetime.fromisoformat(at), str(body.get("reason") or ""))

    def _count(self, join: str) -> int:
        with self._files.till.reading() as connection:
            return int(
                connection.exec_driver_sql(
                    f"SELECT count(*) FROM voucher_use {join} "
                    "WHERE released_by IS NULL AND connectivity <> 'online'"
                ).scalar_one()
            )
