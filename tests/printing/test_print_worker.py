"""The printer's loop on a real till database and a real socket."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL.Image import Image

from pos_app import text
from pos_app.storage.database import Database
from pos_app.storage.migrate import migrate
from pos_app.storage.print_jobs import PrintJob, PrintJobStore, PrintOrder, add
from printing import receipt
from printing.devices import open_device
from printing.escpos_printer import Device, NetworkPrinter
from printing.facts import Body, ReceiptFacts, ReportFacts
from printing.raster import render
from printing.worker import DRAWER_WITHIN, Outcome, PrintWorker
from tests.support import paper_bodies as bodies
from tests.support.clocks import StillClock
from tests.support.pty_printer import PtyPrinter
from tests.support.raster_reader import read
from tests.support.socket_printer import SocketPrinter

PAID = datetime(2026, 11, 21, 7, 33, 5, tzinfo=UTC)


class Shop:
    """A till database with documents, and a worker on a given device."""

    def __init__(self, till: Database) -> None:
        self.till = till
        self.jobs = PrintJobStore(till)
        self.clock = StillClock(PAID)
        self.documents: dict[str, dict[str, Any]] = {"sale": bodies.usual_sale()}
        self.told: list[tuple[str, str]] = []

    def body(self, doc_id: str) -> dict[str, Any] | None:
        return self.documents.get(doc_id)

    def wants(self, doc_id: str = "sale", *, drawer: bool = False, copy: int = 1) -> None:
        with self.till.writing() as connection:
            add(connection, doc_id, [PrintOrder("receipt", copy, drawer)], self.clock.now())

    def worker(self, device: Device) -> PrintWorker:
        return PrintWorker(
            self.jobs, self, facts_of, device, self.clock, lambda state, why: self.told.append((state, why))
        )


def facts_of(job: PrintJob, body: Body) -> ReceiptFacts | ReportFacts:
    if job.template in ("shift_report", "x_report"):
        return ReportFacts(bodies.STORE, till_number=2)
    return bodies.FACTS


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    till = Database(tmp_path / "till.db", b"k" * 32)
    migrate(till)
    yield Shop(till)
    till.dispose()


@pytest.fixture
def printer() -> Iterator[SocketPrinter]:
    with SocketPrinter() as socket_printer:
        yield socket_printer


def network(printer: SocketPrinter) -> NetworkPrinter:
    return NetworkPrinter("127.0.0.1", printer.port)


DEAD = NetworkPrinter("127.0.0.1", 1)


def test_without_jobs_a_turn_is_idle(shop: Shop, printer: SocketPrinter) -> None:
    assert shop.worker(network(printer)).run_once().outcome is Outcome.IDLE


class Tray:
    """A device that keeps what it is given."""

    name, width = "tray", 576

    def __init__(self) -> None:
        self.papers: list[Image] = []

    def print(
        self, image: Image, *, cut: bool, drawer: bool, before_drawer: Callable[[], None] | None = None
    ) -> None:
        self.papers.append(image)


def test_paper_is_in_its_own_language_whatever_the_screen_speaks(shop: Shop) -> None:
    tray = Tray()
    for language in ("vi", "en"):
        shop.wants()
        worker = PrintWorker(
            shop.jobs,
            shop,
            facts_of,
            tray,
            shop.clock,
            lambda *_told: None,
            language,  # type: ignore[arg-type]
        )
        assert worker.run_once().outcome is Outcome.PRINTED
    with text.written_in("en"):
        expected = render(receipt.compose(bodies.usual_sale(), bodies.FACTS), tray.width)
    assert tray.papers[0].tobytes() != tray.papers[1].tobytes() == expected.tobytes()


def test_a_job_is_printed_once(shop: Shop, printer: SocketPrinter) -> None:
    shop.wants()
    worker = shop.worker(network(printer))
    assert worker.run_once().outcome is Outcome.PRINTED
    assert worker.run_once().outcome is Outcome.IDLE
    assert len(printer.streams(1)) == 1
    assert shop.jobs.waiting_count() == 0


def test_a_dead_printer_keeps_the_job_and_waits_longer_each_time(shop: Shop) -> None:
    shop.wants()
    worker = shop.worker(DEAD)
    waits = []
    for _ in range(6):
        report = worker.run_once()
        assert report.outcome is Outcome.RETRY
        assert report.next_at is not None
        waits.append((report.next_at - shop.clock.now()).total_seconds())
        shop.clock.pass_time(waits[-1])
    assert waits == [1, 2, 5, 10, 30, 30]
    assert shop.jobs.waiting_count() == 1


def test_between_two_tries_nothing_is_tried(shop: Shop) -> None:
    shop.wants()
    worker = shop.worker(DEAD)
    worker.run_once()
    assert worker.run_once().outcome is Outcome.IDLE


def test_trouble_and_recovery_are_told_once_each(shop: Shop, printer: SocketPrinter) -> None:
    shop.wants()
    printer.has_paper = False
    worker = shop.worker(network(printer))
    for _ in range(3):
        worker.run_once()
        shop.clock.pass_time(30)
    printer.has_paper = True
    worker.run_once()
    assert shop.told == [("trouble", "paper_out"), ("ready", "")]


def test_a_receipt_broken_in_the_middle_waits_for_a_person(shop: Shop, printer: SocketPrinter) -> None:
    shop.wants(drawer=True)
    printer.breaks_after = 40_000
    worker = shop.worker(network(printer))
    assert worker.run_once().outcome is Outcome.DOUBTFUL
    shop.clock.pass_time(3600)
    assert worker.run_once().outcome is Outcome.IDLE
    (job,) = shop.jobs.troubled()
    assert (job.state, job.reason, job.drawer_sent) == ("in_doubt", "connection_lost", True)


def test_paper_that_ends_in_mid_receipt_loses_nothing_and_prints_no_copy_by_itself(
    shop: Shop, tmp_path: Path
) -> None:
    shop.wants(drawer=True)
    with PtyPrinter(tmp_path) as printer:
        printer.mind.paper_ends_after = 2
        worker = shop.worker(open_device(f"serial://{printer.port}?baud=921600"))
        report = worker.run_once()
        assert (report.outcome, report.reason) == (Outcome.DOUBTFUL, "paper_out")
        printer.mind.paper_ends_after, printer.mind.has_paper = None, True
        shop.clock.pass_time(3600)
        assert worker.run_once().outcome is Outcome.IDLE
        cut_before = printer.mind.cuts

        (job,) = shop.jobs.troubled()
        shop.jobs.again(job.id, shop.jobs.next_copy(job.doc_id, job.template))
        assert worker.run_once().outcome is Outcome.PRINTED
        paper = printer.papers_cut(cut_before + 1)
    assert paper.drawer_pulses == 1
    assert shop.told == [("trouble", "paper_out"), ("ready", "")]


def test_a_paper_that_came_out_after_all_is_done_when_a_person_says_so(shop: Shop, tmp_path: Path) -> None:
    shop.wants()
    with PtyPrinter(tmp_path) as printer:
        printer.mind.paper_ends_after = 2
        worker = shop.worker(open_device(f"serial://{printer.port}?baud=921600"))
        worker.run_once()
        (job,) = shop.jobs.troubled()
        shop.jobs.dismiss(job.id)
        printer.mind.paper_ends_after, printer.mind.has_paper = None, True
        assert worker.run_once().outcome is Outcome.IDLE
    assert shop.jobs.waiting_count() == 0


def test_after_a_broken_receipt_the_drawer_stays_shut(shop: Shop, printer: SocketPrinter) -> None:
    shop.wants(drawer=True)
    printer.breaks_after = 40_000
    worker = shop.worker(network(printer))
    report = worker.run_once()
    printer.breaks_after = None
    assert report.job is not None
    shop.jobs.again(report.job)
    assert worker.run_once().outcome is Outcome.PRINTED
    assert read(printer.streams(2)[-1]).drawer_pulses == 0


def test_the_drawer_opens_for_the_first_print_of_cash(shop: Shop, printer: SocketPrinter) -> None:
    shop.wants(drawer=True)
    shop.worker(network(printer)).run_once()
    assert printer.papers(1)[0].drawer_pulses == 1


def test_the_drawer_opens_after_a_short_outage(shop: Shop, printer: SocketPrinter) -> None:
    shop.wants(drawer=True)
    printer.has_paper = False
    worker = shop.worker(network(printer))
    worker.run_once()
    printer.has_paper = True
    shop.clock.pass_time(5)
    worker.run_once()
    assert read(printer.streams(2)[-1]).drawer_pulses == 1


def test_the_drawer_stays_shut_when_the_printer_comes_back_late(shop: Shop, printer: SocketPrinter) -> None:
    shop.wants(drawer=True)
    shop.clock.pass_time(DRAWER_WITHIN.total_seconds() + 60)
    shop.worker(network(printer)).run_once()
    assert printer.papers(1)[0].drawer_pulses == 0


def test_a_reprint_opens_no_drawer(shop: Shop, printer: SocketPrinter) -> None:
    shop.wants(drawer=True, copy=2)
    shop.worker(network(printer)).run_once()
    assert printer.papers(1)[0].drawer_pulses == 0


@pytest.mark.expects_log("printing.worker", "the body is an odd one")
def test_a_paper_that_cannot_be_composed_does_not_stop_the_next(
    shop: Shop, printer: SocketPrinter, caplog: pytest.LogCaptureFixture
) -> None:
    shop.documents["odd"] = bodies.envelope("sale", {})
    shop.wants("odd")
    shop.wants("sale")
    worker = shop.worker(network(printer))
    report = worker.run_once()
    assert (report.outcome, report.reason) == (Outcome.REFUSED, "unprintable")
    assert "cannot be composed" in caplog.text
    assert worker.run_once().outcome is Outcome.PRINTED


def test_a_document_that_is_gone_is_named(shop: Shop, printer: SocketPrinter) -> None:
    shop.wants("pruned")
    assert shop.worker(network(printer)).run_once().reason == "no_document"


def test_what_was_printing_when_the_program_ended_is_in_doubt(shop: Shop, printer: SocketPrinter) -> None:
    shop.wants()
    job = shop.jobs.pending(shop.clock.now())
    assert job is not None
    shop.jobs.begin(job.id)
    assert shop.worker(network(printer)).run_once().outcome is Outcome.IDLE
    assert [job.state for job in shop.jobs.troubled()] == ["in_doubt"]


def test_an_x_report_prints_from_the_body_in_its_job(shop: Shop, printer: SocketPrinter) -> None:
    shop.jobs.enqueue("x", "x_report", 1, shop.clock.now(), {"number": 3, "tenders": {"cash": 500_000}})
    assert shop.worker(network(printer)).run_once().outcome is Outcome.PRINTED


def test_a_drawer_job_sends_the_pulse_and_no_paper(shop: Shop, printer: SocketPrinter) -> None:
    with shop.till.writing() as connection:
        add(connection, "sale", [PrintOrder("drawer", drawer=True)], shop.clock.now())
    assert shop.worker(network(printer)).run_once().outcome is Outcome.PRINTED
    paper = read(printer.streams(1)[0])
    assert (paper.drawer_pulses, paper.bands, paper.cuts) == (1, [], 0)


def test_a_drawer_job_found_too_late_does_not_open_it(shop: Shop, printer: SocketPrinter) -> None:
    with shop.till.writing() as connection:
        add(connection, "sale", [PrintOrder("drawer", drawer=True)], shop.clock.now())
    shop.clock.pass_time(DRAWER_WITHIN.total_seconds() + 1)
    assert shop.worker(network(printer)).run_once().outcome is Outcome.PRINTED
    assert printer.streams(0) == []
