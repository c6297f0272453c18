"""What the search screen drives, and where it hands things on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.services.catalogue import Search
from pos_app.services.session import Session
from pos_app.storage.catalogue import CatalogueStore


@dataclass(frozen=True, slots=True)
class SearchServices:
    """The catalogue gives the icons of the categories."""

    session: Session
    search: Search
    catalogue: CatalogueStore


def _nowhere(*_given: object) -> None:
    """A way that is not open yet."""


@dataclass(frozen=True, slots=True)
class SearchWays:
    """Calls that leave the screen: the sell screen adds the product (by its id) or takes the scan."""

    add: Callable[[str], None] = _nowhere
    scan: Callable[[str], None] = _nowhere
    back: Callable[[], None] = _nowhere
