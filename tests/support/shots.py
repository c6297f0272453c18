"""Grabs every screen in the states worth looking at: `python -m tests.support.shots --out DIR`."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from pos_app import text
from ui import app as ui_app
from ui import theme

Shot = tuple[str, Callable[[], QWidget]]
HERE = Path(__file__).resolve().parent


def registered(screen: str = "") -> Iterator[Shot]:
    """All shots of the modules shots_*.py beside this one, or of one of them."""
    for path in sorted(HERE.glob("shots_*.py")):
        if screen and path.stem != f"shots_{screen}":
            continue
        module = importlib.import_module(f"tests.support.{path.stem}")
        yield from module.shots()


def application() -> QApplication:
    """The application in the look under test, with motion switched off."""
    return ui_app.make(["shots"], reduced_motion=True)


def shown(make: Callable[[], QWidget], size: tuple[int, int] | None) -> QWidget:
    """The widget, laid out and visible at `size` (its own when None)."""
    widget = make()
    if size is not None and widget.maximumHeight() > 100_000:
        widget.resize(*size)
    widget.show()
    settle()
    return widget


def settle() -> None:
    """Let layouts and paints happen."""
    for _round in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def closed(widget: QWidget) -> None:
    """Take a shown widget away for good."""
    allow = getattr(widget, "allow_close", None)
    if allow is not None:
        allow()
    widget.hide()
    widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def main() -> None:
    """Write one PNG a shot, language, theme and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/screens"))
    parser.add_argument("--screen", default="")
    parser.add_argument("--theme", choices=("light", "dark", "both"), default="light")
    parser.add_argument("--size", default="1366x768", help="one or more, such as 1366x768,1920x1080")
    parser.add_argument("--language", default="vi", help="vi, en or vi,en")
    parser.add_argument("--scale", type=int, default=100)
    chosen = parser.parse_args()
    app = application()
    chosen.out.mkdir(parents=True, exist_ok=True)
    themes = ("light", "dark") if chosen.theme == "both" else (chosen.theme,)
    for language in chosen.language.split(","):
        text.use_language(language)
        for mode in themes:
            theme.apply(app, mode, scale=chosen.scale, reduced_motion=True)
            for size in chosen.size.split(","):
                width, height = (int(part) for part in size.split("x"))
                for name, make in registered(chosen.screen):
                    widget = shown(make, (width, height))
                    path = chosen.out / f"{name}-{language}-{mode}-{size}.png"
                    widget.grab().save(str(path))
                    closed(widget)
                    sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
