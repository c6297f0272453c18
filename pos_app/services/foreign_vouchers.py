"""Vouchers whose code is not ours: by central's list, or by what a campaign's papers look like."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.domain.customer import CustomerCard
from pos_app.domain.foreign_codes import UNSIGNED, foreign_serial, foreign_text
from pos_app.domain.voucher import VoucherKind, VoucherUse
from pos_app.services.session import Session
from pos_app.services.vouchers import Vouchers
from pos_app.storage.vouchers import VoucherStore

Take = Callable[[], VoucherUse]


class ForeignVouchers:
    """By the text; what is not signed stands under lower limits than what is (protocol §7, `policy`)."""

    def __init__(self, session: Session, vouchers: Vouchers, store: VoucherStore) -> None:
        self._session = session
        self._vouchers = vouchers
        self._store = store

    def serial_of(self, text: str) -> int | None:
        """What it is booked by; None where the text cannot be such a code."""
        code = foreign_text(text)
        return None if code is None else foreign_serial(self._session.identity.tenant, code)

    def is_known(self, text: str) -> bool:
        """Listed, or begins as a campaign says that its papers begin."""
        serial = self.serial_of(text)
        return serial is not None and (self._store.listed(serial) is not None or self.is_like_ours(text))

    def is_like_ours(self, text: str) -> bool:
        """Whether a campaign has papers that begin so."""
        return self._store.paper(foreign_text(text) or "") is not None

    def listed(self, text: str, customer: CustomerCard | None) -> Take | None:
        """A use of it by central's list, still to be checked; None when it is not in it.

        Taking raises CodeRefused, CodeRevoked, VoucherUsedHere and the VoucherRefused family.
        """
        serial = self.serial_of(text)
        terms = None if serial is None else self._store.listed(serial)
        return None if terms is None else lambda: self._vouchers.use_told(terms, customer)

    def unlisted(self, text: str, customer: CustomerCard | None, *, is_approved: bool) -> VoucherUse:
        """A paper in no list, of the campaign that it looks like, where central is silent.

        Never without a manager, and only within `policy.voucher_unknown_most`. What central does not know
        either, it books as a price that nothing explains.
        Raises ApprovalRequired, PolicyRefused, CodeRevoked, VoucherUsedHere and the VoucherRefused family.
        """
        serial, campaign = self.serial_of(text), self._store.paper(foreign_text(text) or "")
        assert serial is not None, "asked about first"
        assert campaign is not None, "asked about first"
        assert campaign.paper is not None, "found by it"
        use = VoucherUse(serial, UNSIGNED, VoucherKind.AMOUNT, campaign.paper.value, campaign)
        self._vouchers.check_paper(use, customer, is_approved=is_approved)
        return use
