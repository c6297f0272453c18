"""The page that shows whether a printer is set up well: letters, edges, a code."""

from __future__ import annotations

from datetime import datetime, tzinfo

from pos_app.text import _, date_time
from printing.document import Document, Item, Space, Text
from printing.facts import StoreFacts
from printing.receipt_parts import BODY, RULE, SMALL, STRONG, centred, code_box, header, row

_LETTERS = (
    "àáảãạ ăằắẳẵặ âầấẩẫậ đ èéẻẽẹ êềếểễệ",
    "ìíỉĩị òóỏõọ ôồốổỗộ ơờớởỡợ",
    "ùúủũụ ưừứửữự ỳýỷỹỵ",
    "ÀÁẢÃẠ ĂẰẮẲẴẶ ÂẦẤẨẪẬ Đ ÊỀẾỂỄỆ ƠỜỚỞỠỢ",
)


def compose(store: StoreFacts, printer: str, now: datetime, zone: tzinfo) -> Document:
    """`printer` is the device's address; right edges and both ends of the rules must be on the paper."""
    items: list[Item] = [*header(store), Space(18), centred(_("TRANG IN THỬ"), 34, 700), Space(12)]
    items.append(row(_("Máy in"), printer))
    items.append(row(_("Lúc"), date_time(now, zone)))
    items += RULE
    items += (Text(line, BODY) for line in _LETTERS)
    items += (Text(line, SMALL, STRONG) for line in _LETTERS[:2])
    items += RULE
    items.append(row("1.234.567.890", "1.111.111"))
    items.append(row("× · − đ ₫ %", "8.888.888"))
    steps = (_("Đọc được mọi dấu?"), _("Hai đầu đường kẻ đều thấy?"), _("Quét được mã này?"))
    items += code_box("QUAY-TEST-0123456789", _("Kiểm tra"), steps)
    items += (Space(14), centred(_("Két mở và giấy được cắt là xong."), SMALL))
    return Document(tuple(items))
