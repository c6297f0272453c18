"""The window asks central before the act: what becomes possible, what is refused, and nobody waits long."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from sqlalchemy import delete, func, insert, select, update

from central.seed.gift_cards import GIFT_CARDS
from central.tables.claims import claim
from central.tables.customers import customer
from central.tables.ledgers import points_entry, voucher_use
from central.tables.money import receipt
from central.tables.orders import order, order_line, order_prepaid
from central.tables.vouchers import voucher
from pos_app.domain.codes import VoucherCode, day_of, encode, short_code
from pos_app.domain.ids import TenantId, uuid7
from tests.support.central_till import Till as OtherTill
from tests.support.hostile_server import hostile_server, silence
from tests.support.journey import THREE_HUNDRED, Shop, Till

UNTIL = date(2026, 12, 31)
AT_ONCE_S = 0.3


@pytest.fixture
def online(till: Till) -> Till:
    """The sync loop has just been answered."""
    till.program.checks.heard(True)
    return till


@pytest.fixture
def other(shop: Shop) -> OtherTill:
    """Another till of the chain, reduced to what it says to central."""
    return OtherTill.enrol(shop.server, store=2, number=_numbers.pop())


_numbers = list(range(99, 40, -1))


@pytest.fixture(autouse=True)
def _no_claims_of_the_test_before(shop: Shop) -> Iterator[None]:
    yield
    with shop.server.central.database.writing() as connection:
        connection.execute(delete(claim))


def issued(shop: Shop, serial: int, **changes: Any) -> str:
    """A voucher that central knows: 50.000 đ off anything, once; answers the text of its code."""
    row: dict[str, Any] = {
        "serial": str(serial), "short_code": short_code(serial), "key_id": shop.issuer.key_id(2),
        "campaign": THREE_HUNDRED, "kind": "amount", "value": 50_000, "valid_until": UNTIL, "store": 0,
        "min_basket": 0, "max_uses": 1, "issued_at": shop.now,
    } | changes  # fmt: skip
    code = VoucherCode(
        key_id=row["key_id"], serial=serial, campaign=row["campaign"],
        kind={"amount": 1, "stored": 4}[row["kind"]], value=row["value"], min_basket=0,
        valid_until_day=day_of(UNTIL), store=0, max_uses=row["max_uses"],
    )  # fmt: skip
    text = encode(code, shop.server.central.keys.for_type(2).sign, TenantId(shop.chain.tenant))
    with shop.server.central.database.writing() as connection:
        connection.execute(insert(voucher), row | {"code": text})
    return text


def ask(other: OtherTill, kind: str, key: str, quantity: int = 1) -> dict[str, Any]:
    words = {"kind": kind, "key": key, "quantity": quantity, "doc_id": uuid7(other.server.clock())}
    return dict(other.post("/v1/checks", words).json())


def scanned(till: Till, text: str, title: str) -> None:
    till.hands.scan(text)
    till.hands.until(f"“{title}”, not “{till.answer.title}”", lambda: till.answer.title == title)


def newest(till: Till, kind: str = "sale") -> Any:
    return till.documents(kind)[-1].content


def test_a_voucher_of_three_uses_is_used_here_and_elsewhere(
    online: Till, shop: Shop, other: OtherTill
) -> None:
    code = issued(shop, 7001, max_uses=3)
    online.fill()
    scanned(online, code, "Đã nhận voucher")
    online.hands.key(Qt.Key.Key_F10)

    assert newest(online)["payload"]["vouchers"][0]["allowed_by"] == "online"
    assert newest(online)["connectivity"] == "online"
    assert [ask(other, "voucher", "7001")["verdict"] for _ in range(3)] == ["ok", "ok", "used"]


def test_what_another_till_has_in_its_hands_is_refused_with_its_name(
    online: Till, shop: Shop, other: OtherTill
) -> None:
    code = issued(shop, 7002)
    ask(other, "voucher", "7002")
    online.fill()
    online.hands.scan(code)
    online.hands.until("refused", lambda: "đã dùng ở quầy" in online.answer.title)
    assert online.program.services.checkout.cart.vouchers == ()


def test_a_voucher_that_leaves_the_cart_is_free_for_others(
    online: Till, shop: Shop, other: OtherTill
) -> None:
    code = issued(shop, 7003)
    online.fill()
    scanned(online, code, "Đã nhận voucher")
    assert ask(other, "voucher", "7003")["verdict"] == "used"
    online.program.counter.go.presenters.sell.drop_voucher(7003)

    online.hands.until("released", lambda: ask(other, "voucher", "7003")["verdict"] == "ok")


def test_a_voucher_is_found_by_its_short_code(online: Till, shop: Shop) -> None:
    issued(shop, 7004)
    online.fill()
    before = online.total
    scanned(online, short_code(7004), "Đã nhận voucher")
    assert online.total == before - 50_000


def test_a_gift_card_pays_and_has_less_on_it(online: Till, shop: Shop) -> None:
    code = issued(shop, 7005, kind="stored", value=100_000, max_uses=0, campaign=GIFT_CARDS)
    total = online.fill()
    assert total > 100_000
    online.hands.key(Qt.Key.Key_F9)
    scanned(online, code, "Đã nhận thẻ quà tặng")
    online.hands.key(Qt.Key.Key_Escape)
    question = online.program.counter.window.dialog()
    assert question is not None, "a card that lies on the counter is not left without a word"
    said = question.findChild(QLabel, "questionLine")
    assert said.text() == "Thẻ quà tặng 100.000đ: chưa trừ, đưa lại thẻ cho khách."
    online.hands.key(Qt.Key.Key_Escape)
    online.hands.key(Qt.Key.Key_F10)

    tender = newest(online)["payload"]["tenders"][0]
    assert (tender["kind"], tender["amount"], tender["reference"]) == ("stored_value", 100_000, "7005")
    online.program.loops.start()
    online.hands.until("sent", lambda: online.program.stores.outbox.counts().unsent == 0)
    with shop.server.central.database.reading() as connection:
        spent = select(func.sum(voucher_use.c.amount)).where(voucher_use.c.serial == "7005")
        assert connection.scalar(spent) == 100_000


def test_without_central_a_gift_card_and_a_voucher_of_many_uses_wait(till: Till, shop: Shop) -> None:
    many = issued(shop, 7006, max_uses=3)
    card = issued(shop, 7007, kind="stored", value=100_000, max_uses=0, campaign=GIFT_CARDS)
    till.fill()
    scanned(till, many, "Voucher nhiều lượt cần có mạng")
    till.hands.key(Qt.Key.Key_F9)
    scanned(till, card, "Thẻ quà tặng cần có mạng")


def test_all_points_can_be_spent_when_central_says_so(online: Till, shop: Shop) -> None:
    services = online.program.services
    card = max(
        (found for one in shop.chain.customers if (found := online.program.stores.customers.by_id(one.id))),
        key=lambda found: found.balance,
    )
    services.checkout.attach(card)
    while online.total < 800_000:
        online.hands.scan(online.goods()[0])
    payment = services.selling.begin_payment()
    offer = payment.points_offer()

    assert offer.may_spend == min(card.balance, payment.due // 500)
    assert offer.reason is None


def test_a_code_that_is_not_ours_is_found_by_its_text(online: Till, shop: Shop) -> None:
    issued(shop, 7014)
    with shop.server.central.database.writing() as connection:
        connection.execute(update(voucher).where(voucher.c.serial == "7014").values(code="TETVUI2026"))
    online.fill()
    scanned(online, "tetvui2026".upper(), "Đã nhận voucher")
    online.hands.key(Qt.Key.Key_F10)
    (used,) = newest(online)["payload"]["vouchers"]
    assert (used["serial"], used["allowed_by"]) == ("7014", "online")


def test_a_code_that_is_not_ours_is_nothing_without_a_connection(till: Till, shop: Shop) -> None:
    issued(shop, 7015)
    with shop.server.central.database.writing() as connection:
        connection.execute(update(voucher).where(voucher.c.serial == "7015").values(code="TETVUI2027"))
    till.fill()
    till.hands.scan("TETVUI2027")
    assert till.answer.kind == "unknown"


def test_a_receipt_of_another_store_is_fetched_and_set_aside_while_it_is_open(
    online: Till, shop: Shop, other: OtherTill
) -> None:
    with shop.server.central.database.reading() as connection:
        there = select(receipt.c.receipt_no, receipt.c.doc_id)
        there = there.where(receipt.c.store == 2, receipt.c.body.is_not(None))
        row = connection.execute(there.order_by(receipt.c.business_date.desc())).first()
    assert row is not None
    online.hands.key(Qt.Key.Key_F7)
    scanned(online, row.receipt_no, f"Đã tìm thấy hóa đơn {row.receipt_no}")
    assert ask(other, "return", row.doc_id)["verdict"] == "used"

    online.hands.key_escape()  # the customer goes to the next counter
    online.hands.until("released", lambda: ask(other, "return", row.doc_id)["verdict"] == "ok")


def test_goods_of_an_order_handed_over_elsewhere_come_back_by_its_number(online: Till, shop: Shop) -> None:
    with shop.server.central.database.reading() as connection:
        there = select(order.c.number, receipt.c.receipt_no).join(receipt, receipt.c.order == order.c.order)
        there = there.where(receipt.c.store == 2, receipt.c.kind == "handover", receipt.c.body.is_not(None))
        row = connection.execute(there.order_by(receipt.c.business_date.desc())).first()
    assert row is not None
    online.hands.key(Qt.Key.Key_F7)
    scanned(online, row.number, f"Đã tìm thấy hóa đơn {row.receipt_no}")


def test_an_order_that_nobody_knows_is_said_to_be_unknown(online: Till) -> None:
    online.hands.key(Qt.Key.Key_F7)
    scanned(online, "MN-99999", "Trung tâm cũng không có mã này")


def test_an_order_that_came_a_moment_ago_is_fetched_and_opened(online: Till, shop: Shop) -> None:
    _new_order(shop, 990_001, "MN-990001")
    online.hands.key(Qt.Key.Key_F8)
    online.hands.scan("MN-990001")
    online.hands.until("open", lambda: "MN-990001" in online.answer.title)
    assert online.program.counter.go.presenters.pickup.view == "order"


def _new_order(shop: Shop, number: int, text: str) -> None:
    """Central has it, and has not told the tills yet."""
    like = shop.order(lambda one: one.store == 1 and one.amount_due == 0 and not one.identity_check)
    fresh = {"order": number, "number": text, "serial": str(number), "short_code": short_code(number)}
    open_state = {"cancelled_at": None, "refunded_at": None, "expired_at": None, "pin": None}
    with shop.server.central.database.writing() as connection:
        row = connection.execute(select(order).where(order.c.order == like.order)).one()
        connection.execute(insert(order), dict(row._mapping) | fresh | open_state)
        for table in (order_line, order_prepaid):
            for part in connection.execute(select(table).where(table.c.order == like.order)).all():
                connection.execute(insert(table), dict(part._mapping) | {"order": number})


def test_a_silent_central_holds_up_nobody(open_window: Callable[..., Till], shop: Shop) -> None:
    code, second, third = (issued(shop, serial) for serial in (7008, 7009, 7010))
    with hostile_server(silence(threading.Event())) as server:
        till = open_window(central_url=server.url).enter()
        till.program.checks.heard(True)
        till.fill()
        begun = time.monotonic()
        till.hands.scan(code)
        assert time.monotonic() - begun < AT_ONCE_S, "the screen stood still"
        assert "Đang hỏi trung tâm" in till.answer.line
        till.hands.scan(till.goods()[0])
        till.hands.until("the policy decided", lambda: till.answer.title == "Đã nhận voucher")
        assert time.monotonic() - begun < 2.0
        till.hands.key(Qt.Key.Key_F10)
        till.hands.until("sold", lambda: len(till.sales()) == 1)

        assert newest(till)["payload"]["vouchers"][0]["allowed_by"] == "policy"
        assert newest(till)["connectivity"] == "offline"
        till.fill()
        till.hands.scan(second)
        till.hands.until("two silences are enough", lambda: not till.program.checks.may_ask)
        till.hands.until("the policy decided", lambda: till.answer.title == "Đã nhận voucher")
        till.program.counter.go.presenters.sell.drop_voucher(7009)
        heard = len(server.heard)
        till.hands.scan(third)
        assert (till.answer.title, len(server.heard)) == ("Đã nhận voucher", heard)
        server.stop.set()


def test_after_the_hello_central_is_asked_again(online: Till) -> None:
    online.program.checks.heard(False)
    assert not online.program.checks.may_ask
    online.program.checks.heard(True)
    assert online.program.checks.may_ask


def test_a_customer_of_elsewhere_is_found_at_central_and_earns_points(online: Till, shop: Shop) -> None:
    lan = uuid7(shop.now)
    row = {"id": lan, "name": "Phạm Ngọc Lan", "phone": "+84988777666", "flags": [], "created_at": shop.now}
    with shop.server.central.database.writing() as connection:
        connection.execute(insert(customer), row)
    online.fill()
    page = online.program.counter.go.presenters.customer
    online.hands.key(Qt.Key.Key_F4)
    page.typed("0988 777 666")
    online.hands.until("found", lambda: page.state().page == "found")
    page.enter()
    online.hands.key(Qt.Key.Key_F10)

    assert newest(online)["payload"]["customer"] == lan
    online.program.loops.start()
    online.hands.until("sent", lambda: online.program.stores.outbox.counts().unsent == 0)
    with shop.server.central.database.reading() as connection:
        earned = select(func.sum(points_entry.c.delta)).where(points_entry.c.customer == lan)
        assert connection.scalar(earned) > 0
