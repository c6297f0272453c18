"""Words for returns, hand-overs and pickups."""

from __future__ import annotations

from typing import Final

from pos_app.domain import errors
from ui.messages import N_, PIECES, Template

RETRY: Final = ("retry", N_("Tải lại"), "")

TEXTS: Final[dict[type[errors.PosError], Template]] = {
    # --- returns and hand-overs
    errors.ReturnRefused: Template(
        N_("{name}: không trả được"),
        N_("Nếu hàng lỗi, chọn Hàng lỗi để nhờ duyệt."),
        action=("defect", N_("Hàng lỗi?"), ""),
    ),
    errors.ReturnTooMuch: Template(
        N_("{name}: chỉ còn trả được {most}"),
        N_("Phần kia đã trả trước đó."),
        "needs",
        write={"most": PIECES},
    ),
    errors.NothingToReturn: Template(
        N_("Chưa chọn món trả"), N_("Quét món khách trả hoặc chạm vào dòng."), "needs"
    ),
    errors.TransferUnconfirmed: Template(
        N_("Tiền chuyển khoản chưa về"), N_("Chưa hoàn được tiền chưa nhận. Hủy hóa đơn thay cho hoàn tiền.")
    ),
    errors.HandoverTooMuch: Template(
        N_("{name}: chỉ còn giao {most}"), N_("Phần kia đã giao."), "needs", write={"most": PIECES}
    ),
    errors.NothingToHandOver: Template(
        N_("Chưa có món nào để giao"), N_("Quét từng món trong đơn."), "needs"
    ),
    # --- pickups
    errors.OrderUnknownHere: Template(
        N_("Chưa có ở máy này: đơn {number}"),
        N_("Đơn có thể mới hơn dữ liệu của máy."),
        "unknown",
        RETRY,
    ),
    errors.OrderOtherStore: Template(
        N_("Đơn {number} chờ ở cửa hàng khác"),
        N_("Nơi nhận: {store}. Mời khách đến đó hoặc gọi tổng đài."),
        "needs",
    ),
    errors.OrderCancelled: Template(
        N_("Đơn {number} đã hủy"), N_("Nếu khách đã trả tiền, gọi trung tâm để hoàn.")
    ),
    errors.OrderExpired: Template(
        N_("Đơn {number} quá hạn nhận"),
        N_("Hàng có thể đã về kho bán. Gọi trung tâm để giữ lại."),
    ),
    errors.OrderAlreadyHandedOver: Template(
        N_("Đơn {number} đã giao hết"), N_("Xem lịch sử đơn, hỏi lại khách ai đã nhận.")
    ),
    errors.OrderAmbiguous: Template(
        N_("Có {count} đơn cùng mã ngắn"), N_("Quét mã QR của khách để biết đúng đơn."), "needs"
    ),
    errors.WrongProduct: Template(
        N_("Món này không có trong đơn"), N_("{name}. Để riêng ra, quét món khác trong đơn.")
    ),
    errors.HandoverIncomplete: Template(
        N_("Còn thiếu {missing} món"),
        N_("Quét nốt, hoặc chọn món khách không lấy."),
        "needs",
        write={"missing": PIECES},
    ),
    errors.PickupPinNeeded: Template(
        N_("Cần mã PIN của khách"), N_("Mời khách đọc 4 số trong tin nhắn đơn {number}."), "needs"
    ),
    errors.PickupPinWrong: Template(
        N_("Mã PIN chưa khớp"), N_("Còn {tries_left} lần. Mời khách đọc lại từng số."), "needs"
    ),
    errors.IdentityNeeded: Template(
        N_("Xem giấy tờ trước khi giao"),
        N_("Đối chiếu tên trên đơn {number} với giấy tờ của khách."),
        "needs",
    ),
    errors.ReceiptUnknownHere: Template(
        N_("Chưa có hóa đơn này ở máy"),
        N_("Hóa đơn có thể mới hơn dữ liệu của máy."),
        "unknown",
        RETRY,
    ),
    errors.ReceiptRevoked: Template(
        N_("Trung tâm đã thu hồi hóa đơn này"), N_("Không trả hàng theo hóa đơn này. Gọi trung tâm.")
    ),
    errors.ReceiptNotReturnable: Template(
        N_("Phiếu này không có gì để trả"), N_("Tìm hóa đơn bán gốc của món hàng."), "needs"
    ),
}
