"""Words by reason: codes that are refused, and limits of the policy."""

from __future__ import annotations

from typing import Final

from ui.messages import AGE, COUNT, DONG, N_, SHARE, Template

RETRY: Final = ("retry", N_("Tải lại"), "")
WAIT: Final = N_("Chờ có mạng, hoặc nhờ trung tâm qua điện thoại.")

CODE_REASONS: Final[dict[str, Template]] = {
    "bad_prefix": Template(
        N_("Mã này không phải của hệ thống"), N_("Quét mã trên hàng, đơn, voucher hoặc thẻ."), "needs"
    ),
    "bad_character": Template(
        N_("Mã bị đọc sai chữ"), N_("Quét lại; nếu vẫn vậy, tắt Unikey (Ctrl+Shift)."), "needs"
    ),
    "bad_length": Template(N_("Mã đọc chưa đủ"), N_("Giữ máy quét yên và quét lại cả mã."), "needs"),
    "bad_value": Template(N_("Mã đọc bị lỗi"), N_("Quét lại, lau màn hình hoặc giấy nếu mờ."), "needs"),
    "bad_check": Template(N_("Mã gõ sai một chữ"), N_("Kiểm lại từng chữ, hoặc quét mã QR."), "needs"),
    "out_of_range": Template(N_("Mã đọc bị lỗi"), N_("Quét lại cả mã."), "needs"),
    "unknown_version": Template(
        N_("Mã của phiên bản mới hơn"), N_("Cập nhật Quầy, tạm nhờ trung tâm kiểm."), "unknown"
    ),
    "unknown_type": Template(
        N_("Loại mã này máy chưa biết"), N_("Cập nhật Quầy, tạm nhờ trung tâm kiểm."), "unknown"
    ),
    "unknown_key": Template(
        N_("Chưa kiểm được mã này ở máy"),
        N_("Máy chưa có khóa của mã. Tải lại khi có mạng rồi quét lại."),
        "unknown",
        RETRY,
    ),
    "key_not_for_type": Template(
        N_("Mã không phải do trung tâm phát"), N_("Không nhận mã này. Nhờ khách mở lại mã gốc.")
    ),
    "bad_signature": Template(
        N_("Mã không phải do trung tâm phát"), N_("Không nhận mã này. Nhờ khách mở lại mã gốc.")
    ),
    "inconsistent": Template(N_("Nội dung mã không khớp nhau"), N_("Không nhận mã này. Gọi trung tâm.")),
    "unknown_campaign": Template(
        N_("Chưa có chương trình này ở máy"), N_("Tải lại khi có mạng rồi quét lại."), "unknown", RETRY
    ),
    "expired": Template(N_("Mã đã hết hạn"), N_("Mời khách lấy mã mới hoặc gọi tổng đài.")),
}

CREDIT_REASONS: Final[dict[str, Template]] = {
    "credit_not_paper": Template(
        N_("Giấy này không phải phiếu hoàn tiền"), N_("Quét mã in trên phiếu trả hàng."), "needs"
    ),
    "credit_other_till": Template(
        N_("Phiếu hoàn tiền của quầy khác"),
        N_("Chỉ dùng được ở quầy đã lập phiếu khi chưa hỏi được trung tâm."),
        "unknown",
    ),
    "credit_unknown_here": Template(
        N_("Không thấy phiếu này trong sổ của quầy"),
        N_("Kiểm lại số, hoặc quét mã trên phiếu."),
        "unknown",
    ),
    "credit_revoked": Template(
        N_("Phiếu hoàn tiền đã bị thu hồi"), N_("Không nhận phiếu này. Gọi trung tâm.")
    ),
    "credit_used_up": Template(N_("Phiếu hoàn tiền đã dùng hết"), N_("Mời khách chọn cách trả khác.")),
    "credit_taken": Template(N_("Phiếu này đã được nhận"), N_("Không cần quét lại."), "needs"),
    "credit_not_needed": Template(
        N_("Đơn đã đủ tiền"), N_("Phiếu còn {left}, khách giữ để lần sau."), "needs", write={"left": DONG}
    ),
}

_VOUCHERS_TOGETHER: Final = Template(
    N_("Nhiều voucher sát mức: cộng lại {asked}"),
    N_("Các lần liền nhau tính là một, tối đa {most}. Chờ có mạng."),
    "needs",
    write={"asked": DONG, "most": DONG},
)

