"""Single rules of what a receipt says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from printing import receipt
from printing.facts import VIETNAM, CreditFacts, StoreFacts
from printing.figures import amount_of, e_invoice_deadline, pieces, rate
from printing.layout import Words, lay_out
from printing.raster import NARROW
from printing.receipt_lines import return_window
from tests.support import paper_bodies as bodies
from tests.support.paper_dump import dump

TODAY = date(2026, 11, 21)


def test_phone_is_masked_to_its_last_three_digits() -> None:
    assert "Chị Hoa_· ••••_•••_567" in dump(receipt.compose(bodies.usual_sale(), bodies.FACTS))


def test_first_eight_digits_of_the_hash_stand_below_the_number() -> None:
    lines = dump(receipt.compose(bodies.usual_sale(), bodies.FACTS)).splitlines()
    number = next(place for place, text in enumerate(lines) if text.startswith("Số |"))
    assert lines[number + 1] == "Mã chứng từ | > 3fa91c07"


def test_a_sale_of_nothing_has_no_tender_but_a_receipt() -> None:
    gift = bodies.line(1, "Khăn lụa", 0, gift_of="714", gift_value=159_000)
    body = bodies.envelope(
        "sale", {"lines": [gift], "vouchers": [], "tenders": [], "rounding": 0, "total": 0}
    )
    text = dump(receipt.compose(body, bodies.FACTS))
    assert "0đ" in text
    assert "=======" not in text


def test_the_original_print_says_nothing_of_reprints() -> None:
    assert "IN LẠI" not in dump(receipt.compose(bodies.usual_sale(), bodies.FACTS, copy=1))


def test_training_paper_is_marked_at_both_ends_and_names_no_invoice() -> None:
    text = dump(receipt.compose(bodies.usual_sale(training=True), bodies.FACTS))
    assert text.count("TẬP BÁN – KHÔNG CÓ GIÁ TRỊ") == 2
    assert "Hóa đơn điện tử" not in text


def test_store_credit_says_its_amount_and_carries_the_code() -> None:
    text = dump(receipt.compose(bodies.returned(credit=True), bodies.FACTS))
    box = text[text.index("PHIẾU HOÀN TIỀN") :]
    assert f"# QR {bodies.CODE}" in box
    assert "359.000đ" in box
    assert "Dùng tại Quầy 2" in box


def test_a_discount_by_a_person_shows_no_reason_code() -> None:
    assert "damaged" not in dump(receipt.compose(bodies.long_names_sale(), bodies.LONG_FACTS))


def test_without_shop_facts_a_receipt_is_still_composed() -> None:
    bare = replace(bodies.FACTS, store=StoreFacts(), code=None, customer="", last3="", balance=None)
    assert "NT02-005141" in dump(receipt.compose(bodies.usual_sale(), bare))


def test_kinds_without_a_receipt_are_refused() -> None:
    with pytest.raises(KeyError):
        receipt.compose(bodies.envelope("sign_in", {}), bodies.FACTS)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], ""),
        ([{"return_until": "2026-12-21", "category": "shoes"}], "Đến hết ngày 21/12."),
        ([{"return_until": "2027-01-05", "category": "shoes"}], "Đến hết ngày 05/01/2027."),
        ([{"category": "shoes"}], "Hàng này không đổi trả."),
        (
            [
                {"return_until": "2026-11-28", "category": "extras"},
                {"return_until": "2026-12-21", "category": "shoes"},
                {"return_until": "2026-12-21", "category": "bags"},
            ],
            "Đến 21/12 với giày, túi, 28/11 với phụ kiện.",
        ),
        (
            [{"return_until": "2026-12-21", "category": "shoes"}, {"category": "extras"}],
            "Đến 21/12 với giày. Không đổi trả phụ kiện.",
        ),
    ],
)
def test_last_day_of_return_stands_per_kind_of_goods(lines: list[dict[str, str]], expected: str) -> None:
    assert return_window(lines, bodies.FACTS, TODAY) == expected


@pytest.mark.parametrize(
    ("paid", "until"),
    [((7, 33), "16:33"), ((14, 50), "23:50"), ((14, 58), "23:55"), ((15, 0), None), ((16, 30), None)],
)
def test_company_name_can_be_given_for_two_hours_of_the_same_day(
    paid: tuple[int, int], until: str | None
) -> None:
    deadline = e_invoice_deadline(datetime(2026, 11, 21, *paid, tzinfo=UTC), VIETNAM)
    assert (None if deadline is None else f"{deadline:%H:%M}") == until


def test_weighed_goods_show_their_unit_and_count_as_one() -> None:
    assert amount_of(345, "kg") == "0,345\N{NO-BREAK SPACE}kg"
    assert amount_of(2000, "đôi") == "2"
    assert (pieces(345), pieces(2000), pieces(-3000)) == (1, 2, 3)


def test_exempt_goods_are_not_zero_percent() -> None:
    assert (rate(0), rate(850), rate(-1)) == ("0%", "8,5%", "Không chịu thuế")


def test_a_dot_between_facts_never_hangs_at_the_end_of_a_line() -> None:
    facts = replace(bodies.FACTS, cashier="Nguyễn Hoàng Phương Thảo")
    page = lay_out(receipt.compose(bodies.usual_sale(), facts), NARROW)
    blank = "\N{NO-BREAK SPACE} "
    texts = [mark.text.strip(blank) for mark in page.marks if isinstance(mark, Words)]
    assert not [
        text for text in texts if text.strip("\N{NO-BREAK SPACE} ").endswith("·") or text.startswith("·")
    ]


ACCOUNT = "01a1f3d4-f500-7116-a393-64007ade5abc"
PAID_BY_CREDIT = {
    "tenders": [{"no": 1, "kind": "store_credit", "amount": 389_000, "reference": ACCOUNT}],
    "lines": [bodies.line(1, "Giày búp bê", 389_000)], "vouchers": [], "rounding": 0, "total": 389_000,
}  # fmt: skip


@pytest.mark.parametrize(("left", "said"), [(61_000, "61.000"), (0, "0")])
def test_a_sale_paid_by_store_credit_says_what_is_left_on_the_paper(left: int, said: str) -> None:
    facts = replace(bodies.FACTS, credits={ACCOUNT: CreditFacts("NT02-000012", left)})
    text = dump(receipt.compose(bodies.envelope("sale", PAID_BY_CREDIT), facts))
    lines = text.splitlines()
    place = next(place for place, line in enumerate(lines) if line.startswith("Phiếu hoàn tiền |"))
    assert lines[place + 1] == f"Còn trên phiếu NT02-000012 | > {said}"


def test_store_credit_whose_account_is_not_known_says_only_the_amount() -> None:
    text = dump(receipt.compose(bodies.envelope("sale", PAID_BY_CREDIT), bodies.FACTS))
    assert "Phiếu hoàn tiền | > 389.000" in text
    assert "Còn trên phiếu" not in text
