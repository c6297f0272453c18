"""Tills: /admin/v1/tills."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from central.admin import tills
from central.admin.api_keys import ApiKey
from central.admin.audit import note_act
from central.admin.forms import Form, StoreNo, Text, Told
from central.enrolment import create_code, create_till
from central.presenting import confirm
from central.revoking import revoke_till
from central.routes.admin.access import At, door, scope
from central.state import Central
from sync.messages import UuidText

router = door("tills")


class TillForm(Form):
    """A counter that is to be enrolled. The same store and number is the same till."""

    store: StoreNo
    number: Annotated[int, Field(ge=1, le=255, examples=[1])]
    name: Annotated[Text, Field(max_length=80, examples=["Quầy 1"])] = ""


class TillRevokeForm(Form):
    """Why: a word that every till keeps, such as lost, stolen, broken."""

    reason: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$", examples=["stolen"])]


class Invitation(Told):
    """`code` is shown this once and good for 15 minutes; the rest is for the enrolment QR (protocol §4.1)."""

    till: str
    code: str
    url: str
    root_key_fp: str


class Till(Told):
    """`age_s`: seconds since its last hello. `health`: unsent documents, their age, free disk."""

    till: str
    store: int
    number: int
    name: str
    state: Literal["not_enrolled", "in_service", "retired", "revoked"]
    epoch: int | None
    forked_epochs: list[int]
    app: str | None
    seen_at: str | None
    age_s: int | None
    health: dict[str, Any] | None


class Tills(Told):
    """By store and number."""

    tills: list[Till]


class Retired(Told):
    """It is told nothing more from now on."""

    till: str


class Confirmed(Told):
    """It reads every feed from now on."""

    till: str


class TillRevoked(Told):
    """The signed entry that the till is answered from now on (protocol §4.6)."""

    till: str
    entry: dict[str, Any]
    key_id: int
    signature: str


@router.get("/tills")
def walk(at: At, key: Annotated[ApiKey, scope("tills:read")]) -> Tills:
    """All tills with their health and age."""
    with at.database.reading() as connection:
        return Tills(tills=[Till(**one) for one in tills.tills(connection, key, at.now())])


@router.post("/tills", status_code=201)
def invite(at: At, key: Annotated[ApiKey, scope("tills:manage")], form: TillForm) -> Invitation:
    """Makes the till, if it is new, and a one-time code to enrol it with. Every call makes another code."""
    key.need_store(form.store)
    now = at.now()
    with at.database.writing() as connection:
        made = create_till(connection, form.store, form.number, form.name, now)
        code = create_code(connection, made, at.settings, now)
        note_act(connection, key, "till_invite", made, now)
    return _invitation(at, made, code)


@router.post("/tills/{till}/revoke")
def revoke(
    at: At, key: Annotated[ApiKey, scope("tills:manage")], till: UuidText, form: TillRevokeForm
) -> TillRevoked:
    """For one that is lost or stolen: it freezes, wipes personal data, and its journal is only salvaged."""
    now = at.now()
    with at.database.writing() as connection:
        tills.till_row(connection, key, till)
        answer = revoke_till(connection, at.keys, till, form.reason, now)
        note_act(connection, key, "till_revoke", till, now)
    return TillRevoked(till=till, **answer)


@router.post("/tills/{till}/confirm")
def confirm_again(at: At, key: Annotated[ApiKey, scope("tills:manage")], till: UuidText) -> Confirmed:
    """The yes to one that showed its certificate to a restored central: it is told of people again."""
    now = at.now()
    with at.database.writing() as connection:
        tills.till_row(connection, key, till)
        confirm(connection, at.keys, till)
        note_act(connection, key, "till_confirm", till, now)
    return Confirmed(till=till)


@router.post("/tills/{till}/retire")
def retire(at: At, key: Annotated[ApiKey, scope("tills:manage")], till: UuidText) -> Retired:
    """For one that is taken out of service: what it still sends is booked, it is told nothing more."""
    now = at.now()
    with at.database.writing() as connection:
        tills.till_row(connection, key, till)
        tills.retire(connection, till, now)
        note_act(connection, key, "till_retire", till, now)
    return Retired(till=till)


def _invitation(at: Central, till: str, code: str) -> Invitation:
    url = at.settings.public_url
    return Invitation(till=till, code=code, url=url, root_key_fp=at.keys.root_fingerprint)
