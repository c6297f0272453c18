"""Everything that the camera's sheet shows beside the picture."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CameraState:
    """`headline` and `line` ready to read; in trouble there is no picture, and it can be tried again."""

    headline: str
    line: str
    is_trouble: bool = False
