"""For all tests: a warning in the log that nobody expected fails the test that caused it."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# how busy the machine is says nothing about a property
settings.register_profile("quay", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quay")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """File by file, so that all cores are busy to the end: slow ones, then those with most tests.

    Windows come behind everything else: no server's threads run where windows have been.
    """
    count = Counter(one.path for one in items)
    slow = {one.path for one in items if one.get_closest_marker("slow")}
    windows = {one.path for one in items if {"qapp", "qtbot"} & set(getattr(one, "fixturenames", ()))}
    items.sort(key=lambda one: (one.path in windows, one.path not in slow, -count[one.path], one.path))


class _Heard(logging.Handler):
    """Keeps what is WARNING or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(scope="session", autouse=True)
def state_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Anchors lie with the user's state, outside the data folder: not with that of who runs the tests."""
    before = os.environ.get("XDG_STATE_HOME")
    os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.mktemp("state"))
    yield
    if before is None:
        del os.environ["XDG_STATE_HOME"]
    else:
        os.environ["XDG_STATE_HOME"] = before


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """`@pytest.mark.expects_log("sync.engine", "the server refuses in this test")` lets a logger speak."""
    heard = _Heard()
    root = logging.getLogger()
    root.addHandler(heard)
    yield
    root.removeHandler(heard)
    allowed = [mark.args[0] for mark in request.node.iter_markers("expects_log")]
    unexpected = [record for record in heard.records if not _is_allowed(record.name, allowed)]
    if unexpected:
        told = "\n".join(f"{one.levelname} {one.name}: {one.getMessage()}" for one in unexpected)
        pytest.fail(f"unexpected in the log:\n{told}", pytrace=False)


def _is_allowed(logger: str, allowed: list[str]) -> bool:
    return any(logger == name or logger.startswith(f"{name}.") for name in allowed)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Windows that a file leaves behind end here: collected in a thread of a server they would crash Qt."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    is_last = nextitem is None or nextitem.path != item.path
    if is_last and widgets is not None and widgets.QApplication.instance() is not None:
        gc.collect()
