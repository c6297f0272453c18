"""Grabs every screen in the states worth looking at, in every look: `./run shots`."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QEvent
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from pos_app import text
from ui import app as ui_app
from ui import theme

Look = tuple[str, str, str]  # language, theme, size
Shot = tuple[str, Callable[[], QWidget]]
HERE = Path(__file__).resolve().parent
USUAL: Final = ("vi", "light", "1366x768")
COLOURS: Final = 256
DOCS: Final[dict[Look, tuple[str, ...]]] = {
    USUAL: (),  # those that lie there
    ("vi", "dark", "1366x768"): ("02-sell-offline", "03-pay", "09-needs-attention"),
    ("en", "light", "1366x768"): ("01-sell", "05-pickup", "07-shift-close", "17-look"),
    ("en", "dark", "1366x768"): ("11-sign-in",),
    ("vi", "light", "1920x1080"): ("01-sell",),
}
"""What docs/screens holds beside the usual look."""
Part = tuple[int, int, int, int]  # left, top, right, bottom in px of the window
WHOLE: Final[Part] = (0, 0, 1366, 768)
GUIDE: Final[dict[str, tuple[str, Part]]] = {
    "11-sign-in": ("1-dang-nhap", WHOLE),
    "01-sell": ("2-quet-va-ban", WHOLE),
    "03-pay": ("3-thu-tien", WHOLE),
    "01k-sell-voucher": ("4-voucher", WHOLE),
    "05-pickup": ("5-giao-don", WHOLE),
    "06-return": ("6-tra-hang", WHOLE),
    "02-sell-offline": ("8-mat-mang", (0, 0, 1366, 164)),
    "07-shift-close": ("7-dong-ca", WHOLE),
}
"""The pictures of docs/cashier.md: shot, file in docs/pictures, the part that matters."""
GUIDE_WIDTH: Final = 840


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
    if size is not None and min(widget.maximumHeight(), widget.maximumWidth()) > 100_000:
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


def matrix(languages: str, themes: str, sizes: str) -> list[Look]:
    """Every language with every theme and size, from lists with commas."""
    return [
        (language, mode, size)
        for language in languages.split(",")
        for mode in ("light,dark" if themes == "both" else themes).split(",")
        for size in sizes.split(",")
    ]


def grabbed(look: Look, screen: str = "", scale: int = 100) -> Iterator[tuple[str, QPixmap]]:
    """Each shot in one look, by name."""
    language, mode, size = look
    text.use_language(cast(text.Language, language))
    theme.apply(application(), cast(theme.ThemeMode, mode), scale=scale, reduced_motion=True)
    width, height = (int(part) for part in size.split("x"))
    for name, make in registered(screen):
        widget = shown(make, (width, height))
        yield name, widget.grab()
        closed(widget)


def renew_docs(folder: Path) -> Iterator[Path]:
    """The pictures that are committed, with few colours: they shall not weigh much."""
    for look, names in DOCS.items():
        suffix = "".join(f"-{part}" for part, usual in zip(look, USUAL, strict=True) if part != usual)
        for name, picture in grabbed(look):
            path = folder / f"{name}{suffix}.png"
            if name in names or (look == USUAL and path.exists()):
                picture.save(str(path))
                _few_colours(Image.open(path).convert("RGB")).save(path, optimize=True)
                yield path


def renew_guide(folder: Path) -> Iterator[Path]:
    """The pictures of the cashier's page, scaled down to what a page is wide."""
    for name, picture in grabbed(USUAL):
        if name in GUIDE:
            file, part = GUIDE[name]
            path = folder / f"{file}.png"
            picture.save(str(path))
            whole = Image.open(path).convert("RGB").crop(part)
            small = (GUIDE_WIDTH, round(whole.height * GUIDE_WIDTH / whole.width))
            whole.resize(small, Image.Resampling.LANCZOS).quantize(256, Image.Quantize.MAXCOVERAGE).save(
                path, optimize=True
            )
            yield path


def _few_colours(picture: Image.Image) -> Image.Image:
    """The most frequent colours exactly, all others as the nearest of them: areas and dots keep theirs."""
    counted = sorted(picture.getcolors(1 << 24) or [], key=lambda one: -one[0])[:COLOURS]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _count, colour in counted for part in cast(tuple[int, int, int], colour)])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def main() -> None:
    """Write one PNG a shot, language, theme and size; all of them unless told otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("var/shots"))
    parser.add_argument("--screen", default="", help="only of one module shots_*.py")
    parser.add_argument("--theme", default="both", help="light, dark or both")
    parser.add_argument("--size", default="1366x768,1920x1080", help="one or more")
    parser.add_argument("--language", default="vi,en", help="vi, en or vi,en")
    parser.add_argument("--scale", type=int, default=100, help="type size in percent")
    parser.add_argument("--docs", action="store_true", help="only renew docs/screens and docs/pictures")
    chosen = parser.parse_args()
    application()
    if chosen.docs:
        for path in (*renew_docs(Path("docs/screens")), *renew_guide(Path("docs/pictures"))):
            sys.stdout.write(f"{path}\n")
        return
    chosen.out.mkdir(parents=True, exist_ok=True)
    for look in matrix(chosen.language, chosen.theme, chosen.size):
        for name, picture in grabbed(look, chosen.screen, chosen.scale):
            path = chosen.out / f"{name}-{'-'.join(look)}.png"
            picture.save(str(path))
            sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
