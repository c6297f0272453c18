"""HTTP to central: signed requests, one deadline, answers that are central's word or nothing."""

from __future__ import annotations

import gzip
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

import requests
from http_message_signatures import HTTPMessageSigner, algorithms
from pydantic import BaseModel
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies

from pos_app.domain.errors import SettingsRefused, Unauthorised
from pos_app.domain.signing import Sign
from pos_app.settings import is_loopback
from sync import messages
from sync.answers import body_of, instant, understood
from sync.deadline import POOLS, Cut, deadline
from sync.line_trouble import verdict_or_offline
from sync.messages.keys import RotateAnswer, RotateRequest
from sync.messages.recovery import OwnDocuments, SalvageAnswer, SalvageRequest
from sync.server_clock import ServerClock

TAG: Final = "quay-1"
COVERED: Final = ("@method", "@target-uri")
PAGE: Final = 1000

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: to connect, between two bytes, for everything."""

    connect: float = 5.0
    read: float = 30.0
    total: float = 60.0


@dataclass(frozen=True, slots=True)
class RequestKey:
    """What signs requests: `<till>.<epoch>.<key_no>` and the key behind it."""

    key_id: str
    sign: Sign


class _Raw(BaseModel, extra="allow"):
    """An answer whose shape the caller checks."""


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = POOLS
        return manager


class CentralClient:
    """One central. Every call raises Offline, CentralRefused or Unauthorised, and nothing else.

    Without `key` only `enrol` works. `ca` = a private authority's certificates; there is no way to
    switch validation off. Used by one thread at a time; `twin()` is for another.
    """

    def __init__(
        self,
        url: str,
        clock: ServerClock,
        key: RequestKey | None = None,
        *,
        ca: Path | None = None,
        timeouts: Timeouts = Timeouts(),
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
            raise SettingsRefused(reason="bad_value", field="central_url", value=url)
        self._url = url.rstrip("/")
        self._clock = clock
        self._key = key
        self._ca = ca
        self._timeouts = timeouts
        self._cut = Cut()
        self._session = self._opened()
        # a proxy cannot reach this machine from where it stands
        self._proxies = {} if is_loopback(parts.hostname or "") else get_environ_proxies(url)

    def twin(self, *, total_s: float | None = None) -> CentralClient:
        """The same central with connections of its own, for another thread."""
        times = self._timeouts
        if total_s is not None:
            times = Timeouts(min(times.connect, total_s), min(times.read, total_s), total_s)
        return CentralClient(self._url, self._clock, self._key, ca=self._ca, timeouts=times)

    @property
    def clock(self) -> ServerClock:
        """Central's time."""
        return self._clock

    def cut_short(self) -> None:
        """From another thread: the request under way ends as Offline at once, and so does every later one."""
        self._cut.now()

    def close(self) -> None:
        """Let the connections go."""
        self._session.close()

    # --- calls --------------------------------------------------------------------------------
    def enrol(self, request: messages.EnrolRequest) -> messages.EnrolAnswer:
        """POST /v1/enrol, the one request without a signature."""
        return self._post("/v1/enrol", request, messages.EnrolAnswer, signed=False)

    def hello(self, request: messages.HelloRequest) -> messages.HelloAnswer:
        """POST /v1/hello; central's time is taken from it."""
        answer = self._post("/v1/hello", request, messages.HelloAnswer)
        self._learn(answer.server_time)
        return answer

    def documents(self, request: messages.DocumentsRequest) -> messages.DocumentsAnswer:
        """POST /v1/documents."""
        return self.documents_packed(packed(plain(request)))

    def documents_packed(self, content: bytes) -> messages.DocumentsAnswer:
        """POST /v1/documents with the bytes that `packed` has made."""
        headers = {"Content-Encoding": "gzip"}
        answer = self._call("POST", "/v1/documents", messages.DocumentsAnswer, body=content, headers=headers)
        self._learn(answer.server_time)
        return answer

    def feed(self, name: str, cursor: str, limit: int = PAGE) -> messages.FeedPage:
        """GET /v1/feeds/{name}: one page after the cursor, "" = from the beginning."""
        params = {"limit": str(limit), **({"cursor": cursor} if cursor else {})}
        return self._call("GET", f"/v1/feeds/{name}", messages.FeedPage, params=params)

    def present_certificate(self, certificate: Mapping[str, Any]) -> None:
        """POST /v1/tills: a central restored from a backup learns of us again (protocol §4.3)."""
        self.post("/v1/tills", {"certificate": dict(certificate)})

    def own_documents(self, epoch: int, first: int) -> OwnDocuments:
        """GET /v1/documents: what central holds of this till's journal, a page from `first` on."""
        params = {"epoch": str(epoch), "from": str(first)}
        return self._call("GET", "/v1/documents", OwnDocuments, params=params)

    def salvage(self, items: Sequence[messages.Item]) -> SalvageAnswer:
        """POST /v1/salvage: the only call of a revoked till."""
        content = SalvageRequest(items=list(items)).model_dump_json(exclude_none=True).encode()
        headers = {"Content-Encoding": "gzip"}
        body = gzip.compress(content, mtime=0)
        return self._call("POST", "/v1/salvage", SalvageAnswer, body=body, headers=headers)

    def rotate(self, request: RotateRequest) -> RotateAnswer:
        """POST /v1/keys/rotate: idempotent."""
        return self._post("/v1/keys/rotate", request, RotateAnswer)

    def keybox(self, box: bytes) -> None:
        """POST /v1/keybox: the sealed database key; idempotent."""
        self.post("/v1/keybox", {"box": box.hex()})

    def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Any other signed POST (checks, claims, keys); the answer's shape is the caller's to check."""
        return self._post(path, _Raw(**body), _Raw).model_dump()

    def get(self, path: str, params: Mapping[str, str]) -> dict[str, Any]:
        """Any other signed GET (look-ups)."""
        return self._call("GET", path, _Raw, params=params).model_dump()

    # --- one request --------------------------------------------------------------------------
    def _post(self, path: str, request: BaseModel, model: type[Model], *, signed: bool = True) -> Model:
        return self._call("POST", path, model, body=request.model_dump_json().encode(), signed=signed)

    def _call(
        self,
        method: str,
        path: str,
        model: type[Model],
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        signed: bool = True,
    ) -> Model:
        prepared = requests.Request(
            method, self._url + path, data=body, params=params, headers=_headers(body, headers)
        ).prepare()
        try:
            return self._once(prepared, body, model, signed=signed)
        except Unauthorised as refused:
            now = instant(str(refused.fields.get("server_time")))
            if refused.fields["refusal"] != "clock_skew" or now is None:
                raise
            self._clock.learn(now)  # protocol §4.5: an offset, then again at once
        return self._once(prepared, body, model, signed=signed)

    def _once(
        self, prepared: requests.PreparedRequest, body: bytes | None, model: type[Model], *, signed: bool
    ) -> Model:
        created = self._clock.created()
        if signed:
            self._sign(prepared, body, created)
        with verdict_or_offline(), deadline(self._timeouts.total, self._cut):
            answer = self._session.send(
                prepared,
                stream=True,
                allow_redirects=False,
                timeout=(self._timeouts.connect, self._timeouts.read),
                proxies=self._proxies,
            )
            try:
                content = body_of(answer.headers, answer.raw.stream(1 << 16, decode_content=False))
            finally:
                answer.close()
        result = understood(model, answer.status_code, answer.headers, content)
        if signed:
            self._clock.accepted(created)
        return result

    def _sign(self, prepared: requests.PreparedRequest, body: bytes | None, created: datetime) -> None:
        """RFC 9421: method, whole URI and the body's digest, with time, nonce and our tag."""
        if self._key is None:
            raise Unauthorised(refusal="not_enrolled", server_time=None)
        for name in ("Signature", "Signature-Input", "Content-Digest"):
            prepared.headers.pop(name, None)
        signer = HTTPMessageSigner(signature_algorithm=algorithms.ED25519)
        ready = signer.prepare(
            prepared,
            key_id=self._key.key_id,
            created=created,
            nonce=secrets.token_hex(16),
            label="quay",
            tag=TAG,
            covered_component_ids=COVERED,
            body=body,
        )
        signer.apply(prepared, ready, self._key.sign(ready.signature_base))

    def _learn(self, server_time: str) -> None:
        now = instant(server_time)
        if now is not None:
            self._clock.learn(now)

    def _opened(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False  # no .netrc, and no environment variable that names another authority
        session.verify = True if self._ca is None else str(self._ca)
        session.mount("https://", _Adapter(max_retries=0))
        session.mount("http://", _Adapter(max_retries=0))
        return session


def plain(request: messages.DocumentsRequest) -> bytes:
    """An upload as central reads it once it is unpacked."""
    return request.model_dump_json(exclude_none=True).encode()


def packed(content: bytes) -> bytes:
    """An upload as it goes over the line: gzip, the same bytes for the same content."""
    return gzip.compress(content, mtime=0)


def _headers(body: bytes | None, more: Mapping[str, str] | None) -> dict[str, str]:
    headers = {"Accept": "application/json", "Accept-Encoding": "gzip", "Cache-Control": "no-store"}
    if body is not None:
        headers["Content-Type"] = "application/json"
    return {**headers, **(more or {})}
