"""What a press on the strip opens: link and what waits at the right, the age of the data at the left."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.text import _, money
from ui.sync_details.presenter import SyncDetailsPresenter
from ui.sync_details.state import FeedAge, SyncState
from ui.widgets.button import Button
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.small import IconDisc
from ui.widgets.text import RIGHT, Text, divider

REFRESH_MS = 1000


class FeedAgeRow(QWidget):
    """A kind of data and its time; 44 high."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.setObjectName(f"feedAge_{at}")
        self.setFixedHeight(44)
        self._title = Text("", 16, 600, name=f"feedTitle_{at}")
        self._age = Text("", 16, 600, align=RIGHT, name=f"feedTime_{at}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self._age)

    def show_age(self, feed: FeedAge) -> None:
        """Another time."""
        self._title.setText(feed.title)
        self._age.setText(feed.age)
        self._age.set_ink("need" if feed.is_old else "ink2")


class SyncDetailsDialog(DialogFrame):
    """Shows a SyncState; F9 sends now, F2 lists the documents."""

    send_pressed = Signal()
    list_pressed = Signal()
    refresh_asked = Signal()

    def __init__(self, feeds: int) -> None:
        super().__init__(_("Kết nối và dữ liệu"), name="syncDetails", icon="database", wide=True)
        self._kept: SyncDetailsPresenter | None = None
        self._fill_left(feeds)
        self._fill_right()
        self._clock = QTimer(self, interval=REFRESH_MS)
        self._clock.timeout.connect(self.refresh_asked)

    def _fill_left(self, feeds: int) -> None:
        self.left.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(Text(_("Dữ liệu trong máy"), 14, 600, "ink3", name="feedsHead"))
        head.addStretch(1)
        head.addWidget(Text(_("Mới tới lúc"), 14, 600, "ink3", name="agesHead"))
        self.left.addLayout(head)
        self.left.addSpacing(6)
        self._rows = [FeedAgeRow(at) for at in range(feeds)]
        for row in self._rows:
            self.left.addWidget(divider())
            self.left.addWidget(row)
        self.left.addWidget(divider())
        self.left.addSpacing(14)
        self._documents = Text("", 15, 400, "ink2", wrap=True, name="documentStates")
        words = _("Chứng từ trung tâm đã trả lời")
        self.left.addWidget(Text(words, 14, 600, "ink3", name="documentsHead"))
        self.left.addSpacing(6)
        self.left.addWidget(self._documents)
        self.left.addStretch(1)
        self.list = Button(
            _("Xem từng chứng từ chưa xong"), name="listDocuments", icon="file-text", key="F2", height=48
        )
        self.list.clicked.connect(self.list_pressed)
        self.left.addWidget(self.list)

    def _fill_right(self) -> None:
        self.right.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(14)
        self._disc = IconDisc("cloud-off", "off", name="linkIcon")
        head.addWidget(self._disc)
        self._title = Text("", 18, 600, wrap=True, name="linkTitle")
        head.addWidget(self._title, 1)
        self._line = Text("", 15, 400, "ink2", wrap=True, name="linkLine")
        self._trouble = Text("", 15, 600, "need", wrap=True, name="linkTrouble")
        self._works = QVBoxLayout()
        self._works.setSpacing(4)
        self._works_text = Text("", 15, 400, "ink2", wrap=True, name="linkWorks")
        self.right.addLayout(head)
        self.right.addSpacing(10)
        self.right.addWidget(self._line)
        self.right.addSpacing(8)
        self.right.addWidget(self._trouble)
        self.right.addSpacing(8)
        self.right.addWidget(divider())
        self.right.addSpacing(14)
        self.right.addWidget(Text(_("Khi mất mạng vẫn làm được"), 14, 600, "ink3", name="worksHead"))
        self.right.addSpacing(6)
        self.right.addWidget(self._works_text)
        self.right.addSpacing(14)
        self.right.addWidget(divider())
        self.right.addSpacing(14)
        self.right.addWidget(Text(_("Chứng từ chờ gửi"), 14, 600, "ink3", name="unsentHead"))
        self._unsent = Text("0", 38, 700, name="unsentCount")
        self._unsent_line = Text("", 15, 400, "ink2", wrap=True, name="unsentLine")
        self.right.addWidget(self._unsent)
        self.right.addWidget(self._unsent_line)
        self.right.addStretch(1)
        self.right.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.close_button = Button(_("Đóng"), name="syncClose", key="Esc", height=56)
        self.send = Button(_("Gửi ngay"), "main", name="sendNow", key="F9", height=56)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.close_button, self.send):
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            row.addWidget(button, 1)
        self.close_button.clicked.connect(self.close_dialog)
        self.send.clicked.connect(self.send_pressed)
        return row

    # --- state
    def show_state(self, state: SyncState) -> None:
        """Show it."""
        self._disc.show_icon(state.icon, state.kind, state.title)
        self._title.setText(state.title)
        self._line.setText(state.line)
        self._trouble.setText(state.trouble)
        self._trouble.setVisible(bool(state.trouble))
        self._works_text.setText("\n".join(state.works))
        for row, feed in zip(self._rows, state.feeds, strict=True):
            row.show_age(feed)
        self._unsent.setText(money(state.unsent))
        self._unsent_line.setText(state.unsent_line)
        self._documents.setText(state.documents)
        self.list.setVisible(state.may_list)
        self.send.set_text(_("Đang gửi…") if state.is_sending else _("Gửi ngay"))
        self.send.setEnabled(not state.is_sending)

    def keep(self, presenter: SyncDetailsPresenter) -> None:
        """A signal holds its slot's owner only weakly: the presenter lives as long as the dialog."""
        self._kept = presenter
        self._clock.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F9 and self.send.isEnabled():
            self.send_pressed.emit()
        elif event.key() == Qt.Key.Key_F2 and self.list.isVisible():
            self.list_pressed.emit()
        else:
            super().keyPressEvent(event)


def open_sync_details(window: QWidget, presenter: SyncDetailsPresenter) -> SyncDetailsDialog:
    """Open it over the window; returns at once."""
    dialog = SyncDetailsDialog(len(presenter.state().feeds))
    dialog.keep(presenter)
    dialog.send_pressed.connect(presenter.send_now)
    dialog.list_pressed.connect(dialog.close_dialog)
    dialog.list_pressed.connect(presenter.list_documents)
    dialog.refresh_asked.connect(presenter.refresh)
    presenter.shown_by(dialog.show_state)
    dialog.closed.connect(lambda: presenter.shown_by(lambda _state: None))
    dialog.open_over(window)
    return dialog
