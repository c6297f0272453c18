"""A dialog in which a second person stands at the right: who, PIN, no and yes; what for is at the left."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from pos_app.text import _
from ui import icons, painting, theme
from ui.tokens import RADIUS
from ui.widgets.button import Button
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.pads import PinDots, PinPad
from ui.widgets.person_state import DIGITS, ApproverState
from ui.widgets.small import InitialsDisc
from ui.widgets.text import CENTRE, Text


class ApproverChoice(Button):
    """Who allows it: disc, name, role; a press opens the others."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__("", name="approverChoice", height=56, spoken=_("Người duyệt"))
        self._people: tuple[ApproverState, ...] = ()
        self._disc = InitialsDisc("", 0, 36)
        self._disc.setParent(self)
        self._disc.setGeometry(12, 10, 36, 36)
        self._person: ApproverState | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)

    def show_people(self, people: tuple[ApproverState, ...], person: ApproverState | None) -> None:
        """The list, and who stands chosen."""
        self._people, self._person = people, person
        self._disc.setVisible(person is not None)
        if person is not None:
            self._disc.show_person(person.initials, person.tint, person.name)
            self.setAccessibleName(f"{_('Người duyệt')}: {person.name}, {person.role}")
        self.update()

    def menu(self) -> QMenu:
        """The list as it would open."""
        menu = QMenu(self)
        menu.setObjectName("approverMenu")
        menu.setFont(theme.font(16))
        for one in self._people:
            action = menu.addAction(f"{one.name} · {one.role}")
            action.triggered.connect(lambda _checked=False, no=one.no: self.chosen.emit(no))
        return menu

    def _open(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def clipped(self) -> bool:
        """Whether the name does not fit."""
        return (
            self._person is not None and painting.text_width(self._person.name, 16, 600) > self.width() - 108
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.box(painter, self.rect(), RADIUS, theme.colour("surface"), theme.colour("edge"))
        room = self.width() - 108
        if self._person is None:
            nobody = painting.Span(_("Chưa có ai duyệt được"), "ink3")
            painting.spans(painter, 16, 28, [nobody], 16, self.width() - 32)
        else:
            painting.spans(painter, 61, 20, [painting.Span(self._person.name, "ink", 600)], 16, room)
            painting.spans(painter, 61, 38, [painting.Span(self._person.role)], 14, room)
        if len(self._people) > 1 or self._person is not None:
            chevron = icons.pixmap("chevron-down", "ink2", 18)
            painter.drawPixmap(QPointF(self.width() - 31, 19), chevron)
        if self.hasFocus():
            painting.box(painter, self.rect(), RADIUS, None, theme.colour("accent"), 2)


class SecondPersonDialog(DialogFrame):
    """Sends what is done at the right upwards as signals; subclasses fill the left and show their state."""

    chosen = Signal(int)
    stepped = Signal(int)
    typed = Signal(int)
    accept_pressed = Signal(str)
    refuse_pressed = Signal()
    badge_scanned = Signal(str)

    def __init__(self, title: str, *, name: str, note: str, refuse: str, accept: str) -> None:
        super().__init__(title, name=name, icon="user-round-check", note=note, wide=True)
        self.presenter: object = None  # Qt holds bound methods weakly: it lives as long as the dialog
        self._people = ApproverChoice()
        self.dots = PinDots(DIGITS, side=16)
        self._pad = PinPad(height=60)
        self._hint = Text("", 14, 400, "ink2", align=CENTRE, wrap=True, name=f"{name}Hint")
        self._hint.setFixedHeight(60)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.refuse = Button(refuse, name=f"{name}Refuse", key="Esc", height=56)
        self.accept = Button(accept, "main", name=f"{name}Accept", key="Enter", height=56)
        self._fill_right()
        self._people.chosen.connect(self.chosen)
        self._pad.pressed.connect(self.dots.press)
        self.dots.changed.connect(self.typed)
        self.refuse.clicked.connect(self.refuse_pressed)
        self.accept.clicked.connect(self._accept)

    def _fill_right(self) -> None:
        self.right.setSpacing(0)
        self.right.addWidget(self._people)
        self.right.addSpacing(16)
        self.right.addWidget(self.dots)
        self.right.addSpacing(16)
        self.right.addWidget(self._pad)
        self.right.addSpacing(10)
        self.right.addWidget(self._hint)
        self.right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.refuse, self.accept):
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            row.addWidget(button, 1)
        self.right.addLayout(row)

    # --- state
    def show_people(
        self, people: tuple[ApproverState, ...], person: ApproverState | None, *, may_choose: bool
    ) -> None:
        """Who may, and who stands chosen."""
        self._people.show_people(people, person)
        self._people.setEnabled(may_choose)

    def show_hint(self, message: str, hint: str) -> None:
        """What went wrong, else what to do."""
        self._hint.setText(message or hint)
        self._hint.set_ink("stop" if message else "ink2")

    def take_digits(self, takes: bool) -> None:
        """The focus stays inside: a widget that is disabled would hand it to what lies below the scrim."""
        if self.isVisible() and takes != self.dots.isEnabled():
            (self if not takes else self.dots).setFocus(Qt.FocusReason.OtherFocusReason)
        self._pad.setEnabled(takes)
        self.dots.setEnabled(takes)
        if self.isVisible() and takes and self.focusWidget() is not self.dots:
            self.dots.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- keys
    def first_focus(self) -> QWidget | None:
        return self.dots if self.dots.isEnabled() else None

    def scanned(self, text: str) -> None:
        """A badge."""
        self.badge_scanned.emit(text)

    def _accept(self) -> None:
        self.accept_pressed.emit(self.dots.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.refuse_pressed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)
