"""What went wrong while a machine becomes a till, and what to do about it."""

from __future__ import annotations

from typing import Final

from pos_app.domain.errors import CentralRefused, EnrolmentRefused, Offline, PosError, SettingsRefused
from pos_app.text import _
from ui import messages
from ui.messages import N_

_UNTRUSTED: Final = (
    N_("Không tin được kết nối này"),
    N_("Chứng thư của trung tâm không khớp. Kiểm địa chỉ và giờ của máy; hỏi người phụ trách mạng."),
)
_OFFLINE: Final = {
    "network": (
        N_("Không tới được trung tâm"),
        N_("Kiểm dây mạng hoặc Wi-Fi, kiểm địa chỉ, rồi thử lại. Mã vẫn dùng được."),
    ),
    "timeout": (
        N_("Trung tâm trả lời quá chậm"),
        N_("Mạng yếu. Chờ một phút rồi thử lại, mã vẫn dùng được."),
    ),
    "tls": _UNTRUSTED,
    "certificate": _UNTRUSTED,
    "redirect": (N_("Địa chỉ này chuyển đi nơi khác"), N_("Gõ đúng địa chỉ trung tâm đã cho.")),
    "not_json": (N_("Địa chỉ này không phải trung tâm"), N_("Kiểm địa chỉ, có thể mạng đang đòi đăng nhập.")),
    "busy": (N_("Trung tâm đang bận"), N_("Chờ một phút rồi thử lại.")),
    "stopped": (N_("Tải chưa xong"), N_("Bấm Thử lại, máy tải tiếp từ chỗ dừng.")),
}
_ENROLMENT: Final = {
    "bad_ticket": (N_("Mã QR này không phải mã ghi danh"), N_("Quét mã QR mà trung tâm vừa tạo cho quầy.")),
    "other_root_key": (
        N_("Trung tâm này không phải của mã"),
        N_("Mã do một trung tâm khác cấp. Kiểm địa chỉ, xin mã mới."),
    ),
    "bad_keyset": (N_("Không tin được trả lời của trung tâm"), N_("Dừng lại và gọi người phụ trách.")),
    "bad_certificate": (N_("Không tin được trả lời của trung tâm"), N_("Dừng lại và gọi người phụ trách.")),
}
_REFUSED: Final = {
    "code_refused": (
        N_("Mã ghi danh không dùng được"),
        N_("Mã gõ sai, đã dùng cho máy khác, hoặc quá 15 phút. Xin mã mới từ trung tâm."),
    ),
    "bad_proof": (N_("Mã ghi danh không dùng được"), N_("Gõ lại mã đúng từng chữ, hoặc quét mã QR.")),
    "too_busy": (N_("Thử quá nhiều lần"), N_("Chờ vài phút rồi thử lại.")),
}
_OTHER: Final = (N_("Chưa ghi danh được"), N_("Chờ một phút rồi thử lại; nếu vẫn vậy, gọi trung tâm."))


def download_trouble(error: Exception) -> tuple[str, str]:
    """The same while data are being fetched: nothing that has come is lost."""
    title, line = trouble(error)
    if isinstance(error, Offline):
        line = _("Kiểm mạng rồi thử lại, máy tải tiếp từ chỗ dừng.")
    return title, line


def trouble(error: Exception) -> tuple[str, str]:
    """Bold outcome and what to do."""
    if isinstance(error, Offline):
        return _said(_OFFLINE.get(str(error.fields.get("reason")), _OFFLINE["network"]))
    if isinstance(error, EnrolmentRefused):
        return _said(_ENROLMENT.get(str(error.fields.get("reason")), _OTHER))
    if isinstance(error, CentralRefused):
        return _said(_REFUSED.get(str(error.fields.get("refusal")), _OTHER))
    if isinstance(error, SettingsRefused):
        return not_https(), _("Sửa địa chỉ rồi thử lại.")
    if isinstance(error, PosError):
        words = messages.words(error)
        return words.title, words.line
    return _said(_OFFLINE["timeout"])  # overdue beside the screen


def not_https() -> str:
    """Why an address is not taken."""
    return _("Địa chỉ phải bắt đầu bằng https://")


def _said(words: tuple[str, str]) -> tuple[str, str]:
    return _(words[0]), _(words[1])
