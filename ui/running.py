"""How presenters hand on work that takes longer than a paint: run beside the screen, then called back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Done = Callable[[Any, Exception | None], None]
"""Told the result, or the error that came instead; on the screen's own thread."""

Run = Callable[[Callable[[], Any], Done], None]
"""Starts the work and returns; the screens hand in `background.once`, tests run it on the spot."""
