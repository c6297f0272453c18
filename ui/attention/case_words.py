"""Central's reasons in words of the shop: what happened, what follows from it, what to do at the counter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ui.messages import N_


@dataclass(frozen=True, slots=True)
class CaseWords:
    """msgids: a short title, the consequence in one or two sentences, and the next step."""

    title: str
    means: str
    todo: str


_NOTHING: Final = N_("Không phải làm gì ở quầy.")
_NO_MORE_MONEY: Final = N_("Không thu thêm của khách; phần chênh cửa hàng chịu.")
_CALL: Final = N_("Gọi trung tâm và đọc số trường hợp.")
_KEPT: Final = N_("Chứng từ ở máy không mất; tiền và hàng ở quầy không đổi.")
_NOT_TAKEN: Final = N_("Trung tâm không ghi sổ bản này. Chứng từ ở máy vẫn giữ nguyên.")
_AGAIN: Final = N_("Gửi lại một lần; nếu vẫn vậy, gọi trung tâm.")

_BOOKED: Final[Mapping[str, CaseWords]] = {
    "VOUCHER_OVERUSED": CaseWords(
        N_("Voucher đã dùng quá số lượt"),
        N_("Mã này đã được dùng ở nơi khác trước. Phần giảm ghi lỗ cho cửa hàng, mã đã bị khóa."),
        _NO_MORE_MONEY,
    ),
    "REVOKED_ACCEPTED": CaseWords(
        N_("Nhận một mã đã bị thu hồi"),
        N_("Mã đã nằm trong danh sách thu hồi của máy này mà vẫn được nhận."),
        N_("Báo quản lý xem ai đã nhận. Không thu thêm của khách."),
    ),
    "PRICE_MISMATCH": CaseWords(
        N_("Trung tâm tính giá khác"),
        N_("Giá hoặc tổng trên chứng từ không khớp giá và khuyến mãi trung tâm biết."),
        N_("Khách không phải trả thêm. Quản lý so từng dòng với trung tâm."),
    ),
    "STALE_PRICE": CaseWords(
        N_("Bán theo giá cũ"),
        N_("Máy bán theo giá đã tải trước khi mất mạng, nay giá đã đổi. Đã ghi sổ bình thường."),
        _NOTHING,
    ),
    "ENGINE_OLD": CaseWords(
        N_("Máy tính giá bằng bản cũ"),
        N_("Trung tâm không còn cách tính của bản Quầy này nên chưa kiểm lại được giá."),
        N_("Cập nhật Quầy khi vắng khách."),
    ),
    "DUPLICATE_HANDOVER": CaseWords(
        N_("Đơn đã giao ở nơi khác"),
        N_("Hàng của đơn này được giao hai lần. Phần giao thừa ghi lỗ cho cửa hàng."),
        N_("Gọi cho khách hỏi lại; không tự đòi hàng."),
    ),
    "HANDOVER_AFTER_REFUND": CaseWords(
        N_("Giao đơn sau khi đã hoàn tiền"),
        N_("Đơn đã hủy và hoàn tiền trên web trước khi giao. Giá trị hàng ghi lỗ cho cửa hàng."),
        N_("Trung tâm liên hệ khách. Đừng tự thu tiền."),
    ),
    "ORDER_UNKNOWN": CaseWords(
        N_("Trung tâm chưa biết đơn này"),
        N_("Phiếu giao đã ghi sổ nhưng không có đơn nào để trừ."),
        N_("Giữ mã khách đưa, gọi trung tâm và đọc số đơn."),
    ),
    "POINTS_OVERDRAWN": CaseWords(
        N_("Điểm đã dùng quá số dư"),
        N_("Điểm của khách đang âm. Khách chưa dùng điểm được cho đến khi tích bù đủ."),
        _NO_MORE_MONEY,
    ),
    "CREDIT_OVERDRAWN": CaseWords(
        N_("Phiếu hoàn tiền dùng quá số dư"),
        N_("Phiếu này đã được dùng ở nơi khác. Phần vượt ghi lỗ cho cửa hàng."),
        _NO_MORE_MONEY,
    ),
    "CREDIT_UNKNOWN": CaseWords(
        N_("Trung tâm chưa biết phiếu hoàn tiền"),
        N_("Chứng từ trả bằng một phiếu mà trung tâm không tìm thấy, nên chưa trừ được vào đâu."),
        N_("Tìm lại phiếu khách đưa, gọi trung tâm và đọc số phiếu."),
    ),
    "STAFF_REVOKED": CaseWords(
        N_("Người bán đã thôi quyền"),
        N_("Người này đã bị ngừng quyền trước khi bán. Chứng từ vẫn ghi sổ."),
        N_("Quản lý kiểm ai đã dùng tên này, đổi ca nếu cần."),
    ),
    "CLOCK_ANOMALY": CaseWords(
        N_("Đồng hồ máy lệch"),
        N_("Giờ trên chứng từ không đáng tin; thứ tự sổ vẫn đúng."),
        N_("Chỉnh lại ngày giờ của máy."),
    ),
    "PHONE_UNREADABLE": CaseWords(
        N_("Số điện thoại khách không đọc được"),
        N_("Thẻ đã tạo nhưng chưa tìm được theo số điện thoại."),
        N_("Hỏi lại số khi khách quay lại."),
    ),
    "CUSTOMER_DUPLICATE": CaseWords(
        N_("Khách này có hai thẻ"),
        N_("Số điện thoại đã có thẻ mang tên khác. Điểm đang nằm ở hai thẻ."),
        N_("Trung tâm xem và gộp. Không tạo thêm thẻ."),
    ),
    "CUSTOMER_MERGED": CaseWords(
        N_("Thẻ khách đã gộp"),
        N_("Thẻ mới được gộp với thẻ cũ cùng số điện thoại, điểm cộng chung."),
        _NOTHING,
    ),
    "ORIGINAL_UNREADABLE": CaseWords(
        N_("Hóa đơn gốc không đọc được"),
        N_("Phiếu trả đã ghi sổ nhưng chưa gắn được với hóa đơn gốc."),
        N_("Giữ hóa đơn giấy của khách, gọi trung tâm."),
    ),
    "RETURN_EXCEEDS_SOLD": CaseWords(
        N_("Trả nhiều hơn đã mua"),
        N_("Món này đã được trả ở nơi khác. Phần trả thừa ghi lỗ, hóa đơn gốc đã bị khóa."),
        N_("Không đòi lại tiền của khách. Quản lý xem lại phiếu trả."),
    ),
    "SAME_PERSON": CaseWords(
        N_("Một người tự duyệt việc của mình"),
        N_("Người đóng ca cũng là người xác nhận, nên ca vẫn chờ xác nhận."),
        N_("Nhờ người khác đếm lại và xác nhận ca."),
    ),
    "CLOSING_MISMATCH": CaseWords(
        N_("Số kết ca khác số của trung tâm"),
        N_("Cộng lại chứng từ của ca ra số khác số trên báo cáo Z."),
        N_("Giữ báo cáo Z giấy, quản lý gọi trung tâm."),
    ),
}

_MONEY_ELSEWHERE: Final[Mapping[str, CaseWords]] = {
    "BLANK_TWICE": CaseWords(
        N_("Một phiếu trắng phát hai lần"),
        N_("Voucher này đã được phát cho người khác trước. Chứng từ vẫn ghi sổ."),
        N_("Quản lý tìm xem hai khách nào đang cầm cùng một mã."),
    ),
    "BLANK_UNKNOWN": CaseWords(
        N_("Phát voucher không thuộc quầy này"),
        N_("Trung tâm chưa cấp mã này cho quầy, nên chưa ghi được nó là của ai."),
        N_("Giữ chứng từ, gọi trung tâm và đọc số trường hợp."),
    ),
    "BLANK_VALUE": CaseWords(
        N_("Giá trị voucher phát ra khác bản ký sẵn"),
        N_("Số tiền ghi trên chứng từ không bằng số tiền trong mã."),
        N_("Quản lý so với trung tâm trước khi khách dùng."),
    ),
    "ORDER_EXISTS": CaseWords(
        N_("Số đơn đã có"),
        N_("Trung tâm đã có đơn mang số này, nên giữ bản đầu."),
        N_("Gọi trung tâm để gộp hay đổi số đơn."),
    ),
    "PAYMENT_REFUNDED_TWICE": CaseWords(
        N_("Hoàn tiền thanh toán quá số đã thu"),
        N_("Số đã hoàn lớn hơn số khách đã trả bằng thẻ hay ví."),
        N_("Không đòi lại tiền của khách. Quản lý đối chiếu với máy thẻ."),
    ),
    "PAYMENT_WITHOUT_SALE": CaseWords(
        N_("Khách đã trả mà không có hóa đơn"),
        N_("Máy thẻ, ví hay ngân hàng đã nhận tiền, nhưng ca đã xong mà không hóa đơn nào dùng khoản này."),
        N_("Quản lý đối chiếu với máy thẻ hay sao kê, rồi hoàn tiền cho khách."),
    ),
    "SALE_WITHOUT_PAYMENT": CaseWords(
        N_("Hóa đơn thiếu tiền thẻ hay ví"),
        N_("Hàng đã giao, nhưng khoản thanh toán ghi trên hóa đơn bị từ chối hoặc đã dùng cho hóa đơn khác."),
        N_("Giữ biên lai máy thẻ nếu còn. Không tự đòi khách; quản lý đối chiếu trước."),
    ),
    "REFUND_DIFFERENCE": CaseWords(
        N_("Tiền hoàn khác số trung tâm tính"),
        N_("Hóa đơn gốc về sau cho ra số khác. Phiếu hoàn tiền đã được chỉnh, phần chênh ghi riêng."),
        _NO_MORE_MONEY,
    ),
    "RELEASED": CaseWords(
        N_("Chứng từ được trung tâm cho qua"),
        N_("Chứng từ từng bị cách ly; một người ở trung tâm đã quyết định cho qua mà không ghi sổ."),
        _NOTHING,
    ),
    "STORED_VALUE_UNKNOWN": CaseWords(
        N_("Trung tâm chưa biết thẻ quà này"),
        N_("Chứng từ trả bằng một thẻ quà mà trung tâm không tìm thấy."),
        N_("Giữ lại thẻ nếu còn, gọi trung tâm và đọc số thẻ."),
    ),
    "TRANSFER_AFTER_VOID": CaseWords(
        N_("Tiền chuyển khoản về sau khi đã hủy"),
        N_("Hóa đơn đã hủy mà tiền của khách vẫn vào tài khoản."),
        N_("Trung tâm chuyển trả khách. Đừng trả bằng tiền mặt."),
    ),
    "TRANSFER_DIFFERS": CaseWords(
        N_("Chuyển khoản sai số tiền"),
        N_("Ngân hàng báo có, nhưng khác số tiền của hóa đơn. Hóa đơn chưa được xác nhận."),
        N_("Gọi trung tâm: thu thêm hoặc trả lại phần chênh lệch."),
    ),
    "TRANSFER_MISSING": CaseWords(
        N_("Tiền chuyển khoản chưa về"),
        N_("Hàng đã giao mà ngân hàng chưa báo có số tiền này."),
        N_("Quản lý kiểm sao kê, rồi báo trung tâm tiền đã về hay mất."),
    ),
    "TRANSFER_TWICE": CaseWords(
        N_("Chuyển khoản hai lần"),
        N_("Hóa đơn này đã có tiền, nay lại có thêm một khoản cùng mã."),
        N_("Gọi trung tâm để trả lại khoản thừa cho khách."),
    ),
    "VOUCHER_NEGATIVE": CaseWords(
        N_("Thẻ quà dùng quá số dư"),
        N_("Thẻ đã được dùng ở nơi khác. Số dư đang âm và thẻ đã bị khóa."),
        _NO_MORE_MONEY,
    ),
}

_OF_THE_TILL: Final[Mapping[str, CaseWords]] = {
    "SELECTIVE_OFFLINE": CaseWords(
        N_("Một quầy mất mạng khi quầy bên vẫn có"),
        N_("Lúc đó quầy này nhận voucher, điểm, phiếu, đơn hoặc hàng trả theo quy tắc mất mạng."),
        N_("Quản lý kiểm dây mạng của quầy và xem ai đứng quầy."),
    ),
    "FEED_MISMATCH": CaseWords(
        N_("Dữ liệu tải về không khớp"),
        N_("Hai lần tải về đều lệch số với trung tâm. Máy vẫn bán bằng bản cũ và tự tải lại mỗi giờ."),
        N_("Nếu sang ngày vẫn vậy, gọi trung tâm."),
    ),
    "TILL_PRESENTED": CaseWords(
        N_("Trung tâm vừa nhận lại quầy này"),
        N_("Trung tâm được khôi phục từ bản cũ. Chứng từ vẫn nhận ngay; dữ liệu khách chờ quản lý đồng ý."),
        N_("Quản lý xác nhận quầy này ở trung tâm."),
    ),
    "TILL_NOT_PLACED": CaseWords(
        N_("Trung tâm chưa nhận lại được quầy này"),
        N_("Số quầy hoặc sổ của quầy đã được cấp cho máy khác. Chứng từ ở máy vẫn giữ nguyên."),
        N_("Quản lý ghi danh lại máy khi vắng khách."),
    ),
}

_WAITING: Final[Mapping[str, CaseWords]] = {
    "DOCUMENT_REJECTED": CaseWords(N_("Trung tâm không nhận chứng từ"), _NOT_TAKEN, _AGAIN),
    "TILL_FORK": CaseWords(
        N_("Sổ của máy bị rẽ nhánh"),
        N_("Máy từng được khôi phục từ bản cũ. Mọi chứng từ vẫn được lưu và ghi sổ."),
        N_("Quản lý ghi danh lại máy khi vắng khách."),
    ),
    "PARKED_TOO_LONG": CaseWords(
        N_("Chứng từ chờ quá lâu"),
        N_("Chứng từ trước nó chưa về trung tâm sau ba ngày, nên nó chưa được ghi sổ."),
        N_("Kiểm các máy khác đã bật và có mạng chưa, rồi gọi trung tâm."),
    ),
    "GAP_TOO_LONG": CaseWords(
        N_("Thiếu chứng từ quá lâu"),
        N_("Giữa các chứng từ của máy này còn chỗ trống sau ba ngày."),
        _CALL,
    ),
    "BROKEN_INVARIANT": CaseWords(N_("Số trong chứng từ không khớp nhau"), _KEPT, _CALL),
    "NOT_A_DOCUMENT": CaseWords(N_("Chứng từ không đọc được"), _KEPT, _CALL),
    "UNKNOWN_KIND": CaseWords(N_("Trung tâm chưa biết loại chứng từ này"), _KEPT, _NOTHING),
    "UNKNOWN_SCHEMA": CaseWords(N_("Trung tâm chưa biết mẫu chứng từ này"), _KEPT, _NOTHING),
    "BUG": CaseWords(N_("Phần mềm trung tâm có lỗi"), _KEPT, _CALL),
    "EPOCH_BEGUN": CaseWords(
        N_("Máy bắt đầu sổ mới"), N_("Sổ trước đã khóa, số hóa đơn đếm lại từ đầu."), _NOTHING
    ),
}

_CHANGED: Final = CaseWords(N_("Bản ở trung tâm khác bản ở máy"), _NOT_TAKEN, _AGAIN)
_DAMAGED: Final = CaseWords(N_("Chứng từ hỏng trên đường gửi"), _NOT_TAKEN, _AGAIN)
_FOREIGN: Final = CaseWords(N_("Chứng từ của máy khác"), _NOT_TAKEN, _CALL)

_REFUSED: Final[Mapping[str, CaseWords]] = {
    "CONFLICT": _CHANGED,
    "HASH_MISMATCH": _CHANGED,
    "ITEM_DISAGREES": _CHANGED,
    "BAD_SIGNATURE": CaseWords(N_("Chữ ký của chứng từ không khớp"), _NOT_TAKEN, _CALL),
    "BAD_DOC_ID": _DAMAGED,
    "BAD_UTF8": _DAMAGED,
    "BAD_JSON": _DAMAGED,
    "BAD_FIELD": _DAMAGED,
    "MISSING_FIELD": _DAMAGED,
    "TOO_LARGE": CaseWords(N_("Chứng từ quá lớn"), _NOT_TAKEN, _CALL),
    "FOREIGN_TILL": _FOREIGN,
    "FOREIGN_EPOCH": CaseWords(N_("Chứng từ của sổ khác"), _NOT_TAKEN, _CALL),
}

CASES: Final[Mapping[str, CaseWords]] = {
    **_BOOKED,
    **_MONEY_ELSEWHERE,
    **_OF_THE_TILL,
    **_WAITING,
    **_REFUSED,
}
"""By the codes of protocol §10, and those of quarantine and conflict."""
