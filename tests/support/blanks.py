"""A chain whose tills hold blanks: counter vouchers that central has signed for them in advance."""

from __future__ import annotations

from sqlalchemy import select, update

from central.blanks import refill
from central.tables.tenant import policy
from tests.support.central_server import CentralServer


def let_tills_hold(server: CentralServer, campaign: int, value: int) -> None:
    """Two of `value` đồng each from now on; they come with the next pull."""
    with server.central.database.writing() as connection:
        body = connection.scalar(select(policy.c.body).where(policy.c.level == "tenant"))
        wish = {str(campaign): {"hold": 2, "value": value, "days": 30}}
        changed = {**(body or {}), "blanks": wish}
        connection.execute(update(policy).where(policy.c.level == "tenant").values(body=changed))
        refill(connection, server.central.keys, server.clock())
