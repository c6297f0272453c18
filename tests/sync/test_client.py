"""The client against a server that misbehaves: only central's own word counts."""

from __future__ import annotations

import gzip
import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures import HTTPMessageVerifier, MappingKeyResolver, algorithms

from pos_app.domain.errors import CentralRefused, Offline, SettingsRefused, Unauthorised
from pos_app.domain.signing import public_key_of, signer
from sync.client import CentralClient, RequestKey, Timeouts
from sync.messages import Clock, Head, Health, HelloRequest
from sync.server_clock import ServerClock
from tests.support.clocks import StillClock
from tests.support.hostile_server import (
    Heard,
    HostileServer,
    answer,
    drip,
    hang_up,
    hostile_server,
    raw,
    silence,
)

SEED = bytes(range(32))
KEY_ID = "0197a0b4-1111-7222-8333-444455556666.1.1"
NOW = datetime(2026, 11, 14, 2, 0, tzinfo=UTC)
HELLO = {
    "protocol": {"min": 1, "max": 1},
    "server_time": "2026-11-14T02:00:05+00:00",
    "incarnation": "i1",
    "feeds": {},
}
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
GOOD = answer(json.dumps(HELLO).encode())


def client_of(
    server: HostileServer, clock: StillClock | None = None, total: float = 5.0, read: float = 2.0
) -> CentralClient:
    return CentralClient(
        server.url,
        ServerClock(clock or StillClock(NOW)),
        RequestKey(KEY_ID, signer(SEED)),
        timeouts=Timeouts(1.0, read, total),
    )


def hello() -> HelloRequest:
    return HelloRequest(
        head=Head(epoch=1, seq=0, hash="00" * 32),
        keyset_version=1,
        health=Health(),
        clock=Clock(wall="2026-11-14T02:00:00+00:00", mono_ms=1, boot_id="b"),
        app="test",
    )


class _Message:
    def __init__(self, url: str, heard: Heard) -> None:
        self.method, self.url, self.headers = heard.method, url + heard.path, heard.headers


def verified(server: HostileServer, heard: Heard) -> dict[str, int | str]:
    """Checks the signature as protocol §4.4 asks; answers its parameters."""
    public = Ed25519PublicKey.from_public_bytes(public_key_of(SEED))
    verifier = HTTPMessageVerifier(
        signature_algorithm=algorithms.ED25519,
        key_resolver=MappingKeyResolver(public_keys={KEY_ID: public}, private_keys={}),
    )
    verifier.validate_created_and_expires = lambda *_, **__: None  # type: ignore[method-assign]
    required = ("@method", "@target-uri", *(("content-digest",) if heard.body else ()))
    (result,) = verifier.verify(
        _Message(server.url, heard),
        max_age=None,
        expect_tag="quay-1",
        require_components=required,
        body=heard.body or None,
    )
    return result.parameters


def test_a_post_is_signed_with_body_time_and_nonce() -> None:
    with hostile_server(GOOD) as server:
        client_of(server).hello(hello())
        parameters = verified(server, server.heard[0])
    assert parameters["created"] == int(NOW.timestamp())
    assert parameters["alg"] == "ed25519"
    assert len(str(parameters["nonce"])) >= 16


def test_a_get_is_signed_with_its_query() -> None:
    page = {"handle": "h", "items": [], "next": "c", "up_to_date": True, "count": 0, "checksum": "0"}
    with hostile_server(answer(json.dumps(page).encode())) as server:
        client_of(server).feed("catalogue", "a b/ü", 10)
        verified(server, server.heard[0])
        assert server.heard[0].path == "/v1/feeds/catalogue?limit=10&cursor=a+b%2F%C3%BC"


def test_every_request_has_a_nonce_of_its_own() -> None:
    with hostile_server(GOOD) as server:
        client = client_of(server)
        client.hello(hello())
        client.hello(hello())
        first, second = (verified(server, heard)["nonce"] for heard in server.heard)
    assert first != second


def test_created_follows_the_server_not_a_pc_clock_that_is_set_back() -> None:
    clock = StillClock(NOW)
    with hostile_server(GOOD) as server:
        client = client_of(server, clock)
        client.hello(hello())
        clock.set_wall(NOW - timedelta(days=400))
        clock.pass_time(10)
        client.hello(hello())
        assert verified(server, server.heard[1])["created"] == int(NOW.timestamp()) + 15


@pytest.mark.parametrize("wrong_by", [timedelta(days=900), timedelta(days=-900)])
def test_a_wrong_clock_is_corrected_and_the_request_repeated_at_once(wrong_by: timedelta) -> None:
    skew = answer(b'{"code":"clock_skew","server_time":"2026-11-14T02:00:00+00:00"}', "401 Unauthorized")
    with hostile_server(skew, GOOD) as server:
        client_of(server, StillClock(NOW + wrong_by)).hello(hello())
        assert verified(server, server.heard[1])["created"] == int(NOW.timestamp())
        assert len(server.heard) == 2


