"""Words for people, shifts and approvals."""

from __future__ import annotations

from typing import Final

from pos_app.domain import errors
from ui.messages import DONG, N_, Template, clock, day

APPROVE: Final = ("approve", N_("Nhờ duyệt"), "")

STAFF_REASONS: Final[dict[str, Template]] = {
    "auditor": Template(
        N_("Người kiểm tra chỉ được xem"),
        N_("Thu ngân đăng nhập để bán, giỏ hàng vẫn giữ."),
        "needs",
        ("lock", N_("Đổi người"), "Ctrl+L"),
    ),
}

TEXTS: Final[dict[type[errors.PosError], Template]] = {
    # --- people, shift, approval
    errors.ShiftStepRefused: Template(
        N_("Ca chưa ở bước này"),
        N_("Mở trang ca để xem bước tiếp theo."),
        "needs",
        ("shift", N_("Mở trang ca"), "F12"),
    ),
    errors.ReasonMissing: Template(
        N_("Cần ghi lý do"), N_("Viết ngắn chuyện đã xảy ra rồi làm lại."), "needs"
    ),
    errors.SamePersonRefused: Template(N_("Cần một người khác"), N_("Không ai tự duyệt việc của mình.")),
    errors.ApprovalRequired: Template(
        N_("Cần người duyệt"), N_("Việc này vượt mức của bạn."), "needs", APPROVE
    ),
    errors.ApprovalExpired: Template(
        N_("Phiếu duyệt hết hiệu lực"),
        N_("Xin duyệt lại, mỗi phiếu dùng một lần trong 60 giây."),
        "needs",
        APPROVE,
    ),
    errors.PolicyRefused: Template(N_("Vượt mức cho phép"), N_("Giảm số tiền hoặc chờ có mạng.")),
    errors.NotEnrolled: Template(
        N_("Máy chưa là quầy nào"), N_("Ghi danh máy với trung tâm trước."), "needs"
    ),
    errors.NotSignedIn: Template(N_("Chưa ai đứng quầy"), N_("Chạm tên mình và nhập mã PIN."), "needs"),
    errors.NoOpenShift: Template(
        N_("Chưa mở ca"), N_("Mở ca rồi bán tiếp."), "needs", ("shift", N_("Mở ca"), "F12")
    ),
    errors.PinWrong: Template(N_("Mã PIN chưa đúng"), N_("Còn {tries_left} lần thử."), "needs"),
    errors.LockedOut: Template(
        N_("Tạm khóa vì nhập sai nhiều lần"),
        N_("Thử lại sau {until}, hoặc nhờ quản lý đặt lại."),
        write={"until": clock},
    ),
    errors.StaffNotAllowed: Template(
        N_("Người này chưa làm được việc này ở đây"), N_("Nhờ người có quyền đăng nhập.")
    ),
    errors.NotTheirsToApprove: Template(
        N_("Việc này vượt quyền người duyệt"), N_("Nhờ người quản lý cấp cao hơn."), "needs"
    ),
    errors.ShiftAlreadyOpen: Template(
        N_("Ca {number} đang mở"),
        N_("Đóng ca này rồi mở ca mới."),
        "needs",
        ("shift", N_("Mở trang ca"), "F12"),
    ),
    errors.DateUnconfirmed: Template(
        N_("Chưa chắc hôm nay là ngày nào"), N_("Xác nhận ngày rồi mở ca."), "needs"
    ),
    errors.ShiftOutdated: Template(
        N_("Ca {number} của ngày {business_date} chưa kết"),
        N_("Đã sang ngày bán mới. Kết ca này, mở ca mới rồi bán tiếp."),
        "needs",
        ("shift", N_("Mở trang ca"), "F12"),
        {"business_date": day},
    ),
    errors.CountFrozen: Template(N_("Số đếm đã chốt"), N_("Không sửa được số, chỉ ghi thêm lý do."), "needs"),
    errors.DifferenceNeedsReason: Template(
        N_("Lệch {difference}"), N_("Ghi lý do chênh lệch rồi đóng ca."), "needs", write={"difference": DONG}
    ),
    errors.CustomerKnown: Template(N_("Số này đã có thẻ"), N_("Khách {name}. Dùng thẻ đang có."), "needs"),
}
