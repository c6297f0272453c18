"""Makes the screens with their presenters; where they lead to is handed in by the window."""

from __future__ import annotations

from dataclasses import dataclass, fields

from pos_app.bootstrap.services import Services
from pos_app.bootstrap.stores import Stores
from pos_app.domain.customer import CustomerCard
from pos_app.services.strip import StripFacts
from ui.attention.presenter import AttentionPresenter, AttentionServices, AttentionWays
from ui.attention.screen import AttentionScreen
from ui.attention.screen import connect as connect_attention
from ui.customer.connect import connect as connect_customer
from ui.customer.presenter import CustomerPresenter
from ui.customer.screen import CustomerScreen
from ui.customer.ways import CustomerServices, CustomerWays
from ui.pay.connect import connect as connect_pay
from ui.pay.presenter import PayPresenter
from ui.pay.screen import PayScreen
from ui.pickup.presenter import PickupPresenter
from ui.pickup.screen import PickupScreen
from ui.pickup.screen import connect as connect_pickup
from ui.pickup.ways import PickupServices, PickupWays
from ui.ready.presenter import ReadyFacts, ReadyPresenter, ReadyWays
from ui.ready.screen import ReadyScreen
from ui.ready.screen import connect as connect_ready
from ui.returns.presenter import ReturnPresenter
from ui.returns.screen import ReturnScreen
from ui.returns.screen import connect as connect_return
from ui.returns.ways import ReturnServices, ReturnWays
from ui.screen import Screen
from ui.search.connect import connect as connect_search
from ui.search.presenter import SearchPresenter
from ui.search.screen import SearchScreen
from ui.search.ways import SearchServices, SearchWays
from ui.sell.connect import SellDialogs
from ui.sell.connect import connect as connect_sell
from ui.sell.presenter import SellPresenter
from ui.sell.screen import SellScreen
from ui.sell.ways import SellServices, SellWays
from ui.shift.close_presenter import ShiftClosePresenter
from ui.shift.close_screen import ShiftCloseScreen
from ui.shift.close_screen import connect as connect_close
from ui.shift.facts import ShiftFacts, ShiftWays, former_float
from ui.shift.menu_presenter import ShiftMenuPresenter, ShiftServices
from ui.shift.menu_screen import ShiftMenuScreen
from ui.shift.menu_screen import connect as connect_menu
from ui.shift.open_presenter import ShiftOpenPresenter
from ui.shift.open_screen import ShiftOpenScreen
from ui.shift.open_screen import connect as connect_open
from ui.sign_in.presenter import SignInFacts, SignInPresenter, SignInWays
from ui.sign_in.screen import SignInScreen
from ui.sign_in.screen import connect as connect_sign_in
from ui.unsettled.presenter import UnsettledPresenter, UnsettledServices, UnsettledWays
from ui.unsettled.screen import UnsettledScreen
from ui.unsettled.screen import connect as connect_unsettled
from ui.widgets.choices import Choice


@dataclass(frozen=True, slots=True)
class Ways:
    """Where each screen leads to."""

    sell: SellWays
    pickup: PickupWays
    goods_return: ReturnWays
    search: SearchWays
    customer: CustomerWays
    shift: ShiftWays
    attention: AttentionWays
    unsettled: UnsettledWays
    ready: ReadyWays
    sign_in: SignInWays


@dataclass(frozen=True, slots=True)
class Presenters:
    """What the window talks to."""

    sell: SellPresenter
    pay: PayPresenter
    pickup: PickupPresenter
    goods_return: ReturnPresenter
    search: SearchPresenter
    customer: CustomerPresenter
    shift_open: ShiftOpenPresenter
    shift_close: ShiftClosePresenter
    shift_menu: ShiftMenuPresenter
    attention: AttentionPresenter
    unsettled: UnsettledPresenter
    ready: ReadyPresenter
    sign_in: SignInPresenter


@dataclass(frozen=True, slots=True)
class Screens:
    """What people see; made anew when language or colours change, while the presenters stay."""

    sign_in: SignInScreen
    sell: SellScreen
    pay: PayScreen
    pickup: PickupScreen
    goods_return: ReturnScreen
    search: SearchScreen
    customer: CustomerScreen
    shift_open: ShiftOpenScreen
    shift_close: ShiftCloseScreen
    shift_menu: ShiftMenuScreen
    attention: AttentionScreen
    unsettled: UnsettledScreen
    ready: ReadyScreen

    def all(self) -> tuple[Screen, ...]:
        return tuple(getattr(self, field.name) for field in fields(self))


class Names:
    """Numbers and ids as people call them."""

    def __init__(self, stores: Stores) -> None:
        self._stores = stores

    def person(self, number: int) -> str:
        """A staff member's full name; the number where they are not known here."""
        found = (person.name for person in self._stores.staff.everyone() if person.no == number)
        return next(found, str(number))

    def store(self, number: int) -> str:
        info = self._stores.policy.store_info(number)
        return str(number) if info is None else info.name

    def icon(self, category: str) -> str:
        """A category's icon."""
        found = (kind.icon for kind in self._stores.catalogue.categories() if kind.id == category)
        return next(found, "") or "package"

    def customer(self, customer: str) -> CustomerCard | None:
        return self._stores.customers.by_id(customer)


