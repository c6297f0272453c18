"""A shop's own system: calls the admin API with a key of chosen scopes."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from central.admin import api_keys
from pos_app.domain.code_reading import HeldKeys, IssuingKey
from tests.support.central_server import CentralServer
from tests.support.central_till import Till


@dataclass
class Shop:
    """`Shop.of(server)` holds every scope; `Shop.of(server, "stock:read")` only that one."""

    server: CentralServer
    key: str

    @classmethod
    def of(cls, server: CentralServer, *scopes: str, stores: list[int] | None = None) -> Shop:
        wish = api_keys.Wish(name="test", scopes=scopes or tuple(api_keys.SCOPES), stores=stores)
        with server.central.database.writing() as connection:
            return cls(server, api_keys.create(connection, wish, server.clock()))

    @property
    def id(self) -> str:
        return self.key.split("_")[1]

    def get(self, path: str, **params: Any) -> httpx.Response:
        return self.send("GET", path, params=params)

    def post(self, path: str, words: Mapping[str, Any] | None = None, once: str = "") -> httpx.Response:
        headers = {"Idempotency-Key": once or secrets.token_hex(8)}
        return self.send("POST", path, json=words, headers=headers)

    def put(self, path: str, words: Mapping[str, Any]) -> httpx.Response:
        return self.send("PUT", path, json=words)

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.key}", **options.pop("headers", {})}
        url = self.server.url + ("" if path == "/metrics" else "/admin/v1") + path
        return self.server.http.request(method, url, headers=headers, **options)


def held_keys(till: Till) -> HeldKeys:
    """The issuing keys that a till holds from its `keyset` feed."""
    keys = till.pull("keyset")[0]["keyset"][1]["keys"]
    return HeldKeys(
        {
            key["kid"]: IssuingKey(
                key_id=key["kid"], public=bytes.fromhex(key["public"]), types=frozenset(key["types"])
            )
            for key in keys
        }
    )
