"""What central says later on reaches the till: outcomes, erasures, a revocation (fault 49)."""

from __future__ import annotations

from typing import Any

import pytest

from central.feeds import FeedWriter
from central.revoking import revoke_till
from pos_app.storage.document_states import DocumentState, DocumentStates
from pos_app.storage.keys import PHONE_KEY
from tests.support.central_server import CentralServer
from tests.support.line_faults import stored
from tests.support.real_till import RealTill

STORE = "store/1"


def says(central: CentralServer, till: RealTill, doc_id: str, **body: Any) -> None:
    with central.central.database.writing() as connection:
        writer = FeedWriter(connection)
        writer.put("results", STORE, doc_id, body, only=till.identity.till)
        writer.flush()


def test_a_later_outcome_is_the_documents_state(till: RealTill, central: CentralServer) -> None:
    (made,) = till.note(1)
    till.engine.run_once()
    says(central, till, made.doc_id, status="applied_flagged", codes=["CLOCK_ANOMALY"])
    assert "results" in till.engine.run_once().changed
    picture = DocumentStates(till.files.till).of(made.doc_id)
    assert picture is not None
    assert (picture.state, picture.codes) == (DocumentState.FLAGGED, ("CLOCK_ANOMALY",))


def test_an_erasure_that_came_just_before_the_program_ended_is_obeyed_at_the_next_start(
    till: RealTill, central: CentralServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made,) = till.note(1, private={"name": "Nguyễn Thị Hoa"})
    till.engine.run_once()
    says(central, till, made.doc_id, status="applied", codes=[], private="erased")
    with monkeypatch.context() as ends:
        ends.setitem(till.side.after, "results", lambda: None)  # type: ignore[arg-type]
        till.engine.run_once()
    assert till.journal.private_part(made.doc_id) is not None
    till.at(central.url).engine.run_once()
    assert till.journal.private_part(made.doc_id) is None


@pytest.mark.expects_log("sync.engine", "a revocation is told loudly")
def test_a_revoked_till_freezes_and_knows_nobody_any_more(till: RealTill, central: CentralServer) -> None:
    till.engine.run_once()
    made = till.note(1)
    with central.central.database.writing() as connection:
        revoke_till(connection, central.central.keys, till.identity.till, "stolen", central.clock())
    assert till.engine.run_once().need == "revoked"
    for feed in ("customers", "orders", "staff"):
        assert till.side.feeds.cursor(feed) is None
    assert not till.keys.get(PHONE_KEY)
    assert till.journal.body(made[0].doc_id) is not None
    assert stored(central) == 0
    fresh = till.at(central.url)
    assert fresh.engine.run_once().need == "revoked"
