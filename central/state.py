"""What every request works with: settings, database, keys, clock, and how many batches run at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from limits import RateLimitItemPerMinute
from sqlalchemy import Connection

from central.admission import Admission
from central.auth import Caller, SignedRequest, authenticate, forget_nonces
from central.database import Database
from central.enrolment import close_codes
from central.errors import EpochRetired
from central.keys import TenantKeys
from central.limits import Attempts, Volume, Windows
from central.logs import note
from central.rotation import begin_key
from central.settings import Settings

_NONCES_EVERY = timedelta(minutes=1)


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
    enrol_attempts: Attempts = field(init=False)
    """Wrong enrolment codes, by address; wrong proofs of one code, by its hash."""
    unknown_keys: Attempts = field(init=False)
    """Checks and look-ups of a till that found nothing: nobody finds out by trying whose phone is known."""
    key_attempts: Attempts = field(init=False)
    """API keys that do not count, by address."""
    people_asked: Attempts = field(init=False)
    """Look-ups of customers by phone, by API key; found or not."""
    till_calls: Volume = field(init=False)
    key_calls: Volume = field(init=False)
    address_calls: Volume = field(init=False)
    _admission: Admission = field(init=False)
    _nonces_forgotten: datetime | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        windows = Windows(self.database, self.now)
        self.enrol_attempts = Attempts(windows, RateLimitItemPerMinute(10, namespace="enrol"), self.now)
        self.unknown_keys = Attempts(windows, RateLimitItemPerMinute(30, 10, namespace="unknown"), self.now)
        self.key_attempts = Attempts(windows, RateLimitItemPerMinute(30, namespace="key"), self.now)
        self.people_asked = Attempts(windows, RateLimitItemPerMinute(60, namespace="people"), self.now)
        self.till_calls = Volume("till", self.settings.calls_of_a_till)
        self.key_calls = Volume("key", self.settings.calls_of_a_key)
        self.address_calls = Volume("address", self.settings.calls_of_an_address)
        self._admission = Admission(self.settings)

    def admitted(self) -> AbstractAsyncContextManager[None]:
        """A place among the batches that are worked on; TooBusy when there is none (protocol §5)."""
        return self._admission.place()

    def caller(self, request: SignedRequest) -> Caller:
        """The till that signed; its enrolment code answers nothing more from here on."""
        with self.database.beside() as connection:
            caller = authenticate(connection, request, self.settings, self.now())
            if caller.is_key_new:
                close_codes(connection, caller.till)
            self._forget_nonces(connection)
        if caller.is_key_new:
            with self.database.writing([caller.till]) as connection:
                begin_key(connection, self.keys, caller, self.now())
        note(till=caller.till)
        self.till_calls.use(caller.till)
        return caller

    def _forget_nonces(self, connection: Connection) -> None:
        """Now and then: one that lies longer than it must refuses what its age refuses as well."""
        now = self.now()
        if self._nonces_forgotten is None or now - self._nonces_forgotten > _NONCES_EVERY:
            forget_nonces(connection, now - timedelta(seconds=self.settings.nonces_kept))
            self._nonces_forgotten = now

    def revoked_caller(self, request: SignedRequest) -> Caller:
        """A revoked till, for the one call that it has left. Forbidden (`not_revoked`) for any other."""
        with self.database.beside() as connection:
            caller = authenticate(connection, request, self.settings, self.now(), revoked=True)
        note(till=caller.till)
        self.till_calls.use(caller.till)
        return caller

    def selling_caller(self, request: SignedRequest) -> Caller:
        """As `caller`, for what only a till in good order may ask. EpochRetired: it must enrol again."""
        caller = self.caller(request)
        if caller.epoch_state == "retired" or caller.is_forked:
            raise EpochRetired
        return caller
