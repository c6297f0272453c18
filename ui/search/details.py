"""The decision column of the search: the chosen product, its colours and sizes, and what others have."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.text import _
from ui import painting, theme
from ui.painting import Span
from ui.search.choices import BoxGrid, SizeBox, SwatchBox
from ui.search.state import DetailsState, StoreRow
from ui.widgets.button import Button
from ui.widgets.frames import DecisionColumn, main_button, second_button
from ui.widgets.money import HeroMoney
from ui.widgets.row_list import RowDelegate, RowList
from ui.widgets.small import Tile
from ui.widgets.text import RIGHT, Panel, Text

STORE_ROW = 44


class StoreDelegate(RowDelegate[StoreRow]):
    """A store and its pieces; the line stands above, nothing is selected."""

    height = STORE_ROW
    line_above = True
    selectable = False

    def paint_row(self, painter: QPainter, area: QRect, row: StoreRow, selected: bool) -> None:
        middle = area.top() + self.height / 2
        stock = [Span(row.stock, "ink", 600)]
        room = area.width() - painting.spans_width(stock, 15) - 16
        painting.spans(painter, area.left(), middle, [Span(row.name, "ink")], 15, room)
        painting.spans_right(painter, area.right() + 1, middle, stock, 15)


class HoldButton(Button):
    """A second button that says in a line of its own why it cannot be pressed."""

    REASON = 14

    def show_reason(self, reason: str) -> None:
        """Disabled for this reason; the words stand in the button."""
        self._why = reason
        self.set_reason(reason)

    def _paint_content(self, painter: QPainter, area: QRect, ink: QColor) -> None:
        super()._paint_content(painter, area.adjusted(0, 4, 0, -22), ink)
        painter.setFont(theme.font(self.REASON))
        below = QRect(8, area.height() // 2, area.width() - 16, 24)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._why)


class GoodsHead(QWidget):
    """Tile 84, name over variant."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("goodsHead")
        self._tile = Tile(side=84, name="goodsTile")
        self._name = Text("", 18, 600, "ink", wrap=True, name="goodsName")
        self._variant = Text("", 15, 400, "ink2", wrap=True, name="goodsVariant")
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(4)
        words.addWidget(self._name)
        words.addWidget(self._variant)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self._tile, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def show_details(self, details: DetailsState) -> None:
        """Another product."""
        self._tile.show_tile(details.face.fill, details.face.size, details.face.icon)
        self._name.setText(details.name)
        self._variant.setText(details.variant)


class StockTable(QWidget):
    """Heading with the age, then a row a store."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("stockElsewhere")
        self._title = Text("", 14, 600, "ink3", name="stockTitle")
        self._age = Text("", 14, 400, "ink3", align=RIGHT, name="stockAge")
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._age)
        self._rows = RowList(StoreDelegate(), name="storeStock", spoken=_("Tồn nơi khác"))
        self._none = Text(_("Chưa biết tồn ở nơi khác."), 15, 400, "ink2", name="noStores")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._rows, 1)
        column.addWidget(self._none)
        column.addStretch(0)

    def show_details(self, details: DetailsState) -> None:
        """The stock of another product."""
        self._title.setText(details.stores_title)
        self._age.setText(details.age)
        self._rows.show_rows(details.stores)
        self._rows.setVisible(bool(details.stores))
        self._none.setVisible(not details.stores)


class GoodsColumn(DecisionColumn):
    """What is known of the chosen product, and the one main button."""

    chosen = Signal(str)  # another colour or size, by its product

    def __init__(self) -> None:
        super().__init__(name="goodsColumn")
        self._head = GoodsHead()
        self._price = HeroMoney(42, name="goodsPrice", left=True, spoken=_("Giá bán"))
        self._no_price = Text(_("Chưa có giá"), 28, 700, "need", name="noPrice")
        self._shelf = Text("", 15, 400, "ink2", align=RIGHT, name="shelf")
        self._colours = BoxGrid(SwatchBox, name="colours", spoken=_("Màu"), gap=8, fills=False)
        self._sizes = BoxGrid(SizeBox, name="sizes", spoken=_("Size"), gap=6, fills=True)
        self._stock = StockTable()
        self.add = main_button(_("Thêm vào giỏ"), name="addButton", key="Enter")
        self.hold = HoldButton(_("Giữ ở cửa hàng khác"), name="holdButton", icon="store", height=56)
        self.hold.setSizePolicy(second_button("", name="").sizePolicy())
        self.hold.show_reason(_("Chưa có ở phiên bản này"))
        self._goods = self._made_goods()
        self._empty = Panel("column", name="noGoods")
        self.content.setSpacing(0)
        self.content.addWidget(self._goods, 1)
        self.content.addWidget(self._empty, 1)
        self.set_buttons(self.add, self.hold)
        self._colours.chosen.connect(self.chosen)
        self._sizes.chosen.connect(self.chosen)

    def _made_goods(self) -> QWidget:
        goods = QWidget()
        goods.setObjectName("goods")
        price = QHBoxLayout()
        price.setContentsMargins(0, 0, 0, 0)
        price.addWidget(self._price, 1)
        price.addWidget(self._no_price, 1)
        self._shelf.setContentsMargins(0, 0, 0, 4)  # on the baseline of the price
        price.addWidget(self._shelf, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(goods)
        column.setContentsMargins(0, 0, 0, 14)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addSpacing(10)
        column.addLayout(price)
        column.addSpacing(11)
        column.addWidget(self._colours)
        column.addSpacing(10)
        column.addWidget(self._sizes)
        column.addSpacing(16)
        column.addWidget(self._stock, 1)
        return goods

    def choices(self) -> list[QWidget]:
        """Colours, then sizes, for the way of the Tab key."""
        return [*self._colours.boxes(), *self._sizes.boxes()]

    def show_details(self, details: DetailsState | None, nothing: str) -> None:
        """None: nothing is chosen, for this reason."""
        self._goods.setVisible(details is not None)
        self._empty.setVisible(details is None)
        self.add.set_reason(nothing if details is None else details.refusal)
        if details is None:
            return
        self._head.show_details(details)
        self._price.setVisible(details.price is not None)
        self._no_price.setVisible(details.price is None)
        self._price.show_amount(details.price or 0)
        self._shelf.setText(details.shelf)
        self._colours.show_choices(details.colours)
        self._sizes.show_choices(details.sizes)
        self._stock.show_details(details)
