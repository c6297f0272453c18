"""Journal bodies as the shop writes them, for tests of paper: made-up people, goods and codes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pos_app.domain.money import line_gross, vat_inside
from printing.facts import Goods, ReceiptFacts, StoreFacts

CODE = (
    "QX10T6RZC7Q9NTBFGMZB5QQRHK18JKGJP8BPXQSV38JBX4T0KP28G033N5H65HHB87HXNF2QL0BZ783VK5QLQBT0X52X"
    "C6Q17046M5ZFJ6KT63M3Z51Q6NQ5HM443Q1P6S42QNCLNS10ZG1P2N1V9SF00"
)
VOUCHER_CODE = (
    "QX10VMNSGKFLBCJQTQXX1HXPPGP61JBQN5MF9SXF9HFLMHKPZ63KGFH2KPSG1R7J3J53FCX0H0B4F56V3804GRCX44128"
    "QG3N3CTNPCX008TTFP8L5KTCP190XX9RMJ18HLBQHKM59KG32BGC2FQC71JM"
)

STORE = StoreFacts(
    chain="Mộc Lan",
    name="Mộc Lan Nguyễn Trãi",
    tagline="Giày & Túi",
    address="218 Nguyễn Trãi, P. Chợ Quán, TP. Hồ Chí Minh",
    phone="028 7300 0218",
    tax_code="0399999999",
)
FACTS = ReceiptFacts(
    e_invoice=True,
    store=STORE,
    hash_hex="3fa91c07" + "00" * 28,
    till_number=2,
    cashier="Lan",
    code=CODE,
    customer="Chị Hoa",
    last3="567",
    balance=1289,
    kinds={"shoes": "giày", "bags": "túi", "extras": "phụ kiện"},
)
LONG_NAME = (
    "Giày cao gót mũi nhọn quai mảnh đính đá thủ công phối dây xích khóa xoay, "
    "bản đặc biệt kỷ niệm mười năm Mộc Lan, kèm hộp quà và túi vải"
)


def line(no: int, name: str, price: int, quantity: int = 1000, **more: Any) -> dict[str, Any]:
    """A sale's line; `off` = discounts as (name, đồng), the rest overrides fields."""
    gross = line_gross(price, quantity)
    discounts = [
        {"step": "promotion", "rule": f"P{no}", "ver": 1, "name": rule, "amount": amount}
        for rule, amount in more.pop("off", ())
    ] + list(more.pop("discounts", ()))
    amount = gross - sum(discount["amount"] for discount in discounts)
    rate = more.pop("vat_rate", 800)
    body = {
        "no": no, "product": f"SP{no:06}", "sku": f"ML-{no}", "name": name, "category": "shoes",
        "quantity": quantity, "unit": "đôi", "unit_price": price, "price_ver": 1, "gross": gross,
        "discounts": discounts, "amount": amount, "vat_rate": rate, "vat": vat_inside(amount, rate),
    }  # fmt: skip
    return {**body, **more}


