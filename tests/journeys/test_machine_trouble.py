"""Printer, disk, files and mistakes of our own: each says so in a sentence, and the cart is still there."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer

from pos_app.__main__ import TROUBLE
from pos_app.bootstrap.mishaps import Mishaps, code_of
from pos_app.bootstrap.refused_start import RefusedStart, sentence
from pos_app.bootstrap.stores import open_folder
from pos_app.domain.errors import DatabaseTooNew, FolderRefused, Offline, SecondInstance
from pos_app.one_till import SHOW, OneTill
from tests.support.demo_central import free_port
from tests.support.journey import CASHIER, Shop, Till
from tests.support.socket_printer import SocketPrinter

OpenWindow = Callable[..., Till]
ROOT = Path(__file__).resolve().parents[2]
MISHAPS = "pos_app.bootstrap.mishaps"


# --- the printer ------------------------------------------------------------------------------
def test_an_unplugged_printer_stops_no_sale_and_its_papers_wait(open_window: OpenWindow) -> None:
    till = open_window(printer=f"tcp://127.0.0.1:{free_port()}").enter()
    till.program.loops.start()
    till.fill()
    till.sells_on()
    status = till.program.stores.status
    till.hands.until("the strip knows", lambda: (status.get("printer") or {}).get("state") == "trouble")
    assert till.program.services.strip.facts().papers_waiting == 1
    assert till.answer.kind == "accepted"
    till.sells_on()
    till.program.loops.stop()
    till.close()
    with SocketPrinter() as printer:
        again = open_window(printer=f"tcp://127.0.0.1:{printer.port}")
        again.clock.pass_time(600)
        again.program.loops.start()
        again.hands.until(
            "both papers are out", lambda: again.program.services.strip.facts().papers_waiting == 0
        )
        papers = printer.papers(2)
        again.program.loops.stop()
    assert [paper.drawer_pulses for paper in papers] == [0, 0], "ten minutes late, nobody stands there"


@pytest.mark.parametrize("price", [700, 15_000])
def test_a_sale_without_money_prints_and_reaches_central_and_leaves_the_drawer_shut(
    open_window: OpenWindow, shop: Shop, price: int
) -> None:
    with SocketPrinter() as printer:
        till = open_window(printer=f"tcp://127.0.0.1:{printer.port}").enter()
        till.sell_uncoded(price)
        if price > 1000:
            till.hands.scan(shop.voucher(9200, value=20_000))
        till.hands.key(Qt.Key.Key_F10)
        assert till.sales()[0]["total"] in (0, 700)
        till.program.loops.start()
        (paper,) = printer.papers(1)
        assert paper.bands
        assert paper.drawer_pulses == 0
        counts = till.program.stores.outbox.counts
        till.hands.until("central has it", lambda: counts().unsent == 0)
        assert (counts().quarantined, counts().conflicts) == (0, 0)
        till.program.loops.stop()


# --- the disk ---------------------------------------------------------------------------------
@pytest.fixture
def small_disk(tmp_path: Path, shop: Shop) -> Iterator[Path]:
    """A disk with room for the till's folder and a little more."""
    disk = tmp_path / "disk"
    disk.mkdir()
    size = sum(file.stat().st_size for file in shop.folder.rglob("*") if file.is_file())
    room = f"size={size // 1024 + 6 * 1024}k"
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", room, "tmpfs", str(disk)], check=False)
    if made.returncode:
        pytest.skip("needs the right to mount")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def fill_disk(disk: Path) -> Path:
    """A file that leaves no room at all."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return ballast


@pytest.mark.expects_log("pos_app.bootstrap", "the disk is full in this test")
def test_a_full_disk_sells_nothing_keeps_the_cart_and_goes_on_when_there_is_room(
    open_window: OpenWindow, shop: Shop, small_disk: Path
) -> None:
    till = open_window("disk/till").enter()
    total = till.fill(2)
    ballast = fill_disk(small_disk)
    for _ in range(40):  # what SQLite had in hand is used up: from some sale on there is no room
        till.hands.key(Qt.Key.Key_F10)
        if till.lines:
            break
        till.fill(2)
    assert len(till.lines) == 2
    assert (till.answer.kind, till.answer.title) == ("refused", "Ổ đĩa đầy, chưa ghi được")
    assert "Giỏ hàng vẫn còn" in till.answer.line
    assert till.total == total
    sold = len(till.sales())
    ballast.unlink()
    till.hands.key(Qt.Key.Key_F10)
    assert len(till.sales()) == sold + 1
    assert till.lines == ()
    till.sells_on()
    till.close()


# --- a mistake of our own ---------------------------------------------------------------------
@pytest.fixture
def guarded(till: Till) -> Iterator[Till]:
    """As run_till installs it."""
    mishaps = Mishaps(lambda: till.program.counter.window, till.program.keep_cart)
    mishaps.install()
    yield till
    mishaps.remove()


def break_down() -> None:
    raise ZeroDivisionError("a mistake of this test")


@pytest.mark.expects_log(MISHAPS, "the mistake is made on purpose")
def test_a_mistake_in_a_slot_is_told_with_a_code_and_the_cart_is_kept(
    guarded: Till, caplog: pytest.LogCaptureFixture
) -> None:
    total = guarded.fill(2)
    guarded.program.stores.drafts.clear_current()
    QTimer.singleShot(0, break_down)
    guarded.hands.until("it is told", lambda: bool(guarded.notice))
    code = guarded.notice_code
    assert len(code) == 6
    assert "Có lỗi của chương trình" in guarded.notice
    assert "Giỏ hàng vẫn còn" in guarded.notice
    (record,) = [one for one in caplog.records if one.name == MISHAPS]
    assert record.levelno == logging.CRITICAL
    assert code in record.getMessage()
    assert guarded.program.stores.drafts.load_current() is not None
    guarded.hands.key_escape()
    assert (len(guarded.lines), guarded.total) == (2, total)
    guarded.sells_on()


@pytest.mark.expects_log(MISHAPS, "the mistake is made on purpose")
def test_a_mistake_that_repeats_itself_opens_one_notice(guarded: Till) -> None:
    for _ in range(5):
        QTimer.singleShot(0, break_down)
    guarded.hands.until("it is told", lambda: bool(guarded.notice))
    guarded.hands.settle()
    guarded.hands.key_escape()
    assert guarded.notice == ""
    guarded.sells_on()


@pytest.mark.expects_log(MISHAPS, "the mistake is made on purpose")
def test_a_mistake_in_a_thread_is_told_too(guarded: Till) -> None:
    thread = threading.Thread(target=break_down)
    thread.start()
    thread.join()
    guarded.hands.until("it is told", lambda: bool(guarded.notice))
    guarded.hands.key_escape()
    guarded.sells_on()


@pytest.mark.expects_log(MISHAPS, "the disk is full in this test")
@pytest.mark.expects_log("pos_app.bootstrap", "the disk is full in this test")
def test_a_full_disk_in_a_key_is_told_in_its_own_words(
    open_window: OpenWindow, shop: Shop, small_disk: Path
) -> None:
    till = open_window("disk/till").enter()
    mishaps = Mishaps(lambda: till.program.counter.window, till.program.keep_cart)
    mishaps.install()
    try:
        till.fill()
        ballast = fill_disk(small_disk)
        for _ in range(80):
            QTimer.singleShot(0, lambda: till.program.counter.window.route_key("Ctrl+L"))
            till.hands.settle()
            if till.notice:
                break
            till.enter()
        assert till.notice.startswith("Ổ đĩa đầy")
        assert till.notice_code == ""
        ballast.unlink()
        till.hands.key_escape()
        till.enter()
        till.sells_on()
    finally:
        mishaps.remove()
    till.close()


@pytest.mark.expects_log("pos_app.bootstrap.program", "nothing can be written in this test")
def test_a_disk_that_failed_twice_stops_selling_says_so_and_a_new_start_sells_on(
    open_window: OpenWindow,
) -> None:
    """Fault 7, in the window."""
    till = open_window().enter()
    total = till.fill()
    till.program.stores.files.till.trust.lose()
    till.hands.key(Qt.Key.Key_F10)
    assert (till.sales(), till.total) == ([], total)
    assert till.answer.title == "Ổ đĩa hỏng, máy ngừng ghi"
    till.program.counter.show_strip()
    assert till.program.services.strip.facts().attention > 0
    till.close()
    again = open_window().enter()
    again.sells_on()


def test_the_same_mistake_has_the_same_code_and_another_has_another() -> None:
    codes = []
    for act in (break_down, break_down, lambda: [][1]):
        try:
            act()
        except (ZeroDivisionError, IndexError) as error:
            codes.append(code_of(error))
    assert codes[0] == codes[1] != codes[2]


# --- the start is refused ---------------------------------------------------------------------
def start(folder: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "pos_app", "--data-dir", str(folder), "--offscreen"]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_a_second_start_is_refused_in_a_sentence_and_the_first_is_asked_to_the_front(
    till: Till,
) -> None:
    total = till.fill()
    with OneTill(till.folder):
        ended = start(till.folder)
    assert ended.returncode == TROUBLE
    assert ended.stderr == "quay: Quầy đang chạy ở cửa sổ khác. Dùng cửa sổ đang mở.\n"
    assert (till.folder / SHOW).exists()
    assert till.total == total
    till.sells_on()


def test_files_of_a_newer_version_are_left_alone_and_said_so(shop: Shop, tmp_path: Path) -> None:
    folder = tmp_path / "till"
    shutil.copytree(shop.folder, folder)
    opened = open_folder(folder, allow_system_keys=False)
    with opened.files.till.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    opened.close()
    before = (folder / "till.db").read_bytes()
    ended = start(folder)
    assert ended.returncode == TROUBLE
    assert (folder / "till.db").read_bytes() == before
    assert ended.stderr.startswith("quay: Dữ liệu của phiên bản mới hơn.")
    assert len(ended.stderr.splitlines()) == 1


def test_a_damaged_till_file_is_said_in_a_sentence(shop: Shop, tmp_path: Path) -> None:
    folder = tmp_path / "till"
    shutil.copytree(shop.folder, folder)
    with (folder / "till.db").open("r+b") as file:
        file.write(os.urandom(4096))
    ended = start(folder)
    assert ended.returncode == TROUBLE
    said = ended.stderr.splitlines()[-1]  # the library that encrypts speaks before us
    assert said.startswith("quay: Tệp dữ liệu bị hỏng. Cứu dữ liệu sẽ giữ mọi chứng từ còn đọc được")


def test_a_folder_that_is_a_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "till").write_text("no folder")
    ended = start(tmp_path / "till")
    assert ended.returncode == TROUBLE
    assert ended.stderr.startswith("quay: Đây không phải thư mục.")


@pytest.mark.parametrize(
    "error",
    [
        SecondInstance(folder="/x"),
        DatabaseTooNew(file="till.db", found="9", known="1"),
        FolderRefused(folder="/x", reason="read_only"),
        Offline(reason="network", retry_after_s=None),
    ],
    ids=lambda error: error.code,
)
@pytest.mark.usefixtures("qapp")
def test_the_small_window_says_what_the_terminal_says(error: SecondInstance) -> None:
    window = RefusedStart(error)
    window.show()
    shown = " ".join(f"{label.text().rstrip('.')}." for label in window.labels())
    assert shown == sentence(error)
    assert "Bán hàng vẫn chạy" not in shown
    window.close_button.click()
    assert not window.isVisible()


# --- the cart outlives the program ------------------------------------------------------------
def test_a_cart_is_kept_when_the_program_ends(open_window: OpenWindow) -> None:
    till = open_window().enter()
    till.program.counter.window.route_scan(till.goods()[0])
    total = till.total
    till.close()
    again = open_window()
    assert "1 dòng" in again.text_of("keptTitle")
    again.sign_in()
    assert (len(again.lines), again.total) == (1, total)
    again.sells_on()


def test_a_cart_survives_kill_9(open_window: OpenWindow, shop: Shop) -> None:
    till = open_window()
    codes = till.goods(count=3)
    till.close()
    told = {
        "now": till.clock.now().isoformat(), "staff": CASHIER, "pin": shop.chain.pins[CASHIER], "codes": codes
    }  # fmt: skip
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.support.window_to_kill", str(till.folder), json.dumps(told)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert child.stdout is not None
    with child.stdout:
        assert child.stdout.readline() == "3\n"
        child.kill()
    child.wait()
    again = open_window()
    again.sign_in()
    assert len(again.lines) == 3
    again.sells_on()
