"""The wire of a simulated till: central is asked in this process, and what can happen on the way happens."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

Ask = Callable[[httpx.Request], httpx.Response]
"""Central, as it stands at this moment."""

PAGE = b"<html><body>Please sign in to the network</body></html>"
TROUBLES = ("lost request", "lost answer", "doubled", "late", "page", "unavailable", "busy", "cut answer")


@dataclass
class Wire(BaseAdapter):
    """One till's link. `is_up` cuts it, `trouble` (percent) is how often a request meets a trouble."""

    ask: Ask
    dice: random.Random
    is_up: bool = True
    trouble: int = 0
    met: list[str] = field(default_factory=list)
    late: list[httpx.Request] = field(default_factory=list)

    def send(self, request: requests.PreparedRequest, *_args: Any, **_more: Any) -> requests.Response:
        if not self.is_up:
            raise requests.ConnectionError("no route")
        asked = httpx.Request(
            str(request.method), str(request.url), headers=dict(request.headers), content=_content(request)
        )
        if self.dice.randrange(100) >= self.trouble:
            return _answered(request, self.ask(asked))
        return self._troubled(request, asked)

    def deliver_late(self) -> None:
        """Requests that were given up long ago arrive after all; nobody reads the answers."""
        late, self.late = self.late, []
        for one in late:
            self.ask(one)

    def close(self) -> None:
        """Nothing is held open."""

    def _troubled(self, request: requests.PreparedRequest, asked: httpx.Request) -> requests.Response:
        trouble = self.dice.choice(TROUBLES)
        self.met.append(trouble)
        if trouble == "lost request":
            raise requests.ConnectionError("reset")
        if trouble == "late":
            self.late.append(asked)
            raise requests.ReadTimeout("no answer")
        if trouble == "page":
            return _made(request, 200, {"Content-Type": "text/html"}, PAGE)
        if trouble == "unavailable":
            return _made(request, self.dice.choice((500, 502, 503, 504)), {}, b"")
        if trouble == "busy":
            return _made(request, 429, {"Retry-After": "2"}, b'{"code":"busy"}')
        answer = self.ask(asked)
        if trouble == "lost answer":
            raise requests.ConnectionError("reset")
        if trouble == "doubled":
            self.ask(asked)
            return _answered(request, answer)
        content = _raw(answer)
        return _made(request, answer.status_code, dict(answer.headers), content[: len(content) // 2])


def _content(request: requests.PreparedRequest) -> bytes:
    body = request.body or b""
    return body.encode() if isinstance(body, str) else body


def _answered(request: requests.PreparedRequest, answer: httpx.Response) -> requests.Response:
    return _made(request, answer.status_code, dict(answer.headers), _raw(answer))


def _raw(answer: httpx.Response) -> bytes:
    """As central sent it: still packed, if it is."""
    assert isinstance(answer.stream, httpx.ByteStream)
    return b"".join(answer.stream)


def _made(
    request: requests.PreparedRequest, status: int, headers: dict[str, str], content: bytes
) -> requests.Response:
    made = requests.Response()
    made.status_code = status
    made.headers.update(headers)
    made.url = str(request.url)
    made.request = request
    made.raw = HTTPResponse(
        io.BytesIO(content), headers=headers, status=status, preload_content=False, decode_content=False
    )
    return made
