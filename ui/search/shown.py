"""Hits and details of the search in the words and figures of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from pos_app.domain.errors import NoPriceInForce
from pos_app.domain.product import Product
from pos_app.services.catalogue import Hit, ProductDetails, SizeChoice
from pos_app.storage.stock import MANY, StockElsewhere
from pos_app.text import _, date_short, money, quantity, time_of_day
from ui import messages
from ui.goods import IconOf, Part, face_of, variant_of
from ui.search.matches import marked
from ui.search.state import DetailsState, HitRow, SizeState, StoreRow, SwatchState

NOT_KNOWN = "–"
DAY = timedelta(days=1)


def row_of(hit: Hit, typed: Sequence[str], icon_of: IconOf) -> HitRow:
    """One row; `typed` are the folded words to mark."""
    product = hit.product
    second = " · ".join(part for part in (product.sku, variant_of(product)) if part)
    return HitRow(
        product.id,
        face_of(product, icon_of),
        marked(product.name, typed, "ink", 500),
        marked(second, typed, "ink2", 400),
        _price(hit.price),
        _here(hit.here),
        _elsewhere(hit, product),
    )


def _price(price: int | None) -> str:
    return _("Chưa có giá") if price is None else money(price)


def _here(thousandths: int | None) -> Part:
    if thousandths is None:
        return Part(NOT_KNOWN, "ink3", 600)
    if thousandths <= 0:
        return Part(_("Hết"), "need", 600)
    return Part(quantity(thousandths), "ink", 600)


def _elsewhere(hit: Hit, product: Product) -> str:
    more = "+" if hit.at_least else ""
    return f"{hit.elsewhere}{more} {product.unit}".strip()


def details_of(details: ProductDetails, icon_of: IconOf, now: datetime, zone: tzinfo) -> DetailsState:
    """Everything of the decision column."""
    product = details.product
    return DetailsState(
        product=product.id,
        face=face_of(product, icon_of),
        name=product.name,
        variant=variant_of(product),
        price=details.price,
        shelf=_("Kệ {shelf}").format(shelf=product.shelf) if product.shelf else "",
        colours=tuple(
            SwatchState(colour.product, colour.colour, colour.name or colour.colour, colour.is_chosen)
            for colour in details.colours
        ),
        sizes=tuple(_size(size) for size in details.sizes),
        stores_title=_stores_title(product),
        stores=tuple(_store(store) for store in details.stores),
        age=_age(details.as_of, now, zone),
        refusal=_refusal(details),
    )


def _size(size: SizeChoice) -> SizeState:
    gone = size.here is not None and size.here <= 0
    stock = _("hết") if gone else NOT_KNOWN if size.here is None else quantity(size.here)
    return SizeState(size.product, size.size, stock, gone, size.is_chosen)


def _stores_title(product: Product) -> str:
    if product.size:
        return _("Tồn nơi khác, size {size}").format(size=product.size)
    return _("Tồn nơi khác")


def _store(store: StockElsewhere) -> StoreRow:
    name = store.name or _("Cửa hàng {no}").format(no=store.store)
    return StoreRow(str(store.store), name, f"{MANY}+" if store.band >= MANY else str(store.band))


def _age(as_of: datetime | None, now: datetime, zone: tzinfo) -> str:
    """When central last confirmed the stock; the day too once it is not of the last 24 hours."""
    if as_of is None:
        return ""
    time = time_of_day(as_of, zone)
    if now - as_of < DAY:
        return _("lúc {time}").format(time=time)
    return _("lúc {time} ngày {day}").format(time=time, day=date_short(as_of, zone)[:5])


def _refusal(details: ProductDetails) -> str:
    if details.price is not None:
        return ""
    product = details.product
    return messages.words(NoPriceInForce(product=product.id, sku=product.sku, name=product.name)).title
