"""Planted bugs: mistakes that programs of this kind are known for, each made for a moment, in tests only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import delete

from central import applying, forks, inbox, ingest, markers, publish
from central.apply import levels, receipts, sale
from central.group_booking import GroupBooking
from central.tables.inbox import result
from pos_app.domain.errors import Offline
from pos_app.storage import counters, feed_build, orders
from pos_app.storage.feeds import FeedStore
from pos_app.storage.marker import Marker
from pos_app.storage.outbox import Outbox
from pos_app.storage.vouchers import VoucherStore
from sync.push import Push

Bug = Callable[[], AbstractContextManager[Any]]


def own_effects_end_with_the_answer() -> AbstractContextManager[Any]:
    """The till stops adding its own documents before the feed contains them."""
    return patch.object(Marker, "contains", lambda *_: True)


def own_effects_never_end() -> AbstractContextManager[Any]:
    """The till adds its own documents to a feed that already contains them."""
    return patch.object(Marker, "contains", lambda *_: False)


def a_lost_answer_counts_as_one() -> AbstractContextManager[Any]:
    """A request that was cut off is taken for one that arrived."""
    real = Push.send_one

    def send_one(push: Push) -> Any:
        try:
            return real(push)
        except Offline as error:
            if error.fields["reason"] == "network":
                _call_all_done(push)
            raise

    return patch.object(Push, "send_one", send_one)


def _call_all_done(push: Push) -> None:
    with push._outbox._till.writing() as connection:
        for one in push._outbox.unsent(200, 1 << 23):
            connection.exec_driver_sql(
                "INSERT OR REPLACE INTO upload (doc_id, epoch, seq, status, codes, missing, is_done, at) "
                "VALUES (?, ?, ?, 'applied', '[]', '[]', 1, '2026-11-22T03:00:00+00:00')",
                (one.doc_id, one.epoch, one.seq),
            )


def a_rewind_is_not_heard() -> AbstractContextManager[Any]:
    """A restored central asks again, and the till trusts its old marks."""
    return patch.object(Outbox, "rewind", lambda *_: 0)


def a_restored_central_does_not_ask() -> AbstractContextManager[Any]:
    """A restore that keeps the incarnation."""
    return patch("tests.simulation.happenings.mark_restored", lambda *_, **__: None)


def a_repeated_document_is_booked_again() -> AbstractContextManager[Any]:
    """Effects without an idempotency record: central forgets what it has answered before it applies."""
    real = GroupBooking._apply

    def _apply(self: Any, connection: Any, stored: Any, judged: Any) -> None:
        ids = [one.doc_id for one in stored]
        connection.execute(delete(result).where(result.c.doc_id.in_(ids)))
        real(self, connection, stored, judged)

    return patch.object(GroupBooking, "_apply", _apply)


def nothing_is_applied_after_a_crash() -> AbstractContextManager[Any]:
    """Stored, but what was stored when central died is forgotten, also when it comes again."""
    real = GroupBooking._apply

    def _apply(self: Any, connection: Any, stored: Any, judged: Any) -> None:
        real(self, connection, [one for one in stored if not one.is_duplicate], judged)

    @contextmanager
    def planted() -> Iterator[None]:
        with (
            patch.object(GroupBooking, "_apply", _apply),
            patch.object(ingest.Ingest, "resume", lambda _self: None),
        ):
            yield

    return planted()


def the_marker_runs_ahead() -> AbstractContextManager[Any]:
    """Central says that the feed contains one document more than it does."""
    real = markers.note

    def note(writer: Any, booked: Any) -> Any:
        one_more = "00000000-0000-7000-8000-000000000000"
        return real(
            writer,
            {
                place: [*own, (max(seq for seq, _ in own) + 1, one_more)] if own else own
                for place, own in booked.items()
            },
        )

    return patch.object(applying.markers, "note", note)


def goods_are_booked_but_not_published() -> AbstractContextManager[Any]:
    """The ledger moves, the feed of the stock does not."""
    return patch.object(publish, "stock", lambda *_: None)


def a_level_is_no_sum() -> AbstractContextManager[Any]:
    """What is kept beside the ledger misses an entry now and then: the last writer wins."""
    real = levels.enter

    def enter(connection: Any, moved: Counter[tuple[int, str]]) -> None:
        if len(moved) > 1:
            moved.popitem()
        real(connection, moved)

    return patch.object(applying.levels, "enter", enter)


def points_are_booked_twice() -> AbstractContextManager[Any]:
    """Once for the sale and once for its customer."""

    def book(booking: Any, entries: Iterable[Mapping[str, Any]]) -> None:
        known = list(entries)
        receipts.book_points(booking, known)
        receipts.book_points(booking, known)

    return patch.object(sale, "book_points", book)


def a_fork_is_not_noticed() -> AbstractContextManager[Any]:
    """Two machines write one journal and nobody says so."""

    @contextmanager
    def planted() -> Iterator[None]:
        with (
            patch.object(forks, "mark_forked", lambda *_: None),
            patch.object(inbox, "mark_forked", lambda *_: None),
        ):
            yield

    return planted()


def a_page_is_applied_without_its_neighbour() -> AbstractContextManager[Any]:
    """One item of a download is lost on the way into the file, and nobody compares."""
    real_stage = FeedStore.stage

    def stage(self: Any, feed: str, page: Any) -> bool:
        if feed == "stock" and page.items:
            page = page.model_copy(update={"items": [one for one in page.items if one.key.startswith("~")]})
        return real_stage(self, feed, page)

    @contextmanager
    def planted() -> Iterator[None]:
        with patch.object(FeedStore, "stage", stage), patch.object(feed_build, "_matches", lambda *_: True):
            yield

    return planted()


def receipt_numbers_have_gaps() -> AbstractContextManager[Any]:
    """A number that was drawn outside the transaction is missing for ever when the commit was refused."""
    real = counters.next_number

    def draw(connection: Any, epoch: int, name: Any) -> int:
        number = real(connection, epoch, name)
        return real(connection, epoch, name) if name == "receipt" and number % 3 == 0 else number

    return patch.object(counters, "next_number", draw)


def a_used_voucher_is_taken_again() -> AbstractContextManager[Any]:
    """The till asks only central whether a code is used, not its own journal."""
    return patch.object(VoucherStore, "used_here", lambda *_: None)


def an_order_is_handed_over_again() -> AbstractContextManager[Any]:
    """The till forgets its own hand-overs until central has told it of them."""
    return patch.dict(orders._APPLY, {"handover": lambda order, _body: order})


def a_page_counts_as_an_answer() -> AbstractContextManager[Any]:
    """A hotel's sign-in page comes with 200: everything is taken for sent."""
    real = Push.send_one

    def send_one(push: Push) -> Any:
        try:
            return real(push)
        except Offline as error:
            if error.fields["reason"] == "not_json":
                _call_all_done(push)
            raise

    return patch.object(Push, "send_one", send_one)


