"""Counter vouchers that go out with a sale: blanks of a campaign that gives them (protocol §3a `issued`)."""

from __future__ import annotations

from typing import Any

import pytest

from pos_app.domain.errors import NothingToPrint
from pos_app.services.payment import Completed
from pos_app.storage.blanks import BlankStore
from tests.support import till_files
from tests.support.counter import MANAGER
from tests.support.sell_desk import SHOE, SellDesk
from tests.support.till_files import HOA
from ui.sell.paying import thanks_of

GIVES = {"least": 500_000, "from": "2026-11-01", "to": "2026-11-30"}


@pytest.fixture
def desk(desk: SellDesk) -> SellDesk:
    gives(desk)
    desk.counter.till.feed("blanks", {"101": blank("QX1A"), "102": blank("QX1B")})
    return desk


def blank(text: str, **changes: Any) -> dict[str, Any]:
    body = {"campaign": 7, "text": text, "short_code": "", "kind": "amount", "value": 50_000}
    return body | {"valid_until": "2026-12-31"} | changes


def gives(desk: SellDesk, **changes: Any) -> None:
    body = till_files.campaign(gives=GIVES | changes)
    desk.counter.till.feed("campaigns", {"campaign/7": body})


def sell(desk: SellDesk) -> Completed:
    desk.services.scans.scan(SHOE)
    payment = desk.services.selling.begin_payment()
    return payment.complete(payment.cash_due)


def issued(desk: SellDesk, done: Completed) -> Any:
    return desk.counter.payload(done.recorded.doc_id).get("issued")


def test_a_sale_names_what_it_gave_and_its_code_stays_private(desk: SellDesk) -> None:
    done = sell(desk)
    assert issued(desk, done) == [{"what": "voucher", "serial": "101", "campaign": 7, "value": 50_000}]
    assert "QX1A" not in str(desk.counter.payload(done.recorded.doc_id))
    assert desk.counter.till.journal.private_part(done.recorded.doc_id) == {"issued": {"101": "QX1A"}}
    assert desk.counter.jobs(done.recorded.doc_id) == [("receipt", True), ("voucher", False)]


def test_it_says_for_whom(desk: SellDesk) -> None:
    card = desk.customers.by_id(HOA)
    assert card is not None
    desk.services.checkout.attach(card)
    assert issued(desk, sell(desk))[0]["customer"] == HOA


def test_the_thank_you_tells_the_cashier(desk: SellDesk) -> None:
    assert thanks_of(sell(desk)).receipt.endswith("kèm voucher 50.000đ")


def test_a_blank_goes_out_once_and_without_one_the_sale_goes_on(desk: SellDesk) -> None:
    serials = [one["serial"] for one in issued(desk, sell(desk)) + issued(desk, sell(desk))]
    assert serials == ["101", "102"]
    done = sell(desk)
    assert (issued(desk, done), done.given) == (None, 0)
    assert BlankStore(desk.counter.till.files).given() == {"101", "102"}


@pytest.mark.parametrize("changes", [{"least": 500_001}, {"to": "2026-11-13"}, {"from": "2026-11-15"}])
def test_who_does_not_earn_one_gets_none(desk: SellDesk, changes: dict[str, Any]) -> None:
    gives(desk, **changes)
    assert issued(desk, sell(desk)) is None


def test_what_is_over_or_taken_back_stays_here(desk: SellDesk) -> None:
    till = desk.counter.till
    till.feed("blanks", {"101": blank("QX1A", valid_until="2026-11-13")})
    till.feed("revocations", {"code/102": {"at": "2026-11-13T00:00:00+00:00"}})
    assert issued(desk, sell(desk)) is None


def test_a_restricted_till_gives_nothing(desk: SellDesk) -> None:
    desk.counter.standing.restrict("restored", desk.counter.till.clock.now())
    assert issued(desk, sell(desk)) is None


# --- printed again ----------------------------------------------------------------------------
def test_the_last_voucher_is_printed_again_as_a_copy(desk: SellDesk) -> None:
    done = sell(desk)
    again = desk.counter.reprints.last_voucher()
    assert (again.of, again.copy) == (done.recorded.doc_id, 2)
    assert desk.counter.kinds()[-1] == "receipt_reprint"
    assert desk.counter.jobs(done.recorded.doc_id)[-1] == ("voucher", False)


def test_without_its_code_there_is_nothing_to_print(desk: SellDesk) -> None:
    desk.counter.enter(MANAGER)
    with pytest.raises(NothingToPrint):
        desk.counter.reprints.last_voucher()
    done = sell(desk)
    desk.counter.till.journal.erase_private(done.recorded.doc_id)
    with pytest.raises(NothingToPrint):
        desk.counter.reprints.last_voucher()
