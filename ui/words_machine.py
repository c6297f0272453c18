"""Words for codes, the link and the machine itself."""

from __future__ import annotations

from typing import Final

from pos_app.domain import errors
from ui.messages import N_, Template

SEARCH: Final = ("search", N_("Tìm hàng"), "F2")

FOLDER_REASONS: Final[dict[str, Template]] = {
    "network": Template(
        N_("Thư mục dữ liệu nằm trên ổ mạng"), N_("Chọn một thư mục trên ổ đĩa của máy này: {folder}.")
    ),
    "sync": Template(
        N_("Thư mục dữ liệu đang được đồng bộ đám mây"),
        N_("Chọn một thư mục ngoài chương trình đồng bộ: {folder}."),
    ),
    "read_only": Template(
        N_("Không ghi được vào thư mục dữ liệu"), N_("Cấp quyền ghi, hoặc chọn thư mục khác: {folder}.")
    ),
    "not_a_folder": Template(N_("Đây không phải thư mục"), N_("Chọn một thư mục trên máy: {folder}.")),
}

TEXTS: Final[dict[type[errors.PosError], Template]] = {
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
        N_("Tệp dữ liệu bị hỏng"), N_("Tệp {file}. Mở lại Quầy để cứu những gì cứu được.")
    ),
    errors.KeysLost: Template(
        N_("Mất khóa mở dữ liệu của quầy"),
        N_("Dữ liệu còn nguyên. Quản lý ghi danh lại đúng quầy này, trung tâm trả lại khóa."),
    ),
    errors.BackupUnsound: Template(
        N_("Bản sao lưu không dùng được"), N_("Tệp {file} không vẹn toàn. Chọn bản khác.")
    ),
    errors.NothingToExport: Template(N_("Mọi chứng từ đã gửi hết"), N_("Không có gì để xuất."), "accepted"),
    errors.NoSpareEpoch: Template(
        N_("Cần hỏi trung tâm trước khi bán tiếp"),
        N_("Sổ hỏng được cất riêng, đọc được đến đâu lấy lại đến đó. Quản lý ghi danh lại đúng quầy này."),
    ),
    errors.DatabaseTooNew: Template(
        N_("Dữ liệu của phiên bản mới hơn"), N_("Không có gì bị đổi. Cài phiên bản mới nhất của Quầy.")
    ),
    errors.DatabaseBusy: Template(N_("Tệp dữ liệu đang bị giữ"), N_("Tắt chương trình khác đang mở {file}.")),
    errors.DiskFull: Template(
        N_("Ổ đĩa đầy, chưa ghi được"), N_("Giỏ hàng vẫn còn. Xóa bớt tệp rồi làm lại.")
    ),
    errors.DiskTrouble: Template(
        N_("Ổ đĩa có trục trặc"), N_("Thao tác vừa rồi chưa được ghi. Làm lại; còn báo thì gọi kỹ thuật.")
    ),
    errors.DatabaseReadOnly: Template(
        N_("Ổ đĩa hỏng, máy ngừng ghi"),
        N_("Mọi chứng từ đã ghi vẫn còn. Ngừng bán ở quầy này và gọi kỹ thuật."),
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
    errors.EnrolmentRefused: Template(
        N_("Chưa ghi danh được máy này"), N_("Xin mã ghi danh mới từ trung tâm rồi thử lại.")
    ),
}
