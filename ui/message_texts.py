"""The sentences of `ui.messages`, by class of error and by reason; msgids, translated when they are shown."""

from __future__ import annotations

from typing import Final

from pos_app.domain import errors
from ui.messages import COUNT, DONG, PIECES, Template, clock, day


def N_(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


APPROVE: Final = ("approve", N_("Nhờ duyệt"), "")
SEARCH: Final = ("search", N_("Tìm hàng"), "F2")
CUSTOMER: Final = ("customer", N_("Thêm khách"), "F4")
OTHER_VOUCHER: Final = N_("Mời khách chọn voucher khác.")

TEXTS: Final[dict[type[errors.PosError], Template]] = {
    # --- money and quantities
    errors.AmountRefused: Template(N_("Số này không dùng được"), N_("Hãy nhập một số trong mức cho phép.")),
    errors.AmountUnreadable: Template(
        N_("Chưa đọc được số tiền"), N_("Đã gõ “{text}”. Ví dụ đúng: 50000, 50k, 1tr2."), "needs"
    ),
    errors.QuantityRefused: Template(
        N_("Số lượng không dùng được"),
        N_("Nhập từ 1 đến {most}, hàng không cân phải là số nguyên."),
        "needs",
        write={"most": PIECES},
    ),
    errors.NoPriceInForce: Template(
        N_("Món này chưa có giá hôm nay"),
        N_("{name} ({sku}). Báo quản lý đặt giá, tạm bán món khác."),
        "needs",
    ),
    # --- cart
    errors.LineUnknown: Template(N_("Dòng này không còn trong giỏ"), N_("Chọn lại một dòng khác."), "needs"),
    errors.NothingToUndo: Template("", N_("Không còn thao tác nào để hoàn tác."), "quiet"),
    errors.UncodedTooDear: Template(
        N_("Hàng không mã vượt mức giá"),
        N_("Mỗi món tối đa {most}. Hãy tìm mã hàng."),
        action=SEARCH,
        write={"most": DONG},
    ),
    errors.CartEmpty: Template(N_("Giỏ hàng đang trống"), N_("Quét món đầu tiên rồi làm lại."), "needs"),
    errors.CartNotEmpty: Template(
        N_("Giỏ hàng đang có món"),
        N_("Thanh toán, treo đơn hoặc xóa hết trước."),
        "needs",
        ("hold", N_("Treo đơn"), "F6"),
    ),
    # --- vouchers
    errors.VoucherRefused: Template(N_("Voucher chưa dùng được ở đơn này"), OTHER_VOUCHER),
    errors.VoucherAlreadyInCart: Template(
        N_("Voucher này đã có trong đơn"), N_("Không cần quét lại."), "needs"
    ),
    errors.VoucherNotStackable: Template(
        N_("Voucher này chỉ dùng một mình"), N_("Gỡ voucher đang có rồi quét lại.")
    ),
    errors.VoucherBelowMinBasket: Template(
        N_("Còn thiếu {missing}"),
        N_("Voucher cần đơn từ {min_basket}"),
        "needs",
        ("suggest", N_("Gợi ý hàng"), ""),
        {"missing": DONG, "min_basket": DONG},
    ),
    errors.VoucherNoEligibleGoods: Template(
        N_("Đơn chưa có món dùng voucher này"),
        N_("Voucher chỉ dành cho một số hàng."),
        "needs",
        ("suggest", N_("Gợi ý hàng"), ""),
    ),
    errors.VoucherGiftMissing: Template(
        N_("Quà của voucher đang hết"), N_("Voucher chưa bị dùng, khách giữ để lần sau."), "needs"
    ),
    errors.VoucherNeedsCustomer: Template(
        N_("Cần biết khách là ai"), N_("Thêm khách rồi quét lại voucher."), "needs", CUSTOMER
    ),
    errors.VoucherOfOther: Template(N_("Voucher của khách khác"), OTHER_VOUCHER),
    errors.VoucherNotBirthday: Template(
        N_("Chưa đến sinh nhật khách"), N_("Voucher dùng trong {days} ngày quanh sinh nhật.")
    ),
    errors.VoucherNotYet: Template(
        N_("Voucher chưa đến ngày dùng"), N_("Dùng được từ {valid_from}."), write={"valid_from": day}
    ),
    errors.VoucherExpired: Template(
        N_("Voucher hết hạn ngày {valid_until}"), OTHER_VOUCHER, write={"valid_until": day}
    ),
    errors.VoucherOtherStore: Template(N_("Voucher của cửa hàng khác"), OTHER_VOUCHER),
    errors.VoucherUsedUp: Template(N_("Voucher đã dùng hết lượt"), OTHER_VOUCHER),
    errors.VoucherUsedHere: Template(
        N_("Voucher đã dùng lúc {at}"),
        N_("Trên hóa đơn {receipt_no}. Mời khách chọn voucher khác."),
        write={"at": clock},
    ),
    errors.VoucherNotADiscount: Template(
        N_("Đây là thẻ tiền"),
        N_("Dùng ở bước thanh toán, mục thẻ quà tặng."),
        "needs",
        ("pay", N_("Thanh toán"), "F9"),
    ),
    # --- paying
    errors.CashTooLittle: Template(
        N_("Còn thiếu {missing}"), N_("Khách cần đưa {due}."), "needs", write={"missing": DONG, "due": DONG}
    ),
    errors.TenderMissing: Template(
        N_("Còn thiếu {missing}"), N_("Chọn thêm một cách trả."), "needs", write={"missing": DONG}
    ),
    errors.TenderTooMuch: Template(
        N_("Nhiều hơn số phải trả"), N_("Cách trả này nhận tối đa {most}."), "needs", write={"most": DONG}
    ),
    errors.TenderNotOffered: Template(N_("Quầy chưa nhận cách trả này"), N_("Mời khách chọn cách trả khác.")),
    errors.CustomerMissing: Template(
        N_("Cần thêm khách trước"), N_("Điểm là của một khách."), "needs", CUSTOMER
    ),
    errors.PointsTooMany: Template(
        N_("Dùng được tối đa {most} điểm"),
        N_("Khách đang có {balance} điểm."),
        "needs",
        write={"most": COUNT, "balance": COUNT},
    ),
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
    # --- codes and look-ups
    errors.DocumentRefused: Template(
        N_("Chứng từ không đọc được"), N_("Gọi trung tâm, đọc mã lý do: {reason}.")
    ),
    errors.CodeRefused: Template(
        N_("Mã này không dùng được"), N_("Lý do: {reason}. Nhờ khách mở lại mã gốc.")
    ),
    errors.CodeRevoked: Template(
        N_("Trung tâm đã thu hồi mã này"), N_("Mời khách gọi tổng đài để biết thêm.")
    ),
    errors.SealRefused: Template(
        N_("Không mở được dữ liệu niêm phong"), N_("Gọi trung tâm để cấp lại cho quầy.")
    ),
    errors.PhoneRefused: Template(
        N_("Chưa phải số điện thoại"), N_("Kiểm lại số, ví dụ 0901 234 567."), "needs"
    ),
    errors.VietQRRefused: Template(
        N_("Chưa tạo được mã VietQR"), N_("Kiểm tài khoản nhận tiền ở phần cài đặt."), "needs"
    ),
    errors.ImageUnreadable: Template(
        N_("Không mở được ảnh này"), N_("Chụp lại mã rõ hơn, hoặc gõ mã bằng tay."), "needs"
    ),
    errors.ProductUnknownHere: Template(
        N_("Chưa có ở máy này: {text}"), N_("Tìm theo tên, hoặc bán như hàng không mã."), "unknown", SEARCH
    ),
    errors.CustomerUnknownHere: Template(
        N_("Chưa có khách này ở máy"),
        N_("Có thể tạo thẻ mới ngay."),
        "unknown",
        ("new_customer", N_("Tạo thẻ mới"), ""),
    ),
    errors.NothingFound: Template(
        N_("Không tìm thấy “{text}”"), N_("Thử ít chữ hơn, gõ không dấu cũng được."), "unknown", SEARCH
    ),
    errors.ForeignCode: Template(
        N_("Mã này không phải của quầy"),
        N_("Ví dụ mã ngân hàng của khách. Hãy quét mã trên hàng, đơn hoặc voucher."),
        "needs",
    ),
    # --- link
    errors.Offline: Template(
        N_("Chưa hỏi được trung tâm"), N_("Đang mất kết nối. Bán hàng vẫn chạy."), "needs"
    ),
    errors.CentralRefused: Template(N_("Trung tâm không nhận"), N_("Mã lý do: {refusal}.")),
    errors.Unauthorised: Template(
        N_("Trung tâm không nhận ra quầy này"), N_("Bán hàng vẫn chạy. Gọi trung tâm: {refusal}.")
    ),
    # --- the machine
    errors.SettingsRefused: Template(N_("Tệp cài đặt có chỗ sai"), N_("Mục {field}: {value}.")),
    errors.FolderRefused: Template(
        N_("Thư mục dữ liệu không dùng được"), N_("Chọn một thư mục trên ổ đĩa của máy: {folder}.")
    ),
    errors.SecondInstance: Template(N_("Quầy đang chạy ở cửa sổ khác"), N_("Dùng cửa sổ đang mở.")),
    errors.TroubleOutside: Template(
        N_("Máy có trục trặc"), N_("Dữ liệu đã ghi vẫn an toàn. Gọi người phụ trách máy.")
    ),
    errors.StorageUnsafe: Template(
        N_("Chưa mở được kho dữ liệu an toàn"), N_("Mục {setting}. Gọi người phụ trách máy.")
    ),
    errors.DatabaseUnreadable: Template(
        N_("Không mở được tệp dữ liệu"), N_("Tệp {file}. Khôi phục từ bản sao lưu.")
    ),
    errors.DatabaseTooNew: Template(
        N_("Dữ liệu của phiên bản mới hơn"), N_("Cài lại phiên bản mới nhất của Quầy.")
    ),
    errors.DatabaseBusy: Template(N_("Tệp dữ liệu đang bị giữ"), N_("Tắt chương trình khác đang mở {file}.")),
    errors.DiskFull: Template(
        N_("Ổ đĩa đầy, chưa ghi được"), N_("Giỏ hàng vẫn còn. Xóa bớt tệp rồi làm lại.")
    ),
    errors.DiskTrouble: Template(
        N_("Ổ đĩa có trục trặc"), N_("Thao tác vừa rồi chưa được ghi. Khởi động lại Quầy.")
    ),
    errors.KeyStoreUnreadable: Template(
        N_("Không đọc được kho khóa"), N_("Đăng nhập đúng tài khoản máy rồi mở lại.")
    ),
    errors.PrinterUnreachable: Template(
        N_("Chưa in được"), N_("Kiểm giấy, nắp và dây máy in. Lệnh in vẫn chờ."), "needs"
    ),
    errors.PrinterBroken: Template(
        N_("In dở giữa chừng"),
        N_("Xem giấy đã ra chưa rồi chọn in lại."),
        "needs",
        ("reprint", N_("In lại"), "Ctrl+P"),
    ),
}

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
        N_("Máy chưa có khóa của mã. Cần mạng hoặc người duyệt."),
        "unknown",
        APPROVE,
    ),
    "key_not_for_type": Template(
        N_("Mã không phải do trung tâm phát"), N_("Không nhận mã này. Nhờ khách mở lại mã gốc.")
    ),
    "bad_signature": Template(
        N_("Mã không phải do trung tâm phát"), N_("Không nhận mã này. Nhờ khách mở lại mã gốc.")
    ),
    "inconsistent": Template(N_("Nội dung mã không khớp nhau"), N_("Không nhận mã này. Gọi trung tâm.")),
    "unknown_campaign": Template(
        N_("Chưa có chương trình này ở máy"), N_("Cần mạng hoặc người duyệt."), "unknown", APPROVE
    ),
    "expired": Template(N_("Mã đã hết hạn"), N_("Mời khách lấy mã mới hoặc gọi tổng đài.")),
}

POLICY_REASONS: Final[dict[str, Template]] = {
    "offline": Template(N_("Việc này cần có mạng"), N_("Chờ có kết nối hoặc chọn cách khác."), "needs"),
    "needs_central": Template(N_("Việc này cần có mạng"), N_("Chờ có kết nối hoặc chọn cách khác."), "needs"),
}
