"""Reads ESC/POS bytes back: raster bands into one picture, cuts, drawer pulses, questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from PIL import Image


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name and its bytes (`data` of a band without the header)."""

    name: str
    data: bytes = b""
    width: int = 0
    height: int = 0


_FIXED = {
    b"\x1b@": ("init", 0),
    b"\x1bp": ("drawer", 3),
    b"\x1bd": ("feed", 1),
    b"\x10\x04": ("ask", 1),
    b"\x1dr": ("ask_when_done", 1),
}


class CommandReader:
    """Takes bytes as they come, gives whole commands; anything unknown is a mistake of the sender."""

    def __init__(self) -> None:
        self._rest = b""

    @property
    def rest(self) -> bytes:
        """Bytes of a command that is not complete."""
        return self._rest

    def feed(self, more: bytes) -> Iterator[Command]:
        self._rest += more
        while (taken := self._next()) is not None:
            command, length = taken
            self._rest = self._rest[length:]
            yield command

    def _next(self) -> tuple[Command, int] | None:
        rest = self._rest
        if len(rest) < 3 and rest != b"\x1b@":
            return None
        head = rest[:2]
        if head in _FIXED:
            name, arguments = _FIXED[head]
            end = 2 + arguments
            return (Command(name, rest[2:end]), end) if len(rest) >= end else None
        if head == b"\x1dV":
            end = 4 if rest[2] in (65, 66) else 3
            return (Command("cut", rest[2:end]), end) if len(rest) >= end else None
        if head == b"\x1dv" and rest[2:3] == b"0":
            return self._band()
        raise AssertionError(f"unknown command {rest[:8]!r}")

    def _band(self) -> tuple[Command, int] | None:
        rest = self._rest
        if len(rest) < 8:
            return None
        assert rest[3] == 0, "the band is not printed in full density"
        across, height = int.from_bytes(rest[4:6], "little"), int.from_bytes(rest[6:8], "little")
        end = 8 + across * height
        if len(rest) < end:
            return None
        return Command("band", rest[8:end], across * 8, height), end


@dataclass(slots=True)
class Paper:
    """What one stream of bytes did."""

    bands: list[Command] = field(default_factory=list)
    cuts: int = 0
    drawer_pulses: int = 0

    def picture(self) -> Image.Image:
        """All bands below one another, mode "1", black on white."""
        width, height = self.bands[0].width, sum(band.height for band in self.bands)
        picture = Image.new("1", (width, height), 255)
        y = 0
        for band in self.bands:
            rows = bytes(255 - value for value in band.data)
            picture.paste(Image.frombytes("1", (band.width, band.height), rows), (0, y))
            y += band.height
        return picture


def read(raw: bytes) -> Paper:
    """The paper that these bytes make; AssertionError for bytes that no printer would understand."""
    reader, paper = CommandReader(), Paper()
    for command in reader.feed(raw):
        if command.name == "band":
            paper.bands.append(command)
        elif command.name == "cut":
            paper.cuts += 1
        elif command.name == "drawer":
            paper.drawer_pulses += 1
    assert not reader.rest, "the stream ends inside a command"
    return paper
