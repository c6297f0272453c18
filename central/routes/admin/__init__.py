"""The admin API: what a shop's own systems ask of central; a till's signature opens nothing here."""

from __future__ import annotations

from fastapi import APIRouter

from central.routes.admin import cases, customers, orders, products, stock, tills, vouchers

router = APIRouter()
for noun in (products, stock, orders, vouchers, customers, cases, tills):
    router.include_router(noun.router)
