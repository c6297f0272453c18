"""Priced lines become words and figures: closed rows, the open row, and why a line costs what it costs."""

from __future__ import annotations

from dataclasses import replace

from pos_app.domain.cart import Cart
from pos_app.domain.priced import Discount, PricedCart, PricedLine, Step
from pos_app.text import _, money, ngettext, quantity
from ui.goods import Face, IconOf, Part, face_of, variant_of
from ui.messages import N_
from ui.sell.state import LineState, WhyState, WhyStep

PIECE = 1000
REASONS = (
    ("damaged", N_("Hàng trầy, lỗi nhẹ")),
    ("display", N_("Hàng trưng bày")),
    ("price_match", N_("Theo giá nơi khác")),
    ("loyal", N_("Khách quen")),
    ("goodwill", N_("Xin lỗi khách")),
    ("staff", N_("Nhân viên mua")),
    ("other", N_("Lý do khác")),
)
"""Reason codes of manual discounts, with their msgids."""


def reason_words(code: str) -> str:
    """The reason of a manual discount in words; an unknown code as it is."""
    return _(dict(REASONS).get(code, code))


class LineStates:
    """Makes the lines' states, keeping those of lines that have not changed: a scan changes one."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[PricedLine, bool, bool, LineState]] = {}

    def of(self, cart: Cart, priced: PricedCart, icon_of: IconOf, current: int) -> tuple[LineState, ...]:
        """All lines in the order of scanning; gifts of promotions and vouchers stand at the end."""
        own = {line.no for line in cart.lines}
        kept = self._kept
        self._kept = {}
        for line in priced.lines:
            is_open, fixed = line.no == current, line.no not in own
            known = kept.get(line.no)
            if known is None or known[:3] != (line, is_open, fixed):
                known = (line, is_open, fixed, line_state(line, icon_of, is_open=is_open, fixed=fixed))
            self._kept[line.no] = known
        return tuple(known[3] for known in self._kept.values())


def line_state(line: PricedLine, icon_of: IconOf, *, is_open: bool, fixed: bool) -> LineState:
    """One line; `fixed` ones came by themselves and cannot be changed."""
    variant = _variant(line)
    state = LineState(
        no=line.no,
        face=_face(line, icon_of),
        name=line.name,
        second=_second(line, variant),
        quantity=quantity(line.quantity),
        unit_price=money(line.unit_price),
        amount=money(line.amount),
        was=money(line.gross) if line.discount else "",
        variant=variant,
        fixed=fixed,
    )
    return _opened(state, line) if is_open else state


def _opened(state: LineState, line: PricedLine) -> LineState:
    """The open line names its promotion below: variant and note alone stand in the second line."""
    note = (Part(line.note, icon="pencil"),) if line.note else ()
    between = (Part(" · "),) if note and state.variant else ()
    state = replace(state, second=(Part(state.variant), *between, *note), was="")
    if line.is_gift:
        return replace(state, badge=_("Quà tặng"), rule=_gift_rule(line))
    if not line.discounts:
        return state
    most = max(line.discounts, key=lambda why: why.amount)
    badge = f"{_titled(most)} · {_share(most, line.gross)}"
    return replace(state, badge=badge, rule=_rules(line, most), off=money(-line.discount))


def _rules(line: PricedLine, most: Discount) -> str:
    others = len(line.discounts) - 1
    if not others:
        return _rule(most)
    return f"{_rule(most)} · " + ngettext("và {n} lý do nữa", "và {n} lý do nữa", others).format(n=others)


def _face(line: PricedLine, icon_of: IconOf) -> Face:
    if line.is_gift:
        return Face("#F3D9A4", "", "gift")
    if line.product is None:
        return Face("", "", icon_of(line.category))
    return face_of(line.product, icon_of)


def _variant(line: PricedLine) -> str:
    if line.product is None:
        return _("Hàng không mã")
    return variant_of(line.product)


def _second(line: PricedLine, variant: str) -> tuple[Part, ...]:
    if line.is_gift:
        return (Part(_("Quà tặng · {rule}").format(rule=_gift_rule(line))),)
    if line.note:
        by_hand = [_titled(why).lower() for why in line.discounts if why.step in (Step.LINE, Step.ORDER)]
        return (Part(" · ".join([line.note, *by_hand]), icon="pencil"),)
    parts = [Part(variant)] if variant else []
    for why in line.discounts[:1]:
        if parts:
            parts.append(Part(" · "))
        parts.append(Part(f"{_titled(why)} {_share(why, line.gross)}", "accent-ink"))
    if len(line.discounts) > 1:
        parts.append(Part(f" +{len(line.discounts) - 1}", "accent-ink"))
    return tuple(parts)


def _gift_rule(line: PricedLine) -> str:
    return next((why.explanation or why.name for why in line.discounts), "") or _("theo chương trình")


def _titled(why: Discount) -> str:
    if why.step is Step.LINE:
        return _("Giảm tay")
    if why.step is Step.ORDER:
        return _("Giảm cả đơn")
    return why.name


def _rule(why: Discount) -> str:
    if why.step in (Step.LINE, Step.ORDER):
        return reason_words(why.rule)
    return why.explanation or (_("Voucher của khách") if why.step is Step.VOUCHER else _("Tự động"))


def _share(why: Discount, gross: int) -> str:
    """ "−20%" when it is a whole percentage of the gross, else the amount."""
    percents, rest = divmod(why.amount * 100, gross) if gross else (0, 1)
    return f"−{percents}%" if not rest else money(-why.amount)


def why_state(line: PricedLine, person: str) -> WhyState:
    """Every discount of a line in the order it was taken off; `person` is who gave the manual ones."""
    shelf = _("{n} × {price}").format(n=quantity(line.quantity), price=money(line.unit_price))
    version = _("Giá niêm yết, bản {ver}").format(ver=line.price_ver)
    steps = tuple(_why_step(why, line.gross, person) for why in line.discounts)
    return WhyState(line.name, money(line.gross), f"{version} · {shelf}", steps, money(line.amount))


def _why_step(why: Discount, gross: int, person: str) -> WhyStep:
    if why.step in (Step.LINE, Step.ORDER):
        note = _("Do {person} giảm").format(person=person)
    elif why.step is Step.VOUCHER:
        note = _("Chương trình {rule}, bản {ver}").format(rule=why.rule, ver=why.ver)
    else:
        note = _("Quy tắc {rule}, bản {ver}").format(rule=why.rule, ver=why.ver)
    title = f"{_titled(why)} {_share(why, gross)}" if why.amount else _titled(why)
    return WhyStep(title, _rule(why), note, money(-why.amount))


def heading(priced: PricedCart) -> str:
    """ "6 dòng · 7 món": weighed lines count as one piece."""
    pieces = sum(
        1
        if line.quantity % PIECE or (line.product is not None and line.product.weighed)
        else line.quantity // PIECE
        for line in priced.lines
    )
    lines = ngettext("{n} dòng", "{n} dòng", len(priced.lines)).format(n=len(priced.lines))
    return f"{lines} · " + ngettext("{n} món", "{n} món", pieces).format(n=pieces)
