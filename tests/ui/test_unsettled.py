"""The list of unsettled documents: what stands on it, how it is read, and where Enter leads."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos_app.storage.attention import AttentionStore
from pos_app.storage.document_states import DocumentPicture, DocumentPlace, DocumentState
from tests.support.counter import Counter
from tests.support.shots_attention import busy
from tests.support.shots_attention import services as attention_services
from tests.support.shots_unsettled import services
from ui.asking_central import on_the_spot
from ui.attention.presenter import AttentionPresenter, AttentionWays
from ui.unsettled.pages import KEPT, PAGE, Pages
from ui.unsettled.presenter import UnsettledPresenter, UnsettledWays
from ui.unsettled.screen import UnsettledScreen, connect
from ui.unsettled.state import UnsettledRow, UnsettledState
from ui.widgets.long_list import LongList

CASE = "01a20000-0000-7000-8000-000000000001"


@dataclass
class Led:
    """Where the page led."""

    went: list[tuple[str, str]] = field(default_factory=list)

    def ways(self) -> UnsettledWays:
        return UnsettledWays(
            on_the_spot,
            leave=lambda: self.went.append(("leave", "")),
            attention=lambda doc_id: self.went.append(("attention", doc_id)),
            paper=lambda doc_id: self.went.append(("paper", doc_id)),
            scan=lambda text: self.went.append(("scan", text)),
        )


@pytest.fixture
def waiting() -> Iterator[Counter]:
    made = busy()
    yield made
    made.till.files.dispose()
    shutil.rmtree(made.till.files.folder)


@pytest.fixture
def led() -> Led:
    return Led()


def page(made: Counter, led: Led) -> UnsettledPresenter:
    presenter = UnsettledPresenter(services(made), led.ways())
    presenter.refresh()
    return presenter


def rows(state: UnsettledState) -> list[UnsettledRow]:
    return [state.rows[at] for at in range(len(state.rows))]  # type: ignore[misc]


def titled(presenter: UnsettledPresenter, words: str) -> UnsettledRow:
    return next(row for row in rows(presenter.state()) if row.line.startswith(words))


def test_before_it_is_read_nothing_is_called_settled(waiting: Counter, led: Led) -> None:
    presenter = UnsettledPresenter(services(waiting), led.ways())
    assert presenter.state().is_reading
    presenter.refresh()
    assert not presenter.state().is_reading


def test_every_document_that_is_not_plainly_booked_stands_here_newest_first(
    waiting: Counter, led: Led
) -> None:
    state = page(waiting, led).state()
    assert [row.line.split(" · ")[0] for row in rows(state)] == [
        "Chờ gửi",
        "Chờ gửi",
        "Gửi riêng mỗi giờ",
        "Chờ chứng từ khác",
        "Trung tâm không nhận",
        "Cách ly",
        "Trung tâm hỏi lại",
        "Chờ gửi",  # the shift's opening, and that somebody had signed in
        "Chờ gửi",
    ]
    assert [(tab.name, tab.count) for tab in state.tabs] == [
        ("all", 9), ("unsent", 5), ("parked", 1), ("quarantined", 1), ("flagged", 1), ("refused", 1),
    ]  # fmt: skip


def test_a_row_names_kind_number_amount_and_reason(waiting: Counter, led: Led) -> None:
    row = titled(page(waiting, led), "Trung tâm hỏi lại")
    assert (row.title, row.amount) == ("Hóa đơn NT02-000001", "389.000")
    assert row.line == "Trung tâm hỏi lại · Voucher đã dùng quá số lượt"


def test_a_filter_shows_one_state(waiting: Counter, led: Led) -> None:
    presenter = page(waiting, led)
    presenter.choose_tab("quarantined")
    assert [row.line for row in rows(presenter.state())] == ["Cách ly · Số trong chứng từ không khớp nhau"]


def test_enter_leads_to_what_needs_attention_and_chooses_it_there(waiting: Counter, led: Led) -> None:
    presenter = page(waiting, led)
    row = titled(presenter, "Cách ly")
    presenter.choose(row.key)
    presenter.open()
    assert led.went == [("attention", row.key)]
    attention = AttentionPresenter(attention_services(waiting), AttentionWays())
    attention.choose_tab("print")
    attention.choose_document(row.key)
    assert (attention.state().tab, attention.state().current) == ("all", f"quarantined-{row.key}")


def test_enter_shows_the_paper_of_a_receipt_that_nobody_needs_to_look_at(waiting: Counter, led: Led) -> None:
    sold = waiting.till.sell([])
    presenter = page(waiting, led)
    presenter.choose(sold.doc_id)
    presenter.open()
    assert led.went == [("paper", sold.doc_id)]


def test_what_has_no_paper_and_waits_for_nobody_offers_nothing(waiting: Counter, led: Led) -> None:
    presenter = page(waiting, led)
    state = presenter.state()
    assert rows(state)[0].title == "Mã bị từ chối"
    assert state.detail is not None
    assert (state.detail.main, state.detail.second) == ("", "")
    presenter.open()
    assert led.went == []


def test_a_flagged_document_is_settled_when_central_has_closed_its_case(waiting: Counter, led: Led) -> None:
    presenter = page(waiting, led)
    row = titled(presenter, "Trung tâm hỏi lại")
    case = {"code": "VOUCHER_OVERUSED", "opened_at": "2026-11-14T02:00:00Z", "facts": {}}
    waiting.till.feed("cases", {"01a1f3d4": case | {"closed_at": "2026-11-14T03:00:00Z"}})
    presenter.refresh()
    assert row.key not in [one.key for one in rows(presenter.state())]


def test_a_flagged_document_that_was_seen_stays_while_its_case_is_open(waiting: Counter, led: Led) -> None:
    presenter = page(waiting, led)
    row = titled(presenter, "Trung tâm hỏi lại")
    case = {"code": "VOUCHER_OVERUSED", "opened_at": "2026-11-14T02:00:00Z", "facts": {}}
    waiting.till.feed("cases", {"01a1f3d4": case})
    AttentionStore(waiting.till.files.till).seen(row.key)
    presenter.refresh()
    presenter.choose(row.key)
    assert presenter.state().current == row.key
    presenter.open()
    assert led.went == [("paper", row.key)]  # nothing stands under Attention any more


def test_nothing_personal_stands_on_the_page(waiting: Counter, led: Led) -> None:
    made = waiting.till.record(
        "customer_create",
        {"customer": CASE, "fields": ["name", "phone"], "purposes": []},
        private={"name": "Trần Thị Hoa", "phone": "+84901234567"},
    )
    presenter = page(waiting, led)
    presenter.choose(made.doc_id)
    state = presenter.state()
    told = f"{rows(state)[0]} {state.detail}"
    assert rows(state)[0].title == "Thẻ khách"
    assert "Hoa" not in told
    assert "567" not in told


# --- ten thousand --------------------------------------------------------------------------------
@dataclass
class Asked:
    """Pictures of made-up documents, and how many were asked for."""

    count: int = 0

    def read(self, places: Sequence[DocumentPlace]) -> dict[str, DocumentPicture]:
        self.count += len(places)
        return {}


def many(asked: Asked, count: int = 10_000) -> Pages:
    def row(place: DocumentPlace, _picture: DocumentPicture | None) -> UnsettledRow:
        return UnsettledRow(place.doc_id, "hourglass", "quiet", f"Hóa đơn {place.doc_id}", "Chờ gửi", "", "")

    places = [DocumentPlace(f"{at:05d}", DocumentState.UNSENT) for at in range(count)]
    return Pages(places, asked.read, row)


def test_of_ten_thousand_rows_only_those_in_view_are_read(qtbot: QtBot) -> None:
    asked, screen = Asked(), UnsettledScreen()
    qtbot.addWidget(screen)
    screen.resize(1366, 720)
    screen.show()
    state = UnsettledState(many(asked), current="00000")
    screen.show_state(state)
    screen.grab()
    assert 0 < asked.count <= 2 * PAGE
    screen.show_state(replace(state, current="09999"))
    screen.grab()
    assert asked.count <= 4 * PAGE


def test_pages_that_were_left_are_forgotten() -> None:
    asked = Asked()
    pages = many(asked)
    for at in range(0, 10_000, PAGE):
        _row = pages[at]
    before = asked.count
    assert pages[9_999].key == "09999"
    assert asked.count == before
    assert pages[0].key == "00000"
    assert asked.count == before + PAGE
    assert KEPT * PAGE < 10_000


@pytest.mark.parametrize(
    ("key", "lands"),
    [
        (Qt.Key.Key_Down, "00001"),
        (Qt.Key.Key_Up, "00000"),
        (Qt.Key.Key_End, "09999"),
        (Qt.Key.Key_PageDown, "00006"),
    ],
)
def test_the_keys_walk_the_rows(qtbot: QtBot, key: Qt.Key, lands: str) -> None:
    screen = UnsettledScreen()
    qtbot.addWidget(screen)
    screen.resize(1366, 720)
    screen.show()
    screen.show_state(UnsettledState(many(Asked()), current="00000"))
    chosen: list[str] = []
    screen.row_pressed.connect(chosen.append)
    qtbot.keyClick(screen.findChild(LongList), key)
    assert chosen == [lands]


def test_enter_and_the_arrows_reach_the_page_from_the_list(qtbot: QtBot, waiting: Counter, led: Led) -> None:
    presenter, screen = page(waiting, led), UnsettledScreen()
    qtbot.addWidget(screen)
    connect(screen, presenter)
    screen.resize(1366, 720)
    screen.show()
    qtbot.keyClick(screen.rows, Qt.Key.Key_Right)
    qtbot.keyClick(screen.rows, Qt.Key.Key_Right)
    assert presenter.state().tab == "parked"
    qtbot.keyClick(screen.rows, Qt.Key.Key_Return)
    assert [name for name, _doc_id in led.went] == ["attention"]


def test_a_page_that_is_read_again_stays_where_it_was(qtbot: QtBot) -> None:
    screen = UnsettledScreen()
    qtbot.addWidget(screen)
    screen.resize(1366, 720)
    screen.show()
    state = UnsettledState(many(Asked()), current="05000")
    screen.show_state(state)
    screen.grab()
    top = screen.rows.verticalScrollBar().value()
    assert top > 0
    screen.show_state(replace(state, rows=many(Asked(), 9_990)))
    screen.grab()
    assert screen.rows.verticalScrollBar().value() == top
