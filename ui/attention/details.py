"""One thing that waits for a person, as a row and as the column at its right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from pos_app.services.attention import AttentionItem, AttentionKind
from pos_app.storage.attention import RefusedCode
from pos_app.text import _, date_short, ngettext, time_of_day
from ui.approval.words import given_name
from ui.attention import codes, till_words
from ui.attention.case_facts import fact_lines
from ui.attention.state import AttentionDetail, AttentionRow, Kind
from ui.messages import N_
from ui.shift.close_state import verdict
from ui.words_devices import printer_words

GROUPS: Final = (
    ("case", N_("Trường hợp")),
    ("quarantine", N_("Cách ly")),
    ("conflict", N_("Xung đột")),
    ("print", N_("Lệnh in")),
    ("shift", N_("Ca")),
    ("till", N_("Máy này")),
    ("refused", N_("Mã bị từ chối")),
)
# kind: group, icon, colour, button of the row
_LOOKS: Final[Mapping[AttentionKind, tuple[str, str, Kind, str]]] = {
    AttentionKind.CASE: ("case", "triangle-alert", "need", N_("Xem chi tiết")),
    AttentionKind.PARKED: ("quarantine", "hourglass", "need", N_("Xem chi tiết")),
    AttentionKind.QUARANTINED: ("quarantine", "package-search", "need", N_("Xem chi tiết")),
    AttentionKind.SUSPECT: ("quarantine", "refresh-cw", "need", N_("Gửi lại")),
    AttentionKind.STORE_CASE: ("case", "triangle-alert", "need", N_("Xem chi tiết")),
    AttentionKind.FORK: ("conflict", "shield-alert", "stop", N_("Xem chi tiết")),
    AttentionKind.CONFLICT: ("conflict", "ban", "stop", N_("Gửi lại")),
    AttentionKind.PRINT_FAILED: ("print", "printer", "quiet", N_("In lại")),
    AttentionKind.PRINT_DOUBT: ("print", "printer", "quiet", N_("In lại")),
    AttentionKind.SHIFT_TO_VERIFY: ("shift", "user-round-check", "need", N_("Xác nhận")),
    AttentionKind.RESTRICTED: ("till", "shield-alert", "need", N_("Xem chi tiết")),
    AttentionKind.CLOCK: ("till", "calendar", "need", N_("Kiểm ngày")),
    AttentionKind.DISK: ("till", "hard-drive", "stop", N_("Xem chi tiết")),
    AttentionKind.LOST: ("till", "shield-alert", "need", N_("Xem chi tiết")),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words are made with: today's clock of the shop, own documents, names by staff number."""

    now: datetime
    zone: Any
    body_of: Callable[[str], Mapping[str, Any] | None]
    name_of: Callable[[int], str]

    def since(self, at: datetime) -> str:
        """ "13:58" today, else the day."""
        local = at.astimezone(self.zone)
        if local.date() == self.now.astimezone(self.zone).date():
            return time_of_day(at, self.zone)
        return date_short(local.date())[:5]


def key_of(item: AttentionItem) -> str:
    """Names a row for as long as the thing waits."""
    return f"{item.kind}-{item.job or item.doc_id or item.case or ''}"


def row(item: AttentionItem, reading: Reading) -> AttentionRow:
    """What · why · since · action."""
    group, icon, kind, action = _LOOKS[item.kind]
    return AttentionRow(
        key=key_of(item),
        group=group,
        icon=icon,
        kind=kind,
        title=_title(item),
        line=_line(item),
        since=reading.since(item.at),
        action=_(action),
    )


def _name(item: AttentionItem) -> str:
    words = codes.document(item.document_kind)
    return f"{words} {item.receipt_no}" if item.receipt_no else words


def _inside(name: str) -> str:
    """The same in the middle of a sentence."""
    return name[:1].lower() + name[1:]


def _paper(item: AttentionItem) -> str:
    words = codes.document(item.document_kind) if item.template == "receipt" else codes.paper(item.template)
    return f"{words} {item.receipt_no}" if item.receipt_no else words