def a_refused_batch_is_dropped() -> AbstractContextManager[Any]:
    """500, 502, 503: the batch is given up so that the next one can go."""
    real = Push.send_one

    def send_one(push: Push) -> Any:
        try:
            return real(push)
        except Offline as error:
            if str(error.fields["reason"]).startswith("http_5"):
                _call_all_done(push)
            raise

    return patch.object(Push, "send_one", send_one)


BUGS: Mapping[Bug, int] = {
    own_effects_end_with_the_answer: 1,
    own_effects_never_end: 1,
    a_page_counts_as_an_answer: 4,
    a_refused_batch_is_dropped: 8,
    a_lost_answer_counts_as_one: 1,
    a_rewind_is_not_heard: 7,
    a_restored_central_does_not_ask: 7,
    a_repeated_document_is_booked_again: 2,
    nothing_is_applied_after_a_crash: 2,
    the_marker_runs_ahead: 1,
    goods_are_booked_but_not_published: 1,
    a_level_is_no_sum: 1,
    points_are_booked_twice: 1,
    a_fork_is_not_noticed: 9,
    a_page_is_applied_without_its_neighbour: 1,
    receipt_numbers_have_gaps: 2,
    a_used_voucher_is_taken_again: 7,
    an_order_is_handed_over_again: 6,
}
"""Each with a seed that found it; the way of a seed changes with the program."""