POLICY_REASONS: Final[dict[str, Template]] = {
    "pickup_value": Template(N_("Đơn vượt {most} khi mất mạng"), WAIT, write={"most": DONG}),
    "pickup_feed_age": Template(
        N_("Dữ liệu đơn đã quá cũ"), N_("Đã {asked} chưa tải lại. Chờ có mạng."), write={"asked": AGE}
    ),
    "pickup_unknown_due": Template(N_("Đơn lạ còn phải thu tiền"), WAIT),
    "pickup_unknown_value": Template(N_("Đơn lạ vượt {most}"), WAIT, write={"most": DONG}),
    "pickup_unknown_count": Template(N_("Ca này đã giao {most} đơn lạ"), WAIT, write={"most": COUNT}),
    "stored_value_offline": Template(N_("Thẻ quà tặng cần có mạng"), N_("Mời khách trả cách khác."), "needs"),
    "voucher_multi_use_offline": Template(
        N_("Voucher nhiều lượt cần có mạng"), N_("Mời khách giữ lại dùng lần sau."), "needs"
    ),
    "voucher_campaign_offline": Template(
        N_("Voucher này cần có mạng"), N_("Mời khách giữ lại dùng lần sau."), "needs"
    ),
    "voucher_count_shift": Template(
        N_("Ca này đã nhận {most} voucher khi mất mạng"),
        N_("Mời khách giữ lại dùng khi có mạng."),
        "needs",
        write={"most": COUNT},
    ),
    "voucher_count_day": Template(
        N_("Hôm nay đã nhận {most} voucher khi mất mạng"),
        N_("Mời khách giữ lại dùng khi có mạng."),
        "needs",
        write={"most": COUNT},
    ),
    "voucher_value": Template(
        N_("Voucher vượt {most} khi mất mạng"),
        N_("Mời khách giữ lại dùng khi có mạng."),
        "needs",
        write={"most": DONG},
    ),
    "voucher_value_split": _VOUCHERS_TOGETHER,
    "voucher_unsigned": Template(
        N_("Voucher không chữ ký vượt {most} khi mất mạng"),
        N_("Mời khách giữ lại dùng khi có mạng."),
        "needs",
        write={"most": DONG},
    ),
    "voucher_unsigned_split": _VOUCHERS_TOGETHER,
    "voucher_unknown_split": _VOUCHERS_TOGETHER,
    "voucher_unknown": Template(
        N_("Voucher chưa có trong danh sách vượt {most}"),
        N_("Mời khách giữ lại dùng khi có mạng."),
        "needs",
        write={"most": DONG},
    ),
    "pickup_value_split": Template(
        N_("Nhiều đơn sát mức: cộng lại {asked}"),
        N_("Các lần liền nhau tính là một, tối đa {most}. Chờ có mạng."),
        write={"asked": DONG, "most": DONG},
    ),
    "pickup_unknown_value_split": Template(
        N_("Nhiều đơn lạ sát mức: cộng lại {asked}"),
        N_("Các lần liền nhau tính là một, tối đa {most}. Chờ có mạng."),
        write={"asked": DONG, "most": DONG},
    ),
    "return_cash_split": Template(
        N_("Nhiều lần hoàn sát mức: cộng lại {asked}"),
        N_("Các lần liền nhau tính là một, tối đa {most} tiền mặt."),
        write={"asked": DONG, "most": DONG},
    ),
    "return_foreign_cash_split": Template(
        N_("Nhiều lần hoàn sát mức: cộng lại {asked}"),
        N_("Hàng của cửa hàng khác: tối đa {most} tiền mặt."),
        write={"asked": DONG, "most": DONG},
    ),
    "return_no_receipt_value_split": Template(
        N_("Nhiều lần trả sát mức: cộng lại {asked}"),
        N_("Không hóa đơn: các lần liền nhau tối đa {most}."),
        write={"asked": DONG, "most": DONG},
    ),
    "points_split": Template(
        N_("Khách vừa dùng điểm sát mức, tính là một lần"),
        N_("Phần còn lại dùng được khi hỏi được trung tâm."),
        "needs",
    ),
    "offline_time": Template(
        N_("Máy đã {asked} không hỏi được trung tâm"),
        N_("Chỉ còn bán hàng. Việc này làm được khi có mạng."),
        write={"asked": AGE},
    ),
    "points_age": Template(
        N_("Số điểm trong máy đã quá cũ"),
        N_("Đã {asked} chưa tải lại. Điểm dùng được khi có mạng."),
        "needs",
        write={"asked": AGE},
    ),
    "return_lines_unknown_cash": Template(
        N_("Hóa đơn này chưa có chi tiết ở máy"),
        N_("Đổi hàng hoặc phiếu hoàn tiền, không hoàn tiền mặt."),
        "needs",
    ),
    "return_cash_shift": Template(
        N_("Ca này đã hoàn hết {most} tiền mặt"),
        N_("Đổi hàng, phiếu hoàn tiền, hoặc chờ có mạng."),
        write={"most": DONG},
    ),
    "return_cash": Template(
        N_("Hoàn tiền mặt tối đa {most}"), N_("Phần còn lại dùng phiếu hoàn tiền."), write={"most": DONG}
    ),
    "return_foreign_cash": Template(
        N_("Hàng của cửa hàng khác: tiền mặt tối đa {most}"),
        N_("Đổi hàng hoặc phiếu hoàn tiền."),
        write={"most": DONG},
    ),
    "return_no_receipt_cash": Template(
        N_("Không có hóa đơn thì không hoàn tiền mặt"), N_("Đổi hàng hoặc phiếu hoàn tiền."), "needs"
    ),
    "return_no_receipt_value": Template(
        N_("Không hóa đơn: tối đa {most}"),
        N_("Giúp khách tìm hóa đơn theo số điện thoại."),
        write={"most": DONG},
    ),
    "return_no_receipt_count": Template(
        N_("Hôm nay đã trả {most} lần không hóa đơn"),
        N_("Giúp khách tìm hóa đơn theo số điện thoại."),
        write={"most": COUNT},
    ),
    "drawer_count": Template(
        N_("Ca này đã mở ngăn kéo {most} lần"), N_("Gọi quản lý đếm tiền trước."), write={"most": COUNT}
    ),
    "new_customer_count": Template(
        N_("Ca này đã tạo {most} thẻ khi mất mạng"),
        N_("Ghi số điện thoại, tạo thẻ khi có mạng."),
        "needs",
        write={"most": COUNT},
    ),
    "discount": Template(
        N_("Giảm tay tối đa {most}"), N_("Giảm mức nhỏ hơn, hoặc dùng khuyến mãi."), write={"most": SHARE}
    ),
    "void_count": Template(
        N_("Ca này đã hủy {most} hóa đơn"), N_("Dùng trả hàng thay cho hủy."), write={"most": COUNT}
    ),
}
