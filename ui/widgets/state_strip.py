"""The state strip: one line, one height in every state; a press opens the details (look: State strip)."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_app.text import _, ngettext
from ui import theme
from ui.painting import Span
from ui.tokens import STRIP
from ui.widgets.small import InitialsDisc
from ui.widgets.strip_parts import GAP, StripButton, StripLanguage, StripPart
from ui.widgets.strip_state import StripState

CALM_GAP = 136  # room between what the till says and who stands at it
LEAST_GAP = 16


class StateStrip(QWidget):
    """Shows a `StripState`; drops printer text, shop name, then what still works when room is short."""

    details_pressed = Signal()
    lock_pressed = Signal()
    settings_pressed = Signal()
    power_pressed = Signal()
    language_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stateStrip")
        self.setFixedHeight(STRIP)
        self._state = StripState()
        self._link = StripPart("stripLink")
        self._works = StripPart("stripWorks", divider_left=True)
        self._ages = StripPart("stripAges", divider_left=True)
        self._waiting = StripPart("stripWaiting", divider_left=True)
        self._printer = StripPart("stripPrinter", divider_left=True)
        self._scanner = StripPart("stripScanner", divider_left=True)
        self._notice = StripPart("stripNotice", divider_left=True)
        self._attention = StripPart("stripAttention", divider_left=True)
        self._shop = StripPart("stripShop", divider_right=True)
        self._offline_printer = StripPart("stripPrinterIcon", divider_right=True)
        self._disc = InitialsDisc("", 0, 28, name="stripInitials")
        self._person = StripPart("stripPerson", divider_right=True)
        self._clock = StripPart("stripClock", after=8)
        self.language = StripLanguage()
        self.lock = StripButton("lock", _("Khóa quầy (Ctrl+L)"), name="lockButton")
        self.settings = StripButton("settings", _("Cài đặt"), name="settingsButton")
        self.power = StripButton("power", _("Tắt máy"), name="powerButton")
        self.lock.clicked.connect(self.lock_pressed)
        self.settings.clicked.connect(self.settings_pressed)
        self.power.clicked.connect(self.power_pressed)
        self.language.clicked.connect(self.language_pressed)
        self._lay_out()
        self.show_state(self._state)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 8, 0)
        layout.setSpacing(0)
        for part in self._told():
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addWidget(self._shop)
        layout.addWidget(self._offline_printer)
        layout.addSpacing(GAP)
        layout.addWidget(self.language)
        layout.addWidget(self._disc)
        layout.addSpacing(8)
        layout.addWidget(self._person)
        layout.addSpacing(GAP + 1)
        layout.addWidget(self._clock)
        for button in (self.lock, self.settings, self.power):
            layout.addWidget(button)

    # --- state
    def show_state(self, state: StripState) -> None:
        """Replace everything shown."""
        self._state = state
        offline = state.link == "offline"
        self._show_link(state)
        self._show_printer(state, offline)
        self._show_scanner(state, offline)
        self._show_notice(state, offline)
        self._show_right(state, offline)
        count = state.attention if not state.training else 0
        words = ngettext("việc cần xử lý", "việc cần xử lý", count)
        ink = "on-off" if offline else "need"
        spans = (Span(str(count), ink, 700), Span(f" {words}", ink)) if count else ()
        self._attention.show_part(spans, icon="triangle-alert" if count else "", ink=ink, line=self._line())
        self.setAccessibleName(self._spoken())
        self._fit()
        self.update()

    def _line(self) -> str:
        if self._state.link == "offline" and not self._state.training:
            return "off-div"
        return "need-line" if self._state.training else "line"

    def _show_link(self, state: StripState) -> None:
        for part in (self._works, self._ages, self._waiting):
            part.hide()
        if state.training:
            self._link.show_part((Span(_("Tập bán"), "need", 600),), icon="graduation-cap", ink="need")
            self._waiting.show_part(
                (Span(_("Không ghi sổ thật, không in hóa đơn thật"), "need"),), line="need-line"
            )
        elif state.link == "offline":
            self._show_offline(state)
        elif state.link == "sending":
            words = _("Đang gửi {done} / {total}").format(done=state.done, total=state.total)
            self._link.show_part((Span(words, "accent-ink", 600),), icon="refresh-cw", ink="accent-ink")
            if state.since:
                self._waiting.show_part((Span(_("Có mạng lại lúc {time}").format(time=state.since)),))
        else:
            if state.loading:
                loading = (Span(state.loading, "accent-ink", 600),)
                self._link.show_part(loading, icon="arrow-down", ink="accent-ink")
            else:
                self._link.show_part((Span(_("Đã kết nối"), "ink", 600),), dot="ok")
            spans = (Span(str(state.waiting), "ink", 700), Span(f" {_('chờ gửi')}"))
            self._waiting.show_part(spans)

    def _show_offline(self, state: StripState) -> None:
        words, icon = _("Mất kết nối từ {time}"), "cloud-off"
        if state.is_untrusted:
            words, icon = _("Không nhận chứng thư trung tâm từ {time}"), "shield-alert"
        self._link.show_part((Span(words.format(time=state.since), "on-off", 600),), icon=icon, ink="on-off")
        if state.works:
            listed = ", ".join(state.works)
            listed = listed[:1].upper() + listed[1:]
            spans = (Span(f"{listed} ", "on-off2"), Span(_("vẫn chạy"), "on-off", 600))
            self._works.show_part(spans, icon="check", ink="on-off2", line="off-div")
        if state.ages:
            ages: list[Span] = []
            for label, time in state.ages:
                ages += [Span(f"{' · ' if ages else ''}{label} ", "on-off2"), Span(time, "on-off", 600)]
            self._ages.show_part(tuple(ages), line="off-div")
        words = ngettext("chứng từ chờ gửi", "chứng từ chờ gửi", state.waiting)
        waiting = (Span(str(state.waiting), "on-off", 600), Span(f" {words}", "on-off2"))
        self._waiting.show_part(waiting, line="off-div")

    def _show_printer(self, state: StripState, offline: bool) -> None:
        self._printer.show_part(())
        self._offline_printer.show_part(())
        if state.training or state.printer == "none":
            return
        if state.printer == "ready":
            if offline:
                self._offline_printer.show_part((), icon="printer", ink="on-off2", line="off-div")
                self._offline_printer.setAccessibleName(_("Máy in sẵn sàng"))
            else:
                self._printer.show_part((Span(_("Máy in sẵn sàng")),), icon="printer")
            return
        ink = "on-off" if offline else "need"
        spans = [Span(state.printer_reason or _("Máy in có trục trặc"), ink, 600)]
        if state.printer_waiting:
            words = ngettext("{count} hóa đơn chờ in", "{count} hóa đơn chờ in", state.printer_waiting)
            spans.append(Span(f" · {words.format(count=state.printer_waiting)}", ink))
        self._printer.show_part(tuple(spans), icon="printer", ink=ink, line=self._line())

    def _show_scanner(self, state: StripState, offline: bool, *, spelt: bool = True) -> None:
        """Only when it is sick; the icon alone where there is no room."""
        ink = "on-off" if offline else "need"
        words = "" if state.training else state.scanner
        spans = (Span(words, ink, 600),) if words and spelt else ()
        self._scanner.show_part(spans, icon="scan-barcode" if words else "", ink=ink, line=self._line())
        self._scanner.setAccessibleName(words)

    def _show_notice(self, state: StripState, offline: bool) -> None:
        """What is to be known of the till itself: calm, and always in words."""
        ink = "on-off" if offline and not state.training else "need"
        spans = (Span(state.notice, ink, 600),) if state.notice else ()
        self._notice.show_part(spans, icon="shield-alert" if spans else "", ink=ink, line=self._line())

    def _show_right(self, state: StripState, offline: bool) -> None:
        plum = offline and not state.training
        quiet, strong = ("on-off2", "on-off") if plum else ("ink2", "ink")
        line = self._line()
        shop = " · ".join(part for part in (state.shop, state.till) if part)
        show_shop = not plum and not state.training
        self._shop.show_part((Span(shop, quiet),) if show_shop and shop else (), line=line)
        self._disc.setVisible(bool(state.person))
        self._disc.show_person(state.initials, state.tint, state.person)
        self._disc.on_plum(plum)
        rest = f" · {state.shift}" if state.shift and not state.training else ""
        person = (Span(state.person, strong, 600), Span(rest, quiet)) if state.person else ()
        self._person.show_part(person, line=line)
        self.language.show_language(state.language, icon_ink=quiet, ink=strong, line=line)
        self._clock.show_part((Span(state.clock, strong, 600, size=16),) if state.clock else ())
        self.lock.setVisible(bool(state.person))
        self.settings.setVisible(not state.language)
        self.power.setVisible(bool(state.language))
        for button in (self.lock, self.settings, self.power):
            button.set_ink(quiet)

    def _spoken(self) -> str:
        return ". ".join(part.accessibleName() for part in self._told() if not part.isHidden()) or _(
            "Trạng thái"
        )

    def _told(self) -> tuple[StripPart, ...]:
        """What stands at the left, in its order."""
        devices = (self._printer, self._scanner)
        return (self._link, self._works, self._ages, self._waiting, *devices, self._notice, self._attention)

    # --- room
    def _fit(self) -> None:
        """Drop, in this order: the healthy printer's words, the shop's name, what still works, the ages."""
        state = self._state
        plum = state.link == "offline" and not state.training
        self._show_printer(state, plum)
        self._show_scanner(state, plum)
        self._show_right(state, plum)
        self._works.setVisible(plum and bool(state.works))
        if plum:
            self._ages.setVisible(bool(state.ages))
            for part in (self._works, self._ages):
                if self._needs() + LEAST_GAP > self.width():
                    part.hide()
            self._fit_scanner(plum)
            return
        if self._needs() + CALM_GAP > self.width() and not state.training and state.printer == "ready":
            self._printer.show_part((), icon="printer")
            self._printer.setAccessibleName(_("Máy in sẵn sàng"))
        if self._needs() + CALM_GAP > self.width() and state.till:
            self._shop.show_part((Span(state.till),), line=self._line())
        self._fit_scanner(plum)

    def _fit_scanner(self, plum: bool) -> None:
        if self._needs() + LEAST_GAP > self.width():
            self._show_scanner(self._state, plum, spelt=False)

    def _needs(self) -> int:
        layout = self.layout()
        if layout is None:
            return 0
        layout.invalidate()
        return layout.minimumSize().width()

    def clipped(self) -> bool:
        """Whether a part does not fit even after dropping."""
        return self._needs() > self.width()

    def minimumSizeHint(self) -> QSize:
        return QSize(320, STRIP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.details_pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._state.training:
            fill, line = "need-soft", "need-line"
        elif self._state.link == "offline":
            fill, line = "off-fill", "off-fill"
        else:
            fill, line = "surface", "line"
        painter.fillRect(self.rect(), theme.colour(fill))
        painter.fillRect(QRectF(0, STRIP - 1, self.width(), 1), theme.colour(line))
