"""Sealed exports: documents that came on a stick, through the same inbox as every other (protocol §5, §8)."""

from __future__ import annotations

from pydantic import ValidationError

from central.errors import BadRequest, TooLarge, Unprocessable
from central.ingest import Ingest
from central.keys import TenantKeys
from central.routes.reading import inflate
from pos_app.domain.errors import SealRefused
from pos_app.domain.ids import TillId
from pos_app.domain.sealing import open_box
from sync.messages import BATCH_BYTES_INFLATED, Item, ItemResult
from sync.messages.recovery import ExportedItems, SealedExport


def opened(sealed: SealedExport, keys: TenantKeys) -> list[Item]:
    """What is in the box. Unprocessable (`bad_box`) where it is not ours or not whole."""
    try:
        content = open_box(bytes.fromhex(sealed.box), keys.recovery, "export", TillId(sealed.till))
        return ExportedItems.model_validate_json(inflate(content, BATCH_BYTES_INFLATED)).items
    except (SealRefused, ValidationError, ValueError, BadRequest, TooLarge) as error:
        raise Unprocessable("bad_box") from error


def take(ingest: Ingest, sealed: SealedExport, keys: TenantKeys, carried_by: str) -> list[ItemResult]:
    """Books what is in it; what is known already is a duplicate, so nothing is harmed by doing it twice."""
    return ingest.bring(carried_by, opened(sealed, keys))
