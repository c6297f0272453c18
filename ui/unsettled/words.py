"""How an unsettled document stands, why, and what to do about it, in words of the shop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pos_app.storage.document_states import DocumentPicture, DocumentState
from pos_app.text import _
from ui.attention import codes
from ui.attention.state import Kind
from ui.messages import N_


@dataclass(frozen=True, slots=True)
class StateWords:
    """msgids: how it stands, the same in a few words more, why, and what to do; `tab` = its filter."""

    tab: str
    icon: str
    kind: Kind
    stands: str
    brief: str
    why: str
    todo: str


_NOTHING: Final = N_("Không phải làm gì ở quầy.")
_WAITS: Final = StateWords(
    "unsent",
    "hourglass",
    "quiet",
    N_("Chờ gửi"),
    N_("Máy tự gửi khi có mạng"),
    N_("Trung tâm chưa có chứng từ này. Nó nằm trong máy, tắt máy cũng không mất."),
    N_("Máy tự gửi khi có mạng. Không phải làm gì ở quầy."),
)

STATES: Final[Mapping[DocumentState, StateWords]] = {
    DocumentState.UNSENT: _WAITS,
    DocumentState.AGAIN: StateWords(
        "unsent",
        "rotate-ccw",
        "quiet",
        N_("Gửi lại"),
        N_("Trung tâm cần nhận lại bản này"),
        N_("Trung tâm đã trả lời một lần, nay cần nhận lại bản này."),
        N_("Máy tự gửi khi có mạng. Không phải làm gì ở quầy."),
    ),
    DocumentState.SUSPECT: StateWords(
        "unsent",
        "refresh-cw",
        "need",
        N_("Gửi riêng mỗi giờ"),
        N_("Các chứng từ khác vẫn gửi"),
        N_("Mỗi lần nhận chứng từ này, trung tâm báo lỗi. Các chứng từ khác vẫn gửi."),
        N_("Sang ngày khác vẫn vậy thì gọi trung tâm."),
    ),
    DocumentState.PARKED: StateWords(
        "parked",
        "hourglass",
        "need",
        N_("Chờ chứng từ khác"),
        N_("Tự ghi sổ khi chứng từ trước tới"),
        N_("Trung tâm giữ chứng từ này và chờ những chứng từ trước nó."),
        _NOTHING,
    ),
    DocumentState.QUARANTINED: StateWords(
        "quarantined",
        "package-search",
        "need",
        N_("Cách ly"),
        N_("Trung tâm chưa ghi sổ được"),
        N_("Trung tâm đã cất chứng từ này nhưng chưa ghi sổ được."),
        "",
    ),
    DocumentState.FLAGGED: StateWords(
        "flagged",
        "triangle-alert",
        "need",
        N_("Trung tâm hỏi lại"),
        N_("Đã ghi sổ"),
        N_("Trung tâm đã ghi sổ và hỏi lại."),
        "",
    ),
    DocumentState.FORK: StateWords(
        "refused",
        "shield-alert",
        "stop",
        N_("Nhánh sổ khác"),
        N_("Đã lưu và ghi sổ ở trung tâm"),
        N_("Máy này từng được khôi phục từ bản cũ nên sổ rẽ nhánh. Chứng từ vẫn được lưu và ghi sổ."),
        N_("Quản lý ghi danh lại máy khi vắng khách."),
    ),
    DocumentState.CONFLICT: StateWords(
        "refused",
        "ban",
        "stop",
        N_("Trung tâm không nhận"),
        N_("Bản ở máy vẫn giữ nguyên"),
        N_("Bản ở máy vẫn giữ nguyên."),
        "",
    ),
}
"""Every state that is not settled."""

TABS: Final = (
    ("unsent", N_("Chờ gửi")),
    ("parked", N_("Chờ bản trước")),
    ("quarantined", N_("Cách ly")),
    ("flagged", N_("Hỏi lại")),
    ("refused", N_("Xung đột")),
)


def line(picture: DocumentPicture) -> str:
    """How it stands, and central's first reason where it gave any."""
    words = STATES[picture.state]
    return f"{_(words.stands)} · {codes.case(picture.codes) if picture.codes else _(words.brief)}"


def explained(picture: DocumentPicture) -> str:
    """What it means and what to do."""
    words = STATES[picture.state]
    parts = [_(words.why)]
    if picture.codes:
        parts.append(codes.explained(picture.codes))
    elif words.todo:
        parts.append(_(words.todo))
    return " ".join(parts)
