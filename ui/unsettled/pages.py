"""Rows of unsettled documents, made page by page as they come into view."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from pos_app.storage.document_states import DocumentPicture, DocumentPlace
from ui.unsettled.state import UnsettledRow

PAGE: Final = 64
KEPT: Final = 8
"""Pages that are remembered: more than a tall window shows."""

Read = Callable[[Sequence[DocumentPlace]], Mapping[str, DocumentPicture]]


class Pages:
    """Rows by place. `row_of` puts a document into words; one that was pruned meanwhile has None."""

    def __init__(
        self,
        places: Sequence[DocumentPlace],
        read: Read,
        row_of: Callable[[DocumentPlace, DocumentPicture | None], UnsettledRow],
    ) -> None:
        self.places = places
        self._at = {place.doc_id: at for at, place in enumerate(places)}
        self._read = read
        self._row_of = row_of
        self._kept: dict[int, list[UnsettledRow]] = {}

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, place: int) -> UnsettledRow:
        number, at = divmod(place, PAGE)
        return self._page(number)[at]

    def place_of(self, key: str) -> int:
        return self._at.get(key, -1)

    def _page(self, number: int) -> list[UnsettledRow]:
        page = self._kept.pop(number, None)
        if page is None:
            wanted = self.places[number * PAGE : (number + 1) * PAGE]
            found = self._read(wanted)
            page = [self._row_of(place, found.get(place.doc_id)) for place in wanted]
            while len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
        self._kept[number] = page
        return page