def _title(item: AttentionItem) -> str:
    match item.kind:
        case AttentionKind.CASE | AttentionKind.STORE_CASE:
            return codes.case(item.codes)
        case AttentionKind.SUSPECT:
            return _("{name} chưa gửi được").format(name=_name(item))
        case AttentionKind.PARKED:
            return _("{name} đang chờ chứng từ khác").format(name=_name(item))
        case AttentionKind.QUARANTINED:
            return _("{name} đang cách ly").format(name=_name(item))
        case AttentionKind.FORK:
            return _("{name} nằm ở nhánh sổ khác").format(name=_name(item))
        case AttentionKind.CONFLICT:
            return _("Trung tâm không nhận {name}").format(name=_inside(_name(item)))
        case AttentionKind.PRINT_DOUBT:
            return _("{name} in dở").format(name=_paper(item))
        case AttentionKind.PRINT_FAILED:
            return _("{name} chưa in").format(name=_paper(item))
        case kind if kind in till_words.KINDS:
            return till_words.title(item)
        case _:
            return _("Ca {number} chờ người thứ hai xác nhận").format(number=item.shift)


def _line(item: AttentionItem) -> str:
    match item.kind:
        case AttentionKind.CASE:
            return _("{name} đã ghi sổ · tiền và hàng ở quầy không đổi").format(name=_name(item))
        case AttentionKind.STORE_CASE:
            return _("Việc của cửa hàng · trung tâm đang giữ")
        case AttentionKind.SUSPECT:
            return _("Các chứng từ khác vẫn gửi · chứng từ này thử lại mỗi giờ")
        case AttentionKind.PARKED:
            return _("Tự ghi sổ khi chứng từ trước về tới trung tâm")
        case AttentionKind.QUARANTINED:
            return _("{why} · tiền và hàng ở quầy không đổi").format(why=codes.case(item.codes))
        case AttentionKind.FORK:
            return _("Đã lưu và ghi sổ ở trung tâm · máy cần ghi danh lại")
        case AttentionKind.CONFLICT:
            return _("Bản ở máy vẫn giữ nguyên · gửi lại hoặc gọi trung tâm")
        case AttentionKind.PRINT_DOUBT | AttentionKind.PRINT_FAILED:
            return printer_words(item.reason)
        case kind if kind in till_words.KINDS:
            return till_words.line(item)
        case _:
            return _("{verdict} · không chặn bán hàng").format(verdict=verdict(item.difference))


# --- the column at the right ------------------------------------------------------------------
def detail(item: AttentionItem, reading: Reading) -> AttentionDetail:
    """All that is known, what it means, and what to do."""
    group, icon, kind, _action = _LOOKS[item.kind]
    body = reading.body_of(item.doc_id)
    amount = _amount(item, body)
    main, second = _buttons(item)
    return AttentionDetail(
        badge=_(dict(GROUPS)[group]),
        icon=icon,
        kind=kind,
        title=_title(item),
        text=_text(item),
        facts=tuple(_facts(item, body, reading)),
        amount_label=_("Chênh lệch") if item.shift is not None else _("Số tiền trên chứng từ"),
        amount=amount,
        main=main,
        second=second,
        hint=_("Không chặn bán hàng"),
    )


def _amount(item: AttentionItem, body: Mapping[str, Any] | None) -> int | None:
    if item.shift is not None:
        return item.difference
    payload = {} if body is None else body["payload"]
    total = payload.get("total", payload.get("amount"))
    return total if isinstance(total, int) and total else None


def _text(item: AttentionItem) -> str:
    texts = {
        AttentionKind.CASE: _("Trung tâm đã ghi sổ và hỏi lại. {why}"),
        AttentionKind.STORE_CASE: _("Trung tâm đang giữ trường hợp này và sẽ khép nó. {why}"),
        AttentionKind.SUSPECT: _(
            "Mỗi lần nhận chứng từ này, trung tâm báo lỗi. Máy giữ nguyên nó và gửi riêng mỗi giờ một lần. "
            "Sang ngày khác vẫn vậy thì gọi trung tâm."
        ),
        AttentionKind.PARKED: _(
            "Trung tâm giữ chứng từ này và chờ những chứng từ trước nó. Không phải làm gì ở quầy."
        ),
        AttentionKind.QUARANTINED: _("Trung tâm đã cất chứng từ này nhưng chưa ghi sổ được. {why}"),
        AttentionKind.FORK: _(
            "Máy này từng được khôi phục từ bản cũ nên sổ rẽ nhánh. Mọi chứng từ vẫn được lưu và ghi sổ. "
            "Quản lý ghi danh lại máy khi vắng khách."
        ),
        AttentionKind.CONFLICT: "{why}",
        AttentionKind.PRINT_DOUBT: _(
            "Tắt máy hoặc mất máy in giữa chừng: giấy có thể đã ra. Bản in lại có dòng chữ In lại."
        ),
        AttentionKind.PRINT_FAILED: _("Chứng từ đã ghi sổ, chỉ còn thiếu giấy. Kiểm giấy và dây máy in."),
        AttentionKind.SHIFT_TO_VERIFY: _(
            "Ca đã đóng với chênh lệch trên mức. Một người thứ hai đếm lại và nhập PIN."
        ),
    }
    if item.kind not in texts:
        return till_words.text(item)
    return texts[item.kind].format(why=codes.explained(item.codes))


