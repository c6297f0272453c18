"""The set-up page: shown until this machine is a till."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.text import _, language
from ui import icons, painting, theme
from ui.menu.look_dialog import LANGUAGES
from ui.messages import N_
from ui.painting import Span
from ui.scanner.pasted import Pasted
from ui.screen import Screen
from ui.setup.presenter import SetupPresenter
from ui.setup.state import FeedLine, SetupState
from ui.widgets.button import Button
from ui.widgets.choices import Choice, Segmented
from ui.widgets.frames import main_button
from ui.widgets.inputs import Field
from ui.widgets.steps import Step, Steps
from ui.widgets.text import CENTRE, Panel, Text, divider

FORM_WIDTH = 440
STEPS_HEIGHT = 296
TICK_MS = 500
QR_HINT = N_("Hoặc quét mã QR ở màn hình của quản lý.")


class FeedRow(QWidget):
    """One download: tick, dot or hollow ring, and its name."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self._line = FeedLine("", "later")
        self.setObjectName(f"feed_{at}")
        self.setFixedHeight(34)

    def show_line(self, line: FeedLine) -> None:
        """Another name or state."""
        self._line = line
        words = {"done": _("xong"), "now": _("đang tải"), "later": _("chờ")}[line.state]
        self.setAccessibleName(f"{line.title}: {words}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, line = QPainter(self), self._line
        area = QRectF(0, 6, 22, 22)
        if line.state == "done":
            painting.box(painter, area, 11, theme.colour("ok-soft"))
            painter.drawPixmap(QPointF(3, 9), icons.pixmap("check", "ok", 16))
        elif line.state == "now":
            painting.box(painter, area, 11, theme.colour("accent"))
        else:
            painting.box(painter, area, 11, None, theme.colour("ctl"), 2)
        ink, weight = ("ink2", 400) if line.state == "later" else ("ink", 600)
        room = self.width() - 36
        painting.spans(painter, 34, 17, [Span(line.title, ink, weight)], 16, room)


class ProgressBar(QWidget):
    """How many of the feeds are here."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("setupProgress")
        self.setFixedHeight(8)
        self._here, self._of = 0, 1

    def show_share(self, here: int, of: int) -> None:
        """So many of so many."""
        self._here, self._of = here, max(1, of)
        self.setAccessibleName(f"{here} / {of}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.box(painter, self.rect(), 4, theme.colour("line"))
        width = self.width() * self._here / self._of
        if width >= 8:
            painting.box(painter, QRectF(0, 0, width, 8), 4, theme.colour("accent"))


class SetupScreen(Screen):
    """Enter goes on; Ctrl+V takes a picture of the QR or the code itself."""

    name: ClassVar[str] = "setup"

    has_strip = False  # there is no shop, no person and no link yet that it could speak of

    url_written = Signal(str)
    code_written = Signal(str)
    go_on_pressed = Signal()
    ticked = Signal()
    nothing_found = Signal()
    language_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Cài đặt quầy"))
        self._round = -1
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left_side(), 1)
        row.addWidget(divider(vertical=True))
        row.addWidget(self._right_side())
        self._clock = QTimer(self, interval=TICK_MS)
        self._clock.timeout.connect(self.ticked)
        self._pasted = Pasted()
        self._pasted.scanned.connect(self.scan_entered)
        self._pasted.nothing_found.connect(self.nothing_found)
        self.url.edit.textEdited.connect(self.url_written)
        self.code.edit.textEdited.connect(self.code_written)
        self.url.edit.returnPressed.connect(lambda: self.code.edit.setFocus())
        self.code.edit.returnPressed.connect(self.go_on_pressed)
        self.paste.clicked.connect(self._paste)
        self.main.clicked.connect(self.go_on_pressed)

    # --- parts
    def _left_side(self) -> QWidget:
        side = Panel("bg", name="setupSteps")
        column = QVBoxLayout(side)
        column.setContentsMargins(32, 31, 32, 32)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(Text(_("Cài máy này thành quầy"), 28, 700, name="setupTitle"), 1)
        languages = [Choice(name, words) for name, words in LANGUAGES.items()]
        chosen = Segmented(languages, language(), name="setupLanguage", spoken=_("Ngôn ngữ"))
        chosen.chosen.connect(self.language_chosen)
        head.addWidget(chosen)
        column.addLayout(head)
        column.addSpacing(7)
        words = _("Làm một lần, khoảng năm phút. Mã do quản lý tạo ở trung tâm.")
        column.addWidget(Text(words, 16, 400, "ink2", name="setupLine"))
        column.addSpacing(24)
        card = Panel("card", name="setupStepsCard")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(24, 18, 24, 18)
        self._steps = Steps(large=True)
        self._steps.setFixedHeight(STEPS_HEIGHT)
        inner.addWidget(self._steps)
        column.addWidget(card)
        column.addSpacing(16)
        column.addWidget(self._made_feeds())
        column.addStretch(1)
        return side

    def _made_feeds(self) -> Panel:
        self._feeds_card = Panel("card", name="setupFeeds")
        column = QVBoxLayout(self._feeds_card)
        column.setContentsMargins(24, 16, 24, 14)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(Text(_("Dữ liệu lần đầu"), 18, 600, name="feedsTitle"))
        head.addStretch(1)
        self._feeds_count = Text("", 15, 600, "ink2", name="feedsCount")
        head.addWidget(self._feeds_count)
        column.addLayout(head)
        self._bar = ProgressBar()
        column.addWidget(self._bar)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        self._feeds = [FeedRow(at) for at in range(11)]
        for at, feed in enumerate(self._feeds):
            grid.addWidget(feed, at % 4, at // 4)
        column.addLayout(grid)
        return self._feeds_card

    def _right_side(self) -> QWidget:
        side = Panel("surface", name="setupForm")
        side.setFixedWidth(FORM_WIDTH - 1)
        column = QVBoxLayout(side)
        column.setContentsMargins(40, 32, 40, 27)
        column.setSpacing(0)
        column.addWidget(Text(_("Ghi danh với trung tâm"), 22, 700, name="formTitle"))
        column.addSpacing(20)
        column.addWidget(Text(_("Địa chỉ trung tâm"), 14, 600, "ink3", name="urlLabel"))
        column.addSpacing(8)
        self.url = Field("https://trung-tam.vd.vn", name="setupUrl", spoken=_("Địa chỉ trung tâm"))
        column.addWidget(self.url)
        column.addSpacing(16)
        column.addWidget(Text(_("Mã một lần"), 14, 600, "ink3", name="codeLabel"))
        column.addSpacing(8)
        self.code = Field("ABCD-EFGH-JKLM-NPQR", name="setupCode", spoken=_("Mã một lần"))
        column.addWidget(self.code)
        column.addSpacing(12)
        self.paste = Button(_("Dán ảnh mã QR"), name="pasteTicket", icon="qr-code", key="Ctrl+V", height=48)
        column.addWidget(self.paste)
        column.addSpacing(8)
        self._notice = Text("", 15, 400, "ink2", wrap=True, name="setupNotice")
        column.addWidget(self._notice)
        column.addSpacing(16)
        column.addWidget(self._made_trouble())
        column.addStretch(1)
        self.main = main_button(_("Ghi danh"), name="setupMain", key="Enter")
        column.addWidget(self.main)
        column.addSpacing(12)
        words = _("Chỉ kết nối https. Khóa của quầy không rời máy này.")
        column.addWidget(Text(words, 14, 400, "ink2", align=CENTRE, name="setupSafe"))
        return side

    def _made_trouble(self) -> Panel:
        self._trouble = Panel("stop-soft", name="setupTrouble")
        column = QVBoxLayout(self._trouble)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(2)
        self._trouble_title = Text("", 16, 600, "stop", wrap=True, name="troubleTitle")
        self._trouble_line = Text("", 15, 400, "ink", wrap=True, name="troubleLine")
        column.addWidget(self._trouble_title)
        column.addWidget(self._trouble_line)
        return self._trouble

    # --- state
    def show_state(self, state: SetupState) -> None:
        self._steps.show_steps([Step(one.title, one.line, one.state) for one in state.steps])
        self._show_feeds(state)
        if state.round != self._round:
            self._round = state.round
            self.url.edit.setText(state.url)
            self.code.edit.setText(state.code)
        self.url.show_reason(state.url_reason)
        self.code.show_reason(state.code_reason)
        for widget in (self.url.edit, self.code.edit, self.paste):
            widget.setEnabled(state.takes_input)
        self._notice.setText(state.notice or (_(QR_HINT) if state.takes_input else ""))
        self._notice.set_ink("ok" if state.notice else "ink2")
        self._trouble.setVisible(bool(state.trouble_title))
        self._trouble_title.setText(state.trouble_title)
        self._trouble_line.setText(state.trouble_line)
        self.main.set_text(state.main_text)
        self.main.set_reason(state.main_reason)
        if not state.takes_input and self.isVisible():
            self.take_focus()

    def _show_feeds(self, state: SetupState) -> None:
        self._feeds_card.setVisible(bool(state.feeds))
        total = len(state.feeds)
        count = f"{state.here} / {total}"
        self._feeds_count.setText(f"{state.progress} · {count}" if state.progress else count)
        self._bar.show_share(state.here, total)
        for row, line in zip(self._feeds, state.feeds, strict=False):
            row.show_line(line)

    # --- what it hears
    def entered(self) -> None:
        self._clock.start()
        super().entered()

    def left(self) -> None:
        self._clock.stop()

    def take_focus(self) -> None:
        if self.url.edit.isEnabled():
            first = self.code.edit if self.url.text() else self.url.edit
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().take_focus()

    def _paste(self) -> None:
        self._pasted.take(QGuiApplication.clipboard().mimeData())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if held and event.key() == Qt.Key.Key_V and self.paste.isEnabled():
            self._paste()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.main.isEnabled():
            self.go_on_pressed.emit()
        else:
            super().keyPressEvent(event)


def connect(screen: SetupScreen, presenter: SetupPresenter) -> None:
    """Signals of the page to what the presenter does."""
    presenter.shown_by(screen.show_state)
    screen.url_written.connect(presenter.write_url)
    screen.code_written.connect(presenter.write_code)
    screen.scan_entered.connect(presenter.scanned)
    screen.nothing_found.connect(presenter.nothing_found)
    screen.go_on_pressed.connect(presenter.go_on)
    screen.ticked.connect(presenter.tick)
