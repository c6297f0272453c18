"""Vietnamese names for made-up people: family, middle and given names."""

from __future__ import annotations

from typing import Final

from central.seed.dice import Dice

FAMILY: Final = (
    ("Nguyễn", 38), ("Trần", 12), ("Lê", 10), ("Phạm", 7), ("Huỳnh", 5), ("Hoàng", 5), ("Phan", 5), ("Vũ", 4),
    ("Võ", 4), ("Đặng", 3), ("Bùi", 3), ("Đỗ", 3), ("Hồ", 2), ("Ngô", 2), ("Dương", 2), ("Lý", 1),
    ("Đinh", 1), ("Mai", 1), ("Trương", 1), ("Đoàn", 1), ("Lâm", 1), ("Tô", 1),
)  # fmt: skip
WOMEN_MIDDLE: Final = (
    "Thị", "Ngọc", "Thu", "Thanh", "Minh", "Kim", "Bảo", "Phương", "Hồng", "Mỹ", "Như", "Khánh", "Thùy",
    "Quỳnh", "Gia", "Diệu", "Thị Thu", "Thị Ngọc", "Thị Thanh", "Thị Kim",
)  # fmt: skip
WOMEN_GIVEN: Final = (
    "Anh", "Hoa", "Lan", "Linh", "Trang", "Hương", "Hà", "Mai", "Ngân", "Thảo", "Vy", "Nhi", "My", "Yến",
    "Trâm", "Hân", "Châu", "Dung", "Giang", "Hạnh", "Hiền", "Huyền", "Loan", "Ly", "Nga", "Nguyệt", "Nhung",
    "Oanh", "Phụng", "Quyên", "Tâm", "Thủy", "Tiên", "Trinh", "Trúc", "Tuyết", "Uyên", "Vân", "Xuân", "Đào",
    "Diệp", "Thư", "Ánh",
)  # fmt: skip
MEN_MIDDLE: Final = (
    "Văn", "Minh", "Đức", "Quốc", "Hữu", "Gia", "Hoàng", "Anh", "Thành", "Nhật", "Tuấn", "Xuân",
)  # fmt: skip
MEN_GIVEN: Final = (
    "Anh", "Tuấn", "Dũng", "Hùng", "Khang", "Khoa", "Long", "Minh", "Nam", "Phúc", "Phong", "Quân", "Sơn",
    "Tài", "Thắng", "Thịnh", "Trung", "Việt", "Vinh", "Đạt", "Huy", "Bảo",
)  # fmt: skip


def full_name(dice: Dice) -> str:
    """Family, middle, given; the shop's customers are women in four cases of five."""
    family = dice.weighted(FAMILY)
    middles, givens = (WOMEN_MIDDLE, WOMEN_GIVEN) if dice.happens(80) else (MEN_MIDDLE, MEN_GIVEN)
    middle, given = dice.choice(middles), dice.choice(givens)
    while middle.split()[-1] == given:
        given = dice.choice(givens)
    return f"{family} {middle} {given}"
