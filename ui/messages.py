"""Errors become words: what happened, what to do next, and how loud (style: never a bare "invalid")."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from pos_app.domain.errors import PosError, TroubleOutside
from pos_app.text import _, date_short, money, money_d, percent, quantity
from ui.answers import Answer, AnswerAction, AnswerKind

Formatter = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Words:
    """What to say: bold outcome, one plain line, at most one way on, and the colour family."""

    title: str
    line: str
    action: AnswerAction | None = None
    kind: AnswerKind = "refused"

    def answer(self) -> Answer:
        """The same for the answer box."""
        return Answer(self.kind, self.title, self.line, self.action)


@dataclass(frozen=True, slots=True)
class Template:
    """Texts with `{field}` places and how to write those fields; action as (name, label, key)."""

    title: str
    line: str = ""
    kind: AnswerKind = "refused"
    action: tuple[str, str, str] | None = None
    write: Mapping[str, Formatter] = field(default_factory=dict)


class _Fields(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def N_(text: str) -> str:
    """Mark a text for the catalogue; it is translated when it is shown."""
    return text


def words(error: Exception) -> Words:
    """The words of an error; a stranger is our bug and gets a short code to read out."""
    template = template_of(error)
    if template is None:
        code = type(error).__name__
        return Words(_("Có lỗi trong phần mềm"), _("Giỏ hàng vẫn được giữ. Mã lỗi: {code}").format(code=code))
    places = _places(error, template.write)
    action = None
    if template.action is not None:
        name, label, key = template.action
        action = AnswerAction(name, _(label), key)
    title, line = _(template.title).format_map(places), _(template.line).format_map(places)
    return Words(title, line, action, template.kind)


def answer(error: Exception) -> Answer:
    """The words of an error as an answer beside the scan box."""
    return words(error).answer()


def template_of(error: Exception) -> Template | None:
    """By reason first, then by class, then by the nearest parent; None for a stranger."""
    from ui.message_texts import REASONS, TEXTS

    if not isinstance(error, PosError):
        return None
    reason = str(error.fields.get("reason", ""))
    by_reason = REASONS.get(type(error), {})
    if reason in by_reason:
        return by_reason[reason]
    for kind in type(error).__mro__:
        if kind in TEXTS and kind not in (PosError,):
            return TEXTS[kind]
    return None


def is_trouble_outside(error: Exception) -> bool:
    """Whether it is a notice (disk, device, file) rather than an answer to an act."""
    return isinstance(error, TroubleOutside)


def _places(error: Exception, write: Mapping[str, Formatter]) -> _Fields:
    fields = error.fields if isinstance(error, PosError) else {}
    return _Fields({name: _written(value, write.get(name)) for name, value in fields.items()})


def _written(value: object, formatter: Formatter | None) -> str:
    if value is None:
        return "…"
    return formatter(value) if formatter is not None else str(value)


def day(value: object) -> str:
    """A date for people, whatever the error carries."""
    return date_short(value) if isinstance(value, date) else str(value)


def clock(value: object) -> str:
    """Hour and minute of an instant in the machine's zone, or the text it is."""
    if isinstance(value, datetime):
        local = value.astimezone()
        return f"{local.hour:02}:{local.minute:02}"
    return str(value)


def age(seconds: int) -> str:
    """How long ago, in the largest whole unit."""
    if seconds >= 172_800:
        return _("{count} ngày").format(count=seconds // 86_400)
    if seconds >= 3_600:
        return _("{count} giờ").format(count=seconds // 3_600)
    return _("{count} phút").format(count=max(1, seconds // 60))


DONG: Final[Formatter] = money_d
COUNT: Final[Formatter] = money
PIECES: Final[Formatter] = quantity
SHARE: Final[Formatter] = percent
AGE: Final[Formatter] = age
