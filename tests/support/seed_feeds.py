"""Feed items as they stand in central's database."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, select

from central.tables.feeds import feed_item


def feed_bodies(connection: Connection, feed: str, scope: str, prefix: str = "") -> dict[str, Any]:
    """Key → body of the live items whose keys begin so."""
    rows = connection.execute(
        select(feed_item.c.key, feed_item.c.body).where(
            feed_item.c.feed == feed, feed_item.c.scope == scope, feed_item.c.key.startswith(prefix)
        )
    )
    return {key: json.loads(body) for key, body in rows if body is not None}
