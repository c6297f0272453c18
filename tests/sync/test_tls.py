"""TLS is always validated: no certificate, no word of central's."""

from __future__ import annotations

import json
import ssl
from pathlib import Path

import pytest

from pos_app.domain.errors import Offline
from sync.client import CentralClient, Timeouts
from sync.messages import EnrolRequest
from sync.server_clock import ServerClock
from tests.support.authority import Authority
from tests.support.clocks import StillClock
from tests.support.hostile_server import answer, drip, hostile_server

REQUEST = EnrolRequest(code="AAAA-BBBB", public_key="00" * 32, seal_key="00" * 32, proof="00" * 64)


def asked(url: str, ca: Path | None, total_s: float = 5.0) -> None:
    client = CentralClient(url, ServerClock(StillClock()), ca=ca, timeouts=Timeouts(2.0, 2.0, total_s))
    try:
        client.enrol(REQUEST)
    finally:
        client.close()


def test_a_private_authority_is_trusted_when_it_is_named(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    with hostile_server(answer(b"{}"), tls=authority.server()) as server:
        with pytest.raises(Offline) as offline:
            asked(server.url, authority.file)
        assert offline.value.reason == "bad_answer"  # the line held; the answer was none
        assert json.loads(server.heard[0].body)["code"] == "AAAA-BBBB"


def test_an_unknown_issuer_is_refused(tmp_path: Path) -> None:
    with hostile_server(answer(b"{}"), tls=Authority(tmp_path).server()) as server:
        with pytest.raises(Offline) as offline:
            asked(server.url, None)
        assert offline.value.reason == "certificate"
        assert server.heard == []


def test_no_environment_variable_adds_an_authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = Authority(tmp_path)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, str(authority.file))
    with hostile_server(answer(b"{}"), tls=authority.server()) as server, pytest.raises(Offline) as offline:
        asked(server.url, None)
    assert offline.value.reason == "certificate"


@pytest.mark.parametrize(("host", "days"), [("127.0.0.1", -1), ("central.example", 30), ("127.0.0.2", 30)])
def test_an_expired_or_foreign_certificate_is_refused(tmp_path: Path, host: str, days: int) -> None:
    authority = Authority(tmp_path)
    with hostile_server(answer(b"{}"), tls=authority.server(host, days=days)) as server:
        with pytest.raises(Offline) as offline:
            asked(server.url, authority.file)
        assert offline.value.reason == "certificate"
        assert server.heard == []


def test_a_dripping_server_does_not_outlast_the_deadline_over_tls_either(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    with hostile_server(tls=authority.server()) as server:
        slow = (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n" + b" " * 9999
        )
        server.script.append(drip(slow, 0.01, server.stop))
        with pytest.raises(Offline) as offline:
            asked(server.url, authority.file, total_s=0.5)
    assert offline.value.reason == "timeout"


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
def test_a_connection_is_not_talked_down_to_an_old_version(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    old = authority.server()
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    with hostile_server(answer(b"{}"), tls=old) as server:
        with pytest.raises(Offline) as offline:
            asked(server.url, authority.file)
        assert offline.value.reason == "tls"
        assert server.heard == []
