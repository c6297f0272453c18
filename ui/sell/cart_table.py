"""The cart: column heads, closed lines painted, and the one open line with its buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.text import _
from ui import icons, painting, theme
from ui.goods import Face, Part
from ui.painting import Span
from ui.sell.state import LineState
from ui.tokens import LEAST_TOUCH, RADIUS, RADIUS_BADGE
from ui.widgets.button import Button, IconButton
from ui.widgets.cart_rows import AMOUNT_WIDTH, CartRow, CartRowDelegate, TileFace
from ui.widgets.row_list import RowList
from ui.widgets.text import RIGHT, Panel, Text, divider

if TYPE_CHECKING:
    from ui.sell.screen import SellScreen

HEAD = 42
CLOSED = 64
RULE_TOP = 60  # the badge stands a little into the row
RULE = 26
GAP = 10
BELOW = 13


class CartHead(Panel):
    """ "6 dòng · 7 món", then the heads of the figures; 42 high with the line below."""

    def __init__(self) -> None:
        super().__init__("surface", name="cartHead")
        self.setFixedHeight(HEAD)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(72, 9, 16, 0)
        row.setSpacing(0)
        self._count = Text("", 14, 600, "ink3", name="cartCount")
        row.addWidget(self._count)
        row.addStretch(1)
        self._price = Text(_("SL × Đơn giá"), 14, 600, "ink3", align=RIGHT, name="headPrice")
        self._amount = Text(_("Thành tiền"), 14, 600, "ink3", align=RIGHT, name="headAmount")
        self._amount.setFixedWidth(AMOUNT_WIDTH)
        row.addWidget(self._price)
        row.addWidget(self._amount)
        column.addLayout(row, 1)
        self._line = divider()
        column.addWidget(self._line)

    def show_heading(self, words: str) -> None:
        """Nothing stands above an empty cart."""
        self._count.setText(words)
        for part in (self._price, self._amount, self._line):
            part.setVisible(bool(words))


def row_of(line: LineState) -> CartRow:
    """The painted row of a line."""
    face = line.face
    return CartRow(
        line.key,
        TileFace(face.fill, face.size, face.icon),
        line.name,
        tuple(_span(part) for part in line.second),
        line.quantity,
        line.unit_price,
        line.amount,
        line.was,
    )


def _span(part: Part) -> Span:
    return Span(part.text, part.ink, part.weight, icon=part.icon)


class RuleBadge(QWidget):
    """The promotion on the selected line: a badge in the colour of the surface."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ruleBadge")
        self._span = Span("", "accent-ink", 600)
        self.setFixedHeight(RULE)

    def show_text(self, text: str) -> None:
        """Another promotion."""
        self._span = Span(text, "accent-ink", 600)
        self.setAccessibleName(text)
        self.setFixedWidth(round(painting.spans_width([self._span], 14)) + 31 + 9)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.box(painter, self.rect(), RADIUS_BADGE, theme.colour("surface"))
        painter.drawPixmap(QPointF(8, 4), icons.pixmap("tag", "accent-ink", 18))
        painting.spans(painter, 31, RULE / 2, [self._span], 14, self.width())


class Link(Button):
    """Underlined words that do something; the touch target is 44 high."""

    def __init__(self, text: str, *, name: str) -> None:
        super().__init__(text, "text", name=name, height=LEAST_TOUCH)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.spans(
            painter, 9, self.height() / 2, [Span(self.label(), "accent-ink", 600)], 15, self.width()
        )
        width = painting.text_width(self.label(), 15, 600)
        painter.fillRect(QRectF(9, self.height() / 2 + 9, width, 1), theme.colour("accent-ink"))
        if self.hasFocus():
            painting.box(painter, QRectF(self.rect()), RADIUS, None, theme.colour("accent"), 2)


