"""Drafts, print jobs, status, people, keys and the other small stores."""

from __future__ import annotations

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from pos_app.domain.code_reading import encode, read_signed
from pos_app.domain.errors import DraftGone, KeyStoreUnreadable
from pos_app.domain.signed_codes import MemberCode
from pos_app.domain.signing import signer
from pos_app.storage.attention import AttentionStore
from pos_app.storage.drafts import DraftStore
from pos_app.storage.identity import IdentityStore
from pos_app.storage.keyring import KeyringStore
from pos_app.storage.keys import open_keys
from pos_app.storage.policy import PolicyStore
from pos_app.storage.print_jobs import PrintJobStore, PrintOrder
from pos_app.storage.revocations import RevocationStore
from pos_app.storage.staff import StaffStore
from pos_app.storage.status import StatusStore
from tests.support.till_files import (
    ISSUING_SEED,
    OTHER_TILL,
    PEPPER,
    SEAL_KEY,
    TENANT,
    TILL,
    MadeTill,
    fill,
    keyset,
    line,
    reopen,
    sale,
    staff_member,
)


# --- drafts -----------------------------------------------------------------------------------
def test_the_current_cart_survives_a_restart(till: MadeTill) -> None:
    DraftStore(till.files.drafts_database, till.clock).save_current({"lines": [1]})
    DraftStore(till.files.drafts_database, till.clock).save_current({"lines": [1, 2]})
    till.files.dispose()
    again = reopen(till.files.folder)
    assert DraftStore(again.files.drafts_database, again.clock).load_current() == {"lines": [1, 2]}
    again.files.dispose()


def test_a_held_cart_waits_and_becomes_the_current_one(till: MadeTill) -> None:
    drafts = DraftStore(till.files.drafts_database, till.clock)
    drafts.save_current({"lines": [1]})
    held = drafts.hold({"lines": [1]}, "Hoa N.")
    assert drafts.load_current() is None
    assert [(one.id, one.label, one.at) for one in drafts.held()] == [(held, "Hoa N.", till.clock.now())]
    assert drafts.take(held) == {"lines": [1]}
    assert drafts.load_current() == {"lines": [1]}
    with pytest.raises(DraftGone):
        drafts.take(held)


def test_a_discarded_cart_is_gone(till: MadeTill) -> None:
    drafts = DraftStore(till.files.drafts_database, till.clock)
    drafts.discard(drafts.hold({}, ""))
    drafts.save_current({})
    drafts.clear_current()
    assert (drafts.held(), drafts.load_current()) == ([], None)


# --- print jobs -------------------------------------------------------------------------------
def jobs_of(till: MadeTill) -> PrintJobStore:
    till.record("sale", sale([line(1)]), print_jobs=(PrintOrder("receipt", drawer=True),))
    return PrintJobStore(till.files.till)


def test_a_job_waits_prints_and_is_done(till: MadeTill) -> None:
    jobs = jobs_of(till)
    job = jobs.pending(till.clock.now())
    assert job is not None
    jobs.begin(job.id)
    assert jobs.pending(till.clock.now()) is None
    jobs.drawer_opened(job.id)
    jobs.printed(job.id)
    done = jobs.by_id(job.id)
    assert done is not None
    assert (done.state, done.attempts, done.drawer_sent, jobs.waiting_count()) == ("printed", 1, True, 0)


def test_a_failed_job_waits_for_its_time(till: MadeTill) -> None:
    jobs = jobs_of(till)
    jobs.failed(1, "no_paper", till.clock.now() + timedelta(seconds=5))
    assert jobs.pending(till.clock.now()) is None
    till.clock.pass_time(5)
    job = jobs.pending(till.clock.now())
    assert job is not None
    assert job.reason == "no_paper"


def test_a_job_put_off_by_a_clock_that_ran_ahead_is_tried_at_once(till: MadeTill) -> None:
    till.open_shift()
    till.sell()
    jobs = PrintJobStore(till.files.till)
    job = jobs.pending(till.clock.now())
    assert job is not None
    jobs.failed(job.id, "no_route", till.clock.now() + timedelta(hours=10))
    assert jobs.pending(till.clock.now()) is not None


def test_a_job_given_up_needs_a_person(till: MadeTill) -> None:
    jobs = jobs_of(till)
    jobs.failed(1, "no_printer", None)
    assert [one.state for one in AttentionStore(till.files.till).print_jobs()] == ["failed"]
    jobs.again(1, copy=2)
    job = jobs.pending(till.clock.now())
    assert job is not None
    assert job.copy == 2
    jobs.dismiss(1)
    assert jobs.waiting_count() == 0


def test_a_job_interrupted_by_a_crash_is_in_doubt(till: MadeTill) -> None:
    jobs = jobs_of(till)
    jobs.begin(1)
    assert jobs.doubt_interrupted() == 1
    assert [one.state for one in jobs.troubled()] == ["in_doubt"]


def test_reprints_are_numbered_and_an_x_report_has_no_document(till: MadeTill) -> None:
    jobs = jobs_of(till)
    doc_id = till.journal.latest_receipt()
    assert doc_id is not None
    copy = jobs.next_copy(doc_id, "receipt")
    jobs.enqueue(doc_id, "receipt", copy, till.clock.now())
    assert (copy, jobs.next_copy(doc_id, "receipt")) == (2, 3)
    number = jobs.enqueue("", "x_report", 1, till.clock.now(), {"number": 1})
    job = jobs.by_id(number)
    assert job is not None
    assert job.body == {"number": 1}


