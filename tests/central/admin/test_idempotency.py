"""The same request under the same key is done once, however often and wherever it arrives."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import func, select

from central.tables.admin import idempotency
from central.tables.vouchers import voucher
from tests.support.admin_calls import Shop
from tests.support.central_server import CentralServer
from tests.support.central_world import NGUYEN_TRAI, SHOES

pytestmark = pytest.mark.both_databases

MOVE = {"store": NGUYEN_TRAI, "reason": "delivery", "lines": [{"product": SHOES, "delta": 1000}]}
TERMS = {"campaign": 7, "value": 50_000, "valid_until": "2026-12-31"}


def _stock(shop: Shop) -> int:
    return int(shop.get("/stock", store=NGUYEN_TRAI, product=SHOES).json()["quantity"])


def test_the_same_request_is_answered_as_before(shop: Shop) -> None:
    answers = [shop.post("/stock", MOVE, once="one").json() for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert _stock(shop) == 21_000


def test_another_request_under_the_same_key_is_refused(shop: Shop) -> None:
    shop.post("/stock", MOVE, once="one")
    for path, words in (("/stock", {**MOVE, "reason": "count"}), ("/vouchers", TERMS)):
        answer = shop.post(path, words, once="one")
        assert (answer.status_code, answer.json()["code"]) == (409, "idempotency_key_reused")
    assert _stock(shop) == 21_000


def test_two_systems_may_choose_the_same_key(server: CentralServer, shop: Shop) -> None:
    shop.post("/stock", MOVE, once="one")
    Shop.of(server).post("/stock", MOVE, once="one")
    assert _stock(shop) == 22_000


def test_a_refused_request_may_be_mended_under_its_key(shop: Shop) -> None:
    wrong = {**MOVE, "lines": [{"product": "NONE", "delta": 1}]}
    assert shop.post("/stock", wrong, once="one").status_code == 422
    assert shop.post("/stock", MOVE, once="one").status_code == 200


def test_an_answer_is_kept_for_a_day_and_not_for_ever(server: CentralServer, shop: Shop) -> None:
    shop.post("/stock", MOVE, once="one")
    server.clock.advance(hours=25)
    shop.post("/stock", MOVE, once="one")
    assert _stock(shop) == 21_000
    server.clock.advance(hours=24)
    shop.post("/stock", MOVE, once="one")
    assert _stock(shop) == 22_000
    with server.central.database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(idempotency)) == 1


@pytest.mark.parametrize("name", ["", "a b", "ü", "x" * 81])
def test_a_key_of_another_form_is_refused(shop: Shop, name: str) -> None:
    headers = {"Idempotency-Key": name.encode()} if name else {}
    answer = shop.send("POST", "/stock", json=MOVE, headers=headers)
    assert answer.status_code == 422


@pytest.fixture
def workers(several_callers: None, server: CentralServer, tmp_path: Path) -> Iterator[list[CentralServer]]:
    """Two processes' worth of central over one database."""
    with CentralServer(tmp_path, port=False, threads=True) as second:
        yield [server, second]


def test_the_same_request_to_two_workers_at_once_is_done_once(
    shop: Shop, workers: list[CentralServer]
) -> None:
    shops = [Shop(workers[no % 2], shop.key) for no in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda one: one.post("/vouchers", TERMS, once="race"), shops))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["serial"] for answer in answers}) == 1
    with workers[0].central.database.reading() as connection:
        made = select(func.count()).select_from(voucher).where(voucher.c.code.like("QX1%"))
        issued = connection.scalar(made.where(voucher.c.short_code != ""))
    assert issued == 1


def test_one_file_from_two_workers_at_once_is_one_file(shop: Shop, workers: list[CentralServer]) -> None:
    shops = [Shop(worker, shop.key) for worker in workers]
    words = {**TERMS, "count": 1500}
    with ThreadPoolExecutor(2) as pool:
        texts = list(pool.map(lambda one: one.post("/voucher-batches", words, once="file").text, shops))
    assert texts[0] == texts[1]
    assert len(texts[0].splitlines()) == 1500
