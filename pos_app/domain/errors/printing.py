"""Printers and papers."""

from __future__ import annotations

from pos_app.domain.errors.base import PosError, TroubleOutside


class NothingToPrint(PosError):
    """There is no paper that could be printed again (`doc_id`: None = none at all; `reason`: voucher)."""

    code = "nothing_to_print"


class PrinterUnreachable(TroubleOutside):
    """Nothing was sent (`device`, `reason`).

    Reasons: refused, timeout, unknown_host, not_a_file, paper_out, cover_open, printer_error; of cables
    not_connected, no_permission, busy, bad_speed, unclear_answer, no_libusb, no_printer; of queues
    no_spooler, no_queue, queue_stopped.
    """

    code = "printer_unreachable"


class PrinterBroken(TroubleOutside):
    """It broke while printing: the paper may be there or not (`device`, `reason`: connection_lost, timeout,
    paper_out, cover_open, printer_error)."""

    code = "printer_broken"
