"""Qt's own words (file dialogs, context menus of fields) in the language of the till.

PySide6 brings no Vietnamese catalogue of Qt; these go through ours like every other text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QTranslator

from pos_app.text import _
from ui.messages import N_

WORDS: Final[Mapping[str, str]] = {
    # --- fields
    "&Undo": N_("&Hoàn tác"),
    "&Redo": N_("&Làm lại"),
    "Cu&t": N_("Cắ&t"),
    "&Copy": N_("&Chép"),
    "&Paste": N_("&Dán"),
    "Delete": N_("Xóa"),
    "Select All": N_("Chọn hết"),
    # --- buttons
    "OK": N_("Đồng ý"),
    "Cancel": N_("Bỏ qua"),
    "Open": N_("Mở"),
    "&Open": N_("&Mở"),
    "&Choose": N_("&Chọn"),
    # --- file dialogs
    "&Look in:": N_("&Xem trong:"),
    "Directory:": N_("Thư mục:"),
    "File &name:": N_("&Tên file:"),
    "Files of &type:": N_("&Loại file:"),
    "Find Directory": N_("Chọn thư mục"),
    "Directories": N_("Thư mục"),
    "All Files (*)": N_("Mọi file (*)"),
    "Back": N_("Trước"),
    "Forward": N_("Sau"),
    "Parent Directory": N_("Thư mục mẹ"),
    "Create New Folder": N_("Tạo thư mục"),
    "Create a New Folder": N_("Tạo thư mục"),
    "&New Folder": N_("&Thư mục mới"),
    "List View": N_("Xem danh sách"),
    "Detail View": N_("Xem chi tiết"),
    "Change to list view mode": N_("Xem danh sách"),
    "Change to detail view mode": N_("Xem chi tiết"),
    "Go back": N_("Về trước"),
    "Go forward": N_("Tới sau"),
    "Go to the parent directory": N_("Lên thư mục mẹ"),
    "Sidebar": N_("Nơi hay dùng"),
    "List of places and bookmarks": N_("Nơi hay dùng"),
    "Files": N_("Các file"),
    "&Rename": N_("Đổ&i tên"),
    "&Delete": N_("&Xóa"),
    "Show &hidden files": N_("Hiện file ẩ&n"),
    "Computer": N_("Máy này"),
    "Name": N_("Tên"),
    "Size": N_("Cỡ"),
    "Type": N_("Loại"),
    "Date Modified": N_("Sửa lúc"),
    "Drive": N_("Ổ đĩa"),
    "Folder": N_("Thư mục"),
}
"""Qt's text → msgid."""


class QtWords(QTranslator):
    """Asked by Qt for every text of its own; what is not here stays as Qt has it."""

    def translate(  # Qt's own names
        self,
        context: str,
        sourceText: str,  # noqa: N803
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        """Qt's own signature."""
        words = WORDS.get(sourceText)
        # None is Qt's null text, "not known here"; an empty one would be shown
        return None if words is None else _(words)  # type: ignore[return-value]

    def isEmpty(self) -> bool:
        return False
