"""The palette keeps the contrasts that the look promises."""

from __future__ import annotations

import pytest

from ui.tokens import NOTE_BARS, ROLES, Palette, contrast

# ink, ground, contrast by day, by night: look §7
PROMISED = [
    ("ink", "surface", 17.7, 15.2),
    ("ink", "accent-soft", 15.4, 13.3),
    ("ink2", "surface", 8.6, 9.6),
    ("ink2", "bg", 7.6, 10.5),
    ("ink3", "surface", 5.7, 6.5),
    ("ink3", "bg", 5.1, 7.2),
    ("ink3", "accent-soft", 5.0, 5.7),
    ("on-accent", "accent", 6.7, 7.3),
    ("on-accent", "accent-press", 9.0, 5.5),
    ("accent-ink", "accent-soft", 6.9, 8.0),
    ("ok", "ok-soft", 5.1, 7.1),
    ("need", "need-soft", 5.5, 8.0),
    ("stop", "stop-soft", 5.1, 6.8),
    ("on-off", "off-fill", 9.5, 12.3),
    ("on-off2", "off-fill", 6.9, 8.2),
    ("edge", "surface", 3.8, 4.5),
    ("edge", "accent-soft", 3.3, 3.9),
    ("ctl", "surface", 1.7, 2.1),
    ("line", "surface", 1.3, 1.4),
]


@pytest.mark.parametrize(("front", "ground", "day", "night"), PROMISED)
def test_contrast_is_what_the_look_promises(front: str, ground: str, day: float, night: float) -> None:
    for mode, promised in (("light", day), ("dark", night)):
        palette = Palette(mode)  # type: ignore[arg-type]
        assert contrast(palette.hex(front), palette.hex(ground)) == pytest.approx(promised, abs=0.1)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(
    ("front", "grounds"),
    [
        ("ink", ("surface", "bg", "sunken", "column", "accent-soft", "ok-soft", "need-soft", "stop-soft")),
        ("ink2", ("surface", "bg", "sunken", "column", "accent-soft")),
        ("ink3", ("surface", "bg", "sunken", "column", "accent-soft")),
        ("ok", ("surface", "ok-soft", "column", "accent-soft")),
        ("need", ("surface", "need-soft", "column", "accent-soft")),
        ("stop", ("surface", "stop-soft", "column", "accent-soft")),
        ("off", ("surface", "off-soft")),
        ("on-ok", ("ok",)),
        *((f"tint-{number}-ink", (f"tint-{number}",)) for number in range(6)),
    ],
)
def test_all_text_is_readable_on_every_ground_it_stands_on(
    mode: str, front: str, grounds: tuple[str, ...]
) -> None:
    palette = Palette(mode)  # type: ignore[arg-type]
    for ground in grounds:
        assert contrast(palette.hex(front), palette.hex(ground)) >= 4.5, (mode, front, ground)


def test_every_role_has_a_colour_by_day_and_by_night() -> None:
    for role, colours in ROLES.items():
        assert all(len(colour) == 7 and colour.startswith("#") for colour in colours), role


def test_every_note_has_its_bar() -> None:
    assert sorted(NOTE_BARS) == [200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000, 200000, 500000]
