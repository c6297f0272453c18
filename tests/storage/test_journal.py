"""The journal: one transaction, a whole chain, numbers without gaps."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from pos_app.domain.checking import Item, KnownChain, KnownDocument, check_item
from pos_app.domain.code_reading import HeldKeys, read_signed
from pos_app.domain.document import first_prev_hash
from pos_app.domain.errors import DocumentRefused
from pos_app.domain.signed_codes import ReceiptCode
from pos_app.storage.journal import Commit, Draft
from pos_app.storage.print_jobs import PrintJobStore, PrintOrder
from tests.support.till_files import (
    TENANT,
    TILL,
    MadeTill,
    line,
    make_till,
    reopen,
    return_of,
    sale,
)


def run(till: MadeTill, statement: str) -> None:
    with till.files.till.writing() as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET kind = 'void'",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal",
    ],
)
def test_the_journal_is_append_only(till: MadeTill, statement: str) -> None:
    till.record("app_start", {})
    with pytest.raises(DatabaseError, match="append-only"):
        run(till, statement)
    assert till.journal.verify().is_whole


def test_each_document_proves_itself_as_central_checks_it(till: MadeTill) -> None:
    till.open_shift()
    recorded = till.sell(customer=None)
    stored = till.journal.stored(recorded.doc_id)
    assert stored is not None
    before = {one.seq: one for one in till.journal.documents_since(1, 1)}
    chain = KnownChain(
        tenant=TENANT,
        till=TILL,
        epoch=1,
        first_prev_hash=first_prev_hash(TILL, 1, bytes.fromhex(till.identity.nonce)),
        public_keys=[bytes.fromhex(till.identity.public_key)],
        at=lambda seq: (
            KnownDocument(before[seq].doc_id, before[seq].hash, before[seq].prev_hash)
            if seq < stored.seq and seq in before
            else None
        ),
    )
    checked = check_item(Item(stored.body, stored.hash, stored.signature), chain)
    assert checked.reasons == ()


def test_the_first_document_links_to_the_epoch_s_nonce(till: MadeTill) -> None:
    head = till.journal.head()
    assert (head.seq, head.hash) == (0, first_prev_hash(TILL, 1, bytes.fromhex(till.identity.nonce)))
    first = till.record("app_start", {})
    assert json.loads(first.body)["prev_hash"] == head.hash.hex()


def test_wall_is_the_shop_s_time_with_offset(till: MadeTill) -> None:
    assert till.record("app_start", {}).wall == "2026-11-14T09:00:00+07:00"


def test_receipt_numbers_are_gapless_over_all_numbered_kinds(till: MadeTill) -> None:
    till.open_shift()
    first = till.sell()
    till.record("drawer_open", {"reason": "change"}, shift=1)
    second = till.record("return", return_of(first.doc_id, {1: 1000}), shift=1)
    assert [first.receipt_no, second.receipt_no] == ["NT02-000001", "NT02-000002"]


def test_training_is_counted_apart(till: MadeTill) -> None:
    trained = till.record("sale", sale([line(1)]), training=True)
    real = till.record("sale", sale([line(1)]))
    assert [trained.receipt_no, real.receipt_no] == ["TR-NT02-000001", "NT02-000001"]
    assert trained.seq + 1 == real.seq


def test_a_later_epoch_has_a_suffix_and_starts_again(tmp_path: Path) -> None:
    till = make_till(tmp_path, epoch=2)
    assert till.record("sale", sale([line(1)])).receipt_no == "NT02.2-000001"
    till.files.dispose()


def test_a_failed_commit_takes_no_number(till: MadeTill) -> None:
    with pytest.raises(DocumentRefused):
        till.record("sale", sale([line(1, name="Giày", price=1.5)]))
    recorded = till.record("sale", sale([line(1)]))
    assert (recorded.receipt_no, recorded.seq) == ("NT02-000001", 1)


def test_two_threads_leave_no_gap_and_no_double(till: MadeTill) -> None:
    numbers: list[str | None] = []

    def sell() -> None:
        for _ in range(15):
            numbers.append(till.record("sale", sale([line(1)])).receipt_no)

    threads = [threading.Thread(target=sell) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(str(number) for number in numbers) == [f"NT02-{number:06d}" for number in range(1, 31)]
    assert till.journal.verify() == till.journal.verify()
    assert till.journal.verify().is_whole


def test_a_payload_can_see_its_place(till: MadeTill) -> None:
    till.open_shift()
    till.sell()

    def close(commit: Commit) -> dict[str, object]:
        documents = till.journal.documents_of_shift(commit.connection, 1)
        return {"number": 1, "last_seq": commit.seq - 1, "count": len(documents), "to_verify": False}

    closed = till.journal.record(Draft("shift_close", close, staff=7, shift=1))
    payload = json.loads(closed.body)["payload"]
    assert (payload["z_no"], payload["last_seq"], payload["count"]) == (1, 2, 2)


def test_private_part_is_stored_beside_and_can_be_erased(till: MadeTill) -> None:
    made = till.record(
        "customer_create", {"customer": "c1"}, private={"name": "Hoa", "phone": "+84901234567"}
    )
    assert b"Hoa" not in made.body
    assert till.journal.private_part(made.doc_id) == {"name": "Hoa", "phone": "+84901234567"}
    till.journal.erase_private(made.doc_id)
    assert till.journal.private_part(made.doc_id) is None
    assert till.journal.verify().is_whole


def test_print_job_is_there_with_the_document(till: MadeTill) -> None:
    recorded = till.record("sale", sale([line(1)]), print_jobs=(PrintOrder("receipt", drawer=True),))
    job = PrintJobStore(till.files.till).pending(till.clock.now())
    assert job is not None
    assert (job.doc_id, job.template, job.copy, job.drawer) == (recorded.doc_id, "receipt", 1, True)


def test_receipt_code_verifies_and_says_what_was_sold(till: MadeTill) -> None:
    recorded = till.record("sale", sale([line(1), line(2)], rounding=-500))
    keys = HeldKeys(tills={(12, 2, 1): [bytes.fromhex(till.identity.public_key)]})
    code = read_signed(str(recorded.code_text), keys, TENANT)
    assert isinstance(code, ReceiptCode)
    assert (code.seq, code.total, code.lines) == (1, 999_500, 2)
    assert code.hash10 == recorded.hash[:10].hex()


def test_receipt_code_can_be_made_again(till: MadeTill) -> None:
    recorded = till.record("sale", sale([line(1)]))
    stored = till.journal.stored(recorded.doc_id)
    assert stored is not None
    assert till.journal.receipt_code(stored) == recorded.code_text


def test_training_has_no_receipt_code(till: MadeTill) -> None:
    assert till.record("sale", sale([line(1)]), training=True).code_text is None


def test_receipts_are_found_by_number_and_by_place(till: MadeTill) -> None:
    recorded = till.record("sale", sale([line(1)]))
    assert till.journal.find_receipt(" nt02-000001 ") == recorded.doc_id
    assert till.journal.find_fence(None, 1, 1) == recorded.doc_id
    assert till.journal.find_fence("another till", 1, 1) is None


def test_damage_in_a_body_is_found(till: MadeTill) -> None:
    till.record("app_start", {})
    second = till.record("sale", sale([line(1)]))
    run(till, "DROP TRIGGER journal_is_never_changed")
    with till.files.till.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE journal SET body = ? WHERE seq = 2", (second.body.replace(b"500000", b"500001"),)
        )
    report = till.journal.verify()
    assert [(fault.seq, fault.reason) for fault in report.faults] == [(2, "hash_mismatch")]


def test_a_missing_document_is_found(till: MadeTill) -> None:
    for _ in range(3):
        till.record("app_start", {})
    run(till, "DROP TRIGGER journal_is_never_deleted")
    run(till, "DELETE FROM journal WHERE seq = 2")
    assert [fault.reason for fault in till.journal.verify().faults] == ["gap"]


def test_the_newest_documents_can_be_verified_alone(till: MadeTill) -> None:
    for _ in range(5):
        till.record("app_start", {})
    report = till.journal.verify(newest=2)
    assert (report.checked, report.is_whole) == (2, True)


def test_export_has_a_line_per_document_with_its_private_part(till: MadeTill, tmp_path: Path) -> None:
    made = till.record("customer_create", {"customer": "c1"}, private={"name": "Hoa"})
    path = tmp_path / "journal.jsonl"
    assert till.journal.export(path) == 1
    exported = json.loads(path.read_text("utf-8"))
    assert exported["body"].encode() == made.body
    assert exported["hash"] == made.hash.hex()
    assert json.loads(exported["private"]) == {"name": "Hoa"}


def test_the_chain_goes_on_after_a_restart(till: MadeTill) -> None:
    till.record("app_start", {})
    till.files.dispose()
    again = reopen(till.files.folder)
    assert again.record("app_start", {}).seq == 2
    assert again.journal.verify().is_whole
    again.files.dispose()
