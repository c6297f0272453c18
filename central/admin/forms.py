"""What requests and answers of the admin API are made of: strict types, NFC texts, integers in range."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer

from central.keys import instant_text
from sync.messages import UuidText

MOST_DONG = 10**12
"""More than this is a slip of the keyboard, and far below what JSON readers can hold exactly (2^53)."""
MOST_QUANTITY = 10**9
PAGE = 500
_FIRST_YEAR, _LAST_YEAR = 2020, 2199


class Form(BaseModel):
    """What somebody sends: nothing beyond what is named here is taken."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Told(BaseModel):
    """What is answered; later versions may add to it."""

    model_config = ConfigDict(frozen=True)


def _nfc(text: str) -> str:
    if not unicodedata.is_normalized("NFC", text):
        raise ValueError("not in Unicode's form NFC")
    if any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text):
        raise ValueError("control characters")
    return text


def _in_our_time(value: datetime) -> datetime:
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise ValueError(f"a year from {_FIRST_YEAR} to {_LAST_YEAR}")
    return value.astimezone(UTC)


def _day_in_our_time(value: date) -> date:
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise ValueError(f"a year from {_FIRST_YEAR} to {_LAST_YEAR}")
    return value


Text = Annotated[str, AfterValidator(_nfc)]
Instant = Annotated[
    AwareDatetime,
    Field(strict=False, examples=["2026-11-22T03:00:00Z"]),
    AfterValidator(_in_our_time),
    PlainSerializer(instant_text, return_type=str),
]
"""RFC 3339 with an offset; answered in UTC, whole seconds."""
Day = Annotated[date, Field(strict=False, examples=["2026-12-31"]), AfterValidator(_day_in_our_time)]

ProductId = Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,40}$", examples=["SP000001"])]
StoreNo = Annotated[int, Field(ge=1, le=65535, examples=[1])]
AnyStore = Annotated[int, Field(ge=0, le=65535, description="0 = every store", examples=[0])]
Dong = Annotated[int, Field(ge=0, le=MOST_DONG, description="đồng", examples=[600000])]
Quantity = Annotated[int, Field(ge=1, le=MOST_QUANTITY, description="thousandths", examples=[1000])]
OrderNo = Annotated[int, Field(ge=1, le=2**32 - 1, examples=[48207])]
CustomerId = UuidText
Serial = Annotated[str, Field(pattern=r"^[0-9]{1,20}$", examples=["1111111111111111111"])]
