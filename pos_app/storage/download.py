"""How far a long download has come: told by the sync loop, read by strip, set-up page and connection page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from pos_app.storage.status import StatusStore

ROW: Final = "download"


@dataclass(frozen=True, slots=True)
class Download:
    """`done` of `total` items (0 = unknown) of one feed, the `at`-th of `of` feeds.

    `seconds_left` None = cannot be told.

    `is_building`: everything is here and is being put in order.
    """

    feed: str
    done: int
    total: int
    at: int
    of: int
    seconds_left: int | None = None
    is_building: bool = False


def tell(status: StatusStore, download: Download | None) -> None:
    """What is under way now; None = nothing that takes long."""
    status.set(ROW, {} if download is None else asdict(download))


def under_way(status: StatusStore) -> Download | None:
    """What was told last."""
    row: Mapping[str, Any] = status.get(ROW) or {}
    return Download(**row) if row else None
