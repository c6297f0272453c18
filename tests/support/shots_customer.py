"""The customer screen: empty, too short, found, two with one phone, a new card; offline with its age."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from tests.support.shots_sell import BAO, HOA, OFFLINE, STRIP, in_window
from tests.support.spoken_states import spoken
from ui.customer.screen import CustomerScreen
from ui.customer.state import CustomerScreenState, FactRow, FoundState, PhoneState, Section
from ui.customer.wording import main_button, new_card
from ui.widgets.strip_state import StripState

WAITING = Section(
    "orders",
    "Đơn chờ nhận",
    (FactRow("MN-48207", "MN-48207", "Đang chờ ở cửa hàng này", "", "pickup", "Giao đơn"),),
)
OWN = Section(
    "vouchers",
    "Voucher của khách",
    (FactRow("77", "Voucher sinh nhật", "Dùng đến 03/12/2026", "−50.000đ"),),
)
RECEIPTS = Section(
    "receipts",
    "Mua gần đây",
    (
        FactRow("NT02-004790", "NT02-004790", "14/11/2026 · Cửa hàng", "785.000", "return", "Trả hàng"),
        FactRow("LVS01-001204", "LVS01-001204", "02/11/2026 · Mua online", "1.204.000", "return", "Trả hàng"),
        FactRow("NT01-004102", "NT01-004102", "18/10/2026 · Cửa hàng", "329.000"),
    ),
    "Chưa có hóa đơn nào ở máy này.",
)
NONE = replace(RECEIPTS, rows=())


def state_of(
    page: str, phone: PhoneState, *, chosen: bool = True, attached: bool = False
) -> CustomerScreenState:
    button = main_button(page, has_choice=chosen, is_attached=attached, attached=None)  # type: ignore[arg-type]
    return CustomerScreenState(
        page=page,  # type: ignore[arg-type]
        phone=phone,
        main=button.text,
        main_key=button.key,
        main_reason=button.reason,
        hint=button.hint,
    )


def customer(state: CustomerScreenState, strip: StripState = STRIP) -> Callable[[], QWidget]:
    def make() -> QWidget:
        screen = CustomerScreen()
        screen.show_state(spoken(state))
        return in_window(screen, strip)

    return make


def shots() -> list[tuple[str, Callable[[], QWidget]]]:
    """No picture: drawn from the parts of the look."""
    typed = PhoneState("0901 234 567")
    found = replace(state_of("found", typed), card=replace(HOA, vouchers=()))
    found = replace(found, sections=(WAITING, OWN, RECEIPTS))
    two = replace(
        state_of("found", typed, chosen=False),
        found=(
            FoundState("1", "Chị Lê Thị Hoa", "•••• ••• 567 · Vàng", "1.240 điểm"),
            FoundState("2", "Bình L.", "•••• ••• 567", "12 điểm"),
        ),
    )
    attached = replace(
        state_of("found", PhoneState(), attached=True), card=replace(HOA, vouchers=()), sections=(NONE,)
    )
    offline = replace(
        state_of("found", PhoneState("0903 111 218")),
        card=BAO,
        sections=(RECEIPTS,),
        age="Dữ liệu khách lúc 13:40",
    )
    done = replace(found, done="Đã tạo thẻ. Gắn vào đơn để tích điểm ngay từ đơn này.", sections=(NONE,))
    asked = state_of("asking", PhoneState("0901 234 568"))
    told = replace(done, done="Trung tâm vừa cho biết: khách có thẻ lập ở nơi khác.", sections=(RECEIPTS,))
    new = replace(state_of("new", PhoneState("0901 234 568")), new=new_card("told", "", "", ""))
    wrong = replace(
        new,
        age="Dữ liệu khách lúc 13:40",
        new=new_card(
            "silent",
            "Dữ liệu khách lúc 13:40",
            "Thiếu tên khách",
            "Khách đồng ý lập thẻ thì mới tạo được",
        ),
    )
    short = state_of("hint", PhoneState("0901 23", "Thiếu 4 số"))
    refused = state_of("hint", PhoneState("0901 23", "Thiếu 4 số", "stop"))
    return [
        ("20-customer", customer(state_of("hint", PhoneState()))),
        ("20a-customer-short", customer(short)),
        ("20b-customer-refused", customer(refused)),
        ("20c-customer-found", customer(found)),
        ("20d-customer-two", customer(two)),
        ("20e-customer-attached", customer(attached)),
        ("20f-customer-offline", customer(offline, OFFLINE)),
        ("20g-customer-new", customer(new)),
        ("20h-customer-new-wrong", customer(wrong, OFFLINE)),
        ("20i-customer-done", customer(done)),
        ("20j-customer-asking", customer(asked)),
        ("20k-customer-told", customer(told)),
    ]
