"""Every error has words for people."""

from __future__ import annotations

import pytest

from pos_app.domain import errors
from pos_app.domain.errors import PosError
from ui import messages
from ui.message_texts import REASONS, TEXTS
from ui.words_reasons import CODE_REASONS


def every_error() -> list[type[PosError]]:
    found: list[type[PosError]] = []
    waiting = list(PosError.__subclasses__())
    while waiting:
        kind = waiting.pop()
        if kind.__module__.startswith(f"{errors.__name__}."):
            found.append(kind)
        waiting += kind.__subclasses__()
    return sorted(set(found), key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_every_error_has_its_own_words(kind: type[PosError]) -> None:
    assert kind in TEXTS


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_words_stand_even_when_fields_are_missing(kind: type[PosError]) -> None:
    words = messages.words(kind())
    assert words.title or words.kind == "quiet"
    assert words.line or words.title
    assert "{" not in words.title + words.line


@pytest.mark.parametrize(
    "template", [*TEXTS.values(), *(one for by_reason in REASONS.values() for one in by_reason.values())]
)
def test_no_words_call_something_invalid(template: messages.Template) -> None:
    assert "không hợp lệ" not in (template.title + template.line).lower()


REASONS = [
    "bad_prefix", "bad_character", "bad_length", "bad_value", "unknown_version", "unknown_type",
    "unknown_key", "key_not_for_type", "bad_signature", "inconsistent",
]  # fmt: skip


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_of_a_refused_code_has_its_own_sentence(reason: str) -> None:
    assert messages.words(errors.CodeRefused(reason=reason)).title == CODE_REASONS[reason].title


def test_amounts_in_words_are_written_for_people() -> None:
    words = messages.words(errors.VoucherBelowMinBasket(missing=120_000, min_basket=500_000, basket=380_000))
    assert (words.title, words.line) == ("Còn thiếu 120.000đ", "Voucher cần đơn từ 500.000đ")


def test_unknown_here_is_amber_and_not_a_refusal() -> None:
    assert messages.words(errors.ProductUnknownHere(text="893000")).kind == "unknown"


def test_a_stranger_gets_a_code_to_read_out() -> None:
    assert "ZeroDivisionError" in messages.words(ZeroDivisionError()).line


def test_an_approval_offers_the_way_on() -> None:
    action = messages.answer(errors.ApprovalRequired(right="refund")).action
    assert action is not None
    assert action.label == "Nhờ duyệt"
