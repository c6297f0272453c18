"""The set-up page in its stages."""

from __future__ import annotations

import json
from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from pos_app.domain.errors import CentralRefused, Offline
from tests.support.on_the_spot import at_once
from tests.support.shots_sign_in import window_of
from ui.running import Done
from ui.setup import screen as setup_screen
from ui.setup.presenter import SetupPresenter, SetupWays
from ui.widgets.strip_state import StripState

CODE = "B7KQ-M2XD-9RTV-C4WP"
TICKET = json.dumps({"hs": 1, "url": "https://quay.moclan.vd", "code": CODE, "root_key_fp": "ab" * 16})
STRIP = StripState(link="offline", since="08:02", printer="none", clock="08:04", language="Tiếng Việt")


def never(_work: Callable[[], object], _done: Done) -> None:
    """Still under way."""


def nothing(*_given: object) -> None:
    """It goes well."""


def ways(
    run: Callable[[Callable[[], object], Done], None] = at_once,
    enrol: Callable[[str, str], object] = nothing,
    first_sync: Callable[[], object] = nothing,
    here: tuple[str, ...] = ("keyset", "revocations", "policy", "staff", "tills", "orders"),
) -> SetupWays:
    return SetupWays(run, enrol, first_sync, lambda: here, nothing)


def _refuse(*_given: object) -> object:
    raise CentralRefused(status=403, refusal="code_refused", answer={})


def _cut(*_given: object) -> object:
    raise Offline(reason="network", retry_after_s=None)


def _page(made: SetupWays, *acts: str, is_enrolled: bool = False) -> QWidget:
    presenter = SetupPresenter(made, "", is_enrolled=is_enrolled)
    screen = setup_screen.SetupScreen()
    setup_screen.connect(screen, presenter)
    window = window_of(screen, STRIP)
    for act in acts:
        if act == "go":
            presenter.go_on()
        else:
            presenter.scanned(act)
    return window


def _downloading() -> QWidget:
    return _page(ways(never), is_enrolled=True)


def shots() -> list[tuple[str, Callable[[], QWidget]]]:
    return [
        ("16-setup", lambda: _page(ways())),
        ("16-setup-wrong", lambda: _page(ways(), "AB", "go")),
        ("16-setup-scanned", lambda: _page(ways(), TICKET)),
        ("16-setup-refused", lambda: _page(ways(enrol=_refuse), TICKET, "go")),
        ("16-setup-enrolling", lambda: _page(ways(never), TICKET, "go")),
        ("16-setup-downloading", _downloading),
        ("16-setup-cut", lambda: _page(ways(first_sync=_cut), TICKET, "go")),
        ("16-setup-done", lambda: _page(ways(), TICKET, "go")),
    ]
