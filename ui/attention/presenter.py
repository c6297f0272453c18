"""What happens on the page *Needs attention*: filter, choose, one action each; nothing blocks selling."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pos_app.domain.errors import PosError
from pos_app.services.attention import Attention, AttentionAction, AttentionItem, AttentionKind
from pos_app.services.session import Session
from pos_app.storage.attention import RefusedCode
from pos_app.text import _
from ui import messages
from ui.attention import details
from ui.attention.details import GROUPS, Reading
from ui.attention.state import AttentionDetail, AttentionRow, AttentionState, AttentionTab

ALL = "all"
_LOOK_FIRST = frozenset(
    {
        AttentionKind.CASE,
        AttentionKind.PARKED,
        AttentionKind.QUARANTINED,
        AttentionKind.FORK,
        AttentionKind.RESTRICTED,
        AttentionKind.STORE_CASE,
        AttentionKind.DISK,
        AttentionKind.LOST,
    }
)
"""Their row's button only chooses them: they are done with only by who has read them."""


@dataclass(frozen=True, slots=True)
class AttentionServices:
    """`refused` answers the codes refused since an RFC 3339 time; `body_of` reads an own document."""

    session: Session
    attention: Attention
    refused: Callable[[str], list[RefusedCode]]
    body_of: Callable[[str], Mapping[str, Any] | None]
    name_of: Callable[[int], str] = str


@dataclass(frozen=True, slots=True)
class AttentionWays:
    """`verify` opens the dialog of a closed shift, `export` asks for a stick, `printed` and `sent`
    wake their loops."""

    leave: Callable[[], None] = lambda: None
    verify: Callable[[str], None] = lambda _closing: None
    printed: Callable[[], None] = lambda: None
    sent: Callable[[], None] = lambda: None
    enrol_again: Callable[[], None] = lambda: None
    export: Callable[[], None] = lambda: None
    confirm_date: Callable[[Callable[[], None]], None] = lambda _then: None


class AttentionPresenter:
    """Knows no Qt."""

    def __init__(self, services: AttentionServices, ways: AttentionWays) -> None:
        self._services = services
        self._ways = ways
        self._tab = ALL
        self._current = ""
        self._message = ""
        self._items: dict[str, AttentionItem] = {}
        self._refused: dict[str, RefusedCode] = {}
        self._show: Callable[[AttentionState], None] = lambda _state: None
        self._read()

    # --- state ---------------------------------------------------------------------------------
    def shown_by(self, show: Callable[[AttentionState], None]) -> None:
        """Who shows the state; it is shown at once."""
        self._show = show
        self.refresh()

    def refresh(self) -> None:
        """Read everything anew."""
        self._read()
        self._show(self.state())

    def _read(self) -> None:
        session = self._services.session
        since = details.day_start(session.now, session.policy.timezone)
        self._items = {details.key_of(item): item for item in self._services.attention.items()}
        self._refused = {details.refused_key(code): code for code in self._services.refused(since)}

    def _reading(self) -> Reading:
        services = self._services
        zone = services.session.policy.timezone
        return Reading(services.session.now, zone, services.body_of, services.name_of)

    def state(self) -> AttentionState:
        reading = self._reading()
        rows = [details.row(item, reading) for item in self._items.values()]
        told = [details.refused_row(code, reading) for code in self._refused.values()]
        tabs = self._tabs(rows, told)
        if self._tab not in [tab.name for tab in tabs]:
            self._tab = ALL
        shown = rows if self._tab == ALL else [row for row in (*rows, *told) if row.group == self._tab]
        keys = [row.key for row in shown]
        if self._current not in keys:
            self._current = keys[0] if keys else ""
        return AttentionState(
            tabs=tabs,
            tab=self._tab,
            rows=tuple(shown),
            current=self._current,
            detail=self._detail(reading),
            note="" if self._stops_selling() else _("Không việc nào chặn bán hàng"),
            message=self._message,
        )

    def _stops_selling(self) -> bool:
        return any(item.kind is AttentionKind.DISK for item in self._items.values())

    def _tabs(self, rows: list[AttentionRow], told: list[AttentionRow]) -> tuple[AttentionTab, ...]:
        groups = [row.group for row in (*rows, *told)]
        made = [AttentionTab(ALL, _("Tất cả"), len(rows))]
        made += [AttentionTab(name, _(label), groups.count(name)) for name, label in GROUPS if name in groups]
        return tuple(made)

    def _detail(self, reading: Reading) -> AttentionDetail | None:
        if self._current in self._items:
            return details.detail(self._items[self._current], reading)
        if self._current in self._refused:
            return details.refused_detail(self._refused[self._current], reading)
        return None

    # --- acts ----------------------------------------------------------------------------------
    def choose_tab(self, name: str) -> None:
        """Another filter."""
        self._tab, self._message = name, ""
        self.refresh()

    def choose(self, key: str) -> None:
        """A row was touched."""
        self._current, self._message = key, ""
        self._show(self.state())

    def choose_document(self, doc_id: str) -> None:
        """From another page: what is said of this document, whatever filter stood."""
        self._tab = ALL
        self._read()
        found = (key for key, item in self._items.items() if item.doc_id == doc_id)
        self.choose(next(found, self._current))

    def step(self, by: int) -> None:
        """Rows on or back, by the arrows."""
        keys = [row.key for row in self.state().rows]
        if keys:
            at = keys.index(self._current) + by
            self.choose(keys[max(0, min(len(keys) - 1, at))])

    def press_row(self, key: str) -> None:
        """The button of a row: do it, or first look at what it is."""
        self._current, self._message = key, ""
        item = self._items.get(key)
        if item is None or item.kind in _LOOK_FIRST:
            self._show(self.state())
        else:
            self.act()

    def act(self) -> None:
        """The main button of the chosen row."""
        item = self._items.get(self._current)
        if item is None:
            return
        if item.action is AttentionAction.VERIFY:
            self._ways.verify(item.doc_id)
            return
        if item.action is AttentionAction.ENROL_AGAIN:
            self._ways.enrol_again()
            return
        if item.action is AttentionAction.EXPORT:
            self._ways.export()
            return
        if item.action is AttentionAction.CONFIRM_DATE:
            self._ways.confirm_date(self.refresh)
            return
        self._do(lambda: self._services.attention.act(item))
        if item.action is AttentionAction.PRINT_AGAIN:
            self._ways.printed()
        elif item.action in (AttentionAction.SEND_AGAIN, AttentionAction.TRY_NOW):
            self._ways.sent()

    def dismiss(self) -> None:
        """The second button: the paper is in hand, or somebody has read it."""
        item = self._items.get(self._current)
        if item is not None and item.action is not AttentionAction.VERIFY:
            self._do(lambda: self._services.attention.dismiss(item))

    def _do(self, act: Callable[[], None]) -> None:
        keys = [row.key for row in self.state().rows]
        at = keys.index(self._current)
        self._message = ""
        try:
            act()
        except PosError as error:
            words = messages.words(error)
            self._message = f"{words.title}. {words.line}"
        self._read()
        left = [key for key in keys if key in self._items or key in self._refused]
        self._current = left[min(at, len(left) - 1)] if left else ""
        self._show(self.state())

    def leave(self) -> None:
        """Back to where one came from."""
        self._ways.leave()
