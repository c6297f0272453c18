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


class QuantityRefused(PosError):
    """A quantity that is zero, negative, too large or not whole where it must be (`quantity`, `most`)."""

    code = "quantity_refused"


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
