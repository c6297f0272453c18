"""Online orders: /admin/v1/orders."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Request
from pydantic import Field

from central.admin import cancelling, orders
from central.admin.api_keys import ApiKey
from central.admin.audit import note_act
from central.admin.forms import (
    CustomerId,
    Day,
    Dong,
    Form,
    Instant,
    OrderNo,
    ProductId,
    Quantity,
    StoreNo,
    Text,
    Told,
)
from central.admin.idempotency import do_once
from central.routes.admin.access import At, IdempotencyKey, door, once, scope

router = door("orders")


class LineForm(Form):
    """`amount`: what the line costs after all discounts, at most quantity times unit price."""

    product: ProductId
    quantity: Quantity
    unit_price: Dong
    amount: Dong


class PaidForm(Form):
    """Money the web shop has received; `reference`: of the payment there."""

    amount: Annotated[int, Field(ge=1, le=2**32 - 1, description="đồng")]
    reference: Annotated[Text, Field(min_length=1, max_length=60, examples=["VNP-1"])]


class OrderForm(Form):
    """An order for pick-up. `pin`: the customer says it at the counter; central keeps a hash of it."""

    order: OrderNo
    number: Annotated[str, Field(pattern=r"^[A-Z0-9]{1,6}-[0-9]{1,10}$", examples=["MN-48207"])]
    store: StoreNo
    placed_at: Instant
    promised_by: Instant | None = None
    valid_until: Day | None = None
    customer: CustomerId | None = None
    lines: Annotated[list[LineForm], Field(min_length=1, max_length=200)]
    paid: Annotated[list[PaidForm], Field(max_length=20)] = Field(default=[])
    pin: Annotated[str, Field(pattern=r"^[0-9]{4,8}$")] | None = None
    identity_check: bool = False
    partial: bool = True
    web_credited: bool = False

    def order_of_it(self) -> orders.NewOrder:
        """As the business code knows it."""
        own = {name: getattr(self, name) for name in type(self).model_fields if name not in ("lines", "paid")}
        return orders.NewOrder(
            **own,
            lines=[orders.NewLine(**line.model_dump()) for line in self.lines],
            paid=[orders.Paid(**one.model_dump()) for one in self.paid],
        )


class Placed(Told):
    """`code`: the text of the pickup QR, to be sent to the customer; `short_code` stands beside it."""

    order: int
    number: str
    serial: str
    short_code: str
    code: str
    total: int
    amount_due: int
    valid_until: Day


class LineState(Told):
    """Thousandths and đồng; what was handed over and what the customer refused."""

    no: int
    product: str
    quantity: int
    amount: int
    handed: int
    refused: int


class OrderState(Told):
    """What became of an order so far, as far as its store has told."""

    order: int
    number: str
    store: int
    preparation: Literal["new", "picking", "ready"]
    payment: Literal["paid", "part", "due"]
    handover: Literal["none", "part", "done", "returned", "expired", "cancelled", "cancel_requested"]
    total: int
    amount_due: int
    refunded: bool
    lines: list[LineState]


class PreparationForm(Form):
    """How far the shop is, and the shelf where the goods wait."""

    preparation: Literal["new", "picking", "ready"]
    shelf: Annotated[Text, Field(min_length=1, max_length=20)] | None = None


class CancelForm(Form):
    """`refunded`: the customer has the money back already; then nothing is asked of the store."""

    refunded: bool = False


class Cancelling(Told):
    """`cancel_requested`: the store is silent and may hand it over. Refund only what is `cancelled`."""

    order: int
    outcome: Literal["cancelled", "cancel_requested"]


@router.post("/orders", status_code=201)
def place(
    request: Request,
    at: At,
    key: Annotated[ApiKey, scope("orders:write")],
    form: OrderForm,
    idempotency_key: IdempotencyKey,
) -> Placed:
    """Enters an order and issues its pickup code; the store's tills know it with their next pull."""
    key.need_store(form.store)
    now = at.now()
    new = form.order_of_it()
    with at.database.writing() as connection:

        def act() -> dict[str, Any]:
            placed = orders.place(connection, at.keys, new, now)
            note_act(connection, key, "order_place", form.order, now)
            return placed

        answer = do_once(connection, once(request, key, idempotency_key, form), act, now)
    return Placed.model_validate(answer)


@router.get("/orders/{order}")
def show(at: At, key: Annotated[ApiKey, scope("orders:read")], order: OrderNo) -> OrderState:
    """What became of it so far."""
    with at.database.reading() as connection:
        row = orders.order_row(connection, order)
        key.need_store(row.store)
        return OrderState(**orders.state_of(connection, row))


@router.post("/orders/{order}/preparation")
def prepare(
    at: At, key: Annotated[ApiKey, scope("orders:write")], order: OrderNo, form: PreparationForm
) -> OrderState:
    """The shop has begun with it, or it waits on its shelf."""
    now = at.now()
    with at.database.writing() as connection:
        key.need_store(orders.order_row(connection, order).store)
        orders.prepare(connection, order, form.preparation, form.shelf, now)
        note_act(connection, key, f"order_{form.preparation}", order, now)
        return OrderState(**orders.state_of(connection, orders.order_row(connection, order)))


@router.post("/orders/{order}/cancel")
def cancel(
    at: At, key: Annotated[ApiKey, scope("orders:write")], order: OrderNo, form: CancelForm
) -> Cancelling:
    """Cancels it, or asks a silent store first. Asked again it says how it stands: repeating does no harm."""
    now = at.now()
    with at.database.writing() as connection:
        key.need_store(orders.order_row(connection, order).store)
        outcome = cancelling.cancel(connection, order, form.refunded, now)
        note_act(connection, key, f"order_{outcome}", order, now)
    return Cancelling(order=order, outcome=outcome)
