"""A manager gives a counter voucher from the menu: printed, booked at central, paid with at the till."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from tests.support.blanks import let_tills_hold
from tests.support.journey import THREE_HUNDRED, Shop, Till
from tests.support.whole_day import MANAGER
from ui.menu.goodwill_dialog import GoodwillDialog

VALUE = 50_000
OpenWindow = Callable[..., Till]


def private_part(till: Till) -> dict[str, Any]:
    (issued,) = till.documents("voucher_issue")
    part = till.program.services.journal.private_part(issued.doc_id)
    assert part is not None
    return part


def give(till: Till) -> None:
    window = till.program.counter.window
    till.program.counter.menus.open_menu()
    till.hands.settle()
    till.hands.press("menu_goodwill")
    dialog = window.dialog()
    assert isinstance(dialog, GoodwillDialog)
    note = dialog.first_focus()
    assert isinstance(note, QPlainTextEdit)
    note.setPlainText("Khách chờ lâu vì máy hỏng")
    till.hands.key(Qt.Key.Key_F9)


def test_a_manager_gives_one_and_the_customer_pays_with_it(open_window: OpenWindow, shop: Shop) -> None:
    let_tills_hold(shop.server, THREE_HUNDRED, VALUE)
    till = open_window().enter(MANAGER)
    till.program.loops.start()
    stores = till.program.stores
    till.hands.until("the blanks are here", lambda: len(stores.blanks.held(THREE_HUNDRED)) == 2)

    give(till)

    assert till.answer.title == "Đã tặng voucher 50.000đ"
    payload = till.documents("voucher_issue")[0].content["payload"]
    assert (payload["value"], payload["reason"]) == (VALUE, "Khách chờ lâu vì máy hỏng")
    assert payload["serial"] in stores.blanks.given()
    counts = stores.outbox.counts
    till.hands.until("central has it", lambda: counts().unsent == 0)
    assert (counts().quarantined, counts().conflicts) == (0, 0)
    till.program.loops.stop()

    till.fill()
    till.hands.scan(private_part(till)["code"])
    assert till.answer.kind == "accepted"


def test_without_blanks_the_menu_says_so(open_window: OpenWindow) -> None:
    till = open_window().enter(MANAGER)
    goodwill = till.program.services.goodwill
    for _ in till.program.stores.blanks.held():
        goodwill.issue(goodwill.offers()[0], "Khách chờ lâu")
    till.program.counter.menus.more("goodwill")
    assert till.answer.title == "Hết voucher để tặng"


def test_the_last_one_is_printed_again_from_the_menu(open_window: OpenWindow) -> None:
    till = open_window().enter(MANAGER)
    till.program.counter.menus.open_menu()
    till.hands.settle()
    till.hands.press("menu_reprint_voucher")
    assert till.answer.title == "Chưa có voucher để in lại"

    goodwill = till.program.services.goodwill
    given = goodwill.issue(goodwill.offers()[0], "Khách chờ lâu")
    till.program.counter.menus.open_menu()
    till.hands.settle()
    till.hands.press("menu_reprint_voucher")
    assert (till.answer.title, till.answer.line) == ("Đang in lại voucher", "Bản in lại số 1")
    assert till.documents("receipt_reprint")[-1].content["payload"] == {"of": given.doc_id, "copy": 2}
