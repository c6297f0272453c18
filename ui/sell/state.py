"""Everything the sell screen shows, as plain data without Qt; texts are ready to read."""

from __future__ import annotations

from dataclasses import dataclass, field

from pos_app.text import _
from ui.answers import Answer
from ui.goods import Face, Part


def ready() -> Answer:
    """What stands in the answer box before anything has happened."""
    return Answer("quiet", "", _("Sẵn sàng. Quét món tiếp theo."))


@dataclass(frozen=True, slots=True)
class LineState:
    """One cart line. `badge`, `rule` and `off` show while it is open; `fixed` lines cannot be changed."""

    no: int
    face: Face
    name: str
    second: tuple[Part, ...]
    quantity: str
    unit_price: str
    amount: str
    was: str = ""
    variant: str = ""
    badge: str = ""
    rule: str = ""
    off: str = ""
    fixed: bool = False

    @property
    def key(self) -> str:
        return str(self.no)


@dataclass(frozen=True, slots=True)
class VoucherOffer:
    """A voucher of the attached customer that one press takes."""

    serial: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class CustomerState:
    """What helps now: tier, points as money, birthday, their vouchers; offline the age and the limit."""

    name: str
    phone: str
    tier: str
    tier_dot: str
    points: str
    worth: str = ""
    as_of: str = ""
    limit: str = ""  # a sentence with <b>facts</b>
    birthday: str = ""
    vouchers: tuple[VoucherOffer, ...] = ()


@dataclass(frozen=True, slots=True)
class VoucherState:
    """A voucher in the cart: what it takes off, or in words why it takes nothing now."""

    serial: int
    name: str
    amount: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class ThanksState:
    """The sale just made: stays until the next scan. `change` in đồng, `notes` names them."""

    receipt: str
    paid: str
    change: int
    notes: str
    points: str = ""
    earned: int = 0


@dataclass(frozen=True, slots=True)
class SellState:
    """The whole screen. `current` is the number of the open line (0 = none); `total` in đồng."""

    lines: tuple[LineState, ...] = ()
    current: int = 0
    heading: str = ""
    customer: CustomerState | None = None
    vouchers: tuple[VoucherState, ...] = ()
    sums: tuple[tuple[str, str], ...] = ()
    total: int = 0
    exact: str = ""
    held: int = 0
    waiting: int = 0
    answer: Answer = field(default_factory=ready)
    thanks: ThanksState | None = None
    earns: int = 0  # points

    @property
    def is_empty(self) -> bool:
        return not self.lines

    def line(self, no: int) -> LineState | None:
        """The line with this number, if it is still there."""
        return next((line for line in self.lines if line.no == no), None)


@dataclass(frozen=True, slots=True)
class WhyStep:
    """One reason why a line costs what it costs: title, rule in words, version and the amount."""

    title: str
    line: str
    note: str
    amount: str


@dataclass(frozen=True, slots=True)
class WhyState:
    """The whole way from the shelf price to the amount of one line."""

    name: str
    gross: str
    gross_note: str
    steps: tuple[WhyStep, ...]
    amount: str


@dataclass(frozen=True, slots=True)
class DiscountForm:
    """What the discount dialog starts with. `no` 0 = there is only the whole cart."""

    no: int
    name: str
    cost: int
    cart_cost: int
    reasons: tuple[tuple[str, str], ...]
    alone: str  # "Bạn tự giảm được tới 10%."


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One held cart in the list."""

    id: int
    title: str
    line: str
    total: str

    @property
    def key(self) -> str:
        return str(self.id)

    @property
    def spoken(self) -> str:
        return f"{self.title}, {self.line}, {self.total}"


@dataclass(frozen=True, slots=True)
class UncodedForm:
    """What the dialog for goods without a code starts with; categories as (id, name)."""

    barcode: str
    categories: tuple[tuple[str, str], ...]
    most: str
