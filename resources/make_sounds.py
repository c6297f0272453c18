"""Makes the sounds of the till: `python -m resources.make_sounds` writes resources/sounds/*.wav."""

from __future__ import annotations

import math
import struct
import wave
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent / "sounds"
RATE: Final = 22_050
LOUDNESS: Final = 0.45
ATTACK_MS: Final = 8
RELEASE_MS: Final = 22

Note = tuple[float, int]  # Hz (0: silence), milliseconds

SOUNDS: Final[dict[str, tuple[Note, ...]]] = {
    "accepted": ((440.0, 70),),
    "needs": ((440.0, 80), (587.33, 110)),
    "refused": ((196.0, 90), (0.0, 40), (196.0, 110)),
    "done": ((440.0, 65), (554.37, 65), (659.26, 110)),
    "money": ((440.0, 80), (554.37, 80), (659.26, 90)),
}


def samples(notes: tuple[Note, ...]) -> list[int]:
    """16-bit mono samples; every note rises and falls softly."""
    made: list[int] = []
    for pitch, length in notes:
        count = RATE * length // 1000
        made += [_sample(pitch, at, count) for at in range(count)]
    return made


def _sample(pitch: float, at: int, count: int) -> int:
    if not pitch:
        return 0
    attack, release = RATE * ATTACK_MS / 1000, RATE * RELEASE_MS / 1000
    envelope = min(1.0, at / attack, (count - at) / release)
    turn = 2 * math.pi * pitch * at / RATE
    tone = math.sin(turn) + 0.18 * math.sin(2 * turn)
    return round(32_767 * LOUDNESS * envelope * tone / 1.18)


def main() -> None:
    """Write every sound."""
    FOLDER.mkdir(exist_ok=True)
    for name, notes in SOUNDS.items():
        made = samples(notes)
        with wave.open(str(FOLDER / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(struct.pack(f"<{len(made)}h", *made))


if __name__ == "__main__":
    main()
