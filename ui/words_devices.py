"""Why a printer or a scanner does not work, in a few words for the strip and for what waits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pos_app.text import _
from ui.messages import N_

PRINTER: Final[Mapping[str, str]] = {
    "paper_out": N_("Máy in hết giấy"),
    "cover_open": N_("Máy in đang mở nắp"),
    "printer_error": N_("Máy in báo lỗi"),
    "refused": N_("Máy in không trả lời"),
    "timeout": N_("Máy in không trả lời"),
    "unknown_host": N_("Không tìm thấy máy in"),
    "connection_lost": N_("Máy in mất kết nối giữa chừng"),
    "not_a_file": N_("Không ghi được tệp in"),
    "not_connected": N_("Chưa cắm máy in"),
    "no_printer": N_("Thiết bị đã cắm không phải máy in"),
    "no_permission": N_("Máy chưa cho Quầy dùng máy in"),
    "busy": N_("Chương trình khác đang giữ máy in"),
    "bad_speed": N_("Cổng máy in không chạy được tốc độ đã đặt"),
    "unclear_answer": N_("Sai tốc độ cổng máy in"),
    "no_libusb": N_("Máy chưa cài libusb để in qua USB"),
    "no_spooler": N_("Máy chưa cài CUPS"),
    "no_queue": N_("CUPS không có máy in này"),
    "queue_stopped": N_("CUPS đang dừng máy in này"),
    "interrupted": N_("Tắt máy khi đang in"),
    "perhaps_printed": N_("In dở giữa chừng"),
    "no_document": N_("Không tìm thấy chứng từ để in"),
    "unprintable": N_("Phần mềm chưa in được giấy này"),
}

SCANNER: Final[Mapping[str, str]] = {
    "not_connected": N_("Chưa cắm máy quét"),
    "no_permission": N_("Máy chưa cho Quầy dùng máy quét"),
    "busy": N_("Chương trình khác đang giữ máy quét"),
    "connection_lost": N_("Máy quét mất kết nối"),
    "bad_speed": N_("Cổng máy quét không chạy được tốc độ đã đặt"),
}


def printer_words(reason: str) -> str:
    """Why the printer is sick, or why a paper did not come."""
    return _(PRINTER.get(reason, N_("Máy in có sự cố")))


def scanner_words(reason: str) -> str:
    """Why the scanner on a serial port is not heard."""
    return _(SCANNER.get(reason, N_("Máy quét có sự cố")))
