"""Twelve automatic promotions, every kind once: most hold for some goods, people or hours only."""

from __future__ import annotations

from typing import Any, Final

from central.seed.calendar import Calendar
from central.seed.campaigns import KEY_RING
from central.seed.categories import BAG_KINDS, SHOES
from central.seed.products import Variant
from pos_app.domain.promotion import PICKUP

TUESDAY, THURSDAY = 2, 4
AFTERNOON: Final = (14 * 60, 17 * 60)
CLOTHES: Final = ("ao-quan", "vay-dam")
SMALL_THINGS: Final = ("phu-kien", "do-coi")
Body = dict[str, Any]


def make_promotions(calendar: Calendar, variants: tuple[Variant, ...]) -> tuple[Body, ...]:
    """Bodies of `promotion/<id>`; plain dates are days of the shops' zone, both included."""
    return (
        *_of_the_month(calendar),
        *_of_groups(calendar, variants),
        *_of_thresholds(calendar, variants),
        *_of_people(calendar),
        *_of_the_season(calendar, variants),
    )


def _body(rule: str, name: str, explanation: str, kind: str, calendar: Calendar, **more: Any) -> Body:
    """In force from the first of this month for sixty days, unless `more` says otherwise."""
    return {
        "id": rule,
        "ver": 1,
        "name": name,
        "explanation": explanation,
        "kind": kind,
        "from": calendar.month_start.isoformat(),
        "to": calendar.day(60).isoformat(),
        **more,
    }


def _of_the_month(calendar: Calendar) -> tuple[Body, ...]:
    """A fifth off bags this month, every fourth pair of shoes at half price."""
    begin, end = calendar.month_start, calendar.month_end
    bags = _body(
        f"TUI-{begin:%Y%m}", f"Túi tháng {begin.month}",
        f"Tự động cho túi, ví đến hết {end.day}/{end.month}", "percent", calendar,
        priority=10, to=end.isoformat(), percent_bp=2000, products={"categories": list(BAG_KINDS)},
    )  # fmt: skip
    shoes = _body(
        "DOI-4", "Đôi thứ 4 giảm nửa giá", "Mua 4 đôi giày, dép: đôi thứ 4 giảm 50%", "nth_item", calendar,
        priority=20, n=4, percent_bp=5000, products={"categories": list(SHOES)},
    )  # fmt: skip
    return bags, shoes


def _of_groups(calendar: Calendar, variants: tuple[Variant, ...]) -> tuple[Body, ...]:
    """The set comes first and keeps its goods: socks inside it are not counted again."""
    polish, socks = _styles(variants, "Xi đánh giày"), _styles(variants, "Tất ")
    care = _body(
        "BO-CHAM-GIAY", "Bộ chăm giày 89.000đ",
        "Một xi đánh giày và một món tất: trọn bộ 89.000đ, không cộng ưu đãi khác", "bundle", calendar,
        priority=30, price=89_000, max_amount=60_000, exclusive=True,
        components=[{"products": polish, "quantity": 1}, {"products": socks, "quantity": 1}],
    )  # fmt: skip
    three = _body(
        "TAT-3-1", "Tất mua 3 tặng 1", "Mua 3 món tất, món thứ 4 giá thấp nhất được tặng", "buy_n_get_m",
        calendar, priority=40, n=3, m=1, products=socks,
    )  # fmt: skip
    return care, three


def _of_thresholds(calendar: Calendar, variants: tuple[Variant, ...]) -> tuple[Body, ...]:
    rings = [one.id for one in variants if one.style.sku == KEY_RING]
    clothes = _body(
        "TU-DO-1TR", "Tủ đồ từ 1 triệu giảm 80.000đ", "Quần áo, váy đầm từ 1.000.000đ: giảm 80.000đ",
        "threshold", calendar, priority=50, threshold=1_000_000, amount=80_000,
        products={"categories": list(CLOTHES)},
    )  # fmt: skip
    beauty = _body(
        "MY-PHAM-500", "Mỹ phẩm từ 500.000đ giảm 10%", "Mỹ phẩm từ 500.000đ: giảm 10%, tối đa 80.000đ",
        "threshold", calendar, priority=50, threshold=500_000, percent_bp=1000, max_amount=80_000,
        products={"categories": ["my-pham"]},
    )  # fmt: skip
    gift = _body(
        "TUI-QUA", "Túi từ 1 triệu tặng móc khóa", "Túi, ví từ 1.000.000đ: tặng móc khóa gấu bông",
        "threshold", calendar, priority=60, threshold=1_000_000, gifts=rings,
        products={"categories": list(BAG_KINDS)},
    )  # fmt: skip
    return clothes, beauty, gift


def _of_people(calendar: Calendar) -> tuple[Body, ...]:
    birthday = _body(
        "SINH-NHAT", "Tuần sinh nhật", "Trước và sau sinh nhật 7 ngày: giày cao gót, váy đầm giảm 5%, "
        "tối đa 100.000đ", "percent", calendar, priority=70, percent_bp=500, max_amount=100_000,
        birthday_days=7, products={"categories": ["giay-cao-got", "vay-dam"]},
    )  # fmt: skip
    tier = _body(
        "HANG-VANG", "Đặc quyền Vàng & Bạch kim",
        "Khách hạng Vàng, Bạch kim: quần áo giảm 5%, tối đa 150.000đ", "percent", calendar,
        priority=70, percent_bp=500, max_amount=150_000, tiers=["gold", "platinum"],
        products={"categories": ["ao-quan"]},
    )  # fmt: skip
    channel = _body(
        "NHAN-HANG", "Mua thêm khi nhận hàng",
        "Khách đến nhận đơn online: đồ chăm sóc giày giảm 15%", "percent", calendar,
        priority=80, percent_bp=1500, channel=PICKUP, products={"categories": ["cham-soc-giay"]},
    )  # fmt: skip
    return birthday, tier, channel


def _of_the_season(calendar: Calendar, variants: tuple[Variant, ...]) -> tuple[Body, ...]:
    hours = _body(
        "GIO-VANG", "Giờ vàng phụ kiện", "Thứ Ba, thứ Năm, 14–17 giờ: phụ kiện, đồ cói giảm 15%", "percent",
        calendar, priority=90, percent_bp=1500, weekdays=[TUESDAY, THURSDAY], hours=[list(AFTERNOON)],
        products={"categories": list(SMALL_THINGS)},
    )  # fmt: skip
    coats = _body(
        "AO-KHOAC-50", "Áo khoác đầu mùa", "Mua áo khoác, áo len: giảm 50.000đ mỗi hóa đơn", "amount",
        calendar, priority=90, amount=50_000, to=calendar.day(30).isoformat(),
        products=_styles(variants, "Áo khoác", "Áo len"),
    )  # fmt: skip
    return hours, coats


def _styles(variants: tuple[Variant, ...], *words: str) -> Body:
    """The styles whose names begin so. A set that names nothing would mean all goods."""
    found = {one.style.sku for one in variants if one.name.startswith(words)}
    return {"styles": sorted(found) or ["-"]}
