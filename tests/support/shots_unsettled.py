"""The list of unsettled documents over a real till: one of each state, none, and a receipt's paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from pos_app.services.unsettled import Unsettled
from pos_app.storage.cases import CaseStore
from pos_app.storage.document_states import DocumentStates
from printing.preview import png
from printing.receipt import compose
from tests.support import till_files
from tests.support.counter import Counter
from tests.support.paper_bodies import FACTS, usual_sale
from tests.support.shots_attention import answered, busy
from tests.support.shots_kit import SHOP
from tests.support.shots_shift import counter, kept
from tests.support.shots_sign_in import window_of
from ui.asking_central import on_the_spot
from ui.attention import codes
from ui.paper.dialog import open_paper
from ui.unsettled import screen as unsettled_screen
from ui.unsettled.presenter import UnsettledPresenter, UnsettledServices, UnsettledWays
from ui.widgets.strip_state import StripState


def services(made: Counter) -> UnsettledServices:
    names = {person.no: person.name for person in made.sign_in.people()}
    files = made.till.files
    return UnsettledServices(
        made.session,
        Unsettled(DocumentStates(files.till), CaseStore(files)),
        made.till.journal.body,
        lambda no: names.get(no, ""),
    )


def _page(made: Counter, tab: str = "all", choose: int = 0) -> QWidget:
    presenter = UnsettledPresenter(services(made), UnsettledWays(on_the_spot))
    screen = unsettled_screen.UnsettledScreen()
    unsettled_screen.connect(screen, presenter)
    window = window_of(screen, StripState(clock="14:40", attention=made.attention.count(), **SHOP))
    presenter.choose_tab(tab)
    rows = presenter.state().rows
    if choose:
        presenter.choose(rows[choose].key)
    return kept(window, made, made.till.files.folder)


def _mixed() -> Counter:
    """One of each, and some that simply wait for the network since yesterday."""
    made = busy()
    fork = made.till.sell([till_files.line(7, 1_250_000)])
    answered(made, fork.doc_id, "fork", "TILL_FORK", case="01a1f3d6")
    made.drawer.cash_in(400_000, "Nhận tiền lẻ từ két")
    made.till.clock.pass_time(29 * 3600 + 20 * 60)
    for at in range(3):
        made.till.sell([till_files.line(at + 1, 159_000)])
    return made


def _empty() -> QWidget:
    made, _folder = counter()
    return _page(made)


def _paper() -> QWidget:
    window = _page(_mixed())
    open_paper(window, f"{codes.document('sale')} NT02-005141", png(compose(usual_sale(), FACTS, 1)))
    return window


def shots() -> list[tuple[str, Callable[[], QWidget]]]:
    return [
        ("18-unsettled", lambda: _page(_mixed())),
        ("18-unsettled-quarantined", lambda: _page(_mixed(), "quarantined")),
        ("18-unsettled-flagged", lambda: _page(_mixed(), choose=9)),
        ("18-unsettled-empty", _empty),
        ("18-unsettled-paper", _paper),
    ]
