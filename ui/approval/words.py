"""What a second person reads: title, what the amount is, why it is asked and what role each has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pos_app.domain.staff import Role, StaffMember
from pos_app.services.approvals import ApprovalNeed
from pos_app.text import _, money, money_d, percent
from ui.approval.state import ApprovalLine, ApprovalRequest
from ui.messages import N_
from ui.widgets.person_state import ApproverState

# right: title, what the amount is
TITLES: Final[Mapping[str, tuple[str, str]]] = {
    "return.over_limit": (N_("Quản lý duyệt hoàn tiền"), N_("Số tiền hoàn")),
    "return.late": (N_("Quản lý duyệt trả hàng quá hạn"), N_("Số tiền hoàn")),
    "return.no_receipt": (N_("Quản lý duyệt trả không hóa đơn"), N_("Số tiền hoàn")),
    "return.waive_gift": (N_("Quản lý duyệt để khách giữ quà"), N_("Số tiền hoàn")),
    "return.card_as_cash": (N_("Quản lý duyệt hoàn thẻ bằng tiền mặt"), N_("Số tiền hoàn")),
    "sale.discount.manual": (N_("Quản lý duyệt giảm giá"), N_("Tiền giảm")),
    "sale.uncoded": (N_("Quản lý duyệt hàng không mã"), N_("Số tiền")),
    "sale.void": (N_("Duyệt hủy hóa đơn"), N_("Số tiền hủy")),
    "pickup.over_limit": (N_("Quản lý duyệt giao hàng"), N_("Giá trị đơn")),
    "voucher.over_limit": (N_("Quản lý duyệt voucher"), N_("Voucher giảm")),
    "voucher.goodwill": (N_("Quản lý duyệt tặng voucher"), N_("Giá trị voucher")),
    "points.over_limit": (N_("Quản lý duyệt dùng điểm"), N_("Tiền trả bằng điểm")),
    "credit.restricted": (N_("Quản lý duyệt phiếu hoàn tiền"), N_("Tiền trả bằng phiếu")),
    "cash.in_out": (N_("Duyệt thu chi tiền mặt"), N_("Số tiền")),
    "drawer.open": (N_("Duyệt mở ngăn kéo"), N_("Số lần mở")),
    "shift.verify": (N_("Duyệt xác nhận ca"), N_("Tiền lệch")),
}
OTHER: Final = (N_("Người thứ hai duyệt"), N_("Số tiền"))

# reason: why it is asked; {most} and {asked} are figures, {role} the asker's
WHY: Final[Mapping[str, str]] = {
    "discount": N_("Giảm <b>{asked}</b>, vượt mức <b>{most}</b> của cửa hàng."),
    "return_cash": N_("Vượt mức hoàn tiền mặt <b>{most}</b> của {role}."),
    "return_foreign_cash": N_("Hàng bán ở cửa hàng khác, hoàn tiền mặt cần người duyệt."),
    "return_no_receipt": N_("Khách không còn hóa đơn."),
    "return_late": N_("Đã qua ngày cuối được trả."),
    "faulty": N_("Khách báo hàng lỗi, ngoài hạn hoặc loại hàng không trả."),
    "pickup_value": N_("Đơn trên <b>{most}</b>."),
    "pickup_feed_age": N_("Dữ liệu đơn ở máy đã cũ, chưa hỏi được trung tâm."),
    "pickup_unknown": N_("Đơn chưa có ở máy này, chỉ có mã của khách."),
    "voucher_value": N_("Voucher giảm trên <b>{most}</b> khi chưa có mạng."),
    "voucher_value_split": N_(
        "Nhiều voucher sát mức <b>{most}</b> liền nhau tính là một, cộng lại <b>{asked}</b>."
    ),
    "voucher_unsigned": N_("Voucher không có chữ ký, giảm trên <b>{most}</b> khi chưa có mạng."),
    "voucher_unsigned_split": N_(
        "Nhiều voucher sát mức <b>{most}</b> liền nhau tính là một, cộng lại <b>{asked}</b>."
    ),
    "voucher_unknown": N_("Voucher chưa có trong danh sách của máy, chưa hỏi được trung tâm."),
    "pickup_value_split": N_(
        "Nhiều đơn sát mức <b>{most}</b> liền nhau tính là một, cộng lại <b>{asked}</b>."
    ),
    "return_cash_split": N_(
        "Nhiều lần hoàn sát mức <b>{most}</b> liền nhau tính là một, cộng lại <b>{asked}</b>."
    ),
    "return_foreign_cash_split": N_(
        "Hàng của cửa hàng khác; nhiều lần hoàn sát mức liền nhau cộng lại <b>{asked}</b>."
    ),
    "points_age": N_("Số điểm ở máy đã cũ, chưa hỏi được trung tâm."),
    "offline_time": N_("Máy đã lâu không hỏi được trung tâm, dữ liệu ở máy đã cũ."),
    "staff_age": N_("Danh sách nhân viên ở máy đã cũ, chưa hỏi được trung tâm."),
    "drawer_count": N_("Ngăn kéo đã mở <b>{most}</b> lần trong ca."),
    "restricted": N_("Máy này đang ở chế độ hạn chế, chưa được trung tâm xác nhận."),
    "void_value": N_("Hóa đơn trên <b>{most}</b>."),
}
WITH_LIMIT: Final = N_("Vượt mức <b>{most}</b> của {role}.")
WITHOUT_RIGHT: Final = N_("Việc này cần một người khác duyệt, {role} không tự làm một mình.")

_SHARES: Final = frozenset({"discount"})
_COUNTS: Final = frozenset({"drawer_count", "drawer.open"})
_AGES: Final = frozenset({"pickup_feed_age", "points_age", "offline_time", "staff_age"})


def asker_role(role: Role) -> str:
    """The role inside a sentence."""
    return {
        Role.CASHIER: _("thu ngân"),
        Role.SENIOR: _("thu ngân chính"),
        Role.MANAGER: _("quản lý"),
        Role.AUDITOR: _("người kiểm tra"),
    }[role]


def approver(person: StaffMember) -> ApproverState:
    """As the list of a dialog shows them."""
    initials = person.initials or person.name[:1].upper()
    return ApproverState(person.no, person.name, role_title(person.role), initials, person.tint)


def role_title(role: Role) -> str:
    """The role below a name."""
    return {
        Role.CASHIER: _("Thu ngân"),
        Role.SENIOR: _("Thu ngân chính"),
        Role.MANAGER: _("Quản lý cửa hàng"),
        Role.AUDITOR: _("Kiểm soát"),
    }[role]


def given_name(full: str) -> str:
    """ "Lan" of "Nguyễn Thị Lan": how people in a shop call each other."""
    words = full.split()
    return words[-1] if words else full


def why(need: ApprovalNeed, role: Role) -> str:
    """One sentence with `<b>figures</b>` that says why a second person is asked."""
    template = WHY.get(need.reason)
    if template is None:
        template = WITH_LIMIT if need.most else WITHOUT_RIGHT
    write = _writer(need)
    most = "…" if need.most is None else write(need.most)
    return _(template).format(asked=write(need.asked), most=most, role=asker_role(role))


def _writer(need: ApprovalNeed) -> Callable[[int], str]:
    if need.reason in _SHARES or need.right == "sale.discount.manual":
        return percent
    if need.reason in _COUNTS or need.right in _COUNTS or need.reason in _AGES:
        return money
    return money_d


def request(
    need: ApprovalNeed,
    draft: str,
    asker: StaffMember,
    at: str,
    *,
    amount: int | None = None,
    parts: tuple[tuple[str, str], ...] = (),
    lines: tuple[ApprovalLine, ...] = (),
    facts: tuple[str, ...] = (),
) -> ApprovalRequest:
    """A request in words; the sentence that says why comes first, `facts` follow it."""
    title, label = TITLES.get(need.right, OTHER)
    return ApprovalRequest(
        need=need,
        draft=draft,
        title=_(title),
        amount_label=_(label),
        amount=amount,
        asker=given_name(asker.name),
        at=at,
        parts=parts,
        lines=lines,
        facts=(why(need, asker.role), *facts),
    )
