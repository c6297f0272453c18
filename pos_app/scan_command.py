"""`quay scan IMAGE…`: what stands in pictures of codes, one line of JSON a picture."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, TextIO, cast

from pos_app.domain import codes
from pos_app.domain.code_reading import PREFIX
from pos_app.domain.errors import CodeRefused, ImageUnreadable
from pos_app.domain.ids import TenantId

TYPES: Final = {
    codes.ProductCode: "product",
    codes.WeighedCode: "weighed",
    codes.PickupCode: "pickup",
    codes.VoucherCode: "voucher",
    codes.MemberCode: "member",
    codes.ReceiptCode: "receipt",
    codes.BadgeCode: "staff",
    codes.PhoneTyped: "phone",
    codes.OrderNumberTyped: "order_number",
    codes.ReceiptNumberTyped: "receipt_number",
    codes.ShortCodeTyped: "short_code",
    codes.ForeignVietQR: "foreign_vietqr",
    codes.Unknown: "unknown",
}
_NOBODY: Final = TenantId("00000000-0000-0000-0000-000000000000")


@dataclass(frozen=True, slots=True)
class Known:
    """What a till knows: without it signed codes are taken apart, not verified."""

    keyring: codes.Keyring
    tenant: TenantId


@contextmanager
def known_in(data_dir: Path) -> Iterator[Known]:
    """The keys of an enrolled till's folder, also while it runs. Raises FolderRefused when there are none."""
    from pos_app.journal_command import database, opened
    from pos_app.storage.files import TillFiles
    from pos_app.storage.keyring import KeyringStore

    with opened(data_dir) as (till, identity):
        with till.reading() as connection:
            row = connection.exec_driver_sql("SELECT file FROM feed_file WHERE feed = 'store'").fetchone()
        with database(data_dir, "store-1.db" if row is None else row[0]) as store:
            # not TillFiles itself: it would migrate, and tidy up under a till that is running
            yield Known(KeyringStore(cast(TillFiles, SimpleNamespace(store=store))), identity.tenant)


def scan(pictures: list[Path], known: Known | None, out: TextIO) -> int:
    """Print a line for each picture. 0 when every one held a code that was understood, else 1."""
    all_read = True
    for picture in pictures:
        line = line_of(picture, known)
        all_read = all_read and "meaning" in line
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 0 if all_read else 1


def line_of(picture: Path, known: Known | None) -> dict[str, Any]:
    """{file, text, symbology, meaning | reason}; further codes in the same picture stand in `more`."""
    from pos_app.scanning.decode import decode

    empty: dict[str, Any] = {"file": str(picture), "text": None, "symbology": None}
    try:
        found = decode(picture.read_bytes())
    except OSError:
        return {**empty, "reason": "no_file"}
    except ImageUnreadable as error:
        return {**empty, "reason": error.fields["reason"]}
    if not found:
        return {**empty, "reason": "no_code"}
    first, *others = (
        {"text": one.text, "symbology": one.symbology, **meaning(one.text, known)} for one in found
    )
    return {"file": str(picture), **first, **({"more": others} if others else {})}


def meaning(text: str, known: Known | None) -> dict[str, Any]:
    """{"meaning": {type, fields…}} or, refused, {"reason": machine reason of protocol §7}."""
    try:
        if codes.normalise(text).startswith(PREFIX):
            return {"meaning": _signed(text, known)}
        return {"meaning": _told(codes.read(text, codes.HeldKeys(), _NOBODY, codes.ScanPatterns()))}
    except CodeRefused as refused:
        return {"reason": refused.fields["reason"]}


def _signed(text: str, known: Known | None) -> dict[str, Any]:
    if known is None:
        code = codes.decode_structure(text).code
        if not code.is_consistent:
            raise CodeRefused(reason="inconsistent")
        return {**_told(code), "verified": False}
    return {**_told(codes.read_signed(text, known.keyring, known.tenant)), "verified": True}


def _told(thing: object) -> dict[str, Any]:
    told = {"type": TYPES[type(thing)], **dict(_fields(thing))}
    for name in ("valid_until_day", "day"):
        if isinstance(day := told.get(name), int):
            told["valid_until" if name != "day" else "business_date"] = _date(day)
    return told


def _fields(thing: object) -> Iterator[tuple[str, Any]]:
    """A code's own fields; serials as text, because JSON readers round large numbers."""
    if not is_dataclass(thing):
        return
    for one in fields(thing):
        value = getattr(thing, one.name)
        if one.name == "serial":
            yield one.name, str(value)
        elif isinstance(value, bytes):
            yield one.name, value.hex()
        elif is_dataclass(value):
            yield one.name, str(value)
        else:
            yield one.name, value


def _date(day: int) -> str:
    found: date = codes.date_of(day)
    return found.isoformat()
