"""Vouchers: /admin/v1/vouchers, also many at a time as a stream."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import Request
from fastapi.responses import StreamingResponse
from pydantic import Field

from central.admin.api_keys import ApiKey
from central.admin.audit import note_act
from central.admin.foreign import enter_foreign
from central.admin.forms import AnyStore, CustomerId, Day, Form, Serial, Told
from central.admin.idempotency import do_once
from central.admin.vouchers import (
    Batch,
    Issuing,
    Terms,
    begin_batch,
    chunks_of,
    issue_one,
    revoke_voucher,
    voucher_of,
)
from central.routes.admin.access import At, IdempotencyKey, door, once, scope

router = door("vouchers")

MOST_AT_ONCE = 100_000
MOST_FOREIGN = 1_000
_NDJSON, _CSV = "application/x-ndjson", "text/csv"
_U32 = 2**32 - 1


class TermsForm(Form):
    """What a voucher is worth; its kind is the campaign's."""

    campaign: Annotated[int, Field(ge=0, le=65535, examples=[7])]
    value: Annotated[
        int, Field(ge=1, le=_U32, description="đồng, basis points or gift number", examples=[50000])
    ]
    valid_until: Day
    min_basket: Annotated[int, Field(ge=0, le=_U32, description="đồng")] = 0
    store: AnyStore = 0
    max_uses: Annotated[int, Field(ge=0, le=255, description="0 = until it is empty: gift cards only")] = 1

    def terms(self, customer: str | None = None) -> Terms:
        """As the business code knows them."""
        own = self.model_dump(include=set(TermsForm.model_fields))
        return Terms(**own, customer=customer)


class VoucherForm(TermsForm):
    """One voucher, maybe bound to a customer."""

    customer: CustomerId | None = None


class BatchForm(TermsForm):
    """Many vouchers alike, bound to nobody, as lines of JSON or of CSV."""

    count: Annotated[int, Field(ge=1, le=MOST_AT_ONCE, examples=[1000])]
    format: Literal["ndjson", "csv"] = "ndjson"


class Voucher(Told):
    """`code`: the text of its QR. `short_code`: what is printed beside it, for typing."""

    serial: str
    code: str
    short_code: str
    campaign: int
    kind: str
    value: int
    valid_until: Day


class VoucherState(Voucher):
    """With what became of it; `revoked` also when it was used up."""

    uses: int
    max_uses: int
    revoked: bool


class ForeignForm(TermsForm):
    """Codes of the shop's own, each good once: 4 to 32 letters A-Z, digits, `.`, `_`, `-`."""

    codes: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=64)]],
        Field(min_length=1, max_length=MOST_FOREIGN, examples=[["LM50K-000123"]]),
    ]


class ForeignEntered(Told):
    """`serials` in the order of the codes, `fresh` of them new; a code that was known keeps its terms."""

    serials: list[str]
    fresh: int


class VoucherRevokeForm(Form):
    """Why: a word that tills keep, such as lost, fraud, mistake."""

    reason: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$", examples=["lost"])]


class VoucherRevoked(Told):
    """`already`: it had been taken back or used up before."""

    serial: str
    already: bool


@router.post("/vouchers", status_code=201)
def issue(
    request: Request,
    at: At,
    key: Annotated[ApiKey, scope("vouchers:issue")],
    form: VoucherForm,
    idempotency_key: IdempotencyKey,
) -> Voucher:
    """Issues one voucher, signed; central keeps its serial, whoever holds the code can use it."""
    key.need_store(form.store or None)
    now = at.now()
    terms = form.terms(form.customer)
    with at.database.writing() as connection:

        def act() -> dict[str, Any]:
            made = issue_one(connection, at.keys, terms, now)
            note_act(connection, key, "voucher_issue", made["serial"], now)
            return made

        answer = do_once(connection, once(request, key, idempotency_key, form), act, now)
    return Voucher.model_validate(answer, strict=False)


