"""Customers: /admin/v1/customers. Phones travel in bodies, never in addresses: those get into logs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import Request
from pydantic import Field
from sqlalchemy import Connection, Row

from central.admin import customers
from central.admin.api_keys import ApiKey
from central.admin.audit import note_act
from central.admin.forms import CustomerId, Form, Text, Told
from central.admin.idempotency import do_once
from central.consents import in_force
from central.errors import Unprocessable
from central.publishing.customers import balance_of, ids_of
from central.routes.admin.access import At, IdempotencyKey, door, once, scope
from pos_app.domain.errors import PhoneRefused
from pos_app.domain.phone import parse

router = door("customers")

_Phone = Annotated[str, Field(pattern=r"^[0-9+ .()-]{8,20}$", examples=["0901 234 567"])]


class FindForm(Form):
    """The whole phone number, in any usual way of writing it."""

    phone: _Phone


class Birthday(Form):
    """Without a year."""

    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]


class CustomerForm(Form):
    """A person who has agreed to be known."""

    name: Annotated[Text, Field(min_length=1, max_length=200, examples=["Nguyễn Thị Hoa"])]
    phone: _Phone | None = None
    birthday: Birthday | None = None


class Agreed(Told):
    """A purpose that a customer has agreed to: `loyalty`, `marketing`."""

    purpose: str
    at: datetime


class Customer(Told):
    """Who it is; `id` is the one they go by now, also when another was asked for; `consents` in force."""

    id: str
    name: str
    phone: str | None
    birthday: Birthday | None
    tier: str
    points: int
    consents: list[Agreed]


class Found(Told):
    """Nobody, one, or several who share a phone."""

    customers: list[Customer]


class Entered(Told):
    """The id of the new customer."""

    id: str


class Erasure(Told):
    """How much was deleted now; zeros when it had been erased before."""

    id: str
    private_parts: int
    rejected: int
    salvaged: int


@router.post("/customer-search")
def find(at: At, key: Annotated[ApiKey, scope("customers:read")], form: FindForm) -> Found:
    """Exact match only; each look-up is counted and entered, whether somebody is found or not."""
    at.people_asked.use(key.id)
    phone = _parsed(form.phone)
    with at.database.beside() as connection:
        rows = customers.find_by_phone(connection, phone)
        note_act(connection, key, "customer_find", ",".join(row.id for row in rows)[:120], at.now())
        return Found(customers=[_told(connection, row) for row in rows])


@router.get("/customers/{customer}")
def show(at: At, key: Annotated[ApiKey, scope("customers:read")], customer: CustomerId) -> Customer:
    """One customer. Who looked is entered."""
    with at.database.beside() as connection:
        row = customers.customer_row(connection, customer)
        note_act(connection, key, "customer_show", row.id, at.now())
        return _told(connection, row)


@router.post("/customers", status_code=201)
def enter(
    request: Request,
    at: At,
    key: Annotated[ApiKey, scope("customers:write")],
    form: CustomerForm,
    idempotency_key: IdempotencyKey,
) -> Entered:
    """Enters a customer. 409 `phone_known` when the phone belongs to somebody: find them instead."""
    now = at.now()
    birthday = None if form.birthday is None else (form.birthday.month, form.birthday.day)
    phone = None if form.phone is None else _parsed(form.phone)
    new = customers.NewCustomer(name=form.name, phone=phone, birthday=birthday)
    with at.database.writing() as connection:

        def act() -> dict[str, Any]:
            made = customers.enter(connection, at.keys, new, now)
            note_act(connection, key, "customer_enter", made, now)
            return {"id": made}

        return Entered(**do_once(connection, once(request, key, idempotency_key, form), act, now))


@router.post("/customers/{customer}/erase")
def erase(at: At, key: Annotated[ApiKey, scope("customers:erase")], customer: CustomerId) -> Erasure:
    """Deletes everything personal for good, here and at the tills. What was bought stays, without a name."""
    now = at.now()
    with at.database.writing() as connection:
        done = customers.erase(connection, customer, now)
        note_act(connection, key, "customer_erase", customer, now)
    raw = {"rejected": done.rejected, "salvaged": done.salvaged}
    return Erasure(id=customer, private_parts=done.private_parts, **raw)


def _parsed(phone: str) -> str:
    try:
        return parse(phone)
    except PhoneRefused as error:
        raise Unprocessable("no_phone_number", where="body.phone") from error


def _told(connection: Connection, row: Row[Any]) -> Customer:
    birthday = None
    if row.birthday_month is not None and row.birthday_day is not None:
        birthday = Birthday(month=row.birthday_month, day=row.birthday_day)
    points = balance_of(connection, row.id)
    agreed = [
        Agreed(purpose=one.purpose, at=one.at) for one in in_force(connection, ids_of(connection, row.id))
    ]
    about = {"id": row.id, "name": row.name, "phone": row.phone, "birthday": birthday, "tier": row.tier}
    return Customer(**about, points=points, consents=agreed)
