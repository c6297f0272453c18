"""Receipt numbers: written, read, and the same suffix for shift numbers (protocol §2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORM = re.compile(r"(TR-)?([A-Z]{2,5})([0-9]{2,3})(?:\.([0-9]{1,3}))?-([0-9]{6,9})")


@dataclass(frozen=True, slots=True)
class ReceiptNumber:
    """`NT02-005141` in its parts; `count` is gapless per till and epoch, in training counted apart."""

    store_code: str
    till_number: int
    epoch: int
    count: int
    training: bool = False

    def __str__(self) -> str:
        return receipt_number(self.store_code, self.till_number, self.epoch, self.count, self.training)


def receipt_number(store_code: str, till_number: int, epoch: int, count: int, training: bool = False) -> str:
    """`NT02-005141`; from the second epoch on `NT02.2-000001`; in training `TR-NT02-000007`."""
    mark = "TR-" if training else ""
    return f"{mark}{store_code}{till_number:02d}{epoch_suffix(epoch)}-{count:06d}"


def epoch_suffix(epoch: int) -> str:
    """What distinguishes the numbers of a later epoch: `.2`; nothing in the first. Also on Z numbers."""
    return f".{epoch}" if epoch > 1 else ""


def parse_receipt_number(text: str) -> ReceiptNumber | None:
    """The parts of a receipt number, typed in either case; None when the text is none."""
    found = _FORM.fullmatch(text.strip().upper())
    if found is None:
        return None
    training, store_code, till_number, epoch, count = found.groups()
    number = ReceiptNumber(store_code, int(till_number), int(epoch or 1), int(count), training is not None)
    return number if str(number) == found.group(0) and number.epoch < 256 > number.till_number else None
