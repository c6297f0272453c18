"""The colour roles, type and measures of the look, as plain data (look: Colour roles, Type, Measures)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Mode = Literal["light", "dark"]

# role: (light, dark)
ROLES: Final[dict[str, tuple[str, str]]] = {
    "bg": ("#F3F2EF", "#121317"),
    "surface": ("#FFFFFF", "#1B1D22"),
    "sunken": ("#F9F8F6", "#22252B"),
    "column": ("#F9F8F6", "#121317"),  # the decision column: sunken by day, bg by night
    "line": ("#E2E0DA", "#33373F"),
    "ctl": ("#C9C6BD", "#4A4F5A"),
    "edge": ("#85827A", "#7E8390"),
    "ink": ("#17181C", "#F2F3F5"),
    "ink2": ("#4A4C55", "#BFC3CC"),
    "ink3": ("#64666F", "#9CA1AD"),
    "accent": ("#1D4ED8", "#7EA2FF"),
    "accent-press": ("#173EAD", "#6389F0"),
    "on-accent": ("#FFFFFF", "#0B1533"),
    "accent-soft": ("#E9EFFD", "#1C2742"),
    "accent-line": ("#B9CBF7", "#34487E"),
    "accent-ink": ("#1A45BF", "#A3BDFF"),
    "ok": ("#0B7441", "#58CC90"),
    "ok-soft": ("#E2F3E9", "#16301F"),
    "ok-line": ("#A9D8BD", "#2B5E40"),
    "on-ok": ("#FFFFFF", "#0A2417"),
    "need": ("#8F5200", "#F2B855"),
    "need-soft": ("#FDF0D8", "#352812"),
    "need-line": ("#EBC98C", "#6B5122"),
    "stop": ("#BE2626", "#FF8B82"),
    "stop-soft": ("#FCE9E7", "#3A1D1C"),
    "stop-line": ("#F0B7B2", "#77403C"),
    "off-fill": ("#57318A", "#3D2A63"),
    "on-off": ("#FFFFFF", "#FFFFFF"),
    "on-off2": ("#E3D6F5", "#DCCBF7"),
    "off-div": ("#8560B6", "#6E55A0"),
    "off": ("#64399B", "#C3A6F2"),
    "off-soft": ("#F0E9FA", "#2B2140"),
    "tier-gold": ("#C8961A", "#E0B341"),
    "tier-silver": ("#8E929C", "#B4B8C2"),
    "tier-platinum": ("#5F7F99", "#8FB0CC"),
    "chart-today": ("#1D4ED8", "#7EA2FF"),
    "chart-running": ("#8EA8EE", "#5C7FD0"),
    "chart-before": ("#E2DFD8", "#343842"),
    # quiet tints behind initials (fill, then text), by number 0 to 5
    "tint-0": ("#E1E8FB", "#24345E"),
    "tint-0-ink": ("#1A45BF", "#C3D3FF"),
    "tint-1": ("#FBE6D8", "#4B2E1C"),
    "tint-1-ink": ("#7A3410", "#FFD0B0"),
    "tint-2": ("#E6EFDC", "#2C3F1E"),
    "tint-2-ink": ("#35591B", "#CBE8B1"),
    "tint-3": ("#ECE5F7", "#3A2A57"),
    "tint-3-ink": ("#57318A", "#DCCBF7"),
    "tint-4": ("#DCEAE1", "#1F3D2E"),
    "tint-4-ink": ("#0F5132", "#B4E6CB"),
    "tint-5": ("#E6E4DD", "#3A3D45"),
    "tint-5-ink": ("#4A4C55", "#D5D8DE"),
}
SCRIM_ALPHA: Final[dict[Mode, tuple[int, int, int, int]]] = {
    "light": (20, 21, 26, 132),
    "dark": (0, 0, 0, 158),
}
TILE_BORDER: Final[dict[Mode, tuple[int, int, int, int]]] = {
    "light": (0, 0, 0, 31),
    "dark": (255, 255, 255, 46),
}

# note value in đồng: colour of its bar on the count page; the same by day and by night
NOTE_BARS: Final[dict[int, str]] = {
    500_000: "#2F8790",
    200_000: "#A8553C",
    100_000: "#55905A",
    50_000: "#B25C84",
    20_000: "#4672B4",
    10_000: "#AC8F2C",
    5_000: "#56698F",
    2_000: "#8B6A52",
    1_000: "#7E6A8E",
    500: "#A9706A",
    200: "#93866F",
}

LEAST_TOUCH: Final = 44
ROW_BUTTON: Final = 44
BUTTON: Final = 48
BAR_BUTTON: Final = 52
SECOND_BUTTON: Final = 56
MAIN_BUTTON: Final = 76
STRIP: Final = 48
TITLE_BAR: Final = 72
KEY_BAR: Final = 80
COLUMN: Final = 376
WIDE_COLUMN: Final = 440
WIDE_FROM: Final = 1600

RADIUS_KEY: Final = 5
RADIUS_BADGE: Final = 6
RADIUS_TILE: Final = 8
RADIUS: Final = 10
RADIUS_CARD: Final = 12
RADIUS_DIALOG: Final = 16
RADIUS_TAB: Final = 22

FADE_ANSWER_MS: Final = 120
FADE_LINE_MS: Final = 300
ACCEPTED_STAYS_MS: Final = 4000


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one mode, by role."""

    mode: Mode

    def hex(self, role: str) -> str:
        """ "#RRGGBB" of a role; KeyError for an unknown one."""
        return ROLES[role][0 if self.mode == "light" else 1]


def luminance(colour: str) -> float:
    """Relative luminance 0..1 of "#RRGGBB" (WCAG 2)."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(first: str, second: str) -> float:
    """Contrast ratio 1..21 of two "#RRGGBB" colours (WCAG 2)."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
