"""The customer's window beside the real one: it follows the cashier and never holds a scan up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from pos_app import text
from tests.support.journey import Till
from ui.customer_display.cart_area import CartArea
from ui.customer_display.screen import CustomerDisplay


@pytest.fixture
def till(open_window: Callable[..., Till]) -> Till:
    return open_window(customer_display=True).enter()


def display(till: Till) -> CustomerDisplay:
    place = till.program.counter.around._place
    assert place is not None
    assert place.window is not None
    return place.window


def words(till: Till) -> str:
    till.hands.settle()
    area = display(till).findChild(CartArea)
    assert area is not None
    return area.accessibleName()


def shown(till: Till, name: str) -> str:
    """The words of a visible part of it, "" when it is not to be seen."""
    till.hands.settle()
    found = [one for one in display(till).findChildren(object, name) if one.isVisible()]  # type: ignore[attr-defined]
    return "" if not found else str(found[-1].text())


def test_lines_come_in_the_cashiers_order(till: Till) -> None:
    assert shown(till, "displayWholeTitle")
    till.fill(3)
    priced = till.program.services.checkout.priced()
    names = [part.split(", ")[0] for part in words(till).split(". ")]
    assert names == [line.name.split(", ")[0] for line in priced.lines]
    assert shown(till, "displayFigureAmount") == text.money_d(priced.total)


def test_paying_and_thanks(till: Till) -> None:
    total = till.fill(1)
    till.hands.key(Qt.Key.Key_F9)
    assert shown(till, "displayFigureLabel") == "Còn phải trả"
    for digit in str(total + 100_000):
        till.hands.key(Qt.Key(ord(digit)), digit)
    till.hands.until("the change is shown", lambda: shown(till, "displayFigureSecondLabel") == "Tiền thừa")
    till.hands.key(Qt.Key.Key_Return)
    assert till.sales()[-1]["total"] == total
    assert shown(till, "displayWholeTitle") == "Cảm ơn quý khách"
    assert shown(till, "displayChangeAmount")


def test_closing_the_customers_window_closes_nothing(till: Till) -> None:
    assert not display(till).close()
    till.fill(1)
    assert "," in words(till)


def test_without_a_second_screen_there_is_none(open_window: Callable[..., Till]) -> None:
    till = open_window("other").enter()
    place = till.program.counter.around._place
    assert place is not None
    assert place.window is None
