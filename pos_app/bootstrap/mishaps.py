"""Errors that nobody caught: written to the log with a short code, told in a notice, and the till goes on."""

from __future__ import annotations

import hashlib
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pos_app.domain.errors import PosError, TroubleOutside
from pos_app.text import _
from ui import messages
from ui.dialogs import Notice, tell
from ui.main_window import MainWindow

log = logging.getLogger(__name__)

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Nothing that is mistaken for something else when it is read out on the telephone."""
CODE_LETTERS: Final = 6


def code_of(error: BaseException) -> str:
    """Six letters for the place an error came from: the same mistake has the same code on every till."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.name}" for frame in frames[-3:]]
    text = " ".join((type(error).__name__, *places))
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    letters = ""
    for _place in range(CODE_LETTERS):
        number, letter = divmod(number, len(ALPHABET))
        letters += ALPHABET[letter]
    return letters


class Mishaps(QObject):
    """`window` is where the notice opens, `keep` writes the cart's draft. Take it off with `remove`."""

    _happened = Signal(object)  # carries an error of another thread to the screen's

    def __init__(self, window: Callable[[], QWidget | None], keep: Callable[[], None]) -> None:
        super().__init__()
        self._window = window
        self._keep = keep
        self._is_telling = False
        self._former = (sys.excepthook, threading.excepthook)
        self._happened.connect(self._tell)

    def install(self) -> None:
        """From now on every error of a slot or a thread comes here."""
        sys.excepthook = self._in_slot
        threading.excepthook = self._in_thread

    def remove(self) -> None:
        """As it was before."""
        sys.excepthook, threading.excepthook = self._former

    def _in_slot(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(error, Exception):
            self._former[0](kind, error, trace)  # the end of the program, asked for by a person
            return
        self._note(error)
        self._happened.emit(error)

    def _in_thread(self, told: threading.ExceptHookArgs) -> None:
        if isinstance(told.exc_value, Exception):
            self._note(told.exc_value)
            self._happened.emit(told.exc_value)

    def _note(self, error: Exception) -> None:
        if isinstance(error, TroubleOutside):
            log.error("trouble outside reached the screen: %s", error, exc_info=error)
        else:
            log.critical("unexpected error %s", code_of(error), exc_info=error)

    def _tell(self, error: Exception) -> None:
        """One notice at a time: an error that repeats itself must not bury the counter."""
        window = self._window()
        if window is None or self._is_telling or _shows_notice(window):
            return
        self._is_telling = True
        try:
            self._save()
            title, line, code = _words(error)
            tell(window, title, line, code=code)
        finally:
            self._is_telling = False

    def _save(self) -> None:
        try:
            self._keep()
        except PosError as error:
            log.error("the cart's draft could not be written: %s", error)


def _words(error: Exception) -> tuple[str, str, str]:
    """Title, line and code of the notice; trouble outside has words of its own and needs no code."""
    if isinstance(error, TroubleOutside):
        words = messages.words(error)
        return words.title, words.line, ""
    line = _("Giỏ hàng vẫn còn. Làm lại việc vừa rồi; nếu lại lỗi, đọc mã này cho trung tâm.")
    return _("Có lỗi của chương trình"), line, _("mã {code}").format(code=code_of(error))


def _shows_notice(window: QWidget) -> bool:
    return isinstance(window, MainWindow) and isinstance(window.dialog(), Notice)
