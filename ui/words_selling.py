"""Words for money, cart, vouchers and paying."""

from __future__ import annotations

from typing import Final

from pos_app.domain import errors
from pos_app.text import _
from ui.messages import COUNT, DONG, N_, PIECES, Template, clock, day

SEARCH: Final = ("search", N_("Tìm hàng"), "F2")
CUSTOMER: Final = ("customer", N_("Thêm khách"), "F4")
OTHER_VOUCHER: Final = N_("Mời khách chọn voucher khác.")


def _till(holder: object) -> str:
    """ "NT02", or another one where central does not say which."""
    return str(holder) or _("khác")


NOTHING_TO_PRINT: Final[dict[str, Template]] = {
    "voucher": Template(
        N_("Chưa có voucher để in lại"), N_("Quầy chưa tặng voucher nào, hoặc mã đã bị xóa."), "needs"
    ),
}

ELSEWHERE: Final[dict[str, Template]] = {
    "handover": Template(
        N_("Quầy {holder} đang giao hoặc đã giao đơn này"),
        N_("Hỏi quầy đó trước khi đưa hàng."),
        write={"holder": _till},
    ),
    "return": Template(
        N_("Quầy {holder} đang nhận trả hoặc đã trả hết hóa đơn này"),
        N_("Hỏi quầy đó trước khi nhận hàng."),
        write={"holder": _till},
    ),
}

TEXTS: Final[dict[type[errors.PosError], Template]] = {
    # --- money and quantities
    errors.NoBlanksLeft: Template(
        N_("Hết voucher để tặng"), N_("Trung tâm cấp thêm khi có mạng. Thử lại sau."), "needs"
    ),
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
    errors.VoucherNotFirstPurchase: Template(
        N_("Voucher chỉ cho lần mua đầu"), N_("Khách này đã mua hàng trước đây. Bỏ voucher để thu tiền.")
    ),
    errors.VoucherCustomerUsedUp: Template(
        N_("Khách đã dùng hết lượt của chương trình"),
        N_("Mỗi khách được {most} lượt. Bỏ voucher để thu tiền."),
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
    # --- central
    errors.AskCentral: Template("", N_("Đang hỏi trung tâm… Cứ quét tiếp."), "quiet"),
    errors.UsedElsewhere: Template(
        N_("Trung tâm báo đã dùng ở quầy {holder}"),
        N_("Không nhận nữa. Mời khách chọn cách khác."),
        write={"holder": _till},
    ),
    errors.NotEnoughLeft: Template(
        N_("Trung tâm báo chỉ còn {left}"),
        N_("Trả phần còn lại bằng cách khác."),
        "needs",
        write={"left": DONG},
    ),
    errors.UnknownAtCentral: Template(
        N_("Trung tâm cũng không có mã này"), N_("Kiểm lại số, hoặc quét mã QR gốc."), "unknown"
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
    errors.PaymentOutdated: Template(
        N_("Đơn đã đổi từ lúc bấm thanh toán"),
        N_("Chưa ghi gì. Quay lại (Esc), xem lại rồi thanh toán lại."),
        "needs",
    ),
    errors.TenderNotOffered: Template(N_("Quầy chưa nhận cách trả này"), N_("Mời khách chọn cách trả khác.")),
    errors.CreditRefused: Template(N_("Phiếu hoàn tiền chưa dùng được"), N_("Mời khách chọn cách trả khác.")),
    errors.CustomerMissing: Template(
        N_("Cần thêm khách trước"), N_("Điểm là của một khách."), "needs", CUSTOMER
    ),
    errors.PointsTooMany: Template(
        N_("Dùng được tối đa {most} điểm"),
        N_("Khách đang có {balance} điểm."),
        "needs",
        write={"most": COUNT, "balance": COUNT},
    ),
    errors.DraftGone: Template(
        N_("Đơn treo không còn"), N_("Có thể đã được mở hoặc xóa ở quầy này."), "needs"
    ),
    errors.NothingToPrint: Template(
        N_("Chưa có hóa đơn để in lại"), N_("Tìm hóa đơn theo số rồi in."), "needs"
    ),
}
