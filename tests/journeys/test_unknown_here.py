"""What a till takes on a signature alone while it is offline, and what central makes of it afterwards."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from central.tables.inbox import result
from central.tables.ledgers import credit_entry, order_entry, returned_entry
from central.tables.orders import order, order_line
from pos_app.domain.money import PIECE
from pos_app.services.bag_draft import BagDraft
from pos_app.services.paper_return import PaperDraft
from tests.support.central_books import proof
from tests.support.central_server import CentralServer
from tests.support.whole_day import CASHIER, MANAGER, WholeDay
from tests.support.whole_till import WholeTill


def codes_of(central: CentralServer, doc_id: str) -> list[str]:
    with central.central.database.reading() as connection:
        row = connection.execute(select(result).where(result.c.doc_id == doc_id)).one()
    assert row.booked
    return list(row.codes or ())


def test_lines_from_the_paper_become_lines_of_the_sale(
    day: WholeDay, central: CentralServer, tmp_path: Path
) -> None:
    beside = WholeTill.enrolled(tmp_path / "beside", central, number=2)
    day.till.sync()
    shoe = next(day.goods())
    selling = WholeDay(beside.enter(CASHIER), central)
    selling.services.checkout.add(shoe.id)
    sold = selling.pay()
    paid = selling.services.journal.body(sold.doc_id)
    assert paid is not None
    assert sold.code_text is not None
    amount = paid["payload"]["lines"][0]["amount"]

    draft = day.services.refunds.open(sold.code_text)
    assert isinstance(draft, PaperDraft)
    draft.add(shoe)
    draft.enter_amount(amount)
    draft.reason(1, "wrong_size")
    done = draft.complete()
    beside.sync()
    day.till.sync()

    assert codes_of(central, done.recorded.doc_id) == []
    with central.central.database.reading() as connection:
        here = returned_entry.c.original == sold.doc_id
        back = connection.execute(select(returned_entry).where(here)).one()
        credit = connection.scalar(
            select(func.sum(credit_entry.c.amount)).where(credit_entry.c.account == done.recorded.doc_id)
        )
    assert (back.line, back.amount, credit) == (1, amount, amount)
    assert proof(central).is_sound
    beside.close()


def test_goods_from_the_bag_become_lines_of_the_order(day: WholeDay, central: CentralServer) -> None:
    """The feed is emptied of the order: to this till it is as if it had come a moment ago."""
    wanted = next(
        one for one in day.chain.orders
        if one.store == 1 and not one.amount_due and one.total <= 2_000_000 and not one.identity_check
        and not one.pin and day.till.stores.orders.by_number(one.order) is not None
        and all(line.quantity == PIECE for line in one.lines)
    )  # fmt: skip
    with day.till.stores.files.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM waiting_order WHERE order_no = ?", (wanted.order,))

    draft = day.services.pickups.open(day.issuer.pickup(wanted))
    assert isinstance(draft, BagDraft)
    for line in wanted.lines:
        product = day.till.stores.catalogue.by_id(line.product.id)
        assert product is not None
        draft.scan(product.barcodes[0])
    need = draft.needs_approval
    assert need is not None
    granted = day.services.approvals.approve(need, MANAGER, day.chain.pins[MANAGER], draft.draft_hash)
    done = draft.begin_payment(granted).complete()
    day.till.sync()

    assert codes_of(central, done.recorded.doc_id) == []
    with central.central.database.reading() as connection:
        handed = connection.scalar(
            select(func.sum(order_entry.c.handed)).where(order_entry.c.order == wanted.order)
        )
        ordered = connection.scalar(
            select(func.sum(order_line.c.quantity)).where(order_line.c.order == wanted.order)
        )
        assert connection.scalar(select(order.c.order).where(order.c.order == wanted.order)) is not None
    assert handed == ordered
    assert proof(central).is_sound
