"""What central orders, and what is believed of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pos_app.domain.cart import Cart
from pos_app.domain.customer import CustomerCard
from pos_app.domain.ids import uuid7
from pos_app.storage.drafts import DraftStore
from pos_app.storage.feeds import Position
from pos_app.storage.identity import IdentityStore
from pos_app.storage.journal import Draft
from pos_app.storage.standing import Reason, StandingStore
from tests.support.central_server import CentralServer
from tests.support.hostile_server import Reply, answer, hostile_server, only
from tests.support.real_till import RealTill

UNAUTHORISED = "401 Unauthorized"
FORBIDDEN = "403 Forbidden"


def hello(*directives: dict[str, Any], **more: Any) -> Reply:
    """A hello with orders in it."""
    told = {
        "protocol": {"min": 1, "max": 1},
        "server_time": "2026-11-22T03:00:00Z",
        "incarnation": "i2",
        "feeds": {},
        "directives": list(directives),
        **more,
    }
    return answer(json.dumps(told).encode())


def ordered(till: RealTill, *directives: dict[str, Any], **more: Any) -> Any:
    with hostile_server(hello(*directives, **more)) as server:
        return till.at(server.url).engine.run_once()


def revocation(
    central: CentralServer, whose: RealTill, kind: str = "directive", **change: Any
) -> dict[str, Any]:
    names = {"tenant": whose.identity.tenant, "till": whose.identity.till}
    entry = {**names, "at": "2026-11-22T03:00:00Z", **change}
    signed = central.central.keys.sign_object(kind, "entry", dict(entry))
    return {"entry": entry, "key_id": 11, "signature": signed["signature"]}


def customers(till: RealTill) -> Position | None:
    return till.side.feeds.cursor("customers")


def test_a_rewind_sends_again_from_there(till: RealTill) -> None:
    till.note(5)
    till.engine.run_once()
    assert till.unsent == 0
    ordered(till, {"directive": "rewind", "epoch": 1, "from_seq": 3, "incarnation": "i2"})
    assert till.unsent == 3
    assert till.engine.run_once().sent == 3


def test_a_refetch_brings_the_feed_again(till: RealTill) -> None:
    till.engine.run_once()
    with hostile_server(hello({"directive": "refetch", "feed": "staff"})) as server:
        till.at(server.url).engine.run_once()
    assert till.engine.run_once().changed == ("staff",)


def test_a_new_epoch_is_a_managers_business(till: RealTill) -> None:
    assert ordered(till, {"directive": "new_epoch", "epoch": 1}).need == "enrol_again"


def test_an_order_for_an_epoch_that_was_left_says_nothing_of_this_one(till: RealTill) -> None:
    assert ordered(till, {"directive": "new_epoch", "epoch": 9}).need is None
    assert not StandingStore(till.files.till).read().is_restricted


def test_a_retired_epoch_restricts_the_till(till: RealTill) -> None:
    ordered(till, {"directive": "new_epoch", "epoch": 1})
    assert StandingStore(till.files.till).read().reason == "epoch_retired"


@pytest.mark.parametrize("reason", ["anchor_unknown", "restored", "spare"])
def test_the_second_answer_of_a_run_confirms_the_head(till: RealTill, reason: Reason) -> None:
    standing = StandingStore(till.files.till)
    standing.restrict(reason, till.clock.now())
    till.engine.run_once()
    assert standing.read().reason == reason  # the first hello was signed by the PC's clock
    till.engine.run_once()
    assert not standing.read().is_restricted


def test_lost_documents_are_not_settled_by_an_answer(till: RealTill) -> None:
    standing = StandingStore(till.files.till)
    standing.restrict("anchor_newer", till.clock.now())
    for _ in range(3):
        till.engine.run_once()
    assert standing.read().reason == "anchor_newer"


@pytest.mark.expects_log("sync.messages.directives", "the order is not known")
def test_an_order_of_a_later_version_is_left_alone(till: RealTill) -> None:
    report = ordered(till, {"directive": "dance"})
    assert (report.is_online, report.need) == (True, None)


def test_the_next_spare_epoch_is_kept(till: RealTill) -> None:
    ordered(till, spare={"epoch": 7, "nonce": "ab" * 32})
    held = IdentityStore(till.files.till).load()
    assert held is not None
    assert (held.spare_epoch, held.spare_nonce) == (7, "ab" * 32)


def made_customer(till: RealTill) -> str:
    """A customer who was made here; the name stands in the private part."""
    customer = uuid7(till.clock.now())
    payload = {"customer": customer, "fields": ["name", "phone"], "purposes": []}
    private = {"name": "Trần Thị Hoa", "phone": "+84912345678"}
    return till.journal.record(Draft("customer_create", payload, staff=7, private=private)).doc_id


@pytest.mark.expects_log("sync.engine", "a revocation is told loudly")
def test_a_signed_revocation_wipes_customers_and_keeps_the_journal(
    till: RealTill, central: CentralServer
) -> None:
    made = till.note(2)
    till.engine.run_once()
    assert customers(till) is not None
    proof = json.dumps({"code": "revoked", **revocation(central, till)}).encode()
    with hostile_server(answer(proof, FORBIDDEN)) as server:
        far = till.at(server.url)
        assert far.engine.run_once().need == "revoked"
        assert far.engine.run_once().next_in_s == 3600
        assert len(server.heard) == 1
    assert customers(till) is None
    assert till.staff.everyone() == []
    assert till.journal.body(made[0].doc_id) is not None


def test_what_is_wiped_is_everything_that_names_a_customer_and_nothing_unsent(till: RealTill) -> None:
    sent = made_customer(till)
    till.engine.run_once()
    unsent = made_customer(till)
    drafts = DraftStore(till.files.drafts_database, till.clock)
    card = CustomerCard.from_json({"id": uuid7(till.clock.now()), "name": "Hoa N.", "last3": "678"})
    cart = Cart()
    cart.attach_customer(card)
    drafts.hold({"cart": cart.to_json()}, "Hoa N.")
    till.side.wipe()
    assert till.side.feeds.cursor("sales") is None
    assert till.journal.private_part(sent) is None
    assert till.journal.private_part(unsent) is not None  # it is still to be given away
    (held,) = drafts.held()
    assert "Hoa" not in f"{held.label} {held.body}"


@pytest.mark.parametrize(
    ("kind", "change"),
    [("enrol", {}), ("directive", {"till": "0197a0b4-0000-7000-8000-00000000000f"})],
)
def test_a_revocation_that_proves_nothing_wipes_nothing(
    till: RealTill, central: CentralServer, kind: str, change: dict[str, Any]
) -> None:
    till.engine.run_once()
    proof = json.dumps({"code": "revoked", **revocation(central, till, kind, **change)}).encode()
    with hostile_server(answer(proof, FORBIDDEN)) as server:
        assert till.at(server.url).engine.run_once().need == "revocation_unproved"
    assert customers(till) is not None


def test_a_bare_403_wipes_nothing(till: RealTill) -> None:
    till.engine.run_once()
    with hostile_server(answer(b'{"code":"revoked"}', FORBIDDEN)) as server:
        assert till.at(server.url).engine.run_once().need == "revocation_unproved"
    assert customers(till) is not None


def test_a_central_that_forgot_us_is_shown_our_certificate(till: RealTill) -> None:
    unknown = answer(b'{"code":"unknown_till"}', UNAUTHORISED)
    with hostile_server(only("/v1/tills", answer(b"{}"), unknown)) as server:
        report = till.at(server.url).engine.run_once()
        shown = json.loads(server.heard[-1].body)
    assert report.need == "unknown_till"
    assert shown["certificate"]["till"] == till.identity.till


def test_a_retired_epoch_on_feeds_asks_for_enrolment(till: RealTill) -> None:
    retired = answer(b'{"code":"epoch_retired"}', "409 Conflict")
    with hostile_server(only("/v1/feeds", retired, hello(feeds={"catalogue": "x-1"}))) as server:
        report = till.at(server.url).engine.run_once()
    assert (report.is_online, report.need) == (True, "enrol_again")


def test_an_old_protocol_asks_for_an_update(till: RealTill) -> None:
    with hostile_server(answer(b'{"code":"too_old"}', "426 Upgrade Required")) as server:
        assert till.at(server.url).engine.run_once().need == "update"


def test_a_keyset_that_the_root_did_not_sign_is_not_taken(till: RealTill) -> None:
    till.engine.run_once()
    before = till.side.keyset()
    forged = {**before, "version": before["version"] + 1}
    page = {
        "handle": "h", "next": "h-9", "up_to_date": True, "count": 1, "checksum": "1",
        "items": [{"key": "keyset", "ver": 9, "op": "put", "body": forged}],
    }  # fmt: skip
    feeds = answer(json.dumps(page).encode())
    with hostile_server(only("/v1/feeds", feeds, hello(feeds={"keyset": "h-9"}))) as server:
        report = till.at(server.url).engine.run_once()
    assert report.mismatched == ("keyset",)
    assert till.side.keyset() == before


@pytest.mark.expects_log("sync.pull", "a feed's file has lost an item")
def test_a_feed_that_does_not_add_up_at_the_start_is_fetched_again(till: RealTill) -> None:
    till.engine.run_once()
    with till.files.store.writing() as connection:
        connection.exec_driver_sql(
            "DELETE FROM item WHERE rowid = (SELECT min(rowid) FROM item WHERE feed = 'tills')"
        )
    assert not till.side.feeds.check("tills")
    restarted = till.at(till.identity.central_url)
    assert restarted.engine.run_once().changed == ("tills",)
    assert till.side.feeds.check("tills")
