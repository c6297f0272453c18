"""Figures for Prometheus: counted by the workers as they answer, or asked of the database when read."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy import Connection, func, select

from central.database import Database
from central.settings import WORKERS_FOLDER
from central.tables.feeds import feed_counter
from central.tables.inbox import case, document, result
from central.tables.tills import till

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_AGES_S = (60, 3600, 86_400)
_ASKED_EVERY_S = 10


class Metrics:
    """One per application."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._own = CollectorRegistry()
        self._requests = Counter(
            "quay_requests", "Answers by route and status", ("method", "route", "status"), registry=self._own
        )
        self._seconds = Histogram(
            "quay_request_seconds", "Time to an answer", ("route",), buckets=_BUCKETS, registry=self._own
        )
        self._figures = _Figures(database, now)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """One more answer. Only known methods and routes: a caller must not make new time series."""
        self._requests.labels(method if method in _METHODS else "other", route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """Everything, in Prometheus' text format; the counts of all workers where there are several."""
        registry = CollectorRegistry()
        if os.environ.get(WORKERS_FOLDER):
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        else:
            registry.register(_Again(self._own))
        registry.register(self._figures)
        return generate_latest(registry)


class _Again(Collector):
    """Another registry's metrics."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry

    def collect(self) -> Iterable[Metric]:
        return self._registry.collect()


class _Figures(Collector):
    """What the database knows; asked at most every ten seconds, however often it is read."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._guard = threading.Lock()
        self._asked_at = float("-inf")
        self._last: list[Metric] = []

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: registering must not ask the database."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """Gauges."""
        with self._guard:
            if time.monotonic() - self._asked_at >= _ASKED_EVERY_S:
                with self._database.reading() as connection:
                    self._last = list(_figures(connection, self._now()))
                self._asked_at = time.monotonic()
            return self._last


def _figures(connection: Connection, now: datetime) -> Iterator[Metric]:
    documents = GaugeMetricFamily("quay_documents", "Stored documents by their result", labels=["status"])
    by_status = select(result.c.status, func.count()).group_by(result.c.status)
    for status, count in connection.execute(by_status):
        documents.add_metric([status], count)
    unapplied = select(func.count(), func.min(document.c.received_at)).where(
        ~select(result.c.doc_id).where(result.c.doc_id == document.c.doc_id).exists()
    )
    count, oldest = connection.execute(unapplied).one()
    documents.add_metric(["unapplied"], count)
    yield documents
    yield GaugeMetricFamily(
        "quay_oldest_unapplied_seconds",
        "Age of the oldest document that is stored and has no result yet",
        value=0 if oldest is None else max(0.0, (now - oldest).total_seconds()),
    )
    cases = GaugeMetricFamily("quay_open_cases", "Cases that nobody has closed", labels=["code"])
    open_ = select(case.c.code, func.count()).where(case.c.closed_at.is_(None)).group_by(case.c.code)
    for code, open_count in connection.execute(open_):
        cases.add_metric([code], open_count)
    yield cases
    yield _tills(connection, now)
    yield _feeds(connection)


def _tills(connection: Connection, now: datetime) -> Metric:
    """Enrolled tills by how long ago they said hello."""
    tills = GaugeMetricFamily("quay_tills", "Tills by the age of their last hello", labels=["seen"])
    seen = list(connection.scalars(select(till.c.seen_at).where(till.c.revoked_at.is_(None))))
    ages = [(now - at).total_seconds() for at in seen if at is not None]
    tills.add_metric(["never"], sum(at is None for at in seen))
    for limit in _AGES_S:
        tills.add_metric([f"within_{limit}s"], sum(age <= limit for age in ages))
    tills.add_metric(["ever"], len(ages))
    return tills


def _feeds(connection: Connection) -> Metric:
    feeds = GaugeMetricFamily("quay_feed_version", "Newest position of each feed", labels=["feed", "scope"])
    for row in connection.execute(select(feed_counter.c.feed, feed_counter.c.scope, feed_counter.c.ver)):
        feeds.add_metric([row.feed, row.scope], row.ver)
    return feeds
