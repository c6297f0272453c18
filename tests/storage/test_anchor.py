"""The anchor: what it notices at a start, and what it survives (faults 10, 11, 19)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.storage.anchor import SLOT, Anchor, Witness, anchor_path, forget
from pos_app.storage.keys import FileKeyStore
from pos_app.storage.start_checks import Run, judge
from pos_app.storage.status import StatusStore
from tests.support.till_files import OTHER_TILL, TILL, MadeTill


@pytest.fixture
def keys(tmp_path: Path) -> FileKeyStore:
    (tmp_path / "keys").mkdir()
    return FileKeyStore(tmp_path / "keys")


def anchor_of(tmp_path: Path, keys: FileKeyStore) -> Anchor:
    return Anchor(tmp_path / "state" / "a.anchor", TILL, keys)


def follow(anchor: Anchor, till: MadeTill, documents: int) -> None:
    """Documents as the journal's hook tells the anchor."""
    for _ in range(documents):
        till.record("drawer_open", {"reason": "đổi tiền lẻ"})
        head = till.journal.head()
        anchor.advance(head.epoch, head.seq, head.hash)


def judged(till: MadeTill, anchor: Anchor) -> str | None:
    with till.files.till.reading() as connection:
        return judge(connection, till.identity, anchor)


def test_an_anchor_that_agrees_says_nothing(till: MadeTill, tmp_path: Path, keys: FileKeyStore) -> None:
    follow(anchor_of(tmp_path, keys), till, 3)
    assert judged(till, anchor_of(tmp_path, keys)) is None


def test_a_new_till_needs_no_anchor(till: MadeTill, tmp_path: Path, keys: FileKeyStore) -> None:
    assert judged(till, anchor_of(tmp_path, keys)) is None


def test_a_document_after_the_anchor_is_only_a_power_cut(
    till: MadeTill, tmp_path: Path, keys: FileKeyStore
) -> None:
    follow(anchor_of(tmp_path, keys), till, 3)
    till.record("drawer_open", {"reason": "đổi tiền lẻ"})
    assert judged(till, anchor_of(tmp_path, keys)) is None


def test_an_anchor_of_a_document_that_is_gone_is_newer(
    till: MadeTill, tmp_path: Path, keys: FileKeyStore
) -> None:
    anchor = anchor_of(tmp_path, keys)
    follow(anchor, till, 2)
    anchor.advance(1, 3, b"x" * 32)
    assert judged(till, anchor_of(tmp_path, keys)) == "anchor_newer"


def test_another_document_in_its_place_is_another_branch(
    till: MadeTill, tmp_path: Path, keys: FileKeyStore
) -> None:
    anchor = anchor_of(tmp_path, keys)
    follow(anchor, till, 2)
    anchor.rebuild(1, 2, b"x" * 32)
    assert judged(till, anchor_of(tmp_path, keys)) == "anchor_newer"


def test_a_missing_anchor_is_unknown(till: MadeTill, tmp_path: Path, keys: FileKeyStore) -> None:
    follow(anchor_of(tmp_path, keys), till, 2)
    (tmp_path / "state" / "a.anchor").unlink()
    assert judged(till, anchor_of(tmp_path, keys)) == "anchor_unknown"


def test_a_damaged_anchor_is_unknown(till: MadeTill, tmp_path: Path, keys: FileKeyStore) -> None:
    follow(anchor_of(tmp_path, keys), till, 2)
    path = tmp_path / "state" / "a.anchor"
    data = bytearray(path.read_bytes())
    data[20] ^= 1
    data[SLOT + 20] ^= 1
    path.write_bytes(bytes(data))
    assert judged(till, anchor_of(tmp_path, keys)) == "anchor_unknown"


