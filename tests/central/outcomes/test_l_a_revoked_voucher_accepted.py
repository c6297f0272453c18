"""§10 l: a voucher accepted that was revoked during the outage."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from central.feeds import FeedWriter
from central.publishing.trust import revocations
from central.tables.vouchers import revocation
from tests.support.central_books import cases, losses, outcome
from tests.support.central_payloads import sale_with_voucher
from tests.support.central_server import CentralServer
from tests.support.central_till import Till
from tests.support.central_world import VOUCHER

pytestmark = pytest.mark.both_databases


def _revoke(server: CentralServer) -> None:
    with server.central.database.writing() as connection:
        row = {"key": f"code/{VOUCHER}", "at": server.clock(), "reason": "stolen"}
        connection.execute(insert(revocation), row)
        writer = FeedWriter(connection)
        revocations(writer, [row["key"]])
        writer.flush()


def test_a_till_that_knew_is_flagged_and_it_is_our_loss(server: CentralServer, till: Till) -> None:
    _revoke(server)
    ver = till.pull("revocations")[0][f"code/{VOUCHER}"][0]
    sold = till.document("sale", sale_with_voucher(till, VOUCHER), as_of={"revocations": ver})
    assert outcome(till, sold) == ("applied_flagged", ["REVOKED_ACCEPTED"])
    assert losses(server) == {"voucher_loss": 50_000}


def test_a_till_that_could_not_know_is_not_flagged(server: CentralServer, till: Till) -> None:
    _revoke(server)
    ver = till.pull("revocations")[0][f"code/{VOUCHER}"][0]
    sold = till.document("sale", sale_with_voucher(till, VOUCHER), as_of={"revocations": ver - 1})
    assert outcome(till, sold) == ("applied", [])
    assert (cases(server), losses(server)) == ([], {})
