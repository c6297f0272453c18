"""A revoked till gives away what it has not sent: once each, unread, and it keeps it all (fault 49)."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from central.revoking import revoke_till
from central.tables.recovery import salvaged_item
from pos_app.storage.status import StatusStore
from sync.leaving import STATUS
from sync.messages import BATCH_DOCUMENTS
from tests.support.central_server import CentralServer
from tests.support.line_faults import stored
from tests.support.real_till import RealTill

pytestmark = pytest.mark.expects_log("sync.engine", "a revocation is told loudly")


def revoke(central: CentralServer, till: RealTill) -> None:
    with central.central.database.writing() as connection:
        revoke_till(connection, central.central.keys, till.identity.till, "stolen", central.clock())


def kept(central: CentralServer) -> int:
    """How many items wait at central for a person."""
    with central.central.database.reading() as connection:
        return len(connection.execute(select(salvaged_item.c.id)).all())


def test_what_was_unsent_is_kept_at_central_and_stays_in_the_outbox(
    till: RealTill, central: CentralServer
) -> None:
    till.engine.run_once()
    till.note(3)
    revoke(central, till)
    assert [till.engine.run_once().need for _ in range(2)] == ["revoked", "revoked"]
    assert (kept(central), stored(central), till.unsent) == (3, 0, 3)


def test_more_than_one_batch_is_given_away_and_none_of_it_twice(
    till: RealTill, central: CentralServer
) -> None:
    till.engine.run_once()
    till.note(BATCH_DOCUMENTS + 5)
    revoke(central, till)
    till.engine.run_once()
    till.engine.run_once()
    assert kept(central) == BATCH_DOCUMENTS + 5
    assert till.side.leaving.leave(till.client) == 0


def test_what_is_made_after_the_revocation_follows(till: RealTill, central: CentralServer) -> None:
    till.engine.run_once()
    till.note(1)
    revoke(central, till)
    till.engine.run_once()
    till.engine.run_once()
    till.note(2)
    assert till.side.leaving.leave(till.client) == 2
    assert kept(central) == 3


@pytest.mark.expects_log("sync.leaving", "central is gone in this test")
def test_a_central_that_is_gone_is_asked_again_later(till: RealTill, central: CentralServer) -> None:
    till.engine.run_once()
    till.note(2)
    revoke(central, till)
    away = till.at("http://127.0.0.1:9")
    assert away.side.leaving.leave(away.client) == 0
    assert StatusStore(away.files.drafts_database).get(STATUS) is None
    away.client.close()
    assert till.side.leaving.leave(till.client) == 2
