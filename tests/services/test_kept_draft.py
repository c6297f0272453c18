"""The draft of a cart that was sold, on a disk that takes nothing any more."""

from __future__ import annotations

import pytest

from pos_app.domain.errors import DiskFull
from pos_app.services.kept_draft import KeptDraft
from pos_app.storage.drafts import DraftStore
from tests.support.counter import Counter

SOLD = {"doc_id": "01a1f3d4-f500-7116-a393-0000000000aa", "cart": {"lines": []}}


class _OnAFullDisk(DraftStore):
    """There was just room for the sale."""

    def clear_current(self) -> None:
        raise DiskFull(file="till.db")


@pytest.mark.expects_log("pos_app.services.kept_draft", "it stays until the next start")
def test_a_sale_is_done_although_its_draft_cannot_be_deleted(counter: Counter) -> None:
    """Else the cashier would read that nothing was sold, and sell it again."""
    drafts = _OnAFullDisk(counter.till.files.drafts_database, counter.till.clock)
    kept = KeptDraft(drafts, lambda _doc_id: False)
    kept.save(SOLD)
    kept.sold()
    assert kept.load() == SOLD
    assert KeptDraft(counter.drafts, lambda doc_id: doc_id == SOLD["doc_id"]).load() is None
    assert counter.drafts.load_current() is None
