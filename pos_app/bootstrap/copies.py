"""What a manager asks for from the menu: a backup now, and all unsent documents on a stick."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from pos_app.bootstrap.menus import Menus
from pos_app.bootstrap.navigation import Navigation
from pos_app.domain.errors import PosError
from pos_app.services.exporting import Exporting
from pos_app.services.upkeep import Upkeep
from pos_app.storage.backups import Backup
from pos_app.storage.export import Exported
from pos_app.text import _, ngettext
from ui import background, messages
from ui.answers import Answer


class Copies:
    """Says on the screen on top how it went."""

    def __init__(self, upkeep: Upkeep, exporting: Exporting, go: Navigation) -> None:
        self._upkeep = upkeep
        self._exporting = exporting
        self._go = go

    def offer(self, menus: Menus) -> None:
        """From now on the menu leads here."""
        menus.back_up_asked = self.back_up
        menus.export_asked = self.export

    def back_up(self) -> None:
        """Beside the screen: selling goes on meanwhile."""
        background.once(self._upkeep.back_up, 0, self._backed_up)

    def export(self) -> None:
        """Into a folder that the manager chooses."""
        title = _("Chọn USB hoặc thư mục để xuất")
        chosen = QFileDialog.getExistingDirectory(self._go.window, title)
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, folder: Path) -> None:
        """All that is unsent, as one sealed file there; a slow stick holds nobody up."""
        try:
            path = self._exporting.file_in(folder)
        except PosError as error:
            self._go.say(messages.answer(error))
            return
        background.once(lambda: self._exporting.write(path), 0, self._exported)

    def _exported(self, made: Exported | None, error: Exception | None) -> None:
        if made is None:
            self._say_refused(error)
            return
        self._exporting.note(made)
        count = ngettext("Đã xuất {n} chứng từ", "Đã xuất {n} chứng từ", made.documents)
        self._go.say(Answer("accepted", count.format(n=made.documents), made.path.name))

    def _backed_up(self, made: Backup | None, error: Exception | None) -> None:
        if made is None:
            self._say_refused(error)
        else:
            self._go.say(Answer("accepted", _("Đã sao lưu và kiểm"), made.path.name))

    def _say_refused(self, error: Exception | None) -> None:
        if isinstance(error, PosError):
            self._go.say(messages.answer(error))
        elif error is not None:
            raise error
