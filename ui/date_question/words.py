"""The question which day it is, in words: what this PC shows, what was known last, what central says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from pos_app.services.clock_watch import ClockTrouble, DateQuestion
from pos_app.text import _, date_short, time_of_day


@dataclass(frozen=True, slots=True)
class DateWords:
    """`yes` keeps the PC's date, `no` says that it is wrong."""

    title: str
    line: str
    yes: str
    no: str


def words(question: DateQuestion, zone: tzinfo) -> DateWords:
    """Calm: a wrong answer costs nothing that cannot be put right."""
    here = _moment(question.wall, zone)
    if question.central is not None:
        line = _("Máy này ghi {here}, trung tâm ghi {central}. Xem lịch rồi chọn.").format(
            here=here, central=_moment(question.central, zone)
        )
        no = _("Là {day}").format(day=date_short(question.central, zone))
    else:
        line = _("Máy này ghi {here}, lần cuối biết chắc là {known}. Xem lịch rồi chọn.").format(
            here=here, known=_moment(question.known, zone)
        )
        no = _("Không phải")
    return DateWords(
        _("Hôm nay là ngày nào?"), line, _("Là {day}").format(day=date_short(question.wall, zone)), no
    )


def trouble_words(trouble: ClockTrouble) -> str:
    """For the strip; "" while the date is certain."""
    texts = {
        "ahead": _("Kiểm ngày của máy"),
        "server": _("Kiểm ngày của máy"),
        "behind": _("Đồng hồ máy chạy lùi"),
    }
    return texts.get(trouble, "")


def _moment(at: datetime, zone: tzinfo) -> str:
    return f"{date_short(at, zone)} {time_of_day(at, zone)}"
