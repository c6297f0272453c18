"""Under its own role in PostgreSQL, central books everything and can change neither inbox nor ledgers."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import ProgrammingError

from central.main import main
from central.roles import APPEND_ONLY
from tests.support import central_databases
from tests.support.central_books import outcome
from tests.support.central_databases import CHOICE, POSTGRESQL, SQLITE
from tests.support.central_payloads import handover, return_, sale, sale_with_voucher
from tests.support.central_server import CentralServer
from tests.support.central_till import Till
from tests.support.central_world import VOUCHER

pytestmark = pytest.mark.skipif(os.environ.get(CHOICE) == SQLITE, reason="SQLite alone was asked for")
ROLE = "quay_serving"


@pytest.fixture(scope="module", autouse=True)
def dialect() -> Iterator[str]:
    with central_databases.using(POSTGRESQL):
        yield POSTGRESQL


@pytest.fixture
def under_role(server: CentralServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The URL of the server's database for the role that was granted its rights."""
    url = server.settings.database_url
    owner = create_engine(url)
    with owner.begin() as connection:
        connection.execute(text(f"CREATE ROLE {ROLE} LOGIN"))
    assert main(["--database", url, "grant", "--role", ROLE]) == 0
    yield url.replace("//quay@", f"//{ROLE}@")
    with owner.begin() as connection:
        connection.execute(text(f"DROP OWNED BY {ROLE}"))
        connection.execute(text(f"DROP ROLE {ROLE}"))
    owner.dispose()


@pytest.fixture
def engine(under_role: str) -> Iterator[Engine]:
    made = create_engine(under_role)
    yield made
    made.dispose()


@pytest.mark.parametrize("words", ["DELETE FROM {}", "UPDATE {} SET doc_id = ''", "TRUNCATE {}"])
def test_the_role_cannot_change_what_is_only_added_to(engine: Engine, words: str) -> None:
    for table in APPEND_ONLY:
        with pytest.raises(ProgrammingError, match="permission denied"), engine.begin() as connection:
            connection.execute(text(words.format(table.name)))


def test_the_role_makes_no_tables_and_drops_none(engine: Engine) -> None:
    for words in ("CREATE TABLE mine (id int)", "DROP TABLE document"):
        with pytest.raises(ProgrammingError), engine.begin() as connection:
            connection.execute(text(words))


def test_central_serves_and_books_under_the_role(
    server: CentralServer, till: Till, under_role: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(central_databases, "url", lambda _folder: under_role)
    with CentralServer(tmp_path, port=False) as running:
        till.server = running
        sold = till.document("sale", sale(till))
        items = [
            sold,
            till.document("return", return_(till, sold["doc_id"])),
            till.document("sale", sale_with_voucher(till, VOUCHER)),
            till.document("handover", handover(till)),
        ]
        assert outcome(till, *items) == ("applied", [])
        assert till.hello().status_code == 200
