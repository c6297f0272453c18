"""Two years of purchases: they explain every customer's tier and points, and three ways of adding agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from central.seed.chain import SMALL, Chain
from central.seed.history import RETURN_DAYS, RETURNABLE
from central.seed.rhythm import DAYS
from central.seed.standing import tier_of
from central.seed.stores import STORES
from central.seed.wallet import SELLERS
from pos_app.domain import points
from pos_app.domain.money import vat_inside
from pos_app.domain.original import OriginalSale
from pos_app.domain.tender import TenderKind
from tests.support import central_databases, central_world
from tests.support.central_server import CentralServer, seeded_chain
from tests.support.plain_sql import PlainSql
from tests.support.seed_feeds import feed_bodies

TODAY = central_world.NOW.date()


class Loaded:
    """A small chain in a file, asked by plain SQL and by its feeds."""

    def __init__(self, folder: Path) -> None:
        self.chain = seeded_chain()
        with (
            CentralServer.seeded(folder, port=False) as server,
            server.central.database.reading() as connection,
        ):
            self.customers = feed_bodies(connection, "customers", "region/1")
            self.stock = {one.no: feed_bodies(connection, "stock", f"store/{one.no}") for one in STORES}
            self.sales = {one.no: feed_bodies(connection, "sales", f"store/{one.no}") for one in STORES}
        self._database = PlainSql(central_databases.url(folder))
        self.rows, self.close = self._database.rows, self._database.close


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    made = Loaded(tmp_path_factory.mktemp("history"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def chain(loaded: Loaded) -> Chain:
    return loaded.chain


# --- three ways ---------------------------------------------------------------------------------
def test_points_agree_by_sql_by_what_was_drawn_and_in_the_feed(loaded: Loaded) -> None:
    by_sql = dict(loaded.rows("SELECT customer, sum(delta) FROM points_entry GROUP BY customer"))
    drawn: Counter[str] = Counter({one.id: one.balance for one in loaded.chain.customers})
    for done in loaded.chain.handovers:
        drawn[done.order.customer.id] += done.earned
    fed = {key: body["balance"] for key, body in loaded.customers.items()}
    assert fed == dict(drawn)
    assert fed == {key: by_sql.get(key, 0) for key in fed}


def test_stock_agrees_by_sql_by_what_was_drawn_and_in_the_feed(loaded: Loaded) -> None:
    entries = loaded.rows("SELECT store, product, sum(delta) FROM stock_entry GROUP BY store, product")
    by_sql = {(store, product): total for store, product, total in entries}
    fed = {(no, key): body["quantity"] for no, bodies in loaded.stock.items() for key, body in bodies.items()}
    assert fed == by_sql == loaded.chain.stock


def test_what_was_sold_since_the_counting_left_the_stock(loaded: Loaded) -> None:
    sold = loaded.rows(
        "SELECT store, product, sum(quantity) FROM sale_line JOIN receipt USING (doc_id) "
        "WHERE business_date >= ? GROUP BY store, product",
        (TODAY - timedelta(days=30)).isoformat(),
    )
    gone = loaded.rows(
        "SELECT store, product, -sum(delta) FROM stock_entry WHERE doc_id <> '' GROUP BY store, product"
    )
    assert sorted(sold) == sorted(gone)
    assert gone


def test_tiers_agree_with_twelve_months_of_receipts(loaded: Loaded) -> None:
    year = dict(
        loaded.rows(
            "SELECT customer, sum(total) FROM receipt WHERE customer IS NOT NULL "
            "AND business_date >= ? AND business_date < ? GROUP BY customer",
            (TODAY - timedelta(days=365)).isoformat(), TODAY.isoformat(),
        )
    )  # fmt: skip
    fed = {key: body["tier"] for key, body in loaded.customers.items()}
    assert fed == {key: tier_of(year.get(key, 0)) for key in fed}
    assert set(fed.values()) == {"member", "silver", "gold", "platinum"}


def test_receipts_are_the_sums_of_their_lines_and_tenders(loaded: Loaded) -> None:
    assert loaded.rows(
        "SELECT receipt_no FROM receipt "
        "JOIN (SELECT doc_id, sum(amount) AS sold FROM sale_line GROUP BY 1) AS lines USING (doc_id) "
        "LEFT JOIN (SELECT doc_id, sum(amount) AS paid FROM tender_entry GROUP BY 1) AS tenders "
        "USING (doc_id) WHERE sold <> total OR coalesce(paid, 0) <> total + rounding"
    ) == []  # fmt: skip
    assert loaded.rows("SELECT count(*) FROM receipt WHERE doc_id NOT IN (SELECT doc_id FROM sale_line)") == [
        (0,)
    ]


# --- points and credit --------------------------------------------------------------------------
def test_every_receipt_earned_what_its_tier_of_that_day_gives(chain: Chain) -> None:
    staff = {one.id for one in chain.customers if one.staff is not None}
    for sold in chain.history.sales:
        given = points.earned_by(sold.tenders, sold.rounding, sold.tier_percent)
        nobody = sold.customer is None or sold.customer[0] in staff
        assert sold.earned == (0 if nobody else given)


def test_no_balance_was_ever_below_nothing(loaded: Loaded) -> None:
    held: defaultdict[str, int] = defaultdict(int)
    for customer, delta in loaded.rows("SELECT customer, delta FROM points_entry ORDER BY at, delta DESC"):
        held[customer] += delta
        assert held[customer] >= 0


def test_those_of_the_pictures_hold_what_the_pictures_show(chain: Chain) -> None:
    shown = [(one.name, one.tier, one.balance) for one in chain.customers[:3]]
    assert shown == [
        ("Lê Thị Hoa", "gold", 1_240),
        ("Trần Minh Tuấn", "silver", 310),
        ("Nguyễn Thị Lan", "member", 85),
    ]


def test_store_credit_accounts_are_made_by_returns_and_never_overdrawn(loaded: Loaded) -> None:
    accounts = loaded.rows(
        "SELECT account, sum(amount), max(amount), kind, -total FROM credit_entry "
        "JOIN receipt ON receipt.doc_id = account GROUP BY account, kind, total"
    )
    assert len(accounts) == len(list(loaded.chain.history.returns))
    assert any(left for _, left, *_ in accounts)
    for _, left, made, kind, returned in accounts:
        assert 0 <= left <= made == returned
        assert kind == "return"


def test_gift_cards_hold_what_is_left_of_them(loaded: Loaded) -> None:
    cards = loaded.rows(
        "SELECT serial, value, coalesce(sum(amount), 0), max_uses FROM voucher LEFT JOIN voucher_use "
        "USING (serial) WHERE kind = 'stored' GROUP BY serial, value, max_uses"
    )
    tenders = "SELECT reference, sum(amount) FROM tender_entry WHERE kind = 'stored_value' GROUP BY 1"
    paid = {str(one.serial): 0 for one in loaded.chain.gift_cards} | dict(loaded.rows(tenders))
    assert {serial: spent for serial, _, spent, _ in cards} == paid
    assert all(0 <= spent <= value and most == 0 for _, value, spent, most in cards)
    assert {entry["kind"] for body in loaded.customers.values() for entry in body["vouchers"]} <= {
        "amount", "percent", "gift",
    }  # fmt: skip


# --- the feed -----------------------------------------------------------------------------------
def test_tills_are_told_of_what_can_come_back_and_of_nothing_else(loaded: Loaded) -> None:
    first = (TODAY - timedelta(days=RETURN_DAYS)).isoformat()
    for bodies in loaded.sales.values():
        past = [body for body in bodies.values() if body["kind"] == "sale"]
        assert 0 < len(past) <= RETURNABLE
        for body in past:
            assert body["business_date"] >= first
            sale = OriginalSale.from_json(body)
            assert any(line.return_until and line.return_until >= TODAY for line in sale.lines)
            assert sum(line.amount for line in sale.lines) == sale.total
            assert sum(tender.amount for tender in sale.tenders) == sale.total + sale.rounding


def test_what_a_till_is_told_of_is_booked(loaded: Loaded) -> None:
    told = {key for bodies in loaded.sales.values() for key in bodies}
    assert told == {doc_id for (doc_id,) in loaded.rows("SELECT doc_id FROM result WHERE booked")}


# --- plausible ----------------------------------------------------------------------------------
def test_receipts_are_numbered_without_gaps_by_time(chain: Chain) -> None:
    for store in STORES:
        own = [one for one in chain.history.receipts if one.store == store.no]
        assert [one.seq for one in own] == list(range(1, len(own) + 1))
        assert [one.at for one in own] == sorted(one.at for one in own)
        assert {one.staff for one in own} <= set(SELLERS[store.no])


def test_the_past_is_two_years_of_opening_hours(chain: Chain) -> None:
    for one in chain.history.receipts:
        assert timedelta(days=1) <= TODAY - one.day <= timedelta(days=DAYS)
        assert 9 <= one.at.hour < 21
    assert len(chain.history.receipts) >= SMALL.history


def test_saturdays_are_busier_than_mondays(chain: Chain) -> None:
    days = Counter(sold.day.isoweekday() for sold in chain.history.sales)
    assert days[6] > days[1] * 1.3


def test_nobody_bought_before_they_were_a_customer(chain: Chain) -> None:
    since = {one.id: one.created_at for one in chain.customers}
    for one in chain.history.receipts:
        assert one.customer is None or one.at > since[one.customer[0]]


def test_vat_is_inside_every_line(chain: Chain) -> None:
    for sold in chain.history.sales:
        for one in sold.lines:
            assert one.vat == vat_inside(one.line.amount, one.vat_rate)
            assert 0 < one.line.amount <= one.line.gross


def test_returned_lines_were_paid_by_one_kind_of_money(chain: Chain) -> None:
    by_id = {sold.doc_id: sold for sold in chain.history.sales}
    for back in chain.history.returns:
        sold = by_id[back.sold]
        assert back.line in sold.lines
        assert back.at > sold.at
        assert [one.kind for one in sold.tenders] in [[kind] for kind in TenderKind]


# --- reservations -------------------------------------------------------------------------------
def test_reservations_are_unpaid_and_end_at_closing_time(loaded: Loaded) -> None:
    kept = [order for order in loaded.chain.orders if order.reserved_until is not None]
    assert len(kept) == SMALL.reservations
    for order in kept:
        assert order.reserved_until is not None
        assert (order.payment, order.prepaid, order.amount_due) == ("due", (), order.total)
        assert order.placed_at < order.promised_by < order.reserved_until
        assert order.reserved_until.date() == order.promised_by.date()
        assert (order.reserved_until.hour, order.reserved_until.minute) == (22, 0)
        assert (order.handover == "none") == (order.promised_by.date() >= TODAY)


def test_every_shop_has_reservations_of_every_state(chain: Chain) -> None:
    for store in STORES:
        own = [one for one in chain.orders if one.store == store.no and one.reserved_until is not None]
        assert {one.handover for one in own} == {"none", "done", "expired", "cancelled"}
        assert {one.preparation for one in own if one.handover == "none"} == {"new", "picking", "ready"}


def test_an_expired_reservation_ended_when_the_shop_closed(loaded: Loaded) -> None:
    ended = loaded.rows(
        'SELECT expired_at, reserved_until FROM shop_order WHERE expired_at IS NOT NULL AND "order" >= 58001'
    )
    assert ended
    assert all(one == until for one, until in ended)


def test_who_tried_took_one_piece_and_left_the_others(loaded: Loaded) -> None:
    taken = loaded.rows(
        'SELECT sum(handed), sum(refused) FROM order_entry WHERE "order" >= 58001 GROUP BY "order"'
    )
    assert taken
    assert all(handed and refused for handed, refused in taken)
