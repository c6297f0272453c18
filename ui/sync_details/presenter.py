"""The connection in words: link, age of every kind of data, what waits to be sent. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pos_app.services.session import Session
from pos_app.services.strip import Strip, StripFacts
from pos_app.storage.document_states import DocumentState
from pos_app.text import _, date_short, money, ngettext, time_of_day
from ui import messages
from ui.downloads import download_words, share_words
from ui.feeds import FEEDS, feed_title
from ui.messages import N_
from ui.sync_details.state import FeedAge, SyncState

SHOWN: Final = ("catalogue", "stock", "orders", "campaigns", "customers", "sales", "staff", "keyset")
OLD_S: Final = 24 * 3600
WORKS: Final[Mapping[str, str]] = {
    "sale": N_("Bán hàng, tích điểm"),
    "return": N_("Trả hàng, đổi hàng"),
    "pickup": N_("Giao đơn có trong máy"),
    "voucher": N_("Nhận voucher trong hạn mức"),
    "points": N_("Trả bằng điểm trong hạn mức"),
}
NEEDS: Final[Mapping[str, str]] = {
    "enrol_again": N_("Máy cần ghi danh lại. Bán hàng vẫn chạy; báo quản lý."),
    "update": N_("Cần cập nhật Quầy để tiếp tục đồng bộ. Bán hàng vẫn chạy."),
    "revoked": N_("Trung tâm đã thu hồi quầy này. Gọi trung tâm."),
    "revocation_unproved": N_("Có thông báo thu hồi chưa chứng minh được. Gọi trung tâm."),
    "unknown_till": N_("Trung tâm chưa nhận ra quầy này. Máy tự giới thiệu lại; nếu kéo dài, gọi trung tâm."),
    "unauthorised": N_("Trung tâm không nhận chữ ký của quầy này. Gọi trung tâm."),
}
UNTRUSTED: Final = N_(
    "Kiểm ngày giờ của máy. Nếu đúng, gọi kỹ thuật: chứng thư hết hạn, hay máy khác trả lời thay trung tâm."
)
# what waits is shown above in large figures
STATES: Final = (
    (N_("{n} đã ghi sổ"), (DocumentState.APPLIED, DocumentState.DUPLICATE)),
    (N_("{n} trung tâm hỏi lại"), (DocumentState.FLAGGED,)),
    (N_("{n} chờ chứng từ khác"), (DocumentState.PARKED,)),
    (N_("{n} cách ly"), (DocumentState.QUARANTINED,)),
    (N_("{n} nhánh sổ khác"), (DocumentState.FORK,)),
    (N_("{n} xung đột"), (DocumentState.CONFLICT,)),
    (N_("{n} gửi riêng mỗi giờ"), (DocumentState.SUSPECT,)),
)
assert all(name in FEEDS for name in SHOWN)


@dataclass(frozen=True, slots=True)
class SyncFacts:
    """`age` = when a feed was last up to date, `oldest` = RFC 3339 time of the oldest unsent document.

    `need` = the code of what keeps the till from syncing (sync.engine), "" = nothing; `send_now` wakes sync.
    `version` of a feed, feeds that are `mismatched`, `states` = how many documents stand how;
    `list_documents` shows those that are not settled, to who is signed in (`may_list`).
    """

    age: Callable[[str], datetime | None]
    oldest: Callable[[], str | None] = lambda: None
    need: Callable[[], str] = lambda: ""
    version: Callable[[str], int] = lambda _feed: 0
    mismatched: Callable[[], Sequence[str]] = lambda: ()
    states: Callable[[], Mapping[DocumentState, int]] = lambda: {}
    send_now: Callable[[], None] = lambda: None
    may_list: Callable[[], bool] = lambda: True
    list_documents: Callable[[], None] = lambda: None


class SyncDetailsPresenter:
    """Read anew whenever a loop reports."""

    def __init__(self, session: Session, strip: Strip, facts: SyncFacts) -> None:
        self._session = session
        self._strip = strip
        self._facts = facts
        self._is_asked = False
        self._show: Callable[[SyncState], None] = lambda _state: None

    def shown_by(self, show: Callable[[SyncState], None]) -> None:
        """Who shows the state; it is shown at once."""
        self._show, self._is_asked = show, False
        self.refresh()

    def refresh(self) -> None:
        """Show what is true now."""
        self._show(self.state())

    def state(self) -> SyncState:
        facts = self._strip.facts()
        kind, icon, title, line = self._verdict(facts)
        return SyncState(
            kind=kind,
            icon=icon,
            title=title,
            line=line,
            feeds=tuple(self._feed(name) for name in SHOWN),
            unsent=facts.unsent,
            unsent_line=self._unsent_line(facts.unsent),
            works=tuple(_(WORKS[name]) for name in facts.works if name in WORKS),
            documents=self._documents(),
            may_list=self._facts.may_list(),
            trouble=self._trouble(facts),
            is_sending=facts.link == "sending" or (self._is_asked and facts.unsent > 0),
        )

    def _verdict(self, facts: StripFacts) -> tuple[Any, str, str, str]:
        since = "" if facts.since is None else self._when(facts.since)
        if facts.link == "sending":
            title = _("Đang gửi {done} / {total}").format(done=facts.done, total=facts.total)
            return "accent", "refresh-cw", title, _("Bán hàng không phải chờ.")
        if facts.link == "online" and facts.download is not None:
            return "accent", "arrow-down", share_words(facts.download), download_words(facts.download)
        if facts.link == "online":
            return "ok", "circle-check", _("Đã kết nối trung tâm"), _("Từ {time}").format(time=since)
        if facts.untrusted_since is not None:
            time = self._when(facts.untrusted_since)
            line = _("Từ {time}. Bán hàng vẫn chạy, chứng từ chờ trong máy.").format(time=time)
            return "off", "shield-alert", _("Không nhận chứng thư của trung tâm"), line
        line = _("Bán hàng vẫn chạy. Máy tự nối lại, không phải làm gì.")
        if not since:
            return "off", "cloud-off", _("Chưa kết nối trung tâm"), line
        return "off", "cloud-off", _("Mất kết nối từ {time}").format(time=since), line

    def _feed(self, name: str) -> FeedAge:
        at = self._facts.age(name)
        if at is None:
            return FeedAge(feed_title(name), _("chưa tải"), is_old=True)
        is_old = (self._session.now - at).total_seconds() > OLD_S
        version = self._facts.version(name)
        told = _("bản {n} · {time}").format(n=money(version), time=self._when(at))
        return FeedAge(feed_title(name), told if version else self._when(at), is_old)

    def _trouble(self, facts: StripFacts) -> str:
        need, wrong = self._facts.need(), self._facts.mismatched()
        if facts.untrusted_since is not None:
            return _(UNTRUSTED)
        if need in NEEDS:
            return _(NEEDS[need])
        if not wrong:
            return ""
        names = ", ".join(feed_title(name) for name in wrong)
        return _("Dữ liệu tải về không khớp: {names}. Máy dùng bản cũ và tự tải lại mỗi giờ.").format(
            names=names
        )

    def _documents(self) -> str:
        counts = self._facts.states()
        told = [
            _(label).format(n=money(sum(counts.get(state, 0) for state in states)))
            for label, states in STATES
            if any(counts.get(state) for state in states)
        ]
        return " · ".join(told) or _("Chưa có chứng từ nào.")

    def _when(self, at: datetime) -> str:
        """ "08:03" today, "13/11 08:03" before."""
        zone = self._session.policy.timezone
        time = time_of_day(at, zone)
        day = at.astimezone(zone).date()
        if day == self._session.now.astimezone(zone).date():
            return time
        return f"{date_short(day)[:5]} {time}"

    def _unsent_line(self, unsent: int) -> str:
        if not unsent:
            return _("Trung tâm đã có mọi chứng từ của quầy này.")
        oldest = self._facts.oldest()
        words = ngettext("chứng từ chờ gửi", "chứng từ chờ gửi", unsent)
        if oldest is None:
            return _("{words}. Tắt máy cũng không mất.").format(words=words.capitalize())
        seconds = int((self._session.now - datetime.fromisoformat(oldest)).total_seconds())
        return _("Cũ nhất {age} trước. Tắt máy cũng không mất.").format(age=messages.age(max(0, seconds)))

    def send_now(self) -> None:
        """Wake the loop; what comes of it is told by the strip."""
        self._is_asked = True
        self._facts.send_now()
        self.refresh()

    def list_documents(self) -> None:
        """One by one, on a page of their own."""
        self._facts.list_documents()
