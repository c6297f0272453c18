"""Making this machine a till: address and one-time code, enrolment, first download. Knows no Qt."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from pos_app.domain.feed_names import LATER
from pos_app.settings import is_loopback
from pos_app.storage.download import Download
from pos_app.text import _
from ui.downloads import download_words
from ui.feeds import FEEDS, feed_title
from ui.running import Run
from ui.setup import words
from ui.setup.state import FeedLine, SetupState, SetupStep, Stage

LEAST_CODE = 8
NEEDED = tuple(name for name in FEEDS if name not in LATER)
"""What must be here before the first sale; the rest comes by itself."""


@dataclass(frozen=True, slots=True)
class SetupWays:
    """What the page drives; `enrol` and `first_sync` run beside the screen and raise PosError.

    `enrol(url, code)`: `code` is what was typed, or the whole text of a scanned ticket, so that its root
    key is checked. `first_sync()` returns once every feed is here. `feeds_here()` names the feeds that are
    already here. `finished()` leads on to signing in; `progress()` says how far the present one has come.
    """

    run: Run
    enrol: Callable[[str, str], object]
    first_sync: Callable[[], object]
    feeds_here: Callable[[], tuple[str, ...]]
    finished: Callable[[], None]
    progress: Callable[[], Download | None] = lambda: None


class SetupPresenter:
    """`is_enrolled` = only the first download is still to be done (it was interrupted)."""

    def __init__(self, ways: SetupWays, url: str = "", *, is_enrolled: bool = False) -> None:
        self._ways = ways
        self._url, self._code, self._ticket = url, "", ""
        self._round = 0
        self._stage: Stage = "form"
        self._is_enrolled = is_enrolled
        self._url_reason = self._code_reason = self._notice = ""
        self._trouble = ("", "")
        self._show: Callable[[SetupState], None] = lambda _state: None

    # --- state ---------------------------------------------------------------------------------
    def shown_by(self, show: Callable[[SetupState], None]) -> None:
        """Who shows the state; an interrupted download goes on at once."""
        self._show = show
        self.refresh()
        if self._is_enrolled and self._stage == "form":
            self._download()

    def refresh(self) -> None:
        """Show what is true now."""
        self._show(self.state())

    def state(self) -> SetupState:
        feeds = self._feeds()
        coming = self._ways.progress() if self._stage == "syncing" else None
        return SetupState(
            stage=self._stage,
            steps=self._steps(),
            url=self._url,
            code=self._code,
            round=self._round,
            url_reason=self._url_reason,
            code_reason=self._code_reason,
            notice=self._notice,
            trouble_title=self._trouble[0],
            trouble_line=self._trouble[1],
            feeds=feeds,
            here=sum(1 for one in feeds if one.state == "done"),
            progress="" if coming is None else download_words(coming),
            main_text=self._main_text(),
            main_reason=self._main_reason(),
            takes_input=self._stage == "form" and not self._is_enrolled,
        )

    def _main_text(self) -> str:
        if self._stage == "done":
            return _("Vào đăng nhập")
        if self._trouble[0] or (self._stage == "form" and self._is_enrolled):
            return _("Thử lại")
        return {"form": _("Ghi danh"), "enrolling": _("Đang ghi danh…")}.get(self._stage, _("Đang tải…"))

    def _main_reason(self) -> str:
        if self._stage == "enrolling":
            return _("Hỏi trung tâm, vài giây")
        return _("Giữ máy mở, có thể mất vài phút") if self._stage == "syncing" else ""

    def _steps(self) -> tuple[SetupStep, ...]:
        now = {"form": 1 if not self._is_enrolled else 3, "enrolling": 2, "syncing": 3, "done": 5}[
            self._stage
        ]
        texts = (
            (_("Địa chỉ và mã một lần"), _("Quản lý tạo mã ở trung tâm, dùng được 15 phút")),
            (_("Ghi danh"), _("Máy tự tạo khóa; trung tâm cấp tên quầy")),
            (_("Tải dữ liệu lần đầu"), _("Hàng, giá, đơn, voucher, khách, nhân viên")),
            (_("Sẵn sàng bán"), _("Từ đây mất mạng vẫn bán được")),
        )
        made = []
        for at, (title, line) in enumerate(texts, start=1):
            is_stuck = at == now and bool(self._trouble[0])
            state = "done" if at < now else "wait" if is_stuck else "now" if at == now else "later"
            made.append(SetupStep(title, line, state))  # type: ignore[arg-type]  # one of the four words
        return tuple(made)

    def _feeds(self) -> tuple[FeedLine, ...]:
        if self._stage not in ("syncing", "done") and not self._is_enrolled:
            return ()
        here = set(NEEDED) if self._stage == "done" else set(self._ways.feeds_here())
        coming = next((name for name in NEEDED if name not in here), "")
        if self._stage != "syncing":
            coming = ""
        return tuple(
            FeedLine(feed_title(name), "done" if name in here else "now" if name == coming else "later")
            for name in NEEDED
        )

    # --- input ---------------------------------------------------------------------------------
    def write_url(self, text: str) -> None:
        """Typed; the reason below goes away."""
        self._url, self._ticket = text.strip(), ""
        if self._url_reason:
            self._url_reason = ""
            self.refresh()

    def write_code(self, text: str) -> None:
        """Typed; a scanned ticket no longer counts."""
        self._code, self._ticket = text.strip(), ""
        if self._code_reason:
            self._code_reason = ""
            self.refresh()

    def scanned(self, text: str) -> None:
        """A ticket's QR fills both fields; another text is taken as the code itself."""
        if self._stage != "form" or self._is_enrolled:
            return
        self._trouble, self._url_reason, self._code_reason = ("", ""), "", ""
        plain = text.strip()
        if plain.startswith("{"):
            self._take_ticket(plain)
        else:
            self._code, self._ticket = plain, ""
            self._notice = _("Đã nhận mã một lần.")
        self._round += 1
        self.refresh()

    def _take_ticket(self, text: str) -> None:
        try:
            body = json.loads(text)
        except ValueError:
            body = None
        code = body.get("code") if isinstance(body, dict) else None
        if not isinstance(code, str):
            self._notice = ""
            self._trouble = (_("Mã QR này không phải mã ghi danh"), _("Quét mã QR mà trung tâm vừa tạo."))
            return
        url = body.get("url")
        self._code, self._ticket = code, text
        if isinstance(url, str) and url:
            self._url = url
        self._notice = _("Đã nhận mã QR của trung tâm.")

    def nothing_found(self) -> None:
        """A pasted picture without a code."""
        self._notice = ""
        self._trouble = (_("Không thấy mã QR trong ảnh"), _("Chụp rõ hơn, hoặc gõ mã bằng tay."))
        self.refresh()

    # --- acts ----------------------------------------------------------------------------------
    def go_on(self) -> None:
        """The main button: enrol, try again, or go on to signing in."""
        if self._stage == "done":
            self._ways.finished()
        elif self._stage == "form" and self._is_enrolled:
            self._download()
        elif self._stage == "form" and self._is_filled():
            self._enrol()

    def _is_filled(self) -> bool:
        self._url_reason = _url_reason(self._url)
        self._code_reason = ""
        if len(self._code.replace("-", "")) < LEAST_CODE:
            self._code_reason = _("Gõ cả mã, ví dụ ABCD-EFGH-…")
        self.refresh()
        return not self._url_reason and not self._code_reason

    def _enrol(self) -> None:
        url, code = self._url, self._ticket or self._code
        self._stage, self._trouble, self._notice = "enrolling", ("", ""), ""
        self.refresh()
        self._ways.run(lambda: self._ways.enrol(url, code), self._enrolled)

    def _enrolled(self, _result: object, error: Exception | None) -> None:
        if error is not None:
            self._stage, self._trouble = "form", words.trouble(error)
            self.refresh()
            return
        self._is_enrolled = True
        self._download()

    def _download(self) -> None:
        self._stage, self._trouble = "syncing", ("", "")
        self.refresh()
        self._ways.run(self._ways.first_sync, self._downloaded)

    def _downloaded(self, _result: object, error: Exception | None) -> None:
        self._stage = "done" if error is None else "form"
        self._trouble = ("", "") if error is None else words.download_trouble(error)
        self.refresh()

    def tick(self) -> None:
        """Some time has passed: another feed may have come."""
        if self._stage == "syncing":
            self.refresh()


def _url_reason(url: str) -> str:
    """Why this address is not taken, "" = it is (https anywhere, http to this machine only)."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return words.not_https()
    if not url:
        return _("Gõ địa chỉ trung tâm")
    if not host:
        return words.not_https()
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
    return "" if is_safe else words.not_https()