# --- people -----------------------------------------------------------------------------------
def test_a_pin_is_verified_and_neither_it_nor_its_hash_is_stored(till: MadeTill) -> None:
    fill(till)
    staff = StaffStore(till.files, PEPPER)
    assert staff.remember_verifiers(SEAL_KEY, TILL) == 2
    assert staff.verify(7, "123456")
    assert not staff.verify(7, "654321")
    assert not staff.verify(8, "123456")
    assert not StaffStore(till.files, b"q" * 32).verify(7, "123456")
    assert [(one.no, one.name) for one in staff.everyone()] == [(7, "Lê Thị Lan"), (9, "Trần Minh")]


def test_a_person_who_left_the_feed_cannot_sign_in(till: MadeTill) -> None:
    fill(till)
    staff = StaffStore(till.files, PEPPER)
    staff.remember_verifiers(SEAL_KEY, TILL)
    till.feed("staff", {"7": None})
    assert staff.remember_verifiers(SEAL_KEY, TILL) == 1
    assert not staff.verify(7, "123456")


def test_a_verifier_sealed_to_another_till_knows_nobody(till: MadeTill) -> None:
    till.feed("staff", {"7": staff_member(till=OTHER_TILL)})
    assert StaffStore(till.files, PEPPER).remember_verifiers(SEAL_KEY, TILL) == 0


def test_wrong_tries_survive_a_restart(till: MadeTill) -> None:
    staff = StaffStore(till.files, PEPPER)
    for _ in range(4):
        staff.wrong_try(7, till.clock.now())
    till.files.dispose()
    again = reopen(till.files.folder)
    tries = StaffStore(again.files, PEPPER).wrong_try(7, again.clock.now())
    assert (tries.wrong, tries.last_wrong) == (5, again.clock.now())
    StaffStore(again.files, PEPPER).clear_tries(7)
    assert StaffStore(again.files, PEPPER).tries(7).wrong == 0
    again.files.dispose()


# --- keys -------------------------------------------------------------------------------------
@pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")
def test_the_key_file_is_its_owner_s_alone(tmp_path: Path) -> None:
    keys = open_keys(tmp_path, allow_system=False)
    assert (keys.kind, keys.get("seal-key")) == ("file", None)
    keys.set("seal-key", b"x" * 32)
    keys.set("signing-key", b"y" * 32)
    assert open_keys(tmp_path).get("seal-key") == b"x" * 32
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600


def test_a_damaged_key_file_is_not_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text("{")
    with pytest.raises(KeyStoreUnreadable):
        open_keys(tmp_path).get("seal-key")


def test_the_keyring_follows_the_feeds(till: MadeTill) -> None:
    keyring = KeyringStore(till.files)
    assert keyring.issuing_key(1) is None
    fill(till)
    card = encode(MemberCode(key_id=1, serial=5, version=1), signer(ISSUING_SEED), TENANT)
    assert read_signed(card, keyring, TENANT) == MemberCode(key_id=1, serial=5, version=1)
    assert keyring.keyset_version() == 1
    till.feed("keyset", {"keyset": keyset(2)})
    assert keyring.keyset_version() == 2


def test_own_receipt_codes_verify_through_the_tills_feed(till: MadeTill) -> None:
    fill(till)
    keyring = KeyringStore(till.files)
    recorded = till.record("sale", sale([line(1)]))
    assert read_signed(str(recorded.code_text), keyring, TENANT)
    known = keyring.till_of(12, 2, 1)
    assert known is not None
    assert known.till == TILL


# --- the rest ---------------------------------------------------------------------------------
def test_policy_has_defaults_before_the_feed_and_follows_it(till: MadeTill) -> None:
    policies = PolicyStore(till.files)
    assert policies.policy().cash_step == 1000
    till.feed("policy", {"policy": {"cash_step": 500}})
    assert policies.policy().cash_step == 500
    assert policies.store_info(12) is None


def test_a_store_s_facts_are_known(till: MadeTill) -> None:
    fill(till)
    info = PolicyStore(till.files).store_info(12)
    assert info is not None
    assert (info.name, info.tax_code) == ("Mộc Lan Nguyễn Trãi", "0312345678")


def test_a_store_s_facts_follow_the_feed(till: MadeTill) -> None:
    policies = PolicyStore(till.files)
    assert policies.store_info(12) is None
    fill(till)
    info = policies.store_info(12)
    assert info is not None
    assert info.name == "Mộc Lan Nguyễn Trãi"


def test_revocations_are_found_by_what_is_revoked(till: MadeTill) -> None:
    till.feed("revocations", {"staff/7": {"at": "2026-11-14T00:00:00+00:00", "reason": "left"}})
    store = RevocationStore(till.files)
    revoked = store.staff(7)
    assert revoked is not None
    assert revoked.reason == "left"
    assert store.key(7) is None
    assert store.receipt(TILL, 1, 1) is None


def test_status_rows_are_replaced(till: MadeTill) -> None:
    status = StatusStore(till.files.drafts_database)
    assert status.get("link") is None
    status.set("link", {"state": "online"})
    status.set("link", {"state": "offline"})
    assert status.get("link") == {"state": "offline"}


def test_refused_codes_are_listed(till: MadeTill) -> None:
    till.record("voucher_refused", {"serial": "99", "reason": "revoked", "count": 3})
    assert [
        (one.serial, one.reason, one.count) for one in AttentionStore(till.files.till).refused_codes()
    ] == [("99", "revoked", 3)]


def test_the_identity_is_kept(till: MadeTill) -> None:
    assert IdentityStore(till.files.till).load() == till.identity
