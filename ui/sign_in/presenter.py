"""What happens on the sign-in page: who is chosen, a PIN that is right or wrong, a scan that waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pos_app.domain.errors import CodeRefused, LockedOut, PosError
from pos_app.domain.staff import StaffMember
from pos_app.services.session import Session
from pos_app.services.sign_in import SignIn
from pos_app.text import _, money_d, time_of_day
from ui import messages
from ui.approval.words import given_name, role_title
from ui.running import Run
from ui.sign_in.state import DIGITS, KeptNotice, PersonCard, SignInState


@dataclass(frozen=True, slots=True)
class KeptCart:
    """The cart under way: whose it is, how many lines, total in đồng."""

    person: str
    lines: int
    total: int


@dataclass(frozen=True, slots=True)
class SignInFacts:
    """What the page shows beside the people. `demo_pins` by staff number, empty but in a demonstration."""

    kept: Callable[[], KeptCart | None] = lambda: None
    version: str = ""
    demo_pins: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SignInWays:
    """`signed_in` is called once per success; `take_scan` after it when a scan came while locked."""

    run: Run
    signed_in: Callable[[StaffMember], None]
    take_scan: Callable[[str], None] = lambda _text: None
    ready: Callable[[], None] = lambda: None


class SignInPresenter:
    """Serves both the empty till and the locked one: others may sign in over a locked person."""

    def __init__(self, session: Session, sign_in: SignIn, facts: SignInFacts, ways: SignInWays) -> None:
        self._session = session
        self._sign_in = sign_in
        self._facts = facts
        self._ways = ways
        self._show: Callable[[SignInState], None] = lambda _state: None
        self._people: list[StaffMember] = []
        self._chosen = 0
        self._by_badge = 0
        self._typed = 0
        self._try_no = 0
        self._is_checking = False
        self._message = self._notice = self._kept_scan = ""
        self.begin()

    # --- state ---------------------------------------------------------------------------------
    def shown_by(self, show: Callable[[SignInState], None]) -> None:
        """Who shows the state; it is shown at once."""
        self._show = show
        self.refresh()

    def begin(self) -> None:
        """The page has come to the top: who was signed in is chosen, nothing is typed."""
        self._people = self._sign_in.people()
        present = [person.no for person in self._people]
        locked = self._session.person if self._session.is_locked else None
        self._chosen = locked.no if locked is not None and locked.no in present else 0
        if not self._chosen and len(present) == 1:
            self._chosen = present[0]
        self._by_badge = 0
        self._kept_scan = self._message = self._notice = ""
        self._forget_digits()
        self.refresh()

    def refresh(self) -> None:
        """Show what is true now: people may have come with a feed, a lock-out may have ended."""
        if not self._is_checking:
            self._people = self._sign_in.people()
        self._show(self.state())

    def state(self) -> SignInState:
        locked = self._session.person if self._session.is_locked else None
        until = self._locked_until()
        ready = bool(self._chosen) and until is None and not self._is_checking
        return SignInState(
            title=self._title(locked),
            line=self._line(locked),
            people=tuple(self._card(person) for person in self._people),
            chosen=self._chosen,
            hint=_("Nhập mã PIN") if self._chosen else _("Chạm tên mình"),
            message=self._message or until or "",
            notice=self._notice,
            enter_text=self._enter_text(locked),
            enter_reason="",
            takes_digits=ready,
            may_enter=ready and self._typed == DIGITS,
            is_checking=self._is_checking,
            try_no=self._try_no,
            kept=self._kept(),
            version=self._facts.version,
        )

    def _title(self, locked: StaffMember | None) -> str:
        if not self._people:
            return _("Chưa có nhân viên ở máy này")
        if locked is None:
            return _("Ai đang đứng quầy?")
        return _("Quầy đang khóa · {name}").format(name=given_name(locked.name))

    def _line(self, locked: StaffMember | None) -> str:
        if not self._people:
            return _("Danh sách tải về từ trung tâm khi có mạng. Trang này tự cập nhật.")
        if locked is None:
            return _("Chạm tên mình hoặc quét thẻ nhân viên")
        return _("{name} nhập PIN để mở, hoặc người khác chạm tên mình").format(name=given_name(locked.name))

    def _enter_text(self, locked: StaffMember | None) -> str:
        if self._is_checking:
            return _("Đang kiểm…")
        return _("Mở khóa") if locked is not None and locked.no == self._chosen else _("Vào bán hàng")

    def _card(self, person: StaffMember) -> PersonCard:
        until = self._sign_in.locked_until(person.no)
        note, ink = self._facts.demo_pins.get(person.no, ""), "ink2"
        note = f"PIN {note}" if note else ""
        if until is not None:
            note = _("Tạm khóa đến {time}").format(time=time_of_day(until, self._session.policy.timezone))
            ink = "stop"
        initials = person.initials or person.name[:1].upper()
        role = role_title(person.role)
        return PersonCard(
            person.no, person.name, role, initials, person.tint, note, "stop" if ink == "stop" else "ink2"
        )

    def _locked_until(self) -> str | None:
        until = self._sign_in.locked_until(self._chosen) if self._chosen else None
        if until is None:
            return None
        time = time_of_day(until, self._session.policy.timezone)
        return _("Nhập sai nhiều lần. Thử lại sau {time}, hoặc nhờ quản lý đặt lại PIN.").format(time=time)

    def _kept(self) -> KeptNotice | None:
        if self._kept_scan:
            title = _("Đã giữ mã vừa quét")
            return KeptNotice(title, _("Nhập PIN xong, mã được dùng ngay."), "scan-barcode")
        cart = self._facts.kept()
        if cart is None:
            return None
        title = _("Giỏ của {name} vẫn giữ: {lines} dòng, {total}") if cart.person else ""
        title = title or _("Giỏ hàng vẫn giữ: {lines} dòng, {total}")
        line = _("Người vào sau bán tiếp giỏ này hoặc treo lại.")
        shift = self._session.shift
        if shift is not None:
            line = f"{line} {_('Ca {number} vẫn mở.').format(number=shift.number)}"
        words = title.format(name=given_name(cart.person), lines=cart.lines, total=money_d(cart.total))
        return KeptNotice(words, line)

    # --- acts ----------------------------------------------------------------------------------
    def choose(self, no: int) -> None:
        """Somebody touched a name."""
        if self._is_checking or no not in [person.no for person in self._people]:
            return
        self._chosen, self._by_badge, self._message, self._notice = no, 0, "", ""
        self._forget_digits()
        self.refresh()

    def step(self, by: int) -> None:
        """So many names on or back, by the arrows."""
        numbers = [person.no for person in self._people]
        if not numbers:
            return
        at = numbers.index(self._chosen) + by if self._chosen in numbers else 0
        if 0 <= at < len(numbers):
            self.choose(numbers[at])

    def typed(self, digits: int) -> None:
        """So many digits stand; the first one takes the refusal away."""
        self._typed = digits
        if digits:
            self._message = ""
        self.refresh()

    def badge_pressed(self) -> None:
        """The badge key of the pad."""
        self._notice = _("Đưa thẻ nhân viên vào máy quét.")
        self.refresh()

    def ready_pressed(self) -> None:
        """To the page that says what would work without central."""
        self._ways.ready()

    def enter(self, pin: str) -> None:
        """Check the PIN beside the screen; the answer comes to `signed_in` or stays in words."""
        if len(pin) != DIGITS or not self._chosen or self._is_checking:
            return
        no, method = self._chosen, "badge_pin" if self._by_badge == self._chosen else "pin"
        self._is_checking, self._message = True, ""
        self.refresh()
        self._ways.run(lambda: self._sign_in.sign_in(no, pin, method=method), self._checked)

    def _checked(self, person: StaffMember | None, error: Exception | None) -> None:
        self._is_checking = False
        self._forget_digits()
        if person is None:
            self._refuse(error)
            return
        scan, self._kept_scan = self._kept_scan, ""
        self._message = self._notice = ""
        self.refresh()
        self._ways.signed_in(person)
        if scan:
            self._ways.take_scan(scan)

    def _refuse(self, error: Exception | None) -> None:
        # a lock-out has its own words on the card and below the pad, with the time it ends
        self._message = "" if error is None or isinstance(error, LockedOut) else _sentence(error)
        self.refresh()

    def scanned(self, text: str) -> None:
        """A badge chooses its owner; while the till is locked anything else waits for the PIN."""
        if self._is_checking:
            return
        try:
            person = self._sign_in.badge(text)
        except CodeRefused as error:
            self._not_a_badge(text, error)
        except PosError as error:
            self._message = _sentence(error)
            self.refresh()
        else:
            self.choose(person.no)
            self._by_badge = person.no
            self._notice = _("Đã nhận thẻ của {name}. Nhập PIN.").format(name=given_name(person.name))
            self.refresh()

    def _not_a_badge(self, text: str, error: CodeRefused) -> None:
        if error.fields.get("reason") == "expired":
            self._message = _("Thẻ đã hết hạn. Chạm tên mình và nhập PIN.")
        elif self._session.is_locked:
            self._kept_scan = text
        else:
            self._message = _("Chưa ai đứng quầy. Đăng nhập rồi quét lại mã này.")
        self.refresh()

    def _forget_digits(self) -> None:
        self._typed = 0
        self._try_no += 1


def _sentence(error: Exception) -> str:
    words = messages.words(error)
    return ". ".join(part.rstrip(".") for part in (words.title, words.line) if part) + "."
