"""Who is not known at this till is asked about at central, beside the screen (protocol §9)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pos_app.domain.errors import AskCentral
from pos_app.services.customers import Customers, CustomerView
from ui.asking_central import AskingCentral
from ui.customer.state import Asked
from ui.running import Run


class AtCentral:
    """One question at a time: an answer to a former one is not for this page. Knows no Qt."""

    def __init__(self, customers: Customers, run: Run) -> None:
        self._customers = customers
        self._asking = AskingCentral(run, lambda _answer: None)  # the page itself says that it asks
        self.asked: Asked = ""
        self._search = object()

    def forget(self) -> None:
        """Somebody else is looked for."""
        self.asked, self._search = "", object()

    def ask(self, key: str, told: Callable[[Sequence[CustomerView]], None]) -> None:
        """`key` as `Customers.at_central`; `told` who was found, at once where central cannot be asked."""
        search = self._search

        def again() -> None:
            if self._search is search:
                self.ask(key, told)

        try:
            found = self._customers.at_central(key)
        except AskCentral as needed:
            self.asked = "asking"
            self._asking.ask(needed, again)
            return
        self.asked = "silent" if found is None else "told"
        told(found or ())
