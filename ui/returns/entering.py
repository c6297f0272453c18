"""What is said of a receipt that was opened, and of each line that is entered from its paper."""

from __future__ import annotations

from pos_app.domain.errors import AmountRefused, PosError
from pos_app.domain.product import Product
from pos_app.services.paper_return import PaperDraft
from pos_app.services.return_draft import ReturnDraft
from pos_app.text import _, money_d, quantity
from ui import messages
from ui.answers import Answer
from ui.pickup.words import short_name
from ui.returns.draft_view import sold_where
from ui.returns.ways import ReturnServices

_MOST_DIGITS = 9


def opened(draft: ReturnDraft, services: ReturnServices, *, is_code: bool) -> Answer:
    """Genuine, found, or known by its code alone."""
    if draft.paper_code is not None:
        line = _("Máy chưa có các món của hóa đơn này. Quét món khách trả, gõ số tiền trên giấy.")
        return Answer("unknown", _("Hóa đơn thật, chưa có ở máy"), line)
    where = _("Bán tại {store}, trả được ở đây").format(store=sold_where(draft, services))
    if is_code:
        return Answer("accepted", _("Hóa đơn thật"), where)
    title = _("Đã tìm thấy hóa đơn {number}").format(number=draft.original.receipt_no)
    return Answer("accepted", title, where)


def on_paper(draft: PaperDraft, text: str, product: Product | None) -> Answer | None:
    """Scanned goods are one piece more of their line, digits are its amount; None for anything else."""
    is_amount = product is None and draft.last and text.isdigit() and len(text) <= _MOST_DIGITS
    if product is None and not is_amount:
        return None
    try:
        if product is not None:
            draft.add(product)
            return _asks_amount(draft)
        draft.enter_amount(int(text))
    except AmountRefused:
        most = money_d(draft.most_of(draft.last))
        said = _("Không quá giá hôm nay và tổng tiền của hóa đơn.")
        return Answer("refused", _("Món này nhiều nhất {most}").format(most=most), said)
    except PosError as error:
        return messages.answer(error)
    line = draft.original.line(draft.last)
    return Answer("accepted", _("Đã ghi {amount}").format(amount=money_d(line.amount)), short_name(line.name))


def _asks_amount(draft: PaperDraft) -> Answer:
    line = draft.original.line(draft.last)
    most = money_d(draft.most_of(draft.last))
    said = _("{name} · {n} {unit} · nhiều nhất {most}")
    said = said.format(name=short_name(line.name), n=quantity(line.quantity), unit=line.unit, most=most)
    return Answer("needs", _("Gõ số tiền trên hóa đơn"), said)
