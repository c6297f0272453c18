"""What typing, choosing and adding on the search screen lead to. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.domain.errors import PosError, ProductUnknownHere
from pos_app.services.catalogue import SHOWN, Filter, Hit
from pos_app.text import _, money, ngettext
from ui import messages
from ui.goods import IconOf, icons_by
from ui.search import shown
from ui.search.matches import typed_words
from ui.search.state import DetailsState, EmptyWords, SearchState
from ui.search.ways import SearchServices, SearchWays

CHEAP = 400_000
"""The price, in đồng, below which the third filter looks."""
FILTERS = {"all": Filter(), "here": Filter(only_here=True), "cheap": Filter(below=CHEAP)}


class SearchPresenter:
    """One per screen. `open` is how other screens come here."""

    def __init__(self, services: SearchServices, ways: SearchWays | None = None) -> None:
        self._services = services
        self._ways = ways or SearchWays()
        self._show: Callable[[SearchState], None] = lambda _state: None
        self._text, self._filter = "", "all"
        self._hits: list[Hit] = []
        self._current = self._chosen = ""  # the selected row, and the variant shown beside it
        self._trouble: EmptyWords | None = None

    # --- state ---------------------------------------------------------------------------------
    def shown_by(self, show: Callable[[SearchState], None]) -> None:
        """Who shows the state; it is shown at once."""
        self._show = show
        show(self.state())

    def open(self, text: str = "") -> None:
        """Begin anew, with what was typed elsewhere if anything."""
        self._filter = "all"
        self.typed(text)

    def refresh(self) -> None:
        """Look again: stock and prices may have changed. What is chosen stays chosen."""
        kept = self._current, self._chosen
        self._look()
        if any(hit.product.id == kept[0] for hit in self._hits):
            self._current, self._chosen = kept
        self._show(self.state())

    def state(self) -> SearchState:
        """The state of this moment."""
        icon_of, typed = self._icons(), typed_words(self._text)
        return SearchState(
            text=self._text,
            filters=_filters(),
            filter=self._filter,
            note=self._note() if self._hits else "",
            rows=tuple(shown.row_of(hit, typed, icon_of) for hit in self._hits),
            current=self._current,
            details=self._details(icon_of),
            empty=None if self._hits else self._trouble or self._nothing(),
        )

    def _icons(self) -> IconOf:
        categories = self._services.catalogue.categories()
        return icons_by({category.id: category.icon for category in categories})

    def _details(self, icon_of: IconOf) -> DetailsState | None:
        if not self._chosen:
            return None
        session = self._services.session
        try:
            found = self._services.search.details(self._chosen)
        except ProductUnknownHere:  # the feed dropped it between the look and the press
            return None
        return shown.details_of(found, icon_of, session.now, session.policy.timezone)

    # --- typing --------------------------------------------------------------------------------
    def typed(self, text: str) -> None:
        """As you type: the best hit is chosen, so that Enter adds what stands on top."""
        self._text = text
        self._look()
        self._show(self.state())

    def filter(self, name: str) -> None:
        """Another tab."""
        self._filter = name
        self.typed(self._text)

    def _look(self) -> None:
        self._trouble = None
        try:
            self._hits = self._services.search.search(self._text, FILTERS[self._filter])
        except PosError as error:  # no catalogue has come yet, or the disk is in trouble
            words = messages.words(error)
            self._hits, self._trouble = [], EmptyWords(words.title, words.line)
        self._current = self._chosen = self._hits[0].product.id if self._hits else ""

    def _note(self) -> str:
        if not self._text.strip():
            return _("Hàng bán chạy nhất, gõ tên hoặc mã để tìm")
        if len(self._hits) >= SHOWN:
            return _("{n} kết quả đầu, gõ thêm chữ để thu hẹp").format(n=SHOWN)
        count = len(self._hits)
        return ngettext(
            "{n} kết quả, gõ không dấu cũng được", "{n} kết quả, gõ không dấu cũng được", count
        ).format(n=count)

    def _nothing(self) -> EmptyWords:
        text = self._text.strip()
        if not text:
            return EmptyWords(
                _("Gõ tên, mã hàng hoặc màu"), _("Không cần dấu, thứ tự nào cũng được: giay den 38.")
            )
        title = _("Không tìm thấy “{text}”").format(text=text)
        if self._filter != "all":
            return EmptyWords(title, _("Thử bỏ bớt chữ, hoặc chọn Tất cả thay vì chỉ một phần hàng."))
        return EmptyWords(title, _("Thử bỏ bớt chữ. Mỗi chữ chỉ cần gõ phần đầu, không cần dấu."))

    # --- choosing ------------------------------------------------------------------------------
    def select(self, product: str) -> None:
        """A row was pressed."""
        self._current = self._chosen = product
        self._show(self.state())

    def move(self, step: int) -> None:
        """↑ and ↓: −1 or +1 row."""
        keys = [hit.product.id for hit in self._hits]
        if keys:
            at = keys.index(self._current) + step if self._current in keys else 0
            self.select(keys[max(0, min(len(keys) - 1, at))])

    def choose(self, product: str) -> None:
        """Another colour or size of the chosen style; its row is selected if it is on the list."""
        self._chosen = product
        if any(hit.product.id == product for hit in self._hits):
            self._current = product
        self._show(self.state())

    # --- ways on -------------------------------------------------------------------------------
    def add(self) -> None:
        """Enter: the chosen product goes into the cart, unless it cannot be sold now."""
        details = self.state().details
        if details is not None and not details.refusal:
            self._ways.add(details.product)

    def scan(self, text: str) -> None:
        """A scanner read something: that is for the cart."""
        self._ways.scan(text)

    def back(self) -> None:
        """To the cart, with nothing added."""
        self._ways.back()


def _filters() -> tuple[tuple[str, str], ...]:
    cheap = _("Dưới {amount}").format(amount=money(CHEAP))
    return (("all", _("Tất cả")), ("here", _("Còn hàng ở đây")), ("cheap", cheap))