def test_a_torn_write_leaves_the_other_slot(till: MadeTill, tmp_path: Path, keys: FileKeyStore) -> None:
    follow(anchor_of(tmp_path, keys), till, 3)
    path = tmp_path / "state" / "a.anchor"
    data = bytearray(path.read_bytes())
    seqs = {start: Witness.from_bytes(bytes(data[start : start + SLOT])) for start in (0, SLOT)}
    newest = max(seqs, key=lambda start: seqs[start].seq if seqs[start] else 0)  # type: ignore[union-attr]
    data[newest : newest + 40] = bytes(40)
    path.write_bytes(bytes(data))
    assert judged(till, anchor_of(tmp_path, keys)) is None


def test_the_anchor_of_another_till_is_foreign(till: MadeTill, tmp_path: Path, keys: FileKeyStore) -> None:
    follow(anchor_of(tmp_path, keys), till, 2)
    other = Anchor(tmp_path / "state" / "a.anchor", OTHER_TILL, keys)
    other.rebuild(1, 9, b"x" * 32)
    assert judged(till, anchor_of(tmp_path, keys)) == "anchor_unknown"


def test_the_key_store_remembers_the_head_of_the_shift(
    till: MadeTill, tmp_path: Path, keys: FileKeyStore
) -> None:
    anchor = anchor_of(tmp_path, keys)
    follow(anchor, till, 2)
    anchor.advance(1, 3, b"x" * 32)
    anchor.keep_head()
    (tmp_path / "state" / "a.anchor").unlink()
    assert judged(till, anchor_of(tmp_path, keys)) == "anchor_newer"


def test_it_is_never_written_backwards(tmp_path: Path, keys: FileKeyStore) -> None:
    anchor = anchor_of(tmp_path, keys)
    anchor.advance(1, 9, b"a" * 32)
    anchor.advance(1, 3, b"b" * 32)
    assert [one.seq for one in anchor_of(tmp_path, keys).witnesses()] == [9]


def test_the_end_of_a_former_epoch_is_centrals_business(
    till: MadeTill, tmp_path: Path, keys: FileKeyStore
) -> None:
    anchor = anchor_of(tmp_path, keys)
    anchor.advance(1, 500, b"a" * 32)
    with till.files.till.reading() as connection:
        assert judge(connection, replace(till.identity, epoch=2), anchor) is None


def test_a_new_life_of_the_folder_forgets_the_old_one(tmp_path: Path, keys: FileKeyStore) -> None:
    folder = tmp_path / "folder"
    anchor = Anchor(anchor_path(folder), TILL, keys)
    anchor.advance(1, 9, b"a" * 32)
    anchor.keep_head()
    forget(folder, keys)
    assert Anchor(anchor_path(folder), TILL, keys).witnesses() == []


@pytest.mark.expects_log("pos_app.storage.anchor", "the place of the anchor is a file")
def test_an_anchor_that_cannot_be_written_costs_no_sale(tmp_path: Path, keys: FileKeyStore) -> None:
    (tmp_path / "state").write_text("in the way")
    anchor = anchor_of(tmp_path, keys)
    anchor.advance(1, 1, b"a" * 32)
    assert anchor.witnesses() == []


def test_an_end_without_order_is_noticed_at_the_next_start(till: MadeTill) -> None:
    run = Run(StatusStore(till.files.drafts_database))
    assert run.ended_in_order()
    run.begin()
    assert not Run(StatusStore(till.files.drafts_database)).ended_in_order()
    run.ended()
    assert Run(StatusStore(till.files.drafts_database)).ended_in_order()


class _LockedKeys(FileKeyStore):
    """A key store of the system that somebody has locked."""

    def set(self, name: str, value: bytes) -> None:
        raise OSError(name, value)


@pytest.mark.expects_log("pos_app.storage.anchor", "the key store is locked")
def test_a_key_store_that_fails_takes_no_document_back(tmp_path: Path) -> None:
    """The shift is open: whoever opened it must not read that it is not."""
    anchor = Anchor(tmp_path / "state" / "a.anchor", TILL, _LockedKeys(tmp_path))
    anchor.advance(1, 9, b"a" * 32)
    anchor.keep_head()
