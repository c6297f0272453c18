"""From the strip's facts to the words of the state strip."""

from __future__ import annotations

from datetime import datetime, tzinfo

from pos_app.services.strip import StripFacts
from pos_app.text import _, time_of_day
from ui.approval.words import given_name
from ui.date_question.words import trouble_words
from ui.downloads import share_words
from ui.messages import N_
from ui.widgets.strip_state import StripState
from ui.words_devices import printer_words, scanner_words

WORKS = {
    "sale": N_("bán"),
    "return": N_("trả hàng"),
    "pickup": N_("giao đơn"),
    "voucher": N_("voucher"),
    "points": N_("điểm"),
}
SHOWN_WORKS = ("sale", "return", "pickup")


def strip_state(facts: StripFacts, now: datetime, zone: tzinfo) -> StripState:
    """What stands on the strip at `now`."""
    person = facts.person
    shift = "" if facts.shift_number is None else _("Ca {n}").format(n=facts.shift_number)
    return StripState(
        link=facts.link,  # type: ignore[arg-type]
        since=_clock(facts.untrusted_since or facts.since, zone),
        is_untrusted=facts.untrusted_since is not None,
        done=facts.done,
        total=facts.total,
        loading="" if facts.download is None else share_words(facts.download),
        waiting=facts.unsent,
        works=tuple(_(WORKS[name]) for name in SHOWN_WORKS if name in facts.works),
        ages=_ages(facts, zone) if facts.link == "offline" else (),
        printer={"ready": "ready", "trouble": "sick"}.get(facts.printer, "none"),  # type: ignore[arg-type]
        printer_reason=printer_words(facts.printer_reason) if facts.printer == "trouble" else "",
        printer_waiting=facts.papers_waiting if facts.printer == "trouble" else 0,
        scanner=scanner_words(facts.scanner_reason) if facts.scanner_reason else "",
        notice=_notice(facts),
        attention=facts.attention,
        shop=facts.shop,
        till=_("Quầy {n}").format(n=facts.till_number),
        person="" if person is None else given_name(person.name),
        initials="" if person is None else person.initials,
        tint=0 if person is None else person.tint,
        shift="" if person is None else shift or _("chưa mở ca"),
        clock=_clock(now, zone),
    )


def _notice(facts: StripFacts) -> str:
    """A date that is not certain is told first: it can be answered at once."""
    return trouble_words(facts.clock) or (_("Chế độ hạn chế") if facts.restricted else "")


def _ages(facts: StripFacts, zone: tzinfo) -> tuple[tuple[str, str], ...]:
    ages = (
        (_("Giá"), facts.catalogue_as_of),
        (_("Đơn"), facts.orders_as_of),
        (_("Voucher"), facts.campaigns_as_of),
    )
    return tuple((name, _clock(at, zone)) for name, at in ages if at is not None)


def _clock(at: datetime | None, zone: tzinfo) -> str:
    return "" if at is None else time_of_day(at, zone)
