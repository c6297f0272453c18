"""From the strip to what is not settled, and on to its paper and to what needs attention."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from tests.support.journey import Till
from tests.support.shots_attention import Said


def page(till: Till) -> Any:
    return till.program.counter.go.presenters.unsettled.state()


def dialog(till: Till) -> str:
    top = till.program.counter.window.dialog()
    return "" if top is None else top.objectName()


def listed(till: Till) -> None:
    """A press on the strip, F2."""
    till.program.counter.menus.open_details()
    till.hands.key(Qt.Key.Key_F2)
    till.hands.until("the list is read", lambda: len(page(till).rows) > 0 and not page(till).is_reading)
    assert dialog(till) == ""
    assert till.screen == "unsettled"


def test_a_sale_that_waits_is_listed_and_its_receipt_shown(till: Till) -> None:
    till.fill()
    till.sells_on()
    listed(till)
    newest = page(till).rows[0]
    assert newest.title.startswith("Hóa đơn")
    assert newest.line == "Chờ gửi · Máy tự gửi khi có mạng"
    till.hands.key(Qt.Key.Key_Return)
    till.hands.until("its paper", lambda: dialog(till) == "paperDialog")
    till.hands.key(Qt.Key.Key_Escape)
    till.hands.key(Qt.Key.Key_Escape)
    assert till.screen == "sell"


def test_a_document_in_quarantine_leads_to_what_needs_attention(till: Till) -> None:
    till.fill()
    till.sells_on()
    sold = till.documents("sale")[-1]
    stored = till.program.services.journal.stored(sold.doc_id)
    assert stored is not None
    said = Said(sold.doc_id, stored.hash.hex(), "quarantined", ("BROKEN_INVARIANT",))
    till.program.stores.outbox.answered([said], "incarnation-1")
    listed(till)
    till.program.counter.go.presenters.unsettled.choose_tab("quarantined")
    till.hands.key(Qt.Key.Key_Return)
    assert till.screen == "attention"
    assert till.program.counter.go.presenters.attention.state().current == f"quarantined-{sold.doc_id}"
