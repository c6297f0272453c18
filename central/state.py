"""What every request works with: settings, database, keys, clock, and how many batches run at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from central.auth import Caller, SignedRequest, authenticate
from central.database import Database
from central.enrolment import close_codes
from central.errors import EpochRetired, TooBusy
from central.keys import TenantKeys
from central.limits import Attempts
from central.settings import Settings


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Central:
    """Built once by `central.app.build`, handed to every route."""

    settings: Settings
    database: Database
    keys: TenantKeys
    now: Callable[[], datetime] = utc_now
    enrol_attempts: Attempts = field(default_factory=lambda: Attempts(10, timedelta(minutes=1)))
    unknown_keys: Attempts = field(default_factory=lambda: Attempts(30, timedelta(minutes=10)))
    """Checks and look-ups of a till that found nothing: nobody finds out by trying whose phone is known."""
    _batches: threading.BoundedSemaphore = field(init=False)

    def __post_init__(self) -> None:
        self._batches = threading.BoundedSemaphore(self.settings.batches_at_once)

    @contextmanager
    def admitted(self) -> Iterator[None]:
        """A place among the batches that are worked on; TooBusy when there is none (protocol §5)."""
        if not self._batches.acquire(blocking=False):
            raise TooBusy(retry_after=self.settings.retry_after)
        try:
            yield
        finally:
            self._batches.release()

    def caller(self, request: SignedRequest) -> Caller:
        """The till that signed; its enrolment code answers nothing more from here on."""
        with self.database.beside() as connection:
            caller = authenticate(connection, request, self.settings, self.now())
            close_codes(connection, caller.till)
        return caller

    def selling_caller(self, request: SignedRequest) -> Caller:
        """As `caller`, for what only a till in good order may ask. EpochRetired: it must enrol again."""
        caller = self.caller(request)
        if caller.epoch_state == "retired" or caller.is_forked:
            raise EpochRetired
        return caller
