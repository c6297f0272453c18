"""All sentences of `ui.messages` together: by class of error, and by reason.

A new error gets its Template in the module of its subject; tests/ui/test_messages.py misses it otherwise.
"""

from __future__ import annotations

from typing import Final

from pos_app.domain import errors
from ui import words_machine, words_people, words_returning, words_selling
from ui.messages import Template
from ui.words_approving import APPROVAL_REASONS
from ui.words_reasons import CODE_REASONS, CREDIT_REASONS, POLICY_REASONS

TEXTS: Final[dict[type[errors.PosError], Template]] = {
    **words_selling.TEXTS,
    **words_returning.TEXTS,
    **words_people.TEXTS,
    **words_machine.TEXTS,
}

REASONS: Final[dict[type[errors.PosError], dict[str, Template]]] = {
    errors.CodeRefused: CODE_REASONS,
    errors.CreditRefused: CREDIT_REASONS,
    errors.FolderRefused: words_machine.FOLDER_REASONS,
    errors.UsedElsewhere: words_selling.ELSEWHERE,
    errors.NothingToPrint: words_selling.NOTHING_TO_PRINT,
    errors.StaffNotAllowed: words_people.STAFF_REASONS,
    errors.PolicyRefused: POLICY_REASONS,
    errors.ApprovalRequired: APPROVAL_REASONS,
}