def envelope(kind: str, payload: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A body; `payload` gets a receipt number unless it has one."""
    payload = {"receipt_no": "NT02-005141", "business_date": "2026-11-21", **payload}
    body = {
        "v": 1, "kind": kind, "wall": "2026-11-21T14:33:00+07:00", "staff": 7, "shift": 3,
        "training": False, "payload": payload,
    }  # fmt: skip
    return {**body, **more}


def usual_sale(**more: Any) -> dict[str, Any]:
    """The sale of the drawn receipt: six lines, a promotion, points, cash with rounding and change."""
    december, fifth, november = "2026-12-21", "2026-12-05", "2026-11-28"
    lines = [
        line(1, "Giày cao gót mũi nhọn gót trụ 7cm", 495_000, variant="Đen, 37", return_until=december),
        line(2, "Sandal quai mảnh đế xuồng cói 5cm", 425_000, variant="Nâu bò, 36", return_until=december),
        line(3, "Tất cổ thấp cotton, gói 3 đôi", 59_000, 2000, variant="Trắng", category="extras",
             return_until=november),
        line(4, "Giày búp bê da mềm nơ đính đá, đế cao su chống trượt", 359_000, variant="Hồng phấn, 38",
             return_until=december),
        line(5, "Xi đánh giày không màu 50ml", 45_000, variant="Hộp", category="extras",
             return_until=november),
        line(6, "Túi đeo chéo nắp gập khóa xoay dây xích", 399_000, variant="Kem", category="bags",
             off=[("Túi tháng 11 −20%", 79_800)], return_until=fifth),
    ]  # fmt: skip
    payload = {
        "lines": lines,
        "vouchers": [],
        "tenders": [
            {"no": 1, "kind": "points", "amount": 100_000},
            {"no": 2, "kind": "cash", "amount": 1_661_000, "tendered": 1_700_000, "change": 39_000},
        ],
        "rounding": -200,
        "total": 1_761_200,
        "points": [
            {"customer": "c", "delta": -200, "why": "spent"},
            {"customer": "c", "delta": 249, "why": "earned"},
        ],
    }
    return envelope("sale", payload, **more)


def long_names_sale() -> dict[str, Any]:
    """Everything that does not fit: names, a voucher, a gift, weighed goods, a dear total."""
    campaign = {"step": "voucher", "rule": "714", "ver": 3, "name": "Sinh nhật Mộc Lan", "serial": "99"}
    lines = [
        line(1, LONG_NAME, 12_490_000, 12_000, variant="Trắng ngà phối nâu hạt dẻ · size 37",
             discounts=[{**campaign, "amount": 500_000}], return_until="2027-01-05"),
        line(2, "Da bò thuộc", 1_200_000, 345, unit="kg", category="extras", vat_rate=-1),
        line(3, "Khăn lụa", 0, gift_of="714", gift_value=159_000, category="extras"),
        line(4, "Hàng chưa có mã", 90_000, product=None, category="extras", vat_rate=1000,
             discounts=[{"step": "line", "rule": "damaged", "ver": 0, "by": 4, "amount": 9_000}]),
    ]  # fmt: skip
    total = sum(entry["amount"] for entry in lines)
    payload = {
        "lines": lines,
        "vouchers": [
            {"serial": "99", "key_id": 1, "campaign": 714, "kind": "amount", "amount": 500_000},
            {"serial": "98", "key_id": 1, "campaign": 715, "kind": "gift", "amount": 0},
        ],
        "tenders": [
            {"no": 1, "kind": "transfer", "amount": total - 2_000_000, "state": "claimed"},
            {"no": 2, "kind": "card", "amount": 2_000_000},
        ],
        "rounding": 0,
        "total": total,
        "points": [],
        "issued": [{"what": "voucher", "serial": "55", "campaign": 716, "value": 50_000}],
    }
    return envelope("sale", payload)


LONG_FACTS = replace(
    FACTS,
    cashier="Nguyễn Hoàng Phương Thảo",
    customer="Quỳnh-Trang T.",
    balance=None,
    rules={"715": "Quà cho thành viên", "716": "Hẹn gặp lại"},
    issued={"55": VOUCHER_CODE},
)


def handover() -> dict[str, Any]:
    """Two lines of a web order, one refused, paid on the web and the rest by transfer."""
    ordered = {"unit": "đôi", "vat_rate": 800, "category": "shoes", "return_until": "2026-12-21"}
    payload = {
        "order": 48207, "number": "MN-48207", "collector": "self", "checks": ["qr"],
        "lines": [
            {"no": 1, "order_line": 1, "quantity": 1000, "product": "SP1", "name": "Giày thể thao đế êm",
             "variant": "Trắng, 39", "unit_price": 790_000, "amount": 711_000, "vat": 52_667, **ordered},
            {"no": 2, "order_line": 2, "quantity": 1000, "product": "SP2", "name": "Túi tote vải bố",
             "unit_price": 320_000, "amount": 320_000, "vat": 23_704, **ordered, "category": "bags"},
        ],
        "refused": [{"order_line": 3, "quantity": 1000, "amount": 159_000, "reason": "not_wanted"}],
        "substituted": [],
        "tenders": [
            {"no": 1, "kind": "paid_online", "amount": 800_000},
            {"no": 2, "kind": "transfer", "amount": 231_000, "state": "confirmed"},
        ],
        "refunds": [],
        "rounding": 0,
        "total": 1_031_000,
        "points": [{"customer": "c", "delta": 23, "why": "earned"}],
    }  # fmt: skip
    return envelope("handover", payload)


def returned(credit: bool) -> dict[str, Any]:
    """A shoe comes back; `credit`: all as store credit, else points and cash."""
    refunds = (
        [{"kind": "store_credit", "amount": -359_000, "original_tender": 2}]
        if credit
        else [
            {"kind": "points", "amount": -100_000, "original_tender": 1},
            {"kind": "cash", "amount": -259_000, "original_tender": 2},
        ]
    )
    payload = {
        "receipt_no": "NT02-005160",
        "original": {"doc_id": "d", "source": "own"},
        "lines": [
            {"no": 1, "original_line": 4, "product": "SP000004", "quantity": 1000, "amount": -359_000,
             "vat_rate": 800, "vat": -26_593, "condition": "resell", "reason": "size", "unit": "đôi",
             "name": "Giày búp bê da mềm nơ đính đá, đế cao su chống trượt", "variant": "Hồng phấn, 38"},
        ],
        "refunds": refunds,
        "rounding": 0,
        "carried": 0,
        "total": -359_000,
        "points": [
            {"customer": "c", "delta": 200, "why": "refund"},
            {"customer": "c", "delta": -38, "why": "return"},
        ],
        "provisional": credit,
    }  # fmt: skip
    return envelope("return", payload)


def exchange() -> dict[str, Any]:
    """One size up and a dearer pair: the difference in cash."""
    old = returned(credit=False)["payload"]
    new = line(1, "Giày lười da lộn", 459_000, variant="Xám, 38", return_until="2026-12-21")
    payload = {
        "return": {"lines": old["lines"], "total": -359_000, "points": []},
        "sale": {"lines": [new], "vouchers": [], "total": 459_000, "points": []},
        "even": False,
        "moved": [{"kind": "transfer", "amount": 259_000}, {"kind": "cash", "amount": 100_000}],
        "tenders": [{"no": 1, "kind": "cash", "amount": 100_000, "tendered": 100_000}],
        "refunds": [],
        "rounding": 0,
        "carried": 0,
        "difference": 100_000,
    }
    return envelope("exchange", payload)


def exchange_for_less() -> dict[str, Any]:
    """The new goods cost less: part goes back as store credit, a little is left for the next return."""
    body = exchange()
    new = line(1, "Dép quai ngang", 199_000, return_until="2026-12-21")
    body["payload"] |= {
        "sale": {"lines": [new], "vouchers": [], "total": 199_000, "points": []},
        "moved": [{"kind": "cash", "amount": 199_000}],
        "tenders": [],
        "refunds": [{"kind": "store_credit", "amount": -159_700, "original_tender": 2}],
        "carried": 300,
        "difference": -160_000,
    }
    return body


def void() -> dict[str, Any]:
    """The usual sale taken back in full."""
    payload = {
        "of": "d",
        "reason": "wrong_goods",
        "tenders": [
            {"no": 1, "kind": "points", "amount": -100_000},
            {"no": 2, "kind": "cash", "amount": -1_661_000},
        ],
        "points": [
            {"customer": "c", "delta": 200, "why": "void"},
            {"customer": "c", "delta": -249, "why": "void"},
        ],
    }  # fmt: skip
    return envelope("void", payload)


def order_payment() -> dict[str, Any]:
    """A deposit in cash."""
    payload = {
        "order": 48211,
        "tenders": [{"no": 1, "kind": "cash", "amount": 300_000, "tendered": 500_000, "change": 200_000}],
        "rounding": 0,
        "total": 300_000,
    }
    return envelope("order_payment", payload)


def shift_close() -> dict[str, Any]:
    """A day of a till with a difference of five thousand."""
    payload = {
        "number": 3, "z_no": 41, "first_seq": 1201, "last_seq": 1287, "count": 87,
        "first_receipt": "NT02-005101", "last_receipt": "NT02-005164", "head_hash": "ab12cd34" * 8,
        "counted": 6_345_000, "expected": 6_350_000, "difference": -5_000, "reason": "Thối nhầm",
        "to_verify": False,
        "tenders": [
            {"kind": "cash", "count": 40, "amount": 5_350_000},
            {"kind": "transfer", "count": 21, "amount": 12_480_500},
        ],
        "vat": [{"rate": 800, "net": 16_500_463, "vat": 1_320_037}, {"rate": -1, "net": 10_000, "vat": 0}],
        "sales": {"count": 58, "amount": 18_190_500}, "returns": {"count": 2, "amount": -360_000},
        "discounts": 912_000, "handovers": {"count": 4, "amount": 3_100_000}, "drawer_openings": 1,
        "unsent": 6, "unconfirmed_transfers": 2,
    }  # fmt: skip
    return {**envelope("shift_close", {}), "payload": payload}


ORDER_GOODS = {3: Goods("Khăn lụa in hoa", "Đỏ")}
