"""The list of waiting orders: tabs, what was typed to find one, the row that stands chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from pos_app.services.pickups import WaitingOrder
from pos_app.text import _, ngettext, phone_masked
from ui.pickup import words
from ui.pickup.state import ColumnState, ListState, PersonState, WaitingRow

TABS = ("all", "late", "due")


@dataclass(slots=True)
class WaitingList:
    """Remembers the orders and what is chosen of them; knows no service."""

    orders: tuple[WaitingOrder, ...] = ()
    tab: str = "all"
    typed: str = ""
    current: str = ""

    def take(self, orders: list[WaitingOrder]) -> None:
        """Newer orders; the choice stays if its order is still there."""
        self.orders = tuple(orders)
        self._keep_current()

    def choose_tab(self, tab: str) -> None:
        """All, late, or with something to pay."""
        self.tab = tab
        self._keep_current()

    def find(self, typed: str) -> None:
        """Only those whose number contains what is typed."""
        self.typed = "".join(typed.upper().split())
        self._keep_current()

    def step(self, by: int) -> None:
        """The next or previous row."""
        keys = [str(order.order) for order in self.shown()]
        if keys:
            at = keys.index(self.current) + by if self.current in keys else 0
            self.current = keys[max(0, min(len(keys) - 1, at))]

    def shown(self) -> list[WaitingOrder]:
        """The rows of the tab that fit what is typed."""
        return [order for order in self._of(self.tab) if self.typed in order.number.upper()]

    def chosen(self) -> WaitingOrder | None:
        """The order of the chosen row."""
        return next((order for order in self.shown() if str(order.order) == self.current), None)

    def only(self, typed: str) -> WaitingOrder | None:
        """The one order whose number contains this, if it is just one."""
        found = [order for order in self.orders if typed in order.number.upper()]
        return found[0] if len(found) == 1 else None

    def _of(self, tab: str) -> list[WaitingOrder]:
        if tab == "late":
            return [order for order in self.orders if order.is_late]
        if tab == "due":
            return [order for order in self.orders if order.amount_due > 0]
        return list(self.orders)

    def _keep_current(self) -> None:
        keys = [str(order.order) for order in self.shown()]
        if self.current not in keys:
            self.current = keys[0] if keys else ""

    # --- shown ---------------------------------------------------------------------------------
    def state(self, now: datetime, zone: tzinfo) -> ListState:
        """The list as it stands."""
        shown = self.shown()
        late = len(self._of("late"))
        line = ngettext("{n} đơn chờ khách", "{n} đơn chờ khách", len(self.orders)).format(n=len(self.orders))
        if late:
            line += " · " + _("{n} đơn quá hẹn").format(n=late)
        return ListState(
            title=_("Đơn chờ nhận"),
            line=line,
            rows=tuple(_row(order, now, zone) for order in shown),
            current=self.current,
            tabs=(
                ("all", _("Tất cả"), len(self.orders)),
                ("late", _("Quá hẹn"), late),
                ("due", _("Còn thu tiền"), len(self._of("due"))),
            ),
            tab=self.tab,
            empty=self._empty(),
        )

    def _empty(self) -> tuple[str, str]:
        if self.typed:
            return (
                _("Chưa có đơn “{text}” ở máy này").format(text=self.typed),
                _("Bấm Enter để tìm theo số đầy đủ, hoặc quét mã QR của khách."),
            )
        if self.orders:
            return _("Không có đơn nào ở mục này"), _("Chọn mục Tất cả để xem các đơn khác.")
        return (
            _("Chưa có đơn chờ nhận"),
            _("Đơn khách đặt trên web để nhận ở cửa hàng này sẽ hiện ở đây theo giờ hẹn."),
        )

    def column(self, now: datetime, zone: tzinfo) -> ColumnState:
        """What the chosen order is about, before it is opened."""
        order = self.chosen()
        if order is None:
            return ColumnState(
                due_label=_("Còn phải thu"), main=_("Mở đơn"), main_reason=_("Quét mã của khách để mở")
            )
        sums = [
            (_("Số món"), words.items_words(order.left)),
            (_("Hẹn lấy"), words.promise_words(order.promised_by, now, zone)),
            (_("Chuẩn bị"), words.preparation_words(order.preparation)),
        ]
        if order.shelf:
            sums.append((_("Kệ"), order.shelf))
        phone = phone_masked(order.last3) if order.last3 else ""
        return ColumnState(
            person=PersonState(order.name or order.number, phone or order.number),
            sums=tuple(sums),
            due_label=_("Còn phải thu"),
            due=order.amount_due,
            main=_("Mở đơn"),
        )


def _row(order: WaitingOrder, now: datetime, zone: tzinfo) -> WaitingRow:
    parts = [words.items_words(order.left)]
    if order.left != order.items:
        parts.append(_("đã giao một phần"))
    return WaitingRow(
        key=str(order.order),
        number=order.number,
        name=order.name,
        items=" · ".join(parts),
        promise=words.promise_words(order.promised_by, now, zone),
        promise_ink="need" if order.is_late else "ink",
        preparation=words.preparation_words(order.preparation),
        badge=words.due_badge(order.amount_due),
        shelf=order.shelf,
    )
