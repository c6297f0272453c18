"""Builds everything once, by plain constructor calls; the program starts here."""

from __future__ import annotations

from pos_app.domain.errors import DatabaseUnreadable, KeysLost, NoSpareEpoch, PosError
from pos_app.settings import Settings


def run(settings: Settings, *, enrol: str | None = None) -> int:
    """The till with its window, until it is closed. Answers the exit code.

    Damage that a person lets us mend is mended, and the till starts once more.
    """
    from pos_app.bootstrap.program import run_till  # late: Qt costs half a second

    try:
        return run_till(settings, enrol=enrol)
    except (DatabaseUnreadable, KeysLost) as trouble:
        if not _mended(trouble, settings):
            raise
    return run_till(settings, enrol=enrol)


def _mended(trouble: DatabaseUnreadable | KeysLost, settings: Settings) -> bool:
    from pos_app.bootstrap import damage
    from pos_app.one_till import OneTill
    from pos_app.storage.clock import SystemClock

    if not _is_accepted(trouble):
        return False
    with OneTill(settings.data_dir):
        if isinstance(trouble, DatabaseUnreadable):
            try:
                damage.rescue_folder(settings.data_dir, SystemClock())
                return True
            except NoSpareEpoch as none_left:
                if not _is_accepted(none_left):
                    raise
        damage.set_aside(settings.data_dir, SystemClock())
    return True


def _is_accepted(trouble: PosError) -> bool:
    """Whether somebody saw what is wrong and pressed the way out."""
    from pos_app.bootstrap import refused_start

    return bool(refused_start.way_out(trouble)) and refused_start.has_screen() and refused_start.show(trouble)
