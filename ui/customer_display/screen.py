"""The customer display (look: 10), drawn for 1024 × 600 and wider; it takes no key, no touch and no focus."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.text import _
from ui.customer_display.cart_area import CartArea
from ui.customer_display.parts import Figure, Head, QrPanel, Status, Sums, status_of
from ui.customer_display.state import DisplayState
from ui.widgets.text import CENTRE, IconLabel, Panel, Text, divider

SIZE = QSize(1024, 600)
RIGHT_SHARE = 404 / 1024


class CustomerDisplay(QWidget):
    """Cart and payment side by side; idle and thanks over the whole width."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("customerDisplay")
        self.setWindowTitle(_("Màn hình khách"))
        self.setAccessibleName(_("Màn hình khách"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, True)
        self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus, True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.resize(SIZE)
        self._may_close = False
        self._views = QStackedWidget()
        self._views.setObjectName("displayViews")
        self._work, self._whole = Panel("surface", name="displayWork"), WholePage()
        self._views.addWidget(self._work)
        self._views.addWidget(self._whole)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._views)
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(self._left(), 1)
        row.addWidget(divider(vertical=True))
        row.addWidget(self._right_side())
        self.show_state(DisplayState())

    def _left(self) -> QVBoxLayout:
        self._head, self._cart, self._sums = Head(), CartArea(), Sums()
        column = QVBoxLayout()
        column.setContentsMargins(28, 22, 28, 20)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(divider())
        column.addWidget(self._cart, 1)
        self._sums_line = divider()
        column.addWidget(self._sums_line)
        column.addWidget(self._sums)
        return column

    def _right_side(self) -> QWidget:
        self._right = Panel("bg", name="displayRight")
        self._title = Text("", 22, 700, align=CENTRE, wrap=True, name="displayTitle")
        self._figures = [Figure("displayFigure"), Figure("displayFigureSecond")]
        self._qr, self._status = QrPanel(), Status("displayStatus")
        self._figures_area = QWidget()
        self._figures_area.setObjectName("displayFigures")
        figures = QVBoxLayout(self._figures_area)
        figures.setContentsMargins(0, 0, 0, 0)
        figures.setSpacing(44)
        figures.addStretch(1)
        figures.addWidget(self._title)
        for figure in self._figures:
            figures.addWidget(figure)
        figures.addStretch(1)
        column = QVBoxLayout(self._right)
        column.setContentsMargins(16, 25, 16, 22)
        column.setSpacing(0)
        column.addWidget(self._figures_area, 1)
        column.addWidget(self._qr, 1)
        column.addWidget(self._status)
        return self._right

    # --- state
    def show_state(self, state: DisplayState) -> None:
        """Show another state; only what differs changes."""
        is_whole = state.mode in ("idle", "thanks")
        self._views.setCurrentWidget(self._whole if is_whole else self._work)
        if is_whole:
            self._whole.show_state(state)  # the other page lets go of what it showed, its size too
        self._head.show_head(state.shop, state.place, state.owner)
        self._cart.show_lines(state.lines)
        self._sums.show_sums(state.sums)
        self._sums_line.setVisible(bool(state.sums))
        self._qr.setVisible(state.qr is not None)
        self._figures_area.setVisible(state.qr is None)
        if state.qr is not None:
            self._qr.show_code(state.qr)
        self._title.setText(state.title)
        self._title.setVisible(bool(state.title))
        for at, figure in enumerate(self._figures):
            figure.setVisible(at < len(state.figures))
            if at < len(state.figures):
                figure.show_figure(state.figures[at])
        self._status.show_status(*status_of(state))

    # --- window
    def allow_close(self) -> None:
        """From now on it may really close."""
        self._may_close = True

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(self._may_close)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setFixedWidth(max(403, round(self.width() * RIGHT_SHARE) - 1))


class WholePage(Panel):
    """The shop's name while nothing happens; thanks, change and points after a sale."""

    def __init__(self) -> None:
        super().__init__("surface", name="displayWhole")
        self._icon = IconLabel("circle-check", 72, "ok")
        self._title = Text("", 48, 700, align=CENTRE, name="displayWholeTitle")
        self._line = Text("", 20, 400, "ink2", align=CENTRE, name="displayWholeLine")
        self._change = Figure("displayChange")
        self._points = Text("", 22, 600, "ok", align=CENTRE, name="displayPoints")
        self._status = Status("displayWholeStatus")
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 28, 28, 22)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(16)
        column.addWidget(self._title)
        column.addSpacing(8)
        column.addWidget(self._line)
        column.addSpacing(32)
        column.addWidget(self._change)
        column.addSpacing(20)
        column.addWidget(self._points)
        column.addStretch(1)
        column.addWidget(self._status)

    def show_state(self, state: DisplayState) -> None:
        """Idle or thanks."""
        thanks = state.mode == "thanks"
        self._icon.setVisible(thanks)
        self._title.setText(state.title if thanks else state.shop)
        self._line.setText(state.title_line if thanks else state.place)
        self._change.setVisible(bool(state.figures))
        if state.figures:
            self._change.show_figure(state.figures[0])
        self._points.setText(state.points)
        self._points.setVisible(bool(state.points))
        self._status.show_status(*status_of(state))
