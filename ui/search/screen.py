"""The search screen (look: 13): field, filters and rows; at the right the chosen product."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.text import _
from ui.screen import Screen
from ui.search.details import GoodsColumn
from ui.search.hits import HitDelegate, hit_head
from ui.search.search_box import SearchBox
from ui.search.state import EmptyWords, SearchState
from ui.widgets.button import Button
from ui.widgets.choices import Choice, FilterTabs
from ui.widgets.frames import EmptyState
from ui.widgets.row_list import RowList
from ui.widgets.text import RIGHT, Text


class SearchScreen(Screen):
    """Shows a SearchState and tells what was typed and pressed; decides nothing."""

    name = "search"

    text_typed = Signal(str)
    filter_pressed = Signal(str)
    hit_pressed = Signal(str)
    hit_moved = Signal(int)  # −1 up, +1 down
    variant_pressed = Signal(str)
    add_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._box = SearchBox()
        self.scan_box = self._box  # not use_scan_box: what is typed here is no scan
        self._back = Button(_("Giỏ hàng"), name="backButton", icon="arrow-left", key="Esc", height=56)
        self._back.setMinimumWidth(180)
        self._tabs = FilterTabs()
        self._note = Text("", 15, 400, "ink2", align=RIGHT, name="searchNote")
        self._head = hit_head()
        self._rows = RowList(HitDelegate(), name="searchHits", spoken=_("Hàng tìm thấy"))
        self._empty = QStackedWidget()
        self._empty.setObjectName("searchEmpty")
        self._empty_words: EmptyWords | None = None
        self._tab_order: list[QWidget] = []
        self._column = GoodsColumn()
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self._box.textEdited.connect(self.text_typed)
        self._box.cleared.connect(lambda: self.text_typed.emit(""))
        self._box.moved.connect(self.hit_moved)
        self._box.confirmed.connect(self.add_pressed)
        self._back.clicked.connect(self.leave_asked)
        self._tabs.chosen.connect(self.filter_pressed)
        self._rows.row_pressed.connect(self.hit_pressed)
        self._rows.row_entered.connect(lambda _key: self.add_pressed.emit())
        self._column.chosen.connect(self.variant_pressed)
        self._column.add.clicked.connect(self.add_pressed)

    def _lay_out(self) -> None:
        field = QHBoxLayout()
        field.setContentsMargins(16, 16, 16, 0)
        field.setSpacing(12)
        field.addWidget(self._box, 1)
        field.addWidget(self._back)
        filters = QHBoxLayout()
        filters.setContentsMargins(16, 12, 16, 0)
        filters.addWidget(self._tabs)
        filters.addStretch(1)
        filters.addWidget(self._note)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(field)
        left.addLayout(filters)
        left.addWidget(self._head)
        left.addWidget(self._rows, 1)
        left.addWidget(self._empty, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(left, 1)
        whole.addWidget(self._column)

    # --- state ---------------------------------------------------------------------------------
    def show_state(self, state: SearchState) -> None:
        """Only what differs changes; the field keeps the caret where it is."""
        if self._box.text() != state.text:
            self._box.setText(state.text)
        self._tabs.show_choices([Choice(name, label) for name, label in state.filters], state.filter)
        self._note.setText(state.note)
        self._rows.show_rows(state.rows, state.current)
        for part in (self._head, self._rows):
            part.setVisible(state.empty is None)
        self._empty.setVisible(state.empty is not None)
        self._show_empty(state.empty)
        self._column.show_details(state.details, _("Chưa chọn món nào"))
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Tab goes from the field through filters, rows, colours and sizes to the main button."""
        tabs = self._tabs.findChildren(QAbstractButton)
        order = [self._box, self._back, *tabs, self._rows, *self._column.choices(), self._column.add]
        if order != self._tab_order:
            self._tab_order = order
            for before, after in pairwise(order):
                QWidget.setTabOrder(before, after)

    def _show_empty(self, words: EmptyWords | None) -> None:
        if words is None or words == self._empty_words:
            return
        self._empty_words = words
        old = self._empty.currentWidget()
        made: QWidget = EmptyState("package-search", words.title, words.line, name="nothingFound")
        self._empty.setCurrentIndex(self._empty.addWidget(made))
        if old is not None:
            self._empty.removeWidget(old)
            old.deleteLater()

    # --- keys and scans ------------------------------------------------------------------------
    def key(self, name: str) -> bool:
        if name == "Esc":
            self.leave_asked.emit()
        elif name in ("F2", "F3"):
            self.take_focus()
            self._box.selectAll()
        return name in ("Esc", "F2", "F3")
