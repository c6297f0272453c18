"""What a picture or a trouble of the camera leads to; one scan, then it is over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from pos_app.scanning.decode import Decoded
from pos_app.text import _
from ui.camera.agreement import Agreement
from ui.camera.state import CameraState
from ui.messages import N_

TROUBLES: Final[Mapping[str, tuple[str, str]]] = {
    "no_camera": (
        N_("Máy này không có camera"),
        N_("Cắm camera rồi thử lại, hoặc gõ mã bằng tay."),
    ),
    "not_installed": (
        N_("Máy này chưa cài phần camera"),
        N_("Gọi người phụ trách máy. Vẫn dùng được máy quét, hoặc gõ mã bằng tay."),
    ),
    "busy": (
        N_("Camera không mở được"),
        N_("Đóng chương trình khác đang dùng camera rồi thử lại."),
    ),
    "silent": (
        N_("Camera không gửi hình"),
        N_("Rút camera ra, cắm lại rồi thử lại."),
    ),
}


class CameraPresenter:
    """`show` gets every new state, `scanned` the one text."""

    def __init__(self, show: Callable[[CameraState], None], scanned: Callable[[str], None]) -> None:
        self._show = show
        self._scanned = scanned
        self._agreement = Agreement()
        self._sees = False
        self._is_done = False

    def begin(self) -> None:
        """The camera is being opened (again)."""
        self._agreement, self._sees = Agreement(), False
        self._show(CameraState(_("Đang mở camera…"), _("Chờ một chút.")))

    def frame(self) -> None:
        """A picture has come."""
        if not self._sees:
            self._sees = True
            self._show(
                CameraState(
                    _("Đưa mã vào khung"),
                    _("Giữ yên, cách camera 10–20 cm, đủ sáng. Quét được là khung này tự đóng."),
                )
            )

    def found(self, codes: Sequence[Decoded]) -> None:
        """What one frame shows."""
        text = None if self._is_done else self._agreement.add(codes)
        if text is not None:
            self._is_done = True
            self._scanned(text)

    def trouble(self, reason: str) -> None:
        """The camera cannot be used now."""
        self._sees = False
        headline, line = TROUBLES.get(reason, TROUBLES["busy"])
        self._show(CameraState(_(headline), _(line), is_trouble=True))
