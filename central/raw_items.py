"""Items kept raw beside the inbox: bytes that prove nothing, and what revoked tills have left."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pydantic_core import PydanticSerializationError
from sqlalchemy import Connection, Table, select, update

from central.private_parts import Named, of_erased
from sync.messages import Item

_AT_A_TIME = 500


def to_keep(connection: Connection, item: Item) -> bytes:
    """As it came, but without the private part of a customer who was erased meanwhile."""
    body = item.body.encode("utf-8", "surrogatepass")
    if item.private is not None and of_erased(connection, {item.doc_id: body}):
        item = _cleaned(item)
    return packed(item)


def read(data: bytes) -> Item:
    """One that was kept."""
    return Item.model_validate(json.loads(data))


def clean(connection: Connection, raw: Table, who: Named) -> int:
    """Takes the private parts out of those that name a customer; how many. Their bodies stay as evidence."""
    found = list(_with_private(connection, raw, who))
    for row_id, item in found:
        connection.execute(update(raw).where(raw.c.id == row_id).values(item=packed(_cleaned(item))))
    return len(found)


def _with_private(connection: Connection, raw: Table, who: Named) -> Iterator[tuple[int, Item]]:
    query = select(raw.c.id, raw.c.item).execution_options(yield_per=_AT_A_TIME)
    for row in connection.execute(query):
        item = read(bytes(row.item))
        body = item.body.encode("utf-8", "surrogatepass")
        if item.private is not None and who.meets(Named.in_body(body)):
            yield row.id, item


def _cleaned(item: Item) -> Item:
    return item.model_copy(update={"private": None, "salt": None})


def packed(item: Item) -> bytes:
    """The bytes that are kept of an item, also of one whose text cannot be UTF-8."""
    try:
        return item.model_dump_json().encode("utf-8")
    except PydanticSerializationError:
        return json.dumps(item.model_dump(), separators=(",", ":")).encode("ascii")
