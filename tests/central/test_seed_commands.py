"""The demo's commands as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import select

from central.database import Database
from central.main import main
from central.seed.barcodes import check_digit
from central.seed.code_pictures import ean_modules
from central.tables.tills import enrol_code
from tests.support import central_databases


def at(folder: Path) -> list[str]:
    """The words that name a folder and its database."""
    return ["--data", str(folder), "--database", central_databases.url(folder)]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("central")
    assert main(["seed", "--seed", "3", "--today", "2026-11-22", "--small", *at(folder)]) == 0
    return folder


def test_seeding_twice_is_refused(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*at(data), "seed"]) == 1
    assert "already holds a chain" in capsys.readouterr().err


def test_a_new_till_gets_a_code_that_is_printed_and_not_kept(
    data: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    assert main(["till", "new", "--store", "nt", "--number", "2", *at(data)]) == 0
    text = capsys.readouterr().out.strip()
    assert len(text.replace("-", "")) == 16
    assert text not in caplog.text
    database = Database(central_databases.url(data))
    with database.reading() as connection:
        rows = [tuple(row) for row in connection.execute(select(enrol_code))]
    database.dispose()
    assert len(rows) == 1
    assert text not in repr(rows)


def test_a_till_of_an_unknown_store_is_refused(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["till", "new", "--store", "XX", "--number", "1", *at(data)]) == 1
    assert capsys.readouterr().out == ""


def test_pictures_of_codes_hold_what_the_index_says(data: Path, tmp_path: Path) -> None:
    assert main(["codes", "--out", str(tmp_path), *at(data)]) == 0
    rows = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))
    assert {row["type"] for row in rows} == {"pickup", "voucher", "member", "badge", "product"}
    assert len({row["file"] for row in rows}) == len(rows)
    first = {row["type"]: row for row in rows}
    for row in first.values():
        with Image.open(tmp_path / row["file"]) as picture:
            found = zxingcpp.read_barcodes(picture.convert("L"))
        assert [one.text for one in found] == [row["text"]]


def test_pictures_need_a_seeded_folder(tmp_path: Path) -> None:
    assert main(["codes", "--out", str(tmp_path / "codes"), *at(tmp_path / "none")]) == 1


def test_the_bars_of_a_known_number() -> None:
    number = "893456313816" + check_digit("893456313816")
    modules = ean_modules(number)
    assert len(modules) == 95
    assert (modules[:3], modules[45:50], modules[-3:]) == ("101", "01010", "101")
