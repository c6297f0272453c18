"""The X report on the screen: the sums so far, without what would tell how much cash should be there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pos_app.text import _, money, ngettext, percent
from ui.messages import N_
from ui.shift.state import Figure, ReportPart

_TURNOVER: Final = (
    ("sales", N_("Bán hàng")),
    ("returns", N_("Trả hàng")),
    ("voids", N_("Hủy hóa đơn")),
    ("handovers", N_("Giao đơn online")),
    ("order_payments", N_("Thu đơn online")),
)


def parts(report: Mapping[str, Any]) -> tuple[ReportPart, ...]:
    """Groups of figures. Ways to pay are left out: turnover less the others is the cash (rules: Shifts)."""
    return (
        ReportPart(_("Doanh số"), tuple(_turnover(report))),
        ReportPart(_("Thuế và giảm giá"), tuple(_taxes(report))),
    )


def _turnover(report: Mapping[str, Any]) -> list[Figure]:
    made = []
    for name, label in _TURNOVER:
        part = report[name]
        if part["count"] or name == "sales":
            times = ngettext("{n} phiếu", "{n} phiếu", part["count"]).format(n=part["count"])
            made.append(Figure(f"{_(label)} · {times}", money(part["total"])))
    revenue = sum(report[name]["total"] for name, _label in _TURNOVER[:4])
    made.append(Figure(_("Cộng"), money(revenue), strong=True))
    return made


def _taxes(report: Mapping[str, Any]) -> list[Figure]:
    made = [
        Figure(_("Thuế {rate} trong giá").format(rate=percent(row["rate"])), money(row["vat"]))
        for row in report["vat"]
        if row["rate"] >= 0
    ]
    discounts = sum(report["discounts"].values())
    made.append(Figure(_("Giảm giá"), money(discounts)))
    made.append(Figure(_("Mở ngăn kéo không bán"), str(report["drawer_openings"])))
    return made
