"""Campaigns of the feed, and which vouchers were used here."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.voucher import Campaign
from pos_app.storage.feed_items import KeptItems, item, items_under
from pos_app.storage.files import TillFiles
from pos_app.storage.json_text import JsonObject
from pos_app.storage.revocations import RevocationStore


@dataclass(frozen=True, slots=True)
class UsedVoucher:
    """A use that stands; `amount` đồng taken off."""

    doc_id: str
    serial: str
    campaign: int
    amount: int
    business_date: str
    wall: str
    receipt_no: str | None = None


class VoucherStore:
    """What a till knows of vouchers without asking central."""

    def __init__(self, files: TillFiles) -> None:
        self._files = files
        self._kept = KeptItems(self.campaigns, "campaigns")

    def campaign(self, no: int) -> Campaign | None:
        body = item(self._files.store, "campaigns", f"campaign/{no}")
        return None if body is None else Campaign.from_json(body)

    def campaigns(self) -> list[Campaign]:
        """Without the list of unsigned vouchers beside them, which may be long."""
        items = items_under(self._files.store, "campaigns", "campaign/")
        return [Campaign.from_json(body) for _key, body in items]

    def giving(self) -> list[Campaign]:
        """Campaigns whose counter vouchers go out with sales."""
        return [one for one in self._kept.get(self._files.store) if one.gives is not None]

    def listed(self, serial: int) -> JsonObject | None:
        """What an unsigned voucher is worth, by central's list (`domain.foreign_codes`)."""
        return item(self._files.store, "campaigns", f"foreign/{serial}")

    def paper(self, text: str) -> Campaign | None:
        """The campaign whose unsigned papers begin like this; of several the longest beginning."""
        fitting = [
            (len(one.paper.prefix), one.no, one)
            for one in self._kept.get(self._files.store)
            if one.paper is not None and text.startswith(one.paper.prefix)
        ]
        return max(fitting)[2] if fitting else None

    def used_here(self, serial: int | str) -> UsedVoucher | None:
        """The use of a serial at this till; one that was voided or returned whole the same day is none."""
        with self._files.till.reading() as connection:
            row = connection.exec_driver_sql(
                "SELECT doc_id, serial, campaign, amount, voucher_use.business_date, receipt.wall, "
                "receipt.receipt_no "
                "FROM voucher_use JOIN receipt USING (doc_id) "
                "WHERE serial = ? AND released_by IS NULL "
                "ORDER BY voucher_use.epoch DESC, voucher_use.seq DESC LIMIT 1",
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
        return RevocationStore(self._files).code(serial) is not None

    def _count(self, join: str) -> int:
        with self._files.till.reading() as connection:
            return int(
                connection.exec_driver_sql(
                    f"SELECT count(*) FROM voucher_use {join} "
                    "WHERE released_by IS NULL AND connectivity <> 'online'"
                ).scalar_one()
            )
