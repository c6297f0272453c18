"""The short sounds of the till.

PySide6 Essentials brings no QtMultimedia, so the WAV files of resources/sounds are played by a player of the
machine where there is one (winsound on Windows; pw-play, paplay, aplay or afplay elsewhere). Without one, a
refusal is at least a beep of the system and everything else is silent: the answer box says it all in words.
"""

from __future__ import annotations

import logging
import shutil
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication

from ui.answers import AnswerKind

log = logging.getLogger(__name__)
Sound = Literal["accepted", "needs", "refused", "done", "money"]
FOLDER: Final = Path(__file__).resolve().parent.parent / "resources" / "sounds"
_PLAYERS: Final = (("pw-play", ()), ("paplay", ()), ("aplay", ("-q",)), ("afplay", ()))
OF_ANSWER: Final[dict[AnswerKind, Sound]] = {
    "accepted": "accepted",
    "needs": "needs",
    "unknown": "needs",
    "refused": "refused",
}


class Sounds:
    """Plays a sound and returns at once; `loud` is the till's own setting (off is silent)."""

    def __init__(self, *, loud: bool = True) -> None:
        self.loud = loud
        self._player = _player()

    def play(self, sound: Sound) -> None:
        """Play one; a machine without a player beeps for a refusal only."""
        if not self.loud:
            return
        if self._player is not None:
            self._player(FOLDER / f"{sound}.wav")
        elif sound == "refused":
            QApplication.beep()

    def answer(self, kind: AnswerKind) -> None:
        """The sound of an answer; a quiet one has none."""
        sound = OF_ANSWER.get(kind)
        if sound is not None:
            self.play(sound)


def _player() -> Callable[[Path], None] | None:
    if sys.platform == "win32":
        import winsound

        return lambda path: winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC)
    for name, options in _PLAYERS:
        found = shutil.which(name)
        if found is not None:
            return partial(_detached, found, list(options))
    return None


def _detached(program: str, options: list[str], path: Path) -> None:
    started = QProcess.startDetached(program, [*options, str(path)])
    if not (started[0] if isinstance(started, tuple) else started):
        log.warning("a sound could not be played by %s", program)
