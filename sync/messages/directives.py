"""What central orders a till to do (protocol §5): exactly these four."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from sync.messages import Epoch, Seq, Wire

log = logging.getLogger(__name__)


class Rewind(Wire):
    """Central was restored and knows less: send again from there."""

    directive: Literal["rewind"]
    epoch: Epoch
    from_seq: Seq
    incarnation: Annotated[str, Field(min_length=1)]


class NewEpoch(Wire):
    """This epoch is forked or retired: a manager enrols the till again."""

    directive: Literal["new_epoch"]
    epoch: Epoch


class Refetch(Wire):
    """One feed again from nothing."""

    directive: Literal["refetch"]
    feed: str


class Revoked(Wire):
    """What it says counts only with the proof in it (protocol §4.6)."""

    directive: Literal["revoked"]


Order = Rewind | NewEpoch | Refetch | Revoked
_ORDER: TypeAdapter[Order] = TypeAdapter(Annotated[Order, Field(discriminator="directive")])


def order_of(words: Mapping[str, Any]) -> Order | None:
    """None for what is of a later version, or misses a field: it is left alone, never guessed."""
    try:
        return _ORDER.validate_python(dict(words))
    except ValidationError:
        log.warning("an order that this version does not know: %r", words.get("directive"))
        return None
