"""Texts of vouchers that bear no signature."""

from __future__ import annotations

import pytest

from pos_app.domain.foreign_codes import foreign_serial, foreign_text
from pos_app.domain.ids import TenantId

CHAIN = TenantId("01a1f3d4-f500-7116-a393-00000000000a")
OTHER_CHAIN = TenantId("01a1f3d4-f500-7116-a393-00000000000b")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("LM50K-000123", "LM50K-000123"),
        (" lm50k-000123\r\n", "LM50K-000123"),
        ("036000291452", "0036000291452"),
        ("8936012345671", "8936012345671"),
        ("77120045", "77120045"),
    ],
)
def test_a_text_has_one_form(text: str, code: str) -> None:
    assert foreign_text(text) == code


@pytest.mark.parametrize(
    "text", ["", "A1", "QX1ABCDEF", "hai mươi", "A" * 33, "-A12", "A B C D", "LM50-000123", "0901234567"]
)
def test_what_no_till_could_take_for_one_has_no_form(text: str) -> None:
    assert foreign_text(text) is None


def test_everybody_in_the_chain_makes_the_same_serial_and_nobody_else() -> None:
    serial = foreign_serial(CHAIN, "LM50K-000123")
    assert serial == foreign_serial(CHAIN, "LM50K-000123") < 1 << 64
    assert serial not in (foreign_serial(CHAIN, "LM50K-000124"), foreign_serial(OTHER_CHAIN, "LM50K-000123"))
