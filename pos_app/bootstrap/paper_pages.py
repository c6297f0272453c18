"""A receipt of this till on the screen, as its paper says it."""

from __future__ import annotations

import logging
from typing import Any, Final

from pos_app.bootstrap.navigation import Navigation
from pos_app.bootstrap.paper import make_paper_facts
from pos_app.bootstrap.services import Services
from pos_app.bootstrap.stores import Stores
from pos_app.storage.print_jobs import PrintJob
from printing.preview import png
from printing.worker import compose
from ui import background
from ui.attention import codes
from ui.paper.dialog import open_paper

log = logging.getLogger(__name__)

WAIT_S: Final = 10.0


class PaperPages:
    """Prints nothing and writes nothing; composed beside the screen, in the language of the screen."""

    def __init__(self, services: Services, stores: Stores, go: Navigation) -> None:
        self._journal = services.journal
        self._facts = make_paper_facts(stores, services.journal)
        self._go = go

    def show(self, doc_id: str) -> None:
        """The receipt of an own document; nothing where it has none."""
        body = self._journal.body(doc_id)
        if body is None:
            return
        number = str(body["payload"].get("receipt_no") or "")
        title = f"{codes.document(str(body['kind']))} {number}".strip()

        def done(picture: Any, error: Exception | None) -> None:
            if error is not None:
                log.error("the paper of %s cannot be shown", doc_id, exc_info=error)
                return
            open_paper(self._go.window, title, picture)

        background.once(lambda: self._picture(doc_id, body), WAIT_S, done)

    def _picture(self, doc_id: str, body: dict[str, Any]) -> bytes:
        job = PrintJob(0, doc_id, "receipt", 1, False, False, "printed", 0, None, None)
        return png(compose(job, body, self._facts.of(job, body)))
