"""Fault 9: a damaged page of a feed file costs that file, which is fetched again, and no sale."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pos_app.domain.errors import DatabaseUnreadable
from pos_app.storage.files import FEED_FILES
from pos_app.storage.raw_pages import PAGE
from tests.support.till_files import MadeTill, fill, make_till, reopen


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed till with every feed."""
    folder = tmp_path_factory.mktemp("whole")
    till = make_till(folder)
    fill(till)
    till.open_shift()
    till.files.dispose()
    return folder


def read_all(till: MadeTill, name: str) -> None:
    """What any look-up may touch: every page."""
    database = {"catalogue": till.files.catalogue, "customers": till.files.customers}.get(
        name, till.files.store
    )
    if database.faults():
        raise DatabaseUnreadable(file=database.path.name)


@pytest.mark.parametrize("name", FEED_FILES)
def test_any_damaged_page_is_found_and_selling_goes_on_from_the_rest(
    whole: Path, tmp_path: Path, name: str
) -> None:
    pages = (whole / f"{name}-1.db").stat().st_size // PAGE
    for page in range(0, pages, 4):
        folder = tmp_path / f"page{page}"
        shutil.copytree(whole, folder)
        with (folder / f"{name}-1.db").open("r+b") as file:
            file.seek(page * PAGE + 1000)
            file.write(b"\xa5" * 16)
        till = reopen(folder)
        try:
            read_all(till, name)
        except DatabaseUnreadable:
            till.files.recreate(name)
        assert till.sell().seq == 2
        read_all(till, name)
        till.files.dispose()


@pytest.mark.parametrize("name", FEED_FILES)
def test_a_file_whose_first_page_is_damaged_is_made_anew_at_the_start(
    whole: Path, tmp_path: Path, name: str
) -> None:
    shutil.copytree(whole, tmp_path / "till")
    with (tmp_path / "till" / f"{name}-1.db").open("r+b") as file:
        file.write(b"\xa5" * PAGE)
    till = reopen(tmp_path / "till")
    read_all(till, name)
    assert till.sell().seq == 2
    till.files.dispose()
