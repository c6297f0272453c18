"""The runner of golden vectors itself: it notices, it tells, it leaves nothing out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pos_app.vectors import main, run_vectors

_DATA = Path(__file__).parent / "data"


def _changed(tmp_path: Path, name: str, change: str, into: str) -> Path:
    text = (_DATA / name).read_text(encoding="utf-8")
    assert change in text
    # other seeds come under other names: the form shows in the keys
    (tmp_path / "another-seed.json").write_text(text.replace(change, into, 1), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "change", "into"),
    [
        ("codes.json", '"order_number": 1603102894', '"order_number": 1603102895'),
        ("codes.json", '"worth": 9831', '"worth": 10001'),
        ("codes.json", '"expect": "bad_prefix"', '"expect": "bad_length"'),
        ("journal.json", '"expect": "gap"', '"expect": "fork"'),
        ("journal.json", '"staff": 34', '"staff": 35'),
        ("phones.json", '"0901 234 567"', '"0901 234 568"'),
        ("vietqr.json", '"amount": 180000', '"amount": 180001'),
        ("feeds.json", '"ver": 250', '"ver": 251'),
        ("money.json", '"gross"', '"gross_"'),
        ("money.json", '"points_returned": 1000', '"points_returned": 999'),
    ],
)
def test_a_changed_case_is_a_difference(tmp_path: Path, name: str, change: str, into: str) -> None:
    lines = list(run_vectors(_changed(tmp_path, name, change, into)))
    assert any(not line["ok"] for line in lines)


def test_a_difference_shows_both_sides_and_ends_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = _changed(tmp_path, "feeds.json", '"count": 4', '"count": 5')
    assert main([str(folder)]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (wrong,) = [line for line in lines if not line["ok"]]
    assert wrong["file"] == "another-seed.json"
    assert wrong["section"] == "checksums"
    assert wrong["expect"][0] == 5
    assert wrong["got"][0] == 4
    assert all(line["ms"] >= 0 for line in lines)


def test_a_section_of_unknown_form_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "new.json").write_text('{"about": "…", "leases": [{"a": 1}]}', encoding="utf-8")
    (line,) = run_vectors(tmp_path)
    assert not line["ok"]


def test_an_empty_folder_is_no_success(tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 2


def test_all_golden_files_pass_in_one_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(_DATA)]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 500
