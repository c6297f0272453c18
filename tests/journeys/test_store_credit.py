"""An online order comes back as store credit, which is spent, refunded and spent: three sides agree."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from central.tables.inbox import case, document, result
from central.tables.ledgers import credit_entry, loss_entry
from pos_app.bootstrap.services import make_journal
from pos_app.services.return_draft import LineState
from pos_app.storage.clock import Boot
from pos_app.storage.journal import Recorded
from pos_app.storage.print_jobs import PrintJob
from printing import receipt
from printing.facts import ReceiptFacts
from printing.paper_facts import PaperFacts
from tests.support.demo_figures import Books, Watched, compare, of_till
from tests.support.paper_dump import dump
from tests.support.whole_day import WholeDay

BY_DOCUMENTS = credit_entry.c.doc_id.in_(select(document.c.doc_id))
"""What tills have written; the seed's own credits have no document."""


def code_of(day: WholeDay, recorded: Recorded) -> str:
    assert recorded.code_text is not None
    return recorded.code_text


def left(day: WholeDay, account: Recorded) -> int:
    return day.till.stores.credits.left(account.doc_id).left


def spend(day: WholeDay, paper: Recorded, *, most: int | None = None) -> Recorded:
    """Goods for the credit and cash for the rest; `most` picks a piece that costs less."""
    product = next(
        one for one in day.goods() if most is None or one.price_at(day.till.clock.now()).amount < most
    )
    day.services.checkout.add(product.id)
    payment = day.services.selling.begin_payment()
    payment.add_credit(code_of(day, paper))
    return payment.complete(0 if payment.can_complete else payment.cash_due).recorded


def everything_back(day: WholeDay, doc_id: str) -> Recorded:
    draft = day.services.refunds.open(doc_id)
    good = (LineState.RETURNABLE, LineState.LAST_DAY)
    for line in draft.original.lines:
        if draft.state_of(line) in good:
            draft.choose(line.no, line.left)
            draft.reason(line.no, "wrong_size")
    return day.granted(lambda given: draft.complete(given), lambda: draft.draft_hash).recorded


def statuses(day: WholeDay, *documents: Recorded) -> list[tuple[str, list[str]]]:
    names = [one.doc_id for one in documents]
    query = select(result.c.doc_id, result.c.status, result.c.codes).where(result.c.doc_id.in_(names))
    with day.central.central.database.reading() as connection:
        found = {row.doc_id: (row.status, list(row.codes)) for row in connection.execute(query)}
    return [found[name] for name in names]


def rows(day: WholeDay, query: Any) -> list[Any]:
    with day.central.central.database.reading() as connection:
        return list(connection.execute(query))


def agree(day: WholeDay) -> dict[str, Any]:
    """Till, central's documents and central's ledger say the same; answers the till's figures."""
    identity = day.till.identity
    products = {
        line["product"]
        for body in day.till.documents()
        for line in body["payload"].get("lines", ())
        if "product" in line
    }
    watched = Watched((), tuple(sorted(products)), (), ())
    own = of_till(day.till.stores, day.services, watched)
    books = Books(day.central.settings.database_url, identity.till)
    try:
        compared = compare(
            own, books.of_central(watched, identity.store), books.of_ledger(watched, identity.store)
        )
    finally:
        books.close()
    assert [one for one in compared if not one.ok] == []
    return own


def test_an_online_orders_credit_is_spent_in_part_and_three_sides_agree(day: WholeDay) -> None:
    paper = day.return_of_a_seeded_hand_over()
    given = left(day, paper)
    assert given > 0
    sold = spend(day, paper, most=given)
    assert 0 < left(day, paper) < given
    day.till.sync()

    assert statuses(day, paper, sold) == [("applied", []), ("applied", [])]
    figures = agree(day)
    assert figures[f"credit {paper.receipt_no}"] == left(day, paper)


def test_what_was_bought_with_credit_comes_back_into_the_same_account(day: WholeDay) -> None:
    paper = day.return_of_a_seeded_hand_over()
    given = left(day, paper)
    sold = spend(day, paper, most=given)
    back = everything_back(day, sold.doc_id)

    assert left(day, paper) == given
    day.till.sync()
    assert statuses(day, paper, sold, back) == [("applied", [])] * 3
    figures = agree(day)
    assert figures[f"credit {paper.receipt_no}"] == given
    assert rows(day, select(case.c.code)) == []
    assert rows(day, select(loss_entry.c.reason)) == []


def test_the_paper_of_the_second_return_pays_again_and_central_agrees(day: WholeDay) -> None:
    paper = day.return_of_a_seeded_hand_over()
    given = left(day, paper)
    back = everything_back(day, spend(day, paper, most=given).doc_id)
    again = spend(day, back, most=given)
    day.till.sync()

    assert statuses(day, back, again) == [("applied", []), ("applied", [])]
    account = select(credit_entry.c.account).distinct().where(BY_DOCUMENTS)
    assert [row.account for row in rows(day, account)] == [paper.doc_id]
    agree(day)


def test_sent_twice_the_credit_is_spent_once(day: WholeDay) -> None:
    paper = day.return_of_a_seeded_hand_over()
    sold = spend(day, paper)
    day.till.sync()
    entries = (
        select(credit_entry.c.doc_id, credit_entry.c.amount).where(BY_DOCUMENTS).order_by(credit_entry.c.id)
    )
    before = rows(day, entries)
    assert day.till.stores.outbox.rewind(1, 1, "a central that was restored") > 0
    day.till.sync()

    after = rows(day, entries)
    assert (after, len(after)) == (before, 2)
    assert statuses(day, sold) == [("applied", [])]


def test_goods_refused_at_a_hand_over_are_credit_of_that_paper(day: WholeDay) -> None:
    paper = day.hand_over_a_part_and_refuse_the_rest()
    given = left(day, paper)
    assert given > 0
    sold = spend(day, paper)
    day.till.sync()

    assert statuses(day, paper, sold) == [("applied", []), ("applied", [])]
    agree(day)


def test_the_receipt_names_the_paper_and_what_is_left_also_when_printed_again(day: WholeDay) -> None:
    paper = day.return_of_a_seeded_hand_over()
    given = left(day, paper)
    sold = spend(day, paper, most=given)
    rest = left(day, paper)
    said = f"Còn trên phiếu {paper.receipt_no} | > {_money(rest)}"
    assert said in printed(day, sold)

    spend(day, paper)
    assert left(day, paper) < rest
    assert said in printed(day, sold)


def _money(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def printed(day: WholeDay, recorded: Recorded) -> str:
    """What the worker would compose now."""
    stores, till = day.till.stores, day.till
    journal = make_journal(stores, till.identity, Boot.new(till.clock))
    facts = PaperFacts(
        journal, stores.catalogue, stores.customers, stores.orders, stores.policy, stores.staff,
        stores.vouchers, stores.credits,
    )  # fmt: skip
    body = journal.body(recorded.doc_id)
    assert body is not None
    job = PrintJob(1, recorded.doc_id, "receipt", 1, False, False, "waiting", 0, None, None)
    known = facts.of(job, body)
    assert isinstance(known, ReceiptFacts)
    return dump(receipt.compose(body, known, 1))
