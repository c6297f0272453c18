"""Which own documents are not settled yet, and how each of them stands (counter: sync health)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos_app.storage.cases import CaseStore
from pos_app.storage.document_states import DocumentPicture, DocumentPlace, DocumentState, DocumentStates


class Unsettled:
    """Settled = plainly booked; or booked with a question that a person has closed, here or at central."""

    def __init__(self, documents: DocumentStates, cases: CaseStore) -> None:
        self._documents = documents
        self._cases = cases

    def places(self) -> tuple[DocumentPlace, ...]:
        """Newest first. Reads ids only; with a long outage behind it still takes tenths of a second."""
        return tuple(place for place in self._documents.places() if not self._is_answered(place))

    def pictures(self, places: Sequence[DocumentPlace]) -> Mapping[str, DocumentPicture]:
        """By id, all that is known of these; some milliseconds for a page of rows."""
        return self._documents.pictures([place.doc_id for place in places])

    def waits_for_a_person(self, place: DocumentPlace) -> bool:
        """Whether it stands among what needs attention."""
        if place.state is DocumentState.SUSPECT:
            return True
        if place.state in (DocumentState.UNSENT, DocumentState.AGAIN):
            return False
        return not place.is_seen and not self._is_closed(place)

    def _is_answered(self, place: DocumentPlace) -> bool:
        if place.state is not DocumentState.FLAGGED:
            return False
        return self._is_closed(place) or (place.is_seen and not self._is_open(place))

    def _is_closed(self, place: DocumentPlace) -> bool:
        known = None if place.case is None else self._cases.by_id(place.case)
        return known is not None and not known.is_open

    def _is_open(self, place: DocumentPlace) -> bool:
        known = None if place.case is None else self._cases.by_id(place.case)
        return known is not None and known.is_open