def test_a_server_that_always_complains_of_the_clock_is_asked_twice_only() -> None:
    skew = answer(b'{"code":"clock_skew","server_time":"2026-11-14T02:00:00+00:00"}', "401 Unauthorized")
    with hostile_server(skew) as server:
        with pytest.raises(Unauthorised):
            client_of(server).hello(hello())
        assert len(server.heard) == 2


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (answer(b"<html>Log in to the Wi-Fi</html>", kind="text/html"), "not_json"),
        (answer(b"<html>forbidden</html>", "403 Forbidden", "text/html"), "not_json"),
        (answer(b"{}", "302 Found", "application/json", "Location: http://127.0.0.1:9/"), "redirect"),
        (answer(b"{}", "307 Temporary Redirect", "application/json", "Location: /v1/other"), "redirect"),
        (answer(b"oops", "500 Internal Server Error", "text/plain"), "http_500"),
        (answer(b'{"code":"x"}', "503 Service Unavailable"), "http_503"),
        (answer(b'{"code":"x"}', "408 Request Timeout"), "http_408"),
        (answer(b'{"code":"x"}', "429 Too Many Requests"), "busy"),
        (answer(json.dumps(HELLO).encode(), cut=40), "network"),
        (answer(json.dumps(HELLO).encode()[:40]), "bad_answer"),
        (answer(b'{"code":'), "bad_answer"),
        (answer(b"[]"), "bad_answer"),
        (answer(b""), "bad_answer"),
        (answer(b"{}", "404 Not Found", "text/html"), "not_json"),
        (answer(b"[1]", "404 Not Found"), "bad_answer"),
        (answer(json.dumps(HELLO).encode(), "201 Created"), "http_201"),
        (answer(gzip.compress(json.dumps(HELLO).encode())[:-9], "200 OK", "application/json",
                "Content-Encoding: gzip"), "truncated"),
        (answer(b"no gzip", "200 OK", "application/json", "Content-Encoding: gzip"), "bad_answer"),
        (answer(b"x", "200 OK", "application/json", "Content-Encoding: br"), "bad_answer"),
        (hang_up, "network"),
        (raw(b"SSH-2.0-OpenSSH_9.2\r\n"), "network"),
        (raw(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), "network"),
        (raw(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n{}"), "not_json"),
        (raw(b"HTTP/1.1 999999 What\r\n\r\n"), "network"),
    ],
)  # fmt: skip
def test_what_is_not_centrals_word_is_offline(reply: object, reason: str) -> None:
    with hostile_server(reply) as server:  # type: ignore[arg-type]
        with pytest.raises(Offline) as offline:
            client_of(server).hello(hello())
        assert offline.value.reason == reason
        assert len(server.heard) == 1


def test_nobody_listening_is_offline() -> None:
    with hostile_server(GOOD) as server:
        client = client_of(server)
    with pytest.raises(Offline) as offline:
        client.hello(hello())
    assert offline.value.reason == "network"


def test_a_refusal_in_json_is_centrals_no() -> None:
    reply = answer(b'{"code":"epoch_retired","more":1}', "409 Conflict")
    with hostile_server(reply) as server, pytest.raises(CentralRefused) as refused:
        client_of(server).hello(hello())
    assert (refused.value.status, refused.value.refusal) == (409, "epoch_retired")
    assert refused.value.fields["answer"] == {"code": "epoch_retired", "server_time": None, "more": 1}


def test_an_unknown_till_is_told_so() -> None:
    reply = answer(b'{"code":"unknown_till"}', "401 Unauthorized")
    with hostile_server(reply) as server, pytest.raises(Unauthorised) as refused:
        client_of(server).hello(hello())
    assert refused.value.refusal == "unknown_till"


def test_retry_after_is_passed_on_and_capped() -> None:
    with hostile_server(
        answer(b"", "429 Too Many Requests", "application/json", "Retry-After: 17"),
        answer(b"", "503 Service Unavailable", "application/json", "Retry-After: 99999999"),
    ) as server:
        client = client_of(server)
        with pytest.raises(Offline) as busy:
            client.hello(hello())
        with pytest.raises(Offline) as down:
            client.hello(hello())
    assert busy.value.retry_after_s == 17
    assert down.value.retry_after_s == 3600


def test_a_server_that_never_answers_times_out() -> None:
    with hostile_server() as server:
        server.script.append(silence(server.stop))
        started = time.monotonic()
        with pytest.raises(Offline) as offline:
            client_of(server, read=0.2).hello(hello())
        assert offline.value.reason == "timeout"
        assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "content",
    [
        OK + b"Content-Length: 100000\r\n\r\n" + b" " * 100_000,
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 50_000,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\n{\r\n" * 10_000,
        OK + b"Connection: close\r\n\r\n" + b" " * 100_000,
    ],
)  # fmt: skip
def test_a_dripping_server_does_not_outlast_the_deadline(content: bytes) -> None:
    with hostile_server() as server:
        server.script.append(drip(content, 0.01, server.stop))
        started = time.monotonic()
        with pytest.raises(Offline) as offline:
            client_of(server, total=0.4).hello(hello())
        assert offline.value.reason == "timeout"
        assert time.monotonic() - started < 2


def test_an_answer_that_inflates_without_end_is_dropped() -> None:
    bomb = gzip.compress(bytes(80 << 20), 9)
    reply = answer(bomb, "200 OK", "application/json", "Content-Encoding: gzip")
    with hostile_server(reply) as server, pytest.raises(Offline) as offline:
        client_of(server).hello(hello())
    assert offline.value.reason == "too_large"


def test_a_packed_answer_is_read() -> None:
    content = gzip.compress(json.dumps(HELLO).encode())
    with hostile_server(answer(content, "200 OK", "application/json", "Content-Encoding: gzip")) as server:
        assert client_of(server).hello(hello()).incarnation == "i1"


@pytest.mark.parametrize(
    "url", ["http://central.example", "ftp://127.0.0.1", "//127.0.0.1", "http://127.0.0.1.example"]
)
def test_plain_http_leaves_this_machine_never(url: str) -> None:
    with pytest.raises(SettingsRefused):
        CentralClient(url, ServerClock(StillClock()))


def test_nothing_is_sent_unsigned_before_enrolment() -> None:
    with hostile_server(GOOD) as server:
        client = CentralClient(server.url, ServerClock(StillClock()))
        with pytest.raises(Unauthorised):
            client.hello(hello())
        assert server.heard == []