@router.post(
    "/voucher-batches",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "One voucher a line, in an order that never changes",
            "content": {_NDJSON: {"schema": {"type": "string"}}, _CSV: {"schema": {"type": "string"}}},
        }
    },
)
def issue_many(
    request: Request,
    at: At,
    key: Annotated[ApiKey, scope("vouchers:issue")],
    form: BatchForm,
    idempotency_key: IdempotencyKey,
) -> StreamingResponse:
    """Up to 100,000 vouchers as a stream. When it breaks off, ask again with the same Idempotency-Key.

    The answer then begins anew with the same vouchers: those that exist are told again, the rest are made.
    A complete file has exactly `count` vouchers (a CSV file one line more, its heading).
    """
    key.need_store(form.store or None)
    now = at.now()
    with at.database.writing() as connection:
        issuing = Issuing.checked(connection, at.keys, form.terms(), now)
        batch = Batch(once(request, key, idempotency_key, form), issuing, form.count)
        if begin_batch(connection, batch, now):
            note_act(connection, key, "voucher_batch", f"{form.campaign}/{form.count}", now)
    parts = chunks_of(at.database, batch, now)
    lines, kind = (_csv(parts), _CSV) if form.format == "csv" else (_ndjson(parts), _NDJSON)
    named = f'attachment; filename="vouchers-{form.campaign}.{form.format}"'
    return StreamingResponse(lines, media_type=kind, headers={"Content-Disposition": named})


@router.post("/foreign-vouchers", status_code=201)
def enter(
    request: Request,
    at: At,
    key: Annotated[ApiKey, scope("vouchers:issue")],
    form: ForeignForm,
    idempotency_key: IdempotencyKey,
) -> ForeignEntered:
    """Enters vouchers that somebody else has printed; tills take them offline, once each, by a list."""
    key.need_store(form.store or None)
    now = at.now()
    with at.database.writing() as connection:

        def act() -> dict[str, Any]:
            made = enter_foreign(connection, form.terms(), form.codes, now)
            note_act(connection, key, "voucher_foreign", f"{form.campaign}/{made.fresh}", now)
            return asdict(made)

        answer = do_once(connection, once(request, key, idempotency_key, form), act, now)
    return ForeignEntered.model_validate(answer, strict=False)


@router.get("/vouchers/{serial}", dependencies=[scope("vouchers:read")])
def show(at: At, serial: Serial) -> VoucherState:
    """A voucher and what became of it. Its code text is told to nobody but who issued it."""
    with at.database.reading() as connection:
        row, uses, revoked = voucher_of(connection, serial)
    return VoucherState(
        serial=row.serial,
        code="",
        short_code=row.short_code,
        campaign=row.campaign,
        kind=row.kind,
        value=row.value,
        valid_until=row.valid_until,
        uses=uses,
        max_uses=row.max_uses,
        revoked=revoked,
    )


@router.post("/vouchers/{serial}/revoke")
def revoke(
    at: At, key: Annotated[ApiKey, scope("vouchers:revoke")], serial: Serial, form: VoucherRevokeForm
) -> VoucherRevoked:
    """Takes a voucher back: every till refuses it as soon as it has pulled `revocations`."""
    now = at.now()
    with at.database.writing() as connection:
        key.need_store(voucher_of(connection, serial)[0].store or None)
        fresh = revoke_voucher(connection, serial, form.reason, now)
        note_act(connection, key, "voucher_revoke", serial, now)
    return VoucherRevoked(serial=serial, already=not fresh)


def _ndjson(parts: Iterable[list[dict[str, Any]]]) -> Iterator[str]:
    for part in parts:
        yield "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in part)


def _csv(parts: Iterable[list[dict[str, Any]]]) -> Iterator[str]:
    heading = True
    for part in parts:
        text = io.StringIO()
        writer = csv.DictWriter(text, fieldnames=list(part[0]), lineterminator="\r\n")
        if heading:
            writer.writeheader()
            heading = False
        writer.writerows(part)
        yield text.getvalue()
