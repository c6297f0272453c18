"""What waits for a person, and what each row does about it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from pytestqt.qtbot import QtBot

from tests.support.counter import Counter
from tests.support.shots_attention import busy, services
from tests.support.shots_shift import counter as fresh
from ui.attention.presenter import AttentionPresenter, AttentionWays
from ui.attention.screen import AttentionScreen, connect
from ui.attention.state import AttentionRow


@dataclass
class Woken:
    """What the page woke."""

    names: list[str] = field(default_factory=list)

    def ways(self) -> AttentionWays:
        return AttentionWays(
            leave=lambda: self.names.append("leave"),
            verify=self.names.append,
            printed=lambda: self.names.append("printed"),
            sent=lambda: self.names.append("sent"),
        )


def gone(made: Counter) -> None:
    """Close the till and take its folder away."""
    made.till.files.dispose()
    shutil.rmtree(made.till.files.folder)


@pytest.fixture
def waiting() -> Iterator[Counter]:
    made = busy()
    yield made
    gone(made)


@pytest.fixture
def woken() -> Woken:
    return Woken()


def page(made: Counter, woken: Woken) -> AttentionPresenter:
    return AttentionPresenter(services(made), woken.ways())


def row_of(presenter: AttentionPresenter, start: str) -> AttentionRow:
    return next(row for row in presenter.state().rows if row.key.startswith(start))


def test_the_page_counts_what_the_strip_counts(waiting: Counter, woken: Woken) -> None:
    state = page(waiting, woken).state()
    assert state.tabs[0].count == waiting.attention.count() == len(state.rows)


def test_nothing_here_blocks_selling_and_the_page_says_so(waiting: Counter, woken: Woken) -> None:
    assert page(waiting, woken).state().note == "Không việc nào chặn bán hàng"


def test_refused_codes_stand_under_a_tab_of_their_own(waiting: Counter, woken: Woken) -> None:
    presenter = page(waiting, woken)
    presenter.choose_tab("refused")
    assert [row.title for row in presenter.state().rows] == [
        "Mã không phải do trung tâm phát",
        "Voucher hết hạn",
    ]


def test_why_a_code_was_refused_is_told_in_words(waiting: Counter, woken: Woken) -> None:
    presenter = page(waiting, woken)
    presenter.choose_tab("refused")
    detail = presenter.state().detail
    assert detail is not None
    assert dict(detail.facts)["Lý do"] == "Mã không phải do trung tâm phát"


def test_a_case_is_looked_at_before_it_goes(waiting: Counter, woken: Woken) -> None:
    presenter = page(waiting, woken)
    case = row_of(presenter, "case")
    presenter.press_row(case.key)
    assert case.key in [row.key for row in presenter.state().rows]
    detail = presenter.state().detail
    assert detail is not None
    assert detail.amount == 389_000
    presenter.act()
    assert case.key not in [row.key for row in presenter.state().rows]


def test_print_again_wakes_the_printer(waiting: Counter, woken: Woken) -> None:
    presenter = page(waiting, woken)
    presenter.press_row(row_of(presenter, "print_failed").key)
    assert woken.names == ["printed"]
    assert not any(row.key.startswith("print_failed") for row in presenter.state().rows)


def test_a_paper_in_hand_is_put_away(waiting: Counter, woken: Woken) -> None:
    presenter = page(waiting, woken)
    presenter.choose(row_of(presenter, "print_doubt").key)
    presenter.dismiss()
    assert not any(row.key.startswith("print_doubt") for row in presenter.state().rows)
    assert woken.names == []


def test_a_conflict_is_sent_again(waiting: Counter, woken: Woken) -> None:
    presenter = page(waiting, woken)
    before = waiting.outbox.counts().unsent
    presenter.press_row(row_of(presenter, "conflict").key)
    assert woken.names == ["sent"]
    assert waiting.outbox.counts().unsent == before + 1


def test_a_shift_leads_to_its_second_person(woken: Woken) -> None:
    made, _folder = fresh()
    made.open()
    made.shifts.close({100_000: 3}, "Thối nhầm")
    presenter = page(made, woken)
    presenter.press_row(row_of(presenter, "shift").key)
    assert woken.names == [made.shifts.to_verify()[0].closed_doc_id]
    gone(made)


def test_after_an_act_the_next_row_is_chosen(waiting: Counter, woken: Woken) -> None:
    presenter = page(waiting, woken)
    keys = [row.key for row in presenter.state().rows]
    presenter.choose(keys[0])
    presenter.act()
    assert presenter.state().current == keys[1]


def test_every_code_that_central_may_say_has_words(waiting: Counter, woken: Woken) -> None:
    for row in page(waiting, woken).state().rows:
        assert "{" not in row.title + row.line
        assert "_" not in row.title + row.line


def test_an_empty_list_is_told_in_words(woken: Woken, qtbot: QtBot) -> None:
    made, _folder = fresh()
    presenter = page(made, woken)
    screen = AttentionScreen()
    qtbot.addWidget(screen)
    connect(screen, presenter)
    assert presenter.state().rows == ()
    assert screen.findChild(object, "empty") is not None
    assert screen.key("Esc")
    assert woken.names == ["leave"]
    gone(made)
