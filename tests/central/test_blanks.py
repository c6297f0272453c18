"""Pre-signed codes: held by a till, given once, revoked with it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from central.blanks import refill
from central.revoking import revoke_till
from central.tables.tenant import policy
from pos_app.domain.code_reading import HeldKeys, IssuingKey, decode_structure, verify
from pos_app.domain.codes import VoucherCode
from pos_app.domain.ids import TenantId
from tests.support.central_books import outcome, proof, the_case
from tests.support.central_payloads import sale, sale_with_voucher
from tests.support.central_server import CentralServer
from tests.support.central_till import Till

pytestmark = pytest.mark.both_databases

VALUE = 50_000


@pytest.fixture
def held(server: CentralServer, till: Till) -> dict[str, dict[str, Any]]:
    """What the till holds: three of campaign 7."""
    with server.central.database.writing() as connection:
        body = {"zone": "Asia/Ho_Chi_Minh", "blanks": {"7": {"hold": 3, "value": VALUE, "days": 30}}}
        connection.execute(update(policy).where(policy.c.level == "tenant").values(body=body))
        assert refill(connection, server.central.keys, server.clock()) == 3
    return _held(till)


def _refill(server: CentralServer) -> int:
    with server.central.database.writing() as connection:
        return refill(connection, server.central.keys, server.clock())


def _held(till: Till) -> dict[str, dict[str, Any]]:
    return {key: body for key, (_ver, body) in till.pull("blanks")[0].items()}


def _issue(serial: str, value: int = VALUE) -> dict[str, Any]:
    return {"what": "voucher", "serial": serial, "campaign": 7, "value": value}


def test_a_till_holds_what_its_policy_says_and_no_other_till_sees_it(
    server: CentralServer, till: Till, held: dict[str, dict[str, Any]]
) -> None:
    assert len(held) == 3
    body = next(iter(held.values()))
    assert (body["campaign"], body["kind"], body["value"]) == (7, "amount", VALUE)
    assert body["valid_until"] == "2026-12-22"
    others = _held(Till.enrol(server, store=1, number=2))
    assert len(others) == 3
    assert not others.keys() & held.keys()


def test_its_codes_verify_with_the_tenants_voucher_key(
    server: CentralServer, till: Till, held: dict[str, dict[str, Any]]
) -> None:
    keyset = till.pull("keyset")[0]["keyset"][1]["keys"]
    keys = {
        key["kid"]: IssuingKey(
            key_id=key["kid"], public=bytes.fromhex(key["public"]), types=frozenset(key["types"])
        )
        for key in keyset
    }
    for serial, body in held.items():
        signed = decode_structure(body["text"])
        verify(signed, HeldKeys(keys), TenantId(till.answer["tenant"]))
        assert isinstance(signed.code, VoucherCode)
        assert str(signed.code.serial) == serial


def test_what_was_given_is_held_no_longer_and_is_made_anew(
    server: CentralServer, till: Till, held: dict[str, dict[str, Any]]
) -> None:
    serial = next(iter(held))
    given = till.document("sale", sale(till, issued=[_issue(serial)]))
    assert outcome(till, given) == ("applied", [])
    assert serial not in _held(till)
    assert _refill(server) == 1
    assert proof(server).is_sound


def test_a_goodwill_voucher_is_given_and_used(
    server: CentralServer, till: Till, held: dict[str, dict[str, Any]]
) -> None:
    serial = next(iter(held))
    goodwill = {**_issue(serial), "reason": "late delivery", "approvals": []}
    del goodwill["what"]
    assert outcome(till, till.document("voucher_issue", goodwill)) == ("applied", [])
    used = till.document("sale", sale_with_voucher(till, serial, VALUE))
    assert outcome(till, used) == ("applied", [])


def test_a_blank_given_twice_opens_a_case(
    server: CentralServer, till: Till, held: dict[str, dict[str, Any]]
) -> None:
    serial = next(iter(held))
    twice = [till.document("sale", sale(till, issued=[_issue(serial)])) for _ in range(2)]
    assert outcome(till, *twice) == ("applied_flagged", ["BLANK_TWICE"])
    assert the_case(server)["facts"]["flags"][0]["value"] == VALUE


def test_another_tills_blank_is_flagged(
    server: CentralServer, till: Till, held: dict[str, dict[str, Any]]
) -> None:
    other = Till.enrol(server, number=2)
    given = other.document("sale", sale(other, issued=[_issue(next(iter(held)))]))
    assert outcome(other, given) == ("applied_flagged", ["BLANK_UNKNOWN"])


def test_all_that_is_left_is_revoked_with_the_till(
    server: CentralServer, till: Till, held: dict[str, dict[str, Any]]
) -> None:
    given, *left = held
    till.upload(till.document("sale", sale(till, issued=[_issue(given)])))
    other = Till.enrol(server, number=2)
    with server.central.database.writing() as connection:
        revoke_till(connection, server.central.keys, till.id, "stolen", server.clock())
    told = other.pull("revocations")[0]
    assert {f"code/{serial}" for serial in left} <= set(told)
    assert f"code/{given}" not in told
    assert _refill(server) == 0  # the other till has got its own as it enrolled; a revoked one gets none
