"""What every error is: a code and fields, no prose; and trouble that comes from outside."""

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
