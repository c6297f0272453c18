"""Products and prices: /admin/v1/products."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query, Request, Response
from pydantic import Field, StringConstraints

from central.admin import goods
from central.admin.api_keys import ApiKey
from central.admin.audit import note_act
from central.admin.forms import (
    PAGE,
    AnyStore,
    Dong,
    Form,
    Instant,
    ProductId,
    Text,
    Told,
)
from central.admin.idempotency import do_once
from central.routes.admin.access import At, IdempotencyKey, door, once, scope

router = door("products")

_Short = Annotated[Text, StringConstraints(max_length=60)]
_Tier = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,20}$")]


class ProductForm(Form):
    """One sellable variant. `no_return`: a code that says why it cannot come back."""

    sku: Annotated[Text, StringConstraints(min_length=1, max_length=60)]
    name: Annotated[Text, StringConstraints(min_length=1, max_length=200)]
    category: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,40}$", examples=["giay"])]
    rank: Annotated[int, Field(ge=0, le=10**9, description="smaller = found earlier")] = 0
    unit: _Short = "cái"
    weighed: bool = False
    barcodes: Annotated[list[Annotated[str, Field(pattern=r"^[!-~]{1,60}$")]], Field(max_length=20)] = Field(
        default=[]
    )
    style: _Short = ""
    variant: _Short = ""
    colour: Annotated[str, Field(pattern=r"^(#[0-9a-fA-F]{6})?$")] = ""
    colour_name: _Short = ""
    size: _Short = ""
    shelf: _Short = ""
    no_return: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")] | None = None
    withdrawn: bool = False


class PriceForm(Form):
    """One version of a price. A tier's price counts for its members where it is lower."""

    amount: Dong
    from_: Annotated[Instant, Field(alias="from")]
    to: Instant | None = None
    store: AnyStore = 0
    tier: _Tier | None = None


class Price(Told):
    """A price version as it stands for ever."""

    ver: int
    store: int
    amount: int
    valid_from: Instant
    valid_to: Instant | None
    tier: str | None


class Product(Told):
    """A product with all its price versions; `details`: unit, barcodes, variant, colour, size, shelf …"""

    id: str
    sku: str
    name: str
    category: str
    rank: int
    withdrawn: bool
    details: dict[str, Any]
    prices: list[Price]


class ProductIds(Told):
    """One page; the next begins after the last id."""

    ids: list[str]


class Kept(Told):
    """`created`: it was not there before."""

    id: str
    created: bool


class PriceKept(Told):
    """The number of the version that documents will name."""

    product: str
    ver: int


@router.get("/products", dependencies=[scope("catalogue:read")])
def walk(
    at: At,
    after: Annotated[str, Query(max_length=40)] = "",
    limit: Annotated[int, Query(ge=1, le=PAGE)] = 100,
) -> ProductIds:
    """All product ids, page by page."""
    with at.database.reading() as connection:
        return ProductIds(ids=goods.product_ids(connection, after, limit))


@router.get("/products/{product}", dependencies=[scope("catalogue:read")])
def show(at: At, product: ProductId) -> Product:
    """One product with every price it ever had."""
    with at.database.reading() as connection:
        found = goods.product_of(connection, product)
    own = {name: found.pop(name) for name in ("id", "sku", "name", "category", "rank", "withdrawn", "prices")}
    return Product(**own, details=found)


@router.put("/products/{product}", responses={201: {"model": Kept, "description": "It is new"}})
def put(
    at: At,
    key: Annotated[ApiKey, scope("catalogue:write")],
    product: ProductId,
    form: ProductForm,
    response: Response,
) -> Kept:
    """Enters it, or replaces its description. Tills see it with their next pull, once it has a price."""
    key.need_store(None)
    now = at.now()
    body = {"id": product, **form.model_dump(exclude={"withdrawn"}, exclude_none=True)}
    kept = {name: value for name, value in body.items() if value != ""}
    with at.database.writing() as connection:
        created = goods.put_product(connection, kept, form.withdrawn, now)
        note_act(connection, key, "product_put", product, now)
    response.status_code = 201 if created else 200
    return Kept(id=product, created=created)


@router.post("/products/{product}/prices", status_code=201)
def add_price(
    request: Request,
    at: At,
    key: Annotated[ApiKey, scope("catalogue:write")],
    product: ProductId,
    form: PriceForm,
    idempotency_key: IdempotencyKey,
) -> PriceKept:
    """A new version; nothing that was ever in force is edited, so receipts can always be recomputed."""
    key.need_store(form.store or None)
    now = at.now()
    price = goods.NewPrice(
        amount=form.amount, valid_from=form.from_, valid_to=form.to, store=form.store, tier=form.tier
    )
    with at.database.writing() as connection:

        def add() -> dict[str, Any]:
            ver = goods.add_price(connection, product, price, now)
            note_act(connection, key, "price_add", f"{product}/{ver}", now)
            return {"product": product, "ver": ver}

        answer = do_once(connection, once(request, key, idempotency_key, form), add, now)
    return PriceKept(**answer)
