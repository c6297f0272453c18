"""The small dialogs: a question with one way on, and a notice; never a loop of their own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos_app.text import _
from ui.widgets.button import Button
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.inputs import Note
from ui.widgets.text import Text


class Question(DialogFrame):
    """A title, a sentence, refuse at the left, accept at the right. Enter does nothing: a scan ends in it."""

    def __init__(
        self, title: str, line: str, accept: str, *, refuse: str = "", key: str = "F9", name: str = "question"
    ) -> None:
        super().__init__(title, name=name)
        self._key = key
        self._accepted: Callable[[], None] | None = None
        self.body.addWidget(Text(line, 16, 400, "ink2", wrap=True, name=f"{name}Line"))
        self.body.addStretch(1)
        self.refuse = Button(refuse or _("Bỏ qua"), name=f"{name}Refuse", key="Esc", height=56)
        self.accept = Button(accept, "main", name=f"{name}Accept", key=key, height=56)
        for button in (self.refuse, self.accept):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.refuse)
        row.addWidget(self.accept)
        self.body.addLayout(row)
        self.refuse.clicked.connect(self.close_dialog)
        self.accept.clicked.connect(self._accept)

    def on_accept(self, function: Callable[[], None]) -> Question:
        """What to call after the dialog has closed with a yes."""
        self._accepted = function
        return self

    def _accept(self) -> None:
        accepted, self._accepted = self._accepted, None
        self.close_dialog()
        if accepted is not None:
            accepted()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._key and self.accept.isEnabled() and event.key() == _function_key(self._key):
            self._accept()
            return
        super().keyPressEvent(event)


class ReasonQuestion(Question):
    """A question that wants a reason in words before it may be accepted."""

    def __init__(self, title: str, line: str, accept: str, *, least: int = 4, name: str = "reason") -> None:
        super().__init__(title, line, accept, name=name)
        self._least = least
        self.explanation = Note(_("Viết ngắn chuyện đã xảy ra…"), name=f"{name}Note", spoken=_("Lý do"))
        self.body.insertWidget(1, self.explanation)
        self.explanation.textChanged.connect(self._weigh)
        self._weigh()

    def reason(self) -> str:
        """The words, trimmed."""
        return self.explanation.toPlainText().strip()

    def _weigh(self) -> None:
        self.accept.setEnabled(len(self.reason()) >= self._least)

    def first_focus(self) -> QWidget | None:
        return self.explanation


class Notice(DialogFrame):
    """Something outside is in trouble: what it is, and one button that closes."""

    def __init__(self, title: str, line: str, *, code: str = "", name: str = "notice") -> None:
        super().__init__(title, name=name, icon="triangle-alert", note=code)
        self.body.addWidget(Text(line, 16, 400, "ink2", wrap=True, name=f"{name}Line"))
        self.body.addStretch(1)
        close = Button(_("Đóng"), name=f"{name}Close", key="Esc", height=56)
        close.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        close.clicked.connect(self.close_dialog)
        self.body.addWidget(close)


def ask(window: QWidget, question: Question, accepted: Callable[[], None]) -> Question:
    """Open a question over the window; `accepted` is called after a yes. Returns at once."""
    question.on_accept(accepted).open_over(window)
    return question


def tell(window: QWidget, title: str, line: str, *, code: str = "") -> Notice:
    """Open a notice over the window; returns at once."""
    notice = Notice(title, line, code=code)
    notice.open_over(window)
    return notice


def _function_key(name: str) -> Qt.Key | None:
    found = getattr(Qt.Key, f"Key_{name}", None)
    return found if isinstance(found, Qt.Key) else None
