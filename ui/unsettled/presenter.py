"""The list of what is not settled: read beside the screen, filtered, one document chosen. Knows no Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pos_app.domain.document import NUMBERED_KINDS
from pos_app.services.session import Session
from pos_app.services.unsettled import Unsettled
from pos_app.storage.document_states import DocumentPicture, DocumentPlace
from pos_app.text import _, date_short, money, ngettext, time_of_day
from ui.approval.words import given_name
from ui.attention import codes
from ui.attention.state import AttentionDetail, AttentionTab
from ui.running import Run
from ui.unsettled import words
from ui.unsettled.pages import Pages
from ui.unsettled.state import UnsettledRow, UnsettledState

ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class UnsettledServices:
    """`body_of` reads an own document, `name_of` a person by number."""

    session: Session
    unsettled: Unsettled
    body_of: Callable[[str], Mapping[str, Any] | None]
    name_of: Callable[[int], str] = str


@dataclass(frozen=True, slots=True)
class UnsettledWays:
    """`run` works beside the screen; `attention` and `paper` show what belongs to a document."""

    run: Run
    leave: Callable[[], None] = lambda: None
    attention: Callable[[str], None] = lambda _doc_id: None
    paper: Callable[[str], None] = lambda _doc_id: None
    scan: Callable[[str], None] = lambda _text: None


class UnsettledPresenter:
    """One per screen."""

    def __init__(self, services: UnsettledServices, ways: UnsettledWays) -> None:
        self._services = services
        self._ways = ways
        self._places: tuple[DocumentPlace, ...] = ()
        self._tab = ALL
        self._current = ""
        self._is_reading = False
        self._is_read = False
        self._rows = self._pages()
        self._show: Callable[[UnsettledState], None] = lambda _state: None

    # --- state ---------------------------------------------------------------------------------
    def shown_by(self, show: Callable[[UnsettledState], None]) -> None:
        """Who shows the state; it is shown at once, in the words of the moment."""
        self._show = show
        self._rows = self._pages()
        self._tell()

    def refresh(self) -> None:
        """Read the places anew, beside the screen; one reading at a time."""
        if self._is_reading:
            return
        self._is_reading = True
        self._ways.run(self._services.unsettled.places, self._take)

    def _take(self, places: Any, error: Exception | None) -> None:
        self._is_reading = False
        if error is not None:
            raise error
        self._is_read = True
        if places != self._places:
            self._places = places
            self._rows = self._pages()
        self._tell()

    def _tell(self) -> None:
        self._show(self.state())

    def state(self) -> UnsettledState:
        """The state of this moment; reads one document, the chosen one."""
        if self._rows.place_of(self._current) < 0:
            self._current = self._rows.places[0].doc_id if self._rows.places else ""
        return UnsettledState(
            rows=self._rows,
            tabs=self._tabs(),
            tab=self._tab,
            current=self._current,
            detail=self._detail(),
            note=_("Không việc nào chặn bán hàng"),
            is_reading=not self._is_read,
        )

    def _tabs(self) -> tuple[AttentionTab, ...]:
        counts = Counter(words.STATES[place.state].tab for place in self._places)
        made = [AttentionTab(ALL, _("Tất cả"), len(self._places))]
        made += [AttentionTab(name, _(label), counts[name]) for name, label in words.TABS if counts[name]]
        return tuple(made)

    def _pages(self) -> Pages:
        if all(words.STATES[place.state].tab != self._tab for place in self._places):
            self._tab = ALL
        shown = [place for place in self._places if self._tab in (ALL, words.STATES[place.state].tab)]
        return Pages(shown, self._services.unsettled.pictures, self._row)

    def _row(self, place: DocumentPlace, picture: DocumentPicture | None) -> UnsettledRow:
        state = words.STATES[place.state]
        if picture is None:
            return UnsettledRow(place.doc_id, state.icon, state.kind, _("Chứng từ"), _(state.stands), "", "")
        return UnsettledRow(
            key=place.doc_id,
            icon=state.icon,
            kind=state.kind,
            title=_title(picture),
            line=words.line(picture),
            time=self._when(picture.made_at),
            amount="" if picture.amount is None else money(picture.amount),
        )

    def _when(self, at: str) -> str:
        """ "13:58" today, "13/11 · 13:58" before."""
        zone, when = self._services.session.policy.timezone, datetime.fromisoformat(at)
        time, day = time_of_day(when, zone), when.astimezone(zone).date()
        if day == self._services.session.now.astimezone(zone).date():
            return time
        return f"{date_short(day)[:5]} · {time}"

    # --- the chosen one ------------------------------------------------------------------------
    def _place(self) -> DocumentPlace | None:
        at = self._rows.place_of(self._current)
        return None if at < 0 else self._rows.places[at]

    def _detail(self) -> AttentionDetail | None:
        place = self._place()
        picture = None if place is None else self._services.unsettled.pictures([place]).get(place.doc_id)
        if place is None or picture is None:
            return None
        state = words.STATES[place.state]
        waits, has_paper = self._services.unsettled.waits_for_a_person(place), _has_paper(picture)
        read = _("Xem bản in")
        return AttentionDetail(
            badge=_(state.stands),
            icon=state.icon,
            kind=state.kind,
            title=_title(picture),
            text=words.explained(picture),
            facts=tuple(self._facts(picture)),
            amount_label=_("Số tiền trên chứng từ"),
            amount=picture.amount or None,
            main=_("Mở ở Cần xử lý") if waits else (read if has_paper else ""),
            second=read if waits and has_paper else "",
        )

    def _facts(self, picture: DocumentPicture) -> list[tuple[str, str]]:
        body = self._services.body_of(picture.doc_id)
        name = "" if body is None else given_name(self._services.name_of(int(body["staff"])))
        made = self._when(picture.made_at)
        found = [(_("Lập ở đây"), f"{made} · {name}" if name else made)]
        if picture.at is not None:
            found.append((_("Trung tâm trả lời"), self._when(picture.at)))
        if picture.missing:
            count = len(picture.missing)
            found.append((_("Đang chờ"), ngettext("{n} chứng từ", "{n} chứng từ", count).format(n=count)))
        if picture.case is not None:
            found.append((_("Số trường hợp"), picture.case[:8]))
        return found

    # --- acts ----------------------------------------------------------------------------------
    def choose_tab(self, name: str) -> None:
        """Another filter; the newest row is chosen."""
        self._tab, self._current = name, ""
        self._rows = self._pages()
        self._tell()

    def choose(self, key: str) -> None:
        """A row was touched."""
        self._current = key
        self._tell()

    def open(self) -> None:
        """Enter: to what needs attention, else the paper that belongs to it."""
        place = self._place()
        if place is not None and self._services.unsettled.waits_for_a_person(place):
            self._ways.attention(place.doc_id)
        else:
            self.show_paper()

    def show_paper(self) -> None:
        """The receipt as it was printed."""
        place = self._place()
        picture = None if place is None else self._services.unsettled.pictures([place]).get(place.doc_id)
        if picture is not None and _has_paper(picture):
            self._ways.paper(picture.doc_id)

    def scan(self, text: str) -> None:
        """Nothing here is scanned: it is the cart's."""
        self._ways.scan(text)

    def leave(self) -> None:
        """Back to where everything comes back to."""
        self._ways.leave()


def _title(picture: DocumentPicture) -> str:
    name = codes.document(picture.kind)
    return f"{name} {picture.receipt_no}" if picture.receipt_no else name


def _has_paper(picture: DocumentPicture) -> bool:
    return picture.kind in NUMBERED_KINDS and bool(picture.receipt_no)