class OpenLine(QWidget):
    """The selected line: the row as ever, its rule in words, and what can be done with it."""

    def __init__(self, screen: SellScreen) -> None:
        super().__init__()
        self._line = LineState(0, Face(), "", (), "", "", "")
        self._row = row_of(self._line)
        self._delegate = CartRowDelegate()
        self.setObjectName("openLine")
        self._badge, self._rule = RuleBadge(), Text("", 15, 400, "ink2", name="ruleWords")
        self._off = Text("", 15, 600, "ink2", align=RIGHT, name="lineOff")
        self._make_buttons()
        self._connect(screen)
        self._lay_out()

    def _make_buttons(self) -> None:
        self._why = Link(_("Vì sao?"), name="whyButton")
        self._minus = IconButton("minus", _("Bớt một"), name="minusButton")
        self._quantity = Button("", name="quantityButton", key="*", height=44)
        self._plus = IconButton("plus", _("Thêm một"), name="plusButton")
        self._discount = Button(_("Giảm giá"), name="discountButton", icon="percent", key="F5", height=44)
        self._note = Button(_("Ghi chú"), name="noteButton", icon="pencil", height=44)
        self._remove = Button(
            _("Xóa dòng"), "remove", name="removeButton", icon="trash-2", key="Del", height=44
        )

    def _connect(self, screen: SellScreen) -> None:
        self._minus.clicked.connect(lambda: screen.quantity_stepped.emit(-1))
        self._plus.clicked.connect(lambda: screen.quantity_stepped.emit(1))
        self._quantity.clicked.connect(screen.quantity_pressed)
        self._discount.clicked.connect(screen.discount_pressed)
        self._note.clicked.connect(screen.note_pressed)
        self._remove.clicked.connect(screen.remove_pressed)
        self._why.clicked.connect(screen.why_pressed)

    def _lay_out(self) -> None:
        """The rule is placed by hand: it stands a little into the row, its link is taller than it."""
        for part in (self._badge, self._rule, self._off, self._why):
            part.setParent(self)
        self._buttons = QWidget(self)
        self._buttons.setObjectName("lineButtons")
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self._minus, self._quantity, self._plus):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self._discount, self._note, self._remove):
            row.addWidget(button)

    def show_line(self, line: LineState, row: CartRow) -> None:
        """The same or another line, in place."""
        if line is self._line:
            return
        self._line, self._row = line, row
        self.setAccessibleName(self._row.spoken)
        self._badge.show_text(line.badge)
        self._rule.setText(line.rule)
        self._off.setText(line.off)
        self._quantity.set_text(line.quantity)
        for part, is_shown in (
            (self._badge, bool(line.badge)),
            (self._rule, bool(line.badge)),
            (self._off, bool(line.off)),
            (self._why, bool(line.off)),
            (self._buttons, not line.fixed),
        ):
            part.setVisible(is_shown)
        self._place()
        self.updateGeometry()
        self.update()

    def _rule_height(self) -> int:
        return RULE_TOP + RULE if self._line.badge else CLOSED

    def sizeHint(self) -> QSize:
        below = 0 if self._line.fixed else 44
        between = GAP if self._line.badge and not self._line.fixed else 0
        padding = BELOW if self._line.badge or not self._line.fixed else 0
        return QSize(400, self._rule_height() + between + below + padding)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        right, middle = self.width() - 16, RULE_TOP + RULE // 2
        self._badge.move(72, RULE_TOP)
        left = 72 + self._badge.width() + 9
        why = self._why.sizeHint().width() if self._line.off else 0
        off = self._off.sizeHint().width()
        room = max(right - off - why - 8 - left, 40)
        self._rule.setGeometry(left, RULE_TOP, min(self._rule.sizeHint().width(), room), RULE)
        self._off.setGeometry(right - off, RULE_TOP, off, RULE)
        self._why.setGeometry(self._rule.geometry().right(), middle - 22, why, 44)
        top = self._rule_height() + (GAP if self._line.badge else 0)
        self._buttons.setGeometry(72, top, right - 72, 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._delegate.paint_row(QPainter(self), QRect(0, 0, self.width(), CLOSED), self._row, True)


class CartTable(RowList):
    """The list of lines. The open one is a widget that is kept and moved, not made anew by every scan."""

    _opened = ""  # Qt asks for geometry while the list is still being made

    def __init__(self, screen: SellScreen) -> None:
        super().__init__(CartRowDelegate(), name="cartTable", spoken=_("Giỏ hàng"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # figures keep their edge
        self._known: dict[str, tuple[LineState, CartRow]] = {}
        self._open = OpenLine(screen)
        self._open.setParent(self.viewport())
        # what lies below is not painted first: half the window, four layers deep, with every scan
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._open.hide()
        self.row_pressed.connect(lambda key: screen.line_pressed.emit(int(key)))

    def show_lines(self, lines: tuple[LineState, ...], current: int) -> None:
        """Only rows that differ change."""
        rows = [self._row_of(line) for line in lines]
        self._known = {line.key: (line, row) for line, row in zip(lines, rows, strict=True)}
        key, before = str(current), (self._opened, self._open.sizeHint().height())
        self._opened = key if key in self._known else ""
        if self._opened:
            self._open.show_line(*self._known[key])
        if before != (self._opened, self._open.sizeHint().height()):
            self.scheduleDelayedItemsLayout()
        self.show_rows(rows, self._opened)
        self._place_open()

    def _row_of(self, line: LineState) -> CartRow:
        known = self._known.get(line.key)
        return known[1] if known is not None and known[0] is line else row_of(line)

    # --- the open line -------------------------------------------------------------------------
    def is_open(self, key: str) -> bool:
        return bool(key) and key == self._opened

    def open_height(self, key: str) -> int:
        return self._open.sizeHint().height() if self.is_open(key) else 0

    def open_widget(self) -> QWidget | None:
        return self._open if self._opened else None

    def _place_open(self) -> None:
        at = list(self._known).index(self._opened) if self._opened else -1
        if at >= 0:
            self._open.setGeometry(self.visualRect(self.model().index(at, 0)))
        self._open.setVisible(at >= 0)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self._opened:
            self._place_open()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._place_open()

    # --- where one is --------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        ground = QPainter(self.viewport())
        ground.fillRect(event.rect(), theme.colour("surface"))
        ground.end()
        super().paintEvent(event)
        bar = self.verticalScrollBar()
        if bar.maximum() <= 0:
            return
        high, whole = self.viewport().height(), bar.maximum() + bar.pageStep()
        thumb = max(40, high * bar.pageStep() // whole)
        top = (high - thumb) * bar.value() // bar.maximum()
        area = QRectF(self.viewport().width() - 6, top + 2, 4, thumb - 4)
        painting.box(QPainter(self.viewport()), area, 2, theme.colour("ctl"))