def make_presenters(
    services: Services, stores: Stores, ways: Ways, sign_in_facts: SignInFacts, ready_facts: ReadyFacts
) -> Presenters:
    """What stands behind the screens, for as long as the program runs."""
    names = Names(stores)
    sell_services = _sell_services(services, stores, names)
    shift_facts = _shift_facts(services, stores, names)
    shifts = services.shifts
    return Presenters(
        sell=SellPresenter(sell_services, ways.sell),
        pay=PayPresenter(),
        pickup=PickupPresenter(
            PickupServices(services.session, services.pickups, names.icon, names.store), ways.pickup
        ),
        goods_return=ReturnPresenter(
            ReturnServices(
                services.session,
                services.refunds,
                stores.catalogue,
                stores.shifts,
                names.customer,
                names.store,
                names.icon,
            ),
            ways.goods_return,
        ),
        search=SearchPresenter(
            SearchServices(services.session, services.search, stores.catalogue), ways.search
        ),
        customer=CustomerPresenter(
            CustomerServices(sell_services, stores.keyring, stores.customers), ways.customer
        ),
        shift_open=ShiftOpenPresenter(services.session, shifts, shift_facts, ways.shift),
        shift_close=ShiftClosePresenter(services.session, shifts, shift_facts, ways.shift),
        shift_menu=ShiftMenuPresenter(
            ShiftServices(services.session, shifts, services.cash_drawer, services.approvals),
            shift_facts,
            ways.shift,
        ),
        attention=AttentionPresenter(_attention_services(services, stores, names), ways.attention),
        unsettled=UnsettledPresenter(
            UnsettledServices(services.session, services.unsettled, services.journal.body, names.person),
            ways.unsettled,
        ),
        ready=ReadyPresenter(ready_facts, ways.ready),
        sign_in=SignInPresenter(services.session, services.sign_in, sign_in_facts, ways.sign_in),
    )


def make_screens(more: tuple[Choice, ...]) -> Screens:
    """Every screen in the language and colours of the moment; `more` = entries of the sell screen's ⋯."""
    return Screens(
        sign_in=SignInScreen(),
        sell=SellScreen(more),
        pay=PayScreen(),
        pickup=PickupScreen(),
        goods_return=ReturnScreen(),
        search=SearchScreen(),
        customer=CustomerScreen(),
        shift_open=ShiftOpenScreen(),
        shift_close=ShiftCloseScreen(),
        shift_menu=ShiftMenuScreen(),
        attention=AttentionScreen(),
        unsettled=UnsettledScreen(),
        ready=ReadyScreen(),
    )


def connect(screens: Screens, presenters: Presenters) -> SellDialogs:
    """Each screen with its presenter. Keep the answer as long as the screens: nobody else holds it."""
    connect_pay(screens.pay, presenters.pay)
    connect_pickup(screens.pickup, presenters.pickup)
    connect_return(screens.goods_return, presenters.goods_return)
    connect_search(screens.search, presenters.search)
    connect_customer(screens.customer, presenters.customer)
    connect_attention(screens.attention, presenters.attention)
    connect_unsettled(screens.unsettled, presenters.unsettled)
    connect_ready(screens.ready, presenters.ready)
    connect_sign_in(screens.sign_in, presenters.sign_in)
    connect_open(screens.shift_open, presenters.shift_open)
    connect_close(screens.shift_close, presenters.shift_close)
    connect_menu(screens.shift_menu, presenters.shift_menu)
    return connect_sell(screens.sell, presenters.sell)


def _sell_services(services: Services, stores: Stores, names: Names) -> SellServices:
    return SellServices(
        session=services.session,
        checkout=services.checkout,
        scans=services.scans,
        selling=services.selling,
        held=services.held_carts,
        customers=services.customers,
        catalogue=stores.catalogue,
        campaigns=stores.vouchers,
        approvals=services.approvals,
        waiting=lambda: len(services.pickups.waiting()),
        name_of=names.person,
    )


def _shift_facts(services: Services, stores: Stores, names: Names) -> ShiftFacts:
    def strip() -> StripFacts:
        return services.strip.facts()

    return ShiftFacts(
        printer=lambda: strip().printer,
        unsent=lambda: stores.outbox.counts().unsent,
        name_of=names.person,
        former_float=lambda: former_float(stores.shifts),
    )


def _attention_services(services: Services, stores: Stores, names: Names) -> AttentionServices:
    return AttentionServices(
        services.session,
        services.attention,
        lambda since: stores.attention.refused_codes(since),
        services.journal.body,
        names.person,
    )
