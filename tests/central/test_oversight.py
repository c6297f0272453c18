"""What auditors get: a journal that anybody can check, and what each operator did."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from central.main import main
from tests.support.central_payloads import return_, sale
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till

SCRIPT = Path(__file__).parents[2] / "docs" / "check_journal.py"


def _asked(server: CentralServer, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main(["--data", str(server.folder), "--database", server.settings.database_url, *words]) == 0
    return capsys.readouterr().out


class Auditor:
    """Outside: one script, two files, and Python with `cryptography` alone."""

    def __init__(self, folder: Path, keys: str) -> None:
        self.folder = folder
        (folder / "keys.json").write_text(keys, "utf-8")
        shutil.copy(SCRIPT, folder / "check.py")

    def check(self, items: list[Item]) -> tuple[int, list[str]]:
        lines = [json.dumps(item, ensure_ascii=False) for item in items]
        (self.folder / "journal.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        words = [sys.executable, "check.py", "journal.jsonl", "keys.json"]
        done = subprocess.run(words, cwd=self.folder, capture_output=True, text=True, timeout=60, check=False)
        return done.returncode, done.stdout.splitlines()


@pytest.fixture
def auditor(server: CentralServer, till: Till, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Auditor:
    folder = tmp_path / "outside"
    folder.mkdir()
    return Auditor(folder, _asked(server, capsys, "report", "keys"))


@pytest.fixture
def journal(till: Till) -> list[Item]:
    private = {"name": "Phạm Lan", "phone": "0987654321"}
    return [
        till.document("sale", sale(till)),
        till.document("customer_create", {"customer": till.id, "fields": ["name"]}, private=private),
        till.document("sale", sale(till)),
    ]


def test_a_whole_journal_is_whole(auditor: Auditor, journal: list[Item]) -> None:
    assert auditor.check(journal) == (0, ["whole"])


def test_a_journal_without_erased_parts_is_whole(auditor: Auditor, journal: list[Item]) -> None:
    bare = [{name: one[name] for name in one if name not in ("private", "salt")} for one in journal]
    assert auditor.check(bare) == (0, ["whole"])


@pytest.mark.parametrize(
    ("no", "change", "fault"),
    [
        (1, {"private": '{"name":"Trần Mai"}'}, "private_mismatch"),
        (2, {"signature": "00" * 64}, "bad_signature"),
        (2, {"seq": 2}, "item_disagrees"),
        (2, {"hash": "00" * 32}, "hash_mismatch"),
    ],
)
def test_what_was_changed_is_found(
    auditor: Auditor, journal: list[Item], no: int, change: Mapping[str, Any], fault: str
) -> None:
    journal[no] = {**journal[no], **change}
    code, told = auditor.check(journal)
    assert code == 1
    assert any(line.endswith(fault) for line in told)


def test_another_amount_is_found(auditor: Auditor, journal: list[Item]) -> None:
    journal[0] = {**journal[0], "body": journal[0]["body"].replace("600000", "500000")}
    assert auditor.check(journal)[1][0].endswith("1/1: hash_mismatch")


def test_what_was_taken_out_is_found(auditor: Auditor, journal: list[Item]) -> None:
    assert auditor.check([journal[0], journal[2]])[1][0].endswith("gap after 1")


def test_the_script_has_a_hundred_lines_at_most() -> None:
    assert len(SCRIPT.read_text("utf-8").splitlines()) <= 100


# --- exceptions ---------------------------------------------------------------------------------
def test_each_operator_has_a_row_of_what_deserves_a_look(
    server: CentralServer, till: Till, capsys: pytest.CaptureFixture[str]
) -> None:
    sold = till.document("sale", sale(till))
    paperless = return_(till, sold["doc_id"]) | {"original": {"source": "none"}}
    till.upload(
        sold,
        till.document("drawer_open", {"reason": "change"}),
        till.document("drawer_open", {"reason": "change"}, staff=12),
        till.document("drawer_open", {"reason": "practice"}, training=True),
        till.document("receipt_reprint", {"of": sold["doc_id"]}),
        till.document("return", paperless),
    )
    day = "2026-11-22"
    rows = _exceptions(server, capsys, day, day)
    assert [(row["store"], row["staff"]) for row in rows] == [("1", "11"), ("1", "12")]
    lan = rows[0]
    counted = {name: lan[name] for name in ("documents", "sales", "no_sales", "reprints", "offline_percent")}
    assert counted == {
        "documents": "4", "sales": "1", "no_sales": "1", "reprints": "1", "offline_percent": "100",
    }  # fmt: skip
    assert lan["refunds_without_receipt"] == "1"
    assert _exceptions(server, capsys, "2026-11-23", "2026-11-30") == []


def _exceptions(
    server: CentralServer, capsys: pytest.CaptureFixture[str], first: str, last: str
) -> list[dict[str, str]]:
    text = _asked(server, capsys, "report", "exceptions", "--from", first, "--to", last)
    return list(csv.DictReader(io.StringIO(text)))
