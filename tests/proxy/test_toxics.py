"""Every toxic between a till and central on PostgreSQL: what was sold in it arrives once, and all sums hold.

Of the network's faults: 22 and 24 (limits), 23 (answer lost), 26 (delivered twice at once), 27 (delivered
after the client gave up), 28 (storms), 29 (thin and dripping lines), 30 (silence), 33 (redirect),
34 (flapping).
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from sync.client import Timeouts
from tests.simulation.acts import give_back, move_cash, sell, sell_to_customer
from tests.support import toxics
from tests.support.far_world import HASTY, FarWorld
from tests.support.fault_proxy import Fault
from tests.support.whole_till import PATIENT

UPLOAD = "/v1/documents"


@dataclass(frozen=True, slots=True)
class Toxic:
    """`arrives`: what central has after a turn in it: everything, nothing, or all but the answers."""

    fault: Fault
    arrives: str = "nothing"
    only: str = ""
    timeouts: Timeouts = PATIENT


TOXICS = {
    "latency": Toxic(toxics.latency(0.05), "all"),
    "bandwidth": Toxic(toxics.bandwidth(16_000), "all", UPLOAD),
    "slow_close": Toxic(toxics.slow_close(0.2), "all"),
    "slicer": Toxic(toxics.slicer(100), "all", UPLOAD),
    "dripping": Toxic(toxics.slicer(1, 0.05), "unheard", UPLOAD, HASTY),
    "timeout": Toxic(toxics.timeout, timeouts=HASTY),
    "reset_peer": Toxic(toxics.reset_peer),
    "limit_request": Toxic(toxics.limit_request(100), only=UPLOAD),
    "limit_answer": Toxic(toxics.limit_answer(0.6), "unheard", UPLOAD),
    "drop_answer": Toxic(toxics.drop_answer, "unheard", UPLOAD),
    "duplicate": Toxic(toxics.duplicate, "any", UPLOAD),
    "late": Toxic(toxics.late, "any", UPLOAD, HASTY),
    "page": Toxic(toxics.page()),
    "page of an upload": Toxic(toxics.page(), only=UPLOAD),
    "redirect": Toxic(toxics.redirect("http://127.0.0.1:9/v1/documents")),
    "500": Toxic(toxics.page("500 Internal Server Error")),
    "502": Toxic(toxics.page("502 Bad Gateway")),
    "429": Toxic(toxics.answers("429 Too Many Requests", b'{"code":"busy"}', "Retry-After: 2")),
    "flapping": Toxic(toxics.flapping(), "any"),
}


@pytest.mark.parametrize("name", TOXICS)
@pytest.mark.expects_log("urllib3", "an answer may be cut in its headers")
@pytest.mark.expects_log("sync", "it tells of what it meets")
def test_what_is_sold_on_a_bad_line_arrives_once(world: FarWorld, name: str) -> None:
    toxic = TOXICS[name]
    world.act(sell, sell_to_customer)
    world.far.sync()
    before = world.stored()
    assert world.done() == before == world.far.documents()

    world.far.patience(toxic.timeouts)
    world.proxy.set(toxic.fault, toxic.only)
    world.act(sell, sell_to_customer, give_back)
    offline = world.far.documents()
    with world.syncing():
        world.act(sell, move_cash)  # while the line does what it does
    made = world.far.documents()
    assert len(made) > len(offline) > len(before)
    assert world.done() <= world.stored() <= made, "nothing leaves the outbox that central has not got"
    if toxic.arrives == "all":
        assert world.done() >= offline
    elif toxic.arrives == "unheard":
        assert world.done() == before
        assert world.stored() >= offline
    elif toxic.arrives == "nothing":
        assert world.done() == world.stored() == before
    else:
        assert world.proxy.over.wait(10)

    world.proxy.set(toxics.fine)
    world.heal()
    assert world.stored() == made
