"""What can happen between here and central, told as Offline with the kind of trouble named."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.exceptions import SSLError as RawSSLError

from pos_app.domain.errors import Offline
from sync.deadline import DeadlinePassed


def _is_untrusted(error: BaseException) -> bool:
    """Whether whoever answered showed a certificate that is not central's; else the line broke meanwhile."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, ssl.SSLCertVerificationError):
            return True
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            waiting += [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]
    return False


@contextmanager
def verdict_or_offline() -> Iterator[None]:
    """Everything that can happen between here and central is Offline, with the kind of trouble named."""
    try:
        yield
    except (requests.exceptions.SSLError, RawSSLError) as error:
        raise Offline(reason="certificate" if _is_untrusted(error) else "tls", retry_after_s=None) from error
    except (requests.Timeout, ReadTimeoutError, DeadlinePassed, TimeoutError) as error:
        raise Offline(reason="timeout", retry_after_s=None) from error
    except (requests.RequestException, HTTPError, OSError) as error:
        raise Offline(reason="network", retry_after_s=None) from error
