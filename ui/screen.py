"""What every screen is: a page of the stack that hears scans, keys and states."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.scan_box import ScanBox


class Screen(QWidget):
    """Base of all screens. Subclasses set `name`, build their widgets and override what they hear.

    State flows down through `show_state`, calls flow up through signals the presenter is connected to.
    """

    name: ClassVar[str] = "screen"
    has_strip: ClassVar[bool] = True

    scan_entered = Signal(str)  # typed into the scan box and sent with Enter
    leave_asked = Signal()  # back, Esc

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{self.name}Screen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.scan_box: ScanBox | None = None

    def use_scan_box(self, box: ScanBox) -> ScanBox:
        """Name the scan box of this screen: it gets the focus back after every act."""
        self.scan_box = box
        box.entered.connect(self.scan_entered)
        return box

    def set_placeholder(self, words: str) -> None:
        """What this screen expects to be scanned."""
        if self.scan_box is not None:
            self.scan_box.set_words(words)

    def scanned(self, text: str) -> None:
        """A scanner read `text` while this screen is on top; by default as if it had been typed."""
        self.scan_entered.emit(text)

    def key(self, name: str) -> bool:
        """A function key ("F1"…"F12", "Esc", "Del", "Ctrl+Z", "Ctrl+P", "*", …); True when it was used."""
        return False

    def show_state(self, state: Any) -> None:
        """Show a frozen state; only what differs changes."""

    def entered(self) -> None:
        """The screen has come to the top."""
        self.take_focus()

    def left(self) -> None:
        """Another screen has come to the top."""

    def take_focus(self) -> None:
        """Give the focus back to the scan box, or to the screen itself."""
        target: QWidget = self.scan_box if self.scan_box is not None else self
        target.setFocus(Qt.FocusReason.OtherFocusReason)
