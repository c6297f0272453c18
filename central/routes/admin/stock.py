"""Stock levels: /admin/v1/stock."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Request
from pydantic import Field, model_validator

from central.admin import goods
from central.admin.api_keys import ApiKey
from central.admin.audit import note_act
from central.admin.forms import MOST_QUANTITY, Form, ProductId, StoreNo, Told
from central.admin.idempotency import do_once
from central.routes.admin.access import At, IdempotencyKey, door, once, scope

router = door("stock")

MOST_LINES = 1000
_Thousandths = Field(ge=-MOST_QUANTITY, le=MOST_QUANTITY, description="thousandths")


class StockLine(Form):
    """Exactly one of `count` (what lies there now) and `delta` (what came or went)."""

    product: ProductId
    count: Annotated[int, _Thousandths] | None = None
    delta: Annotated[int, _Thousandths] | None = None

    @model_validator(mode="after")
    def one_of_two(self) -> StockLine:
        """Neither both nor none."""
        if (self.count is None) == (self.delta is None):
            raise ValueError("either count or delta")
        return self

    def move(self, store: int) -> goods.Move:
        """As the business code knows it."""
        if self.count is not None:
            return goods.Move(store, self.product, self.count, counted=True)
        return goods.Move(store, self.product, self.delta or 0, counted=False)


class StockForm(Form):
    """Goods at one store. `reason`: a word for the ledger, such as delivery, count, transfer."""

    store: StoreNo
    reason: Annotated[str, Field(pattern=r"^[a-z_]{1,30}$", examples=["delivery"])]
    lines: Annotated[list[StockLine], Field(min_length=1, max_length=MOST_LINES)]


class Level(Told):
    """Thousandths of one product at one store, as booked at central by now."""

    store: int
    product: str
    quantity: int


class Levels(Told):
    """In the order of the request."""

    levels: list[Level]


@router.get("/stock")
def level(
    at: At,
    key: Annotated[ApiKey, scope("stock:read")],
    store: Annotated[int, Query(ge=1, le=65535)],
    product: Annotated[str, Query(pattern=r"^[A-Za-z0-9._-]{1,40}$")],
) -> Level:
    """One level; 0 for what was never there."""
    key.need_store(store)
    with at.database.reading() as connection:
        return Level(store=store, product=product, quantity=goods.level(connection, store, product))


@router.post("/stock")
def move(
    request: Request,
    at: At,
    key: Annotated[ApiKey, scope("stock:write")],
    form: StockForm,
    idempotency_key: IdempotencyKey,
) -> Levels:
    """Counts or moves goods, all lines or none; the tills see it with their next pull."""
    key.need_store(form.store)
    now = at.now()
    moves = [line.move(form.store) for line in form.lines]
    with at.database.writing() as connection:

        def act() -> dict[str, Any]:
            after = goods.move_stock(connection, moves, form.reason, now)
            note_act(connection, key, f"stock_{form.reason}", form.store, now)
            places = zip(moves, after, strict=True)
            return {
                "levels": [
                    {"store": one.store, "product": one.product, "quantity": level} for one, level in places
                ]
            }

        return Levels(**do_once(connection, once(request, key, idempotency_key, form), act, now))
