"""The sign-in page (picture 11) and its other states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from pos_app.text import language
from tests.support.spoken_states import spoken
from ui.main_window import MainWindow
from ui.menu.look_dialog import LANGUAGES
from ui.screen import Screen
from ui.sign_in.screen import SignInScreen
from ui.sign_in.state import KeptNotice, PersonCard, SignInState
from ui.widgets.strip_state import StripState

PEOPLE = (
    PersonCard(1, "Nguyễn Thị Lan", "Thu ngân", "LA", 0),
    PersonCard(2, "Võ Nhật Minh", "Thu ngân", "MI", 1),
    PersonCard(3, "Phạm Gia Hân", "Thu ngân", "HÂ", 2),
    PersonCard(4, "Đỗ Hoàng Phúc", "Thu ngân chính", "PH", 3),
    PersonCard(5, "Trần Thu Thảo", "Quản lý cửa hàng", "TT", 4),
    PersonCard(6, "Lý Minh Khang", "Kiểm soát", "KH", 5),
)
KEPT = KeptNotice(
    "Giỏ của Lan vẫn giữ: 6 dòng, 1.761.200đ", "Người vào sau bán tiếp giỏ này hoặc treo lại. Ca 3 vẫn mở."
)
READY = SignInState(
    title="Ai đang đứng quầy?",
    line="Chạm tên mình hoặc quét thẻ nhân viên",
    people=PEOPLE,
    chosen=2,
    hint="Nhập mã PIN",
    enter_text="Vào bán hàng",
    takes_digits=True,
    may_enter=True,
    kept=KEPT,
    version="Quầy 1.0",
)
STRIP = StripState(shop="Mộc Lan Nguyễn Trãi", till="Quầy 2", clock="14:50", language="Tiếng Việt", waiting=0)


def window_of(screen: Screen, strip: StripState = STRIP) -> MainWindow:
    """A window of the smallest size with one screen on top."""
    window = MainWindow([screen])
    window.resize(1366, 768)
    window.show_strip(spoken(strip))
    window.show_screen(screen.name)
    return window


def _page(state: SignInState, digits: int = 0) -> QWidget:
    screen = SignInScreen()
    window = window_of(screen, replace(STRIP, language=LANGUAGES[language()]))
    screen.show_state(spoken(replace(state, takes_digits=True)))
    for _at in range(digits):
        screen.dots.press("1")
    screen.show_state(spoken(state))
    return window


def _demo() -> SignInState:
    people = tuple(replace(one, note=f"PIN 12345{one.no}") for one in PEOPLE)
    return replace(READY, people=people, chosen=0, hint="Chạm tên mình", kept=None, may_enter=False)


def shots() -> list[tuple[str, Callable[[], QWidget]]]:
    wrong = replace(READY, message="Mã PIN chưa đúng. Còn 3 lần thử.", may_enter=False)
    until = "Nhập sai nhiều lần. Thử lại sau 14:55, hoặc nhờ quản lý đặt lại PIN."
    held = tuple(
        replace(one, note="Tạm khóa đến 14:55", note_ink="stop") if one.no == 2 else one for one in PEOPLE
    )
    out = replace(READY, people=held, message=until, may_enter=False, takes_digits=False)
    locked = replace(
        READY,
        title="Quầy đang khóa · Lan",
        line="Lan nhập PIN để mở, hoặc người khác chạm tên mình",
        chosen=1,
        enter_text="Mở khóa",
        may_enter=False,
        kept=KeptNotice("Đã giữ mã vừa quét", "Nhập PIN xong, mã được dùng ngay.", "scan-barcode"),
    )
    many = tuple(replace(PEOPLE[at % 6], no=at + 1, note="PIN 123456" if at % 2 else "") for at in range(9))
    nobody = replace(
        READY,
        title="Chưa có nhân viên ở máy này",
        line="Danh sách tải về từ trung tâm khi có mạng. Trang này tự cập nhật.",
        people=(),
        chosen=0,
        hint="Chạm tên mình",
        kept=None,
        takes_digits=False,
        may_enter=False,
    )
    return [
        ("11-sign-in", lambda: _page(READY, 6)),
        ("11-sign-in-wrong", lambda: _page(wrong)),
        ("11-sign-in-locked-out", lambda: _page(out)),
        ("11-sign-in-locked", lambda: _page(locked, 2)),
        ("11-sign-in-demo", lambda: _page(_demo())),
        ("11-sign-in-many", lambda: _page(replace(READY, people=many), 6)),
        ("11-sign-in-nobody", lambda: _page(nobody)),
    ]
