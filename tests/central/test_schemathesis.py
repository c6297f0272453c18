"""Right and wrong requests by the thousand, drawn from the API's own description, through both doors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    ignored_auth,
    negative_data_rejection,
    response_schema_conformance,
    unsupported_method,
)

from central.app import routes
from tests.support.admin_calls import Shop
from tests.support.central_server import CentralServer
from tests.support.central_till import Cheat, Till

pytestmark = pytest.mark.slow

CHECKS: list[Any] = [
    not_a_server_error,
    response_schema_conformance,
    negative_data_rejection,
    ignored_auth,
    unsupported_method,
]
TO_SIGN = "to be signed when all else stands"
MANY = 10**6
FEW = 100


class Signing(requests.adapters.HTTPAdapter):
    """Signs what asks for it, as late as a till does: over the very address and bytes that are sent."""

    def __init__(self, till: Till) -> None:
        super().__init__()
        self._till = till

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        if request.headers.get("Signature") == TO_SIGN:
            del request.headers["Signature"]
            body = request.body or b""
            content = body.encode() if isinstance(body, str) else bytes(body)
            headers: dict[str, str] = {}
            self._till.sign(str(request.method), str(request.url), content, headers, Cheat())
            request.headers.update(headers)
        return super().send(request, *args, **options)


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory, dialect: str) -> Iterator[CentralServer]:
    often = {"calls_of_a_till": MANY, "calls_of_a_key": MANY, "calls_of_an_address": MANY}
    folder: Path = tmp_path_factory.mktemp("central")
    with CentralServer.filled(folder, **often) as running:
        yield running


@pytest.fixture(scope="module")
def shop(central: CentralServer) -> Shop:
    return Shop.of(central)


@pytest.fixture(scope="module")
def session(central: CentralServer) -> Iterator[requests.Session]:
    with requests.Session() as made:
        made.mount("http://", Signing(Till.enrol(central)))
        yield made


schema = schemathesis.openapi.from_dict(routes().openapi())


def test_what_asks_to_be_signed_is_believed(central: CentralServer, session: requests.Session) -> None:
    address = f"{central.url}/v1/feeds/keyset"
    assert session.get(address, headers={"Signature": TO_SIGN}).status_code == 200
    assert session.get(address, headers={"Signature": "x"}).status_code == 401


@schema.parametrize()
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_operation_answers_as_it_says(
    case: schemathesis.Case, central: CentralServer, shop: Shop, session: requests.Session
) -> None:
    # limits by the minute are not what is looked at here
    central.clock.advance(minutes=11)
    if case.operation.label == "POST /admin/v1/voucher-batches" and isinstance(case.body, dict):
        count = case.body.get("count")
        if isinstance(count, int) and FEW < count <= 100_000:
            case.body["count"] = FEW  # a full file takes its time, and has a test of its own
    own = {"Authorization": f"Bearer {shop.key}"}
    headers = {"Signature": TO_SIGN} if case.path.startswith("/v1/") else own
    case.call_and_validate(base_url=central.url, session=session, headers=headers, checks=CHECKS)
