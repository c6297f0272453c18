"""What can be refused or go wrong, as types with fields; the words for people are in ui.messages."""

from __future__ import annotations

from typing import ClassVar


class PosError(Exception):
    """A refusal with a reason. Subclasses add fields; `code` names it on the wire and in logs."""

    code: ClassVar[str] = "error"

    def __init__(self, **fields: object) -> None:
        super().__init__(self.code, fields)
        self.fields: dict[str, object] = fields

    def __getattr__(self, name: str) -> object:
        fields = self.__dict__.get("fields", {})
        if name in fields:
            return fields[name]
        raise AttributeError(name)

    def __str__(self) -> str:
        inside = ", ".join(f"{name}={value!r}" for name, value in self.fields.items())
        return f"{self.code}({inside})"


class TroubleOutside(PosError):
    """Not a refusal and not our bug: the disk, a device or a file is in trouble."""

    code = "trouble_outside"


# --- money ------------------------------------------------------------------------------------
class AmountRefused(PosError):
    """An amount or percentage outside what the rule allows (`amount`, `least`, `most`)."""

    code = "amount_refused"


class AmountUnreadable(PosError):
    """Typed text that is no amount of đồng (`text`)."""

    code = "amount_unreadable"


class QuantityRefused(PosError):
    """A quantity that is zero, negative, too large or not whole where it must be (`quantity`, `most`)."""

    code = "quantity_refused"


class NoPriceInForce(PosError):
    """No price or VAT rate of this product is in force (`product`, `sku`, `name`)."""

    code = "no_price_in_force"


# --- cart -------------------------------------------------------------------------------------
class LineUnknown(PosError):
    """The cart has no such line (`no`)."""

    code = "line_unknown"


class NothingToUndo(PosError):
    """No line action is left that could be undone."""

    code = "nothing_to_undo"


class UncodedTooDear(PosError):
    """Goods without a code above the limit a piece (`price`, `most`)."""

    code = "uncoded_too_dear"


# --- documents and codes ----------------------------------------------------------------------
class DocumentRefused(PosError):
    """Bytes that are not a valid document (`reason`: the machine reasons of the journal vectors)."""

    code = "document_refused"


class CodeRefused(PosError):
    """A scanned code that is refused (`reason`: machine reasons of protocol §7)."""

    code = "code_refused"


class PhoneRefused(PosError):
    """Text that is not a phone number (`text`)."""

    code = "phone_refused"


class VietQRRefused(PosError):
    """A VietQR text that does not parse, or fields that must not become a QR (`reason`)."""

    code = "vietqr_refused"
