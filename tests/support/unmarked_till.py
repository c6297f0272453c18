"""A till that is killed when central has answered: `python -m tests.support.unmarked_till FOLDER URL`.

It says `answered` when an upload's answer is here, and never writes it down.
"""

from __future__ import annotations

import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

from pos_app.storage.outbox import Outbox
from tests.support.clocks import StillClock
from tests.support.killed_central import Place
from tests.support.whole_till import WholeTill


def main() -> None:
    """Never returns."""
    till = WholeTill.started(Path(sys.argv[1]), Place(sys.argv[2]), StillClock(datetime.now(UTC)))
    Outbox.answered = _says_so  # type: ignore[method-assign,assignment]
    till.engine.run_once()


def _says_so(*_answer: object) -> None:
    print("answered", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
