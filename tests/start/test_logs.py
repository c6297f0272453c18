"""What must not stand in a log does not reach the file."""

from __future__ import annotations

import logging
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app import logs
from pos_app.domain.masking import masked

pytestmark = pytest.mark.expects_log("quay.test", "these tests write the log that they read")
QX1 = "QX1" + "0BCFGHJK" * 18


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    take_off = logs.configure(tmp_path)
    yield tmp_path / logs.FILE
    take_off()


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ("sign-in pin=483920 refused", "483920"),
        ("sign-in with PIN 483920", "483920"),
        ("{'pin': '483920'}", "483920"),
        ("enrol_code: ABCDEFGH1234", "ABCDEFGH1234"),
        ("customer 0901234567 attached", "0901234"),
        ("customer +84 901 234 567 attached", "901 234"),
        (f"scan {QX1}", QX1),
        (f"scan {QX1.lower()}", QX1.lower()),
        ("database_key=" + "ab" * 32, "abab"),
        ("raw key " + "ab" * 32, "ab" * 8),
        ("card 4111 1111 1111 1111", "4111 1111"),
    ],
)
def test_secrets_are_masked(log_file: Path, line: str, secret: str) -> None:
    logging.getLogger("quay.test").warning(line)
    written = log_file.read_text("utf-8")
    assert secret not in written
    assert "quay.test" in written


@pytest.mark.parametrize(
    "line",
    [
        "product 8935001234567 unknown",
        "batch of 200 documents in 1234 ms",
        "receipt NT02-005141",
        "0197a0b4-1111-7222-8333-444455556666 applied",
        "pin pad opened, token kept",
        "total 1.761.200",
    ],
)
def test_harmless_lines_stay_readable(line: str) -> None:
    assert masked(line) == line


def test_a_traceback_is_masked_too(log_file: Path) -> None:
    try:
        raise ValueError("bad phone 0901234567")
    except ValueError:
        logging.getLogger("quay.test").exception("failed")
    assert "0901234567" not in log_file.read_text("utf-8")


def test_the_same_code_leaves_the_same_trace() -> None:
    assert masked(QX1) == masked(QX1.lower())


def test_a_line_break_cannot_fake_an_entry(log_file: Path) -> None:
    logging.getLogger("quay.test").warning("first\n2026-11-14 ERROR faked")
    assert len(log_file.read_text("utf-8").splitlines()) == 1


def test_the_log_is_capped_and_for_the_owner(log_file: Path) -> None:
    logger = logging.getLogger("quay.test")
    for _ in range(420):
        logger.warning("long " + "x" * 60_000)
    files = sorted(log_file.parent.iterdir())
    assert 1 < len(files) <= logs.FILES_KEPT + 1
    assert all(file.stat().st_size <= logs.FILE_BYTES for file in files)
    if sys.platform != "win32":
        assert stat.S_IMODE(files[-1].stat().st_mode) == 0o600