def _facts(item: AttentionItem, body: Mapping[str, Any] | None, reading: Reading) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if item.receipt_no:
        found.append((_("Chứng từ"), item.receipt_no))
    if body is not None:
        made = datetime.fromisoformat(body["wall"])
        name = given_name(reading.name_of(int(body["staff"])))
        when = f"{reading.since(made)} · {name}" if name else reading.since(made)
        found.append((_("Lập ở đây"), when))
    if item.case:
        found.append((_("Số trường hợp"), str(item.case)[:8]))
    if item.codes:
        found.append((_("Mã lý do"), ", ".join(item.codes)))
    found += [*till_words.facts(item), *fact_lines(item.facts, reading.name_of)]
    if item.missing:
        words = ngettext("{n} chứng từ", "{n} chứng từ", len(item.missing)).format(n=len(item.missing))
        found.append((_("Đang chờ"), words))
    if item.job is not None:
        found.append((_("Máy in"), printer_words(item.reason)))
    return found


def _buttons(item: AttentionItem) -> tuple[str, str]:
    match item.kind:
        case AttentionKind.PRINT_DOUBT:
            return _("In lại"), _("Giấy đã ra, bỏ lệnh in")
        case AttentionKind.PRINT_FAILED:
            return _("In lại"), _("Không cần in nữa")
        case AttentionKind.CONFLICT:
            return _("Gửi lại"), _("Đã xem")
        case AttentionKind.SUSPECT:
            return _("Gửi lại ngay"), ""
        case AttentionKind.STORE_CASE:
            return "", ""
        case AttentionKind.SHIFT_TO_VERIFY:
            return _("Người thứ hai xác nhận"), ""
        case kind if kind in till_words.KINDS:
            return till_words.buttons(item)
        case _:
            return _("Đã xem"), ""


# --- refused codes ----------------------------------------------------------------------------
def refused_key(code: RefusedCode) -> str:
    """Names a row."""
    return f"refused-{code.doc_id}"


def refused_row(code: RefusedCode, reading: Reading) -> AttentionRow:
    """A code that was refused today: told, nothing to do."""
    return AttentionRow(
        key=refused_key(code),
        group="refused",
        icon="ticket",
        kind="stop",
        title=codes.refused(code.reason),
        line=_times(code),
        since=reading.since(datetime.fromisoformat(code.wall)),
        action=_("Xem chi tiết"),
    )


def refused_detail(code: RefusedCode, reading: Reading) -> AttentionDetail:
    """What is kept of it: never the code itself."""
    body = reading.body_of(code.doc_id)
    facts = [(_("Số lần"), str(code.count))]
    if code.serial:
        facts.append((_("Mã số"), code.serial[:12]))
    facts.append((_("Lý do"), codes.refused(code.reason)))
    if body is not None:
        facts.append((_("Người quét"), given_name(reading.name_of(int(body["staff"])))))
    return AttentionDetail(
        badge=_("Mã bị từ chối"),
        icon="ticket",
        kind="stop",
        title=codes.refused(code.reason),
        text=_("Máy không nhận mã này. Ghi lại để trung tâm thấy mã giả hay mã dùng lại; không phải làm gì."),
        facts=tuple(facts),
        hint=_("Không chặn bán hàng"),
    )


def _times(code: RefusedCode) -> str:
    return ngettext("Quét {n} lần ở máy này", "Quét {n} lần ở máy này", code.count).format(n=code.count)


def day_start(now: datetime, zone: Any) -> str:
    """RFC 3339 text from which on a refusal counts as today's."""
    local = now.astimezone(zone)
    today: date = local.date()
    return f"{today.isoformat()}T00:00:00"
