"""The page *Needs attention* (picture 09) over a real till: answers of central, papers, a shift."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from pos_app.storage.attention import AttentionStore
from pos_app.storage.salvage import note_lost
from pos_app.storage.suspects import SuspectStore
from tests.support import till_files
from tests.support.counter import Counter
from tests.support.shots_kit import SHOP
from tests.support.shots_shift import counter, kept
from tests.support.shots_sign_in import window_of
from ui.attention import screen as attention_screen
from ui.attention.presenter import AttentionPresenter, AttentionServices, AttentionWays
from ui.widgets.strip_state import StripState


@dataclass(frozen=True)
class Said:
    """What central said of a document."""

    doc_id: str
    hash: str
    status: str
    codes: tuple[str, ...] = ()
    case: str | None = None
    missing: tuple[str, ...] = ()
    first: str | None = None
    private: str | None = None


def answered(made: Counter, doc_id: str, status: str, *codes: str, **more: Any) -> None:
    """Central has answered for a document."""
    stored = made.till.journal.stored(doc_id)
    assert stored is not None
    made.outbox.answered([Said(doc_id, stored.hash.hex(), status, codes, **more)], "incarnation-1")


def busy() -> Counter:
    """A till on which one of each waits."""
    made, _folder = counter()
    made.enter()
    made.shifts.open({100_000: 5})
    sold = [made.till.sell([till_files.line(at + 1, 389_000)]).doc_id for at in range(4)]
    answered(made, sold[0], "applied_flagged", "VOUCHER_OVERUSED", case="01a1f3d4")
    answered(made, sold[1], "quarantined", "BROKEN_INVARIANT", case="01a1f3d5")
    answered(made, sold[2], "conflict", "HASH_MISMATCH")
    answered(made, sold[3], "parked", missing=("a", "b"))
    held = made.till.record("drawer_open", {"reason": "đổi tiền lẻ"}, shift=1)
    SuspectStore(made.till.files.till, made.till.clock).tried(held.doc_id, held.epoch, held.seq)
    told = {"code": "FEED_MISMATCH", "opened_at": "2026-11-14T02:00:00Z", "facts": {"feeds": ["catalogue"]}}
    made.till.feed("cases", {"01a1f3d4-f500-7116-a393-64007ade5001": told | {"till": str(till_files.TILL)}})
    jobs = made.print_jobs
    for state in ("failed", "doubt"):
        job = jobs.pending(made.till.clock.now())
        assert job is not None
        jobs.begin(job.id)
        if state == "failed":
            jobs.failed(job.id, "paper_out", None)
        else:
            jobs.doubt_interrupted()
    for code in (
        {"serial": "778812", "reason": "voucher_expired", "count": 3},
        {"text_hash": "ab" * 8, "reason": "bad_signature", "count": 1},
    ):
        made.till.record("voucher_refused", code, shift=1)
    return made


def services(made: Counter) -> AttentionServices:
    store = AttentionStore(made.till.files.till)
    names: Mapping[int, str] = {person.no: person.name for person in made.sign_in.people()}
    return AttentionServices(
        session=made.session,
        attention=made.attention,
        refused=store.refused_codes,
        body_of=made.till.journal.body,
        name_of=lambda no: names.get(no, ""),
    )


def _page(tab: str = "all", choose: int = 0) -> QWidget:
    made = busy()
    presenter = AttentionPresenter(services(made), AttentionWays())
    screen = attention_screen.AttentionScreen()
    attention_screen.connect(screen, presenter)
    window = window_of(screen, StripState(clock="14:40", attention=made.attention.count(), **SHOP))
    presenter.choose_tab(tab)
    presenter.step(choose)
    return kept(window, made, made.till.files.folder)


def _of_the_till(choose: str) -> QWidget:
    """Documents were lost with a damaged file, and the disk has failed again."""
    made, folder = counter()
    made.enter()
    made.shifts.open({100_000: 5})
    for epoch, last in ((2, 27), (3, 1)):
        note_lost(made.till.files.till, epoch, last, made.till.clock.now())
    made.till.files.till.trust.lose()
    presenter = AttentionPresenter(services(made), AttentionWays())
    screen = attention_screen.AttentionScreen()
    attention_screen.connect(screen, presenter)
    window = window_of(screen, StripState(clock="14:40", attention=made.attention.count(), **SHOP))
    presenter.choose(choose)
    return kept(window, made, folder)


def _empty() -> QWidget:
    made, folder = counter()
    presenter = AttentionPresenter(services(made), AttentionWays())
    screen = attention_screen.AttentionScreen()
    attention_screen.connect(screen, presenter)
    window = window_of(screen, StripState(clock="14:40", **SHOP))
    return kept(window, made, folder)


def shots() -> list[tuple[str, Callable[[], QWidget]]]:
    return [
        ("09-needs-attention", _page),
        ("09-needs-attention-print", lambda: _page("print")),
        ("09-needs-attention-quarantine", lambda: _page("quarantine", 1)),
        ("09-needs-attention-refused", lambda: _page("refused")),
        ("09-needs-attention-lost", lambda: _of_the_till("lost-")),
        ("09-needs-attention-disk", lambda: _of_the_till("disk-")),
        ("09-needs-attention-empty", _empty),
    ]
