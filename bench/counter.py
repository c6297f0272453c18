"""Below the window: search, phone look-up, and from Pay to committed."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import cycle, islice

from bench import sample
from bench.goals import Result, p50_and_p99, percentile
from bench.till import BenchTill

SEARCH_MS, PHONE_MS, PAY_MS = 30.0, 10.0, 25.0
TYPED = (
    "giay bup be",
    "tui deo",
    "khan",
    "do ruou 37",
    "ao so mi lua den",
    "giay",
    "be",
    "vi gap canvas nau",
)
SALES = 200
LINES_A_SALE = 5


def timed(act: Callable[[], object]) -> float:
    """Seconds."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def search(till: BenchTill, rounds: int = 4) -> list[Result]:
    """Every prefix of what a cashier types, each as one key press."""
    prefixes = [text[:length] for text in TYPED for length in range(1, len(text) + 1)]
    find = till.services.search.search
    taken = [timed(lambda text=text: find(text)) for text in prefixes * rounds]  # type: ignore[misc]
    return p50_and_p99("search as you type", taken, SEARCH_MS)


def phone_look_up(till: BenchTill, customers: int, rounds: int = 300) -> list[Result]:
    """Phones spread over all customers."""
    step = max(customers // rounds, 1)
    phones = ["0" + sample.phone_of(1 + number * step % customers)[3:] for number in range(rounds)]
    find = till.services.scans.find_by_phone
    taken = [timed(lambda text=text: find("+84" + text[1:])) for text in phones]  # type: ignore[misc]
    assert find("+84" + phones[0][1:]), "the folder knows its customers"
    return p50_and_p99("phone look-up", taken, PHONE_MS)


def pay(till: BenchTill, products: int, fsync: list[float]) -> list[Result]:
    """From the exact-cash key to the committed document, receipt queued; the goal leans on the disk."""
    services, codes = till.services, cycle(sample.barcode(1 + n * 7 % products) for n in range(products))
    taken = []
    for _ in range(SALES):
        for code in islice(codes, LINES_A_SALE):
            services.scans.scan(code)
        services.checkout.save_draft()
        taken.append(timed(lambda: _pay(till)))
    goal = PAY_MS + 2 * percentile(fsync, 0.99) * 1000
    return p50_and_p99("pay to committed", taken, goal)


def _pay(till: BenchTill) -> None:
    payment = till.services.selling.begin_payment()
    payment.complete(payment.cash_due)
