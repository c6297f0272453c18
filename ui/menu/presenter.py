"""The menu of the strip: what can be done with this till now, and where each thing leads. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos_app.domain.errors import PosError
from pos_app.domain.staff import Role
from pos_app.services.reprints import Reprinted, Reprints
from pos_app.services.strip import Strip, StripFacts
from pos_app.storage.standing import NEED_ENROLMENT
from pos_app.text import _, ngettext
from ui import messages
from ui.answers import Answer
from ui.approval.words import role_title
from ui.menu.state import MenuEntry, MenuQuestion, MenuState


def _nowhere(*_given: object) -> None:
    """A way that is not open yet."""


@dataclass(frozen=True, slots=True)
class MenuWays:
    """Where the lines lead. `say` shows an answer on the screen on top; `printed` wakes the printer's loop.

    `cart_lines` counts the lines of the cart under way; `ask_first` asks and calls back after a yes.
    """

    cart_lines: Callable[[], int] = lambda: 0
    sync_now: Callable[[], None] = _nowhere
    sync_details: Callable[[], None] = _nowhere
    attention: Callable[[], None] = _nowhere
    ready: Callable[[], None] = _nowhere
    shift: Callable[[], None] = _nowhere
    lock: Callable[[], None] = _nowhere
    sign_out: Callable[[], None] = _nowhere
    look: Callable[[], None] = _nowhere
    change_keys: Callable[[], None] = _nowhere
    back_up: Callable[[], None] = _nowhere
    export: Callable[[], None] = _nowhere
    goodwill: Callable[[], None] = _nowhere
    help: Callable[[], None] = _nowhere
    enrol_again: Callable[[], None] = _nowhere
    quit: Callable[[], None] = _nowhere
    ask_first: Callable[[MenuQuestion, Callable[[], None]], None] = _nowhere
    say: Callable[[Answer], None] = _nowhere
    printed: Callable[[], None] = _nowhere


class MenuPresenter:
    """Made once; `state()` is read whenever the menu opens."""

    def __init__(self, strip: Strip, reprints: Reprints, ways: MenuWays) -> None:
        self._strip = strip
        self._reprints = reprints
        self._ways = ways

    def state(self) -> MenuState:
        """As of this moment."""
        facts = self._strip.facts()
        person = facts.person
        entries = tuple(self._entries(facts))
        if person is None:
            return MenuState(shift=_shift(facts), entries=entries)
        return MenuState(
            person=person.name,
            role=role_title(person.role),
            initials=person.initials or person.name[:1].upper(),
            tint=person.tint,
            shift=_shift(facts),
            entries=entries,
        )

    def _entries(self, facts: StripFacts) -> list[MenuEntry]:
        nobody = "" if facts.person is not None and not facts.is_locked else _("Đăng nhập trước")
        shift = _("Ca {number}").format(number=facts.shift_number) if facts.shift_number else _("Mở ca")
        again = [MenuEntry("enrol_again", _("Ghi danh lại máy này"), "shield-alert", half=True)]
        managers = [
            MenuEntry("goodwill", _("Tặng voucher"), "ticket", reason=nobody, half=True),
            MenuEntry("back_up", _("Sao lưu ngay"), "hard-drive", reason=nobody, half=True),
            MenuEntry("export", _("Xuất ra USB"), "download", reason=nobody, half=True),
            MenuEntry("change_keys", _("Đổi khóa của quầy"), "rotate-ccw", reason=nobody, half=True),
        ]
        return [
            *(again if facts.restricted in NEED_ENROLMENT else ()),
            MenuEntry("sync_now", _("Gửi ngay"), "refresh-cw", counter=facts.unsent, half=True),
            MenuEntry("sync_details", _("Kết nối và dữ liệu"), "database", half=True),
            MenuEntry("ready", _("Sẵn sàng mở cửa?"), "shield-check", half=True),
            MenuEntry("attention", _("Cần xử lý"), "triangle-alert", "", facts.attention, nobody, half=True),
            MenuEntry("shift", shift, "banknote", "F12", reason=nobody, half=True),
            MenuEntry("reprint", _("In lại hóa đơn cuối"), "printer", "Ctrl+P", reason=nobody),
            MenuEntry("lock", _("Khóa quầy"), "lock", "Ctrl+L", reason=nobody, half=True),
            MenuEntry("sign_out", _("Ra khỏi quầy"), "log-out", reason=nobody, half=True),
            MenuEntry("help", _("Phím tắt"), "keyboard", "F1", half=True),
            MenuEntry("look", _("Ngôn ngữ, màu, cỡ chữ"), "languages", half=True),
            *(managers if facts.person is not None and facts.person.role is Role.MANAGER else ()),
            MenuEntry("reprint_voucher", _("In lại voucher cuối"), "ticket", reason=nobody, half=True),
            MenuEntry("quit", _("Thoát Quầy"), "power", half=True),
        ]

    def press(self, name: str) -> None:
        """One of the lines."""
        ways = self._ways
        if name == "reprint":
            self.reprint_last()
        elif name == "reprint_voucher":
            self.reprint_voucher()
        elif name == "quit":
            self.quit()
        elif name == "change_keys":
            ways.ask_first(_key_question(), self._change_keys)
        else:
            acts: dict[str, Callable[[], None]] = {
                "sync_now": ways.sync_now,
                "sync_details": ways.sync_details,
                "attention": ways.attention,
                "ready": ways.ready,
                "shift": ways.shift,
                "lock": ways.lock,
                "sign_out": ways.sign_out,
                "look": ways.look,
                "back_up": ways.back_up,
                "export": ways.export,
                "goodwill": ways.goodwill,
                "enrol_again": ways.enrol_again,
                "help": ways.help,
            }
            acts[name]()

    def _change_keys(self) -> None:
        self._ways.change_keys()
        line = _("Trung tâm cấp khóa mới khi có mạng. Khóa mới dùng từ lần mở Quầy sau.")
        self._ways.say(Answer("accepted", _("Sẽ đổi khóa của quầy"), line))

    def reprint_last(self) -> None:
        """Ctrl+P: the newest receipt once more; the copy says that it is one."""
        self._reprint(
            self._reprints.last, lambda done: _("Đang in lại {number}").format(number=done.receipt_no)
        )

    def reprint_voucher(self) -> None:
        """The paper of the counter voucher that was given last, once more."""
        self._reprint(self._reprints.last_voucher, lambda _done: _("Đang in lại voucher"))

    def _reprint(self, again: Callable[[], Reprinted], title_of: Callable[[Reprinted], str]) -> None:
        try:
            done = again()
        except PosError as error:
            self._ways.say(messages.answer(error))
            return
        self._ways.printed()
        title = title_of(done)
        self._ways.say(Answer("accepted", title, _("Bản in lại số {n}").format(n=done.copy - 1)))

    def quit(self) -> None:
        """Ends the program; asks first when a cart is under way or documents wait."""
        question = self.quit_question()
        if question is None:
            self._ways.quit()
        else:
            self._ways.ask_first(question, self._ways.quit)

    def quit_question(self) -> MenuQuestion | None:
        """None = nothing is in the way."""
        lines, unsent = self._ways.cart_lines(), self._strip.facts().unsent
        accept, refuse = _("Thoát"), _("Ở lại")
        if lines:
            words = ngettext("Giỏ đang có {n} dòng", "Giỏ đang có {n} dòng", lines).format(n=lines)
            return MenuQuestion(
                _("Thoát khi giỏ đang mở?"),
                _("{words}. Giỏ được giữ, mở lại vẫn còn.").format(words=words),
                accept,
                refuse,
            )
        if unsent:
            words = ngettext("Còn {n} chứng từ chờ gửi", "Còn {n} chứng từ chờ gửi", unsent).format(n=unsent)
            line = _("{words}. Không mất, nhưng chỉ gửi tiếp khi mở lại Quầy.").format(words=words)
            return MenuQuestion(_("Thoát khi chưa gửi hết?"), line, accept, refuse)
        return None


def _key_question() -> MenuQuestion:
    line = _(
        "Chỉ đổi khi nghi khóa bị lộ, hoặc trung tâm bảo đổi. Bán hàng không dừng; khóa cũ thôi dùng từ "
        "lần mở Quầy sau, không lấy lại được."
    )
    return MenuQuestion(_("Đổi khóa của quầy?"), line, _("Đổi khóa"), _("Giữ khóa cũ"))


def _shift(facts: StripFacts) -> str:
    if facts.shift_number is None:
        return _("Chưa mở ca")
    return _("Ca {number} đang mở").format(number=facts.shift_number)
