"""Documents, codes, boxes and images that cannot be read or do not hold."""

from __future__ import annotations

from pos_app.domain.errors.base import PosError


class DocumentRefused(PosError):
    """Bytes that are not a valid document (`reason`: the machine reasons of the journal vectors)."""

    code = "document_refused"


class CodeRefused(PosError):
    """A scanned code that is refused (`reason`: machine reasons of protocol §7)."""

    code = "code_refused"


class SealRefused(PosError):
    """A sealed box that this key does not open, or that was changed (`purpose`)."""

    code = "seal_refused"


class ImageUnreadable(PosError):
    """Bytes that are no picture we can open (`reason`: no_image, too_large)."""

    code = "image_unreadable"


class CodeRevoked(PosError):
    """Central has withdrawn this code (`serial`)."""

    code = "code_revoked"
