"""Documents come out of a damaged file, whatever byte of it is wrong; the file itself stays as it is."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pos_app.storage.raw_pages import PAGE
from pos_app.storage.salvage import Lost, freeze, frozen_files, note_lost, read_documents, take_in
from tests.support.till_files import DATABASE_KEY, MadeTill, identity, line, make_till, sale

SALES = 40
LONG = "Giày " * 2000


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A till that has sold for a while: one document needs overflow pages, some have a private part."""
    folder = tmp_path_factory.mktemp("whole")
    till = make_till(folder)
    till.open_shift()
    for number in range(SALES):
        till.sell([line(1, 500_000 + number)])
        till.record(
            "customer_create", {"customer": "c", "fields": ["name"]}, private={"name": f"Hoa {number}"}
        )
    till.record("sale", sale([line(1, name=LONG)]))
    till.files.dispose()
    return folder / "till.db"


COUNT = 1 + 2 * SALES + 1


def damaged(whole: Path, folder: Path, *places: int) -> Path:
    """A copy with these bytes wrong."""
    data = bytearray(whole.read_bytes())
    for place in places:
        data[place] ^= 0xFF
    path = folder / "till.db"
    path.write_bytes(data)
    return path


def test_an_undamaged_file_gives_back_every_document_and_private_part(whole: Path) -> None:
    found = read_documents(whole, DATABASE_KEY, identity())
    assert [one.document.seq for one in found] == list(range(1, COUNT + 1))
    assert sum(one.part is not None for one in found) == SALES


def test_one_wrong_byte_anywhere_costs_at_most_the_rows_around_it(whole: Path, tmp_path: Path) -> None:
    pages = whole.stat().st_size // PAGE
    for page in range(pages):
        path = damaged(whole, tmp_path, page * PAGE + 2000)
        found = read_documents(path, DATABASE_KEY, identity())
        assert len(found) >= COUNT - 1, f"page {page + 1}"


def test_a_file_whose_first_page_is_gone_still_gives_its_documents(whole: Path, tmp_path: Path) -> None:
    path = damaged(whole, tmp_path, *range(PAGE))
    assert len(read_documents(path, DATABASE_KEY, identity())) == COUNT


def test_what_stands_in_the_wal_alone_is_found(tmp_path: Path) -> None:
    till = make_till(tmp_path / "till")
    till.open_shift()
    till.sell()
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("till.db", "till.db-wal"):  # as after a power cut: nothing was moved from the WAL yet
        (copy / name).write_bytes((tmp_path / "till" / name).read_bytes())
    till.files.dispose()
    assert [one.document.kind for one in read_documents(copy / "till.db", DATABASE_KEY, identity())] == [
        "shift_open",
        "sale",
    ]


def test_reading_never_writes_to_the_damaged_file(whole: Path, tmp_path: Path) -> None:
    path = damaged(whole, tmp_path, 5000)
    before = hashlib.sha256(path.read_bytes()).digest()
    read_documents(path, DATABASE_KEY, identity())
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert [one.name for one in tmp_path.iterdir()] == ["till.db"]


def test_a_frozen_file_keeps_its_bytes_and_its_wal(tmp_path: Path) -> None:
    till = make_till(tmp_path)
    (tmp_path / "till.db-wal").write_bytes(b"wal")
    till.files.dispose()
    (tmp_path / "till.db-wal").write_bytes(b"wal")
    data = (tmp_path / "till.db").read_bytes()
    frozen = freeze(tmp_path / "till.db", till.clock.now())
    assert frozen.read_bytes() == data
    assert frozen.with_name(frozen.name + "-wal").read_bytes() == b"wal"
    assert not (tmp_path / "till.db").exists()
    assert frozen_files(tmp_path) == [frozen]


def test_a_row_that_was_altered_is_not_believed(whole: Path) -> None:
    other = identity(public_key="00" * 32)
    assert read_documents(whole, DATABASE_KEY, other) == []


def test_salvaged_documents_lie_in_the_outbox_with_their_effects(whole: Path, tmp_path: Path) -> None:
    fresh = make_till(tmp_path, epoch=2, nonce="cd" * 32)
    assert take_in(fresh.files.till, read_documents(whole, DATABASE_KEY, identity())) == COUNT
    with fresh.files.till.reading() as connection:
        cash = connection.exec_driver_sql("SELECT sum(amount) FROM cash_entry").scalar_one()
    assert cash == 500_000 + sum(500_000 + number for number in range(SALES))
    assert fresh.journal.verify().is_whole
    assert _unsent(fresh) == COUNT
    fresh.files.dispose()


def test_taking_in_twice_changes_nothing(whole: Path, tmp_path: Path) -> None:
    fresh = make_till(tmp_path, epoch=2, nonce="cd" * 32)
    found = read_documents(whole, DATABASE_KEY, identity())
    take_in(fresh.files.till, found)
    assert take_in(fresh.files.till, found) == 0
    fresh.files.dispose()


def test_what_could_not_be_read_is_noted_by_its_place(whole: Path, tmp_path: Path) -> None:
    fresh = make_till(tmp_path, epoch=2, nonce="cd" * 32)
    found = read_documents(whole, DATABASE_KEY, identity())
    take_in(fresh.files.till, [one for one in found if one.document.seq not in (5, 6, 9)])
    assert note_lost(fresh.files.till, 1, COUNT + 2, fresh.clock.now()) == [
        Lost(1, 5, 6),
        Lost(1, 9, 9),
        Lost(1, COUNT + 1, COUNT + 2),
    ]
    assert fresh.journal.verify().is_whole
    fresh.files.dispose()


def _unsent(till: MadeTill) -> int:
    from pos_app.storage.outbox import Outbox

    return Outbox(till.files.till, till.identity, till.clock).counts().unsent
