"""Structured logs: one JSON object a line on stderr, of facts that hold no personal data."""

from __future__ import annotations

import logging
import sys
import traceback
from contextvars import ContextVar
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

from pos_app.domain.masking import masked

_about: ContextVar[dict[str, Any] | None] = ContextVar("about_this_request", default=None)


def begin_request() -> dict[str, Any]:
    """What is noted from here on, in whichever thread the request is worked on."""
    facts: dict[str, Any] = {}
    _about.set(facts)
    return facts


def note(**facts: str | int) -> None:
    """Adds to the line of the running request: ids, counts and machine codes, never what somebody typed."""
    about = _about.get()
    if about is not None:
        about.update(facts)


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """One that speaks in facts; it ends in the standard library's logger of that name."""
    bound: structlog.stdlib.BoundLogger = structlog.wrap_logger(
        logging.getLogger(name),
        processors=[structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    return bound


def write_json(stream: TextIO | None = None, level: int = logging.INFO) -> logging.Handler:
    """Sends everything that is logged in this process to `stream` (stderr), as JSON."""
    handler = logging.StreamHandler(sys.stderr if stream is None else stream)
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_request_of_foreign],
            processors=[
                *shared,
                _safe_exception,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _masked_texts,
                structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    return handler


def _request_of_foreign(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Which request an ordinary log line belongs to."""
    about = _about.get() or {}
    return {**event, **{name: about[name] for name in ("request_id", "till") if name in about}}


def _safe_exception(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Where it went wrong and with which kind of error. Its words are left out: they may quote data."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    if isinstance(found, tuple) and found[0] is not None:
        event["exception"] = found[0].__name__
        event["stack"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(found[2])
        ]
    return event


def _masked_texts(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """The last net: phones, codes and secrets that got into a text all the same."""
    return {name: masked(value) if isinstance(value, str) else value for name, value in event.items()}
