"""On-screen pads for amounts, counts and PINs; keys act on press-down."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos_app.text import _, ngettext
from ui import painting, theme
from ui.widgets.button import Button, Role

PAY_KEYS: Final = (("7", "8", "9"), ("4", "5", "6"), ("1", "2", "3"), ("000", "0", "back"))
COUNT_KEYS: Final = (("7", "8", "9"), ("4", "5", "6"), ("1", "2", "3"), ("back", "0", "down"))
PIN_KEYS: Final = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), ("badge", "0", "back"))


class PadKey(Button):
    """One key; large digits, no key cap."""

    def __init__(self, key: str, *, height: int, size: int = 24) -> None:
        icons = {"back": "delete", "down": "arrow-down", "badge": "scan-line"}
        spoken = {"back": _("Xóa lùi"), "down": _("Xuống dòng kế"), "badge": _("Quét thẻ nhân viên")}
        role: Role = "soft" if key == "down" else "plain"
        icon = icons.get(key, "")
        self._type_size = size
        super().__init__(
            "" if icon else key,
            role,
            name=f"pad_{key}",
            icon=icon,
            height=height,
            spoken=spoken.get(key, key),
        )
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(64)

    def _sizes(self) -> tuple[int, int]:
        return self._type_size, 600


class _Pad(QWidget):
    pressed = Signal(str)  # "0" to "9", "000", "back", "down", "badge"

    def __init__(
        self, keys: tuple[tuple[str, ...], ...], height: int, size: int, name: str, spoken: str
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        self._keys: dict[str, PadKey] = {}
        for row, line in enumerate(keys):
            for column, key in enumerate(line):
                made = PadKey(key, height=height, size=size)
                made.pressed.connect(lambda key=key: self.pressed.emit(key))
                self._keys[key] = made
                grid.addWidget(made, row, column)
        for column in range(3):
            grid.setColumnStretch(column, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def key(self, name: str) -> PadKey:
        """One of its keys."""
        return self._keys[name]


class NumericPad(_Pad):
    """7-8-9 on top, as on the keyboard: with 000 for money, with ↓ for counts."""

    def __init__(self, *, counts: bool = False, height: int = 0, name: str = "numericPad") -> None:
        keys = COUNT_KEYS if counts else PAY_KEYS
        super().__init__(keys, height or (72 if counts else 79), 24, name, _("Bàn phím số"))


class PinPad(_Pad):
    """1-2-3 on top; the badge key stands where 000 would be. Rows 76, in a dialog 60."""

    def __init__(self, *, height: int = 76, name: str = "pinPad") -> None:
        super().__init__(PIN_KEYS, height, 28 if height >= 76 else 24, name, _("Bàn phím PIN"))


class PinDots(QWidget):
    """How many digits stand, never which. Takes digits from the keyboard when it has the focus."""

    completed = Signal(str)  # all digits are in
    changed = Signal(int)  # how many stand

    def __init__(self, digits: int = 6, *, side: int = 20, name: str = "pinDots") -> None:
        super().__init__()
        self._digits, self._side, self._typed = digits, side, ""
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._speak()

    def press(self, key: str) -> None:
        """A key of the pad: a digit or "back"; others are ignored."""
        if key == "back":
            self._typed = self._typed[:-1]
        elif len(key) == 1 and key.isascii() and key.isdigit() and len(self._typed) < self._digits:
            self._typed += key
        else:
            return
        self._tell()
        if key != "back" and len(self._typed) == self._digits:
            self.completed.emit(self._typed)

    def clear(self) -> None:
        """Forget the digits."""
        self._typed = ""
        self._tell()

    def text(self) -> str:
        """The digits; for the presenter, never for the screen."""
        return self._typed

    def is_full(self) -> bool:
        """Whether all digits stand."""
        return len(self._typed) == self._digits

    def _tell(self) -> None:
        self._speak()
        self.changed.emit(len(self._typed))
        self.update()

    def _speak(self) -> None:
        count = len(self._typed)
        words = ngettext("Mã PIN: {count} trong {total} số", "Mã PIN: {count} trong {total} số", count)
        self.setAccessibleName(words.format(count=count, total=self._digits))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace:
            self.press("back")
        elif event.text().isascii() and event.text().isdigit():
            self.press(event.text())
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(self._digits * self._side * 2, self._side + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        step = self._side * 2 if self._side >= 20 else self._side + 14
        left = (self.width() - (step * (self._digits - 1) + self._side)) / 2
        top = (self.height() - self._side) / 2
        for at in range(self._digits):
            area = QRectF(left + at * step, top, self._side, self._side)
            if at < len(self._typed):
                painting.box(painter, area, self._side / 2, theme.colour("ink"))
            else:
                painting.box(painter, area, self._side / 2, None, theme.colour("edge"), 2)
