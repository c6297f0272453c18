"""The style sheet, built from the tokens: colours by property, so a switch of theme reaches everything."""

from __future__ import annotations

from typing import Final

from ui.tokens import RADIUS, RADIUS_CARD, ROLES, Palette

TEXT_ROLES: Final = (
    "ink",
    "ink2",
    "ink3",
    "accent",
    "accent-ink",
    "on-accent",
    "ok",
    "need",
    "stop",
    "off",
    "on-off",
    "on-off2",
)
PANELS: Final = ("bg", "surface", "sunken", "column", "accent-soft")
SOFT: Final = ("ok", "need", "stop", "accent")


def build(palette: Palette) -> str:
    """The whole sheet for one palette. It sets no font: a font from a sheet loses the tabular digits."""
    parts = [_texts(palette), _panels(palette), _inputs(palette), _scrolling(palette)]
    return "\n".join(parts)


def _texts(palette: Palette) -> str:
    return "\n".join(f'QLabel[ink="{role}"] {{ color: {palette.hex(role)}; }}' for role in TEXT_ROLES)


def _panels(palette: Palette) -> str:
    lines = [
        f'QFrame[panel="{name}"] {{ background: {palette.hex(name)}; border: none; }}' for name in PANELS
    ]
    lines.append(_box("card", palette.hex("surface"), palette.hex("line")))
    lines.append(_box("figure", palette.hex("sunken"), palette.hex("line")))
    lines.append(_box("qr", "#FFFFFF", palette.hex("line")))  # a code is black on white in both themes
    for name in SOFT:
        lines.append(_box(f"{name}-soft", palette.hex(f"{name}-soft"), palette.hex(f"{name}-line")))
        lines.append(_box(f"{name}-note", palette.hex(f"{name}-soft"), palette.hex(f"{name}-soft")))
    lines.append(f'QFrame[panel="line"] {{ background: {palette.hex("line")}; border: none; }}')
    lines.append("QWidget#scrim { background: transparent; }")
    return "\n".join(lines)


def _box(name: str, fill: str, border: str) -> str:
    return (
        f'QFrame[panel="{name}"] {{ background: {fill}; border: 1px solid {border};'
        f" border-radius: {RADIUS_CARD}px; }}"
    )


def _inputs(palette: Palette) -> str:
    edge, accent, stop = palette.hex("edge"), palette.hex("accent"), palette.hex("stop")
    ink, surface = palette.hex("ink"), palette.hex("surface")
    return f"""
QLineEdit[field="true"], QPlainTextEdit[field="true"] {{
  background: {surface}; color: {ink}; border: 1px solid {edge}; border-radius: {RADIUS}px;
  padding: 1px 13px; selection-background-color: {accent};
  selection-color: {palette.hex("on-accent")}; placeholder-text-color: {palette.hex("ink3")};
}}
QPlainTextEdit[field="true"] {{ padding: 9px 10px; }}
QLineEdit[field="true"]:focus, QPlainTextEdit[field="true"]:focus {{
  border: 2px solid {accent}; padding: 0px 12px;
}}
QPlainTextEdit[field="true"]:focus {{ padding: 8px 9px; }}
QLineEdit[field="true"][wrong="true"] {{ border: 2px solid {stop}; padding: 0px 12px; }}
QLineEdit[field="true"]:disabled {{ background: {palette.hex("bg")}; color: {palette.hex("ink3")}; }}
QToolTip {{ background: {surface}; color: {ink}; border: 1px solid {palette.hex("line")}; padding: 6px; }}
QMenu {{ background: {surface}; color: {ink}; border: 1px solid {palette.hex("ctl")};
  border-radius: {RADIUS}px; padding: 6px; }}
QMenu::item {{ padding: 12px 20px; border-radius: 8px; }}
QMenu::item:selected {{ background: {palette.hex("accent-soft")}; color: {palette.hex("accent-ink")}; }}
"""


def _scrolling(palette: Palette) -> str:
    ctl = palette.hex("ctl")
    return f"""
QAbstractItemView, QScrollArea {{ background: transparent; border: none; outline: none; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
QScrollBar::handle:vertical {{ background: {ctl}; border-radius: 3px; min-height: 44px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 2px; }}
QScrollBar::handle:horizontal {{ background: {ctl}; border-radius: 3px; min-width: 44px; }}
"""


assert all(role in ROLES for role in TEXT_ROLES)
