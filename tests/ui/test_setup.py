"""A machine becomes a till: fields, tickets, refusals in words, the first download."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from pos_app.domain.errors import CentralRefused, EnrolmentRefused, Offline, PosError
from tests.support.on_the_spot import Later, at_once
from ui.running import Run
from ui.setup.presenter import SetupPresenter, SetupWays

CODE = "B7KQ-M2XD-9RTV-C4WP"
URL = "https://quay.moclan.vd"
TICKET = json.dumps({"hs": 1, "url": URL, "code": CODE, "root_key_fp": "ab" * 16})


@dataclass
class Central:
    """What the page asked for, and the refusals it gets in turn."""

    enrolments: list[tuple[str, str]] = field(default_factory=list)
    downloads: int = 0
    refusals: list[PosError] = field(default_factory=list)
    cuts: list[PosError] = field(default_factory=list)
    here: tuple[str, ...] = ()
    finished: int = 0

    def enrol(self, url: str, code: str) -> None:
        self.enrolments.append((url, code))
        if self.refusals:
            raise self.refusals.pop(0)

    def first_sync(self) -> None:
        self.downloads += 1
        if self.cuts:
            raise self.cuts.pop(0)

    def end(self) -> None:
        self.finished += 1

    def page(self, run: Run = at_once, **more: Any) -> SetupPresenter:
        ways = SetupWays(run, self.enrol, self.first_sync, lambda: self.here, self.end)
        presenter = SetupPresenter(ways, **more)
        presenter.shown_by(lambda _state: None)
        return presenter


@pytest.fixture
def central() -> Central:
    return Central()


def test_a_typed_address_and_code_enrol_and_download(central: Central) -> None:
    presenter = central.page()
    presenter.write_url(URL)
    presenter.write_code(CODE)
    presenter.go_on()
    assert central.enrolments == [(URL, CODE)]
    assert central.downloads == 1
    assert presenter.state().stage == "done"
    presenter.go_on()
    assert central.finished == 1


def test_a_scanned_ticket_fills_both_and_goes_whole(central: Central) -> None:
    presenter = central.page()
    presenter.scanned(TICKET)
    assert (presenter.state().url, presenter.state().code) == (URL, CODE)
    presenter.go_on()
    assert central.enrolments == [(URL, TICKET)]


def test_who_types_over_a_ticket_no_longer_sends_it(central: Central) -> None:
    presenter = central.page()
    presenter.scanned(TICKET)
    presenter.write_code("AAAA-BBBB-CCCC-DDDD")
    presenter.go_on()
    assert central.enrolments == [(URL, "AAAA-BBBB-CCCC-DDDD")]


@pytest.mark.parametrize("url", ["http://quay.moclan.vd", "quay.moclan.vd", "ftp://quay.moclan.vd"])
def test_an_address_that_is_not_https_is_told_so(central: Central, url: str) -> None:
    presenter = central.page()
    presenter.write_url(url)
    presenter.write_code(CODE)
    presenter.go_on()
    assert presenter.state().url_reason == "Địa chỉ phải bắt đầu bằng https://"
    assert central.enrolments == []


def test_plain_http_is_taken_from_this_machine_only(central: Central) -> None:
    presenter = central.page(url="http://127.0.0.1:8400")
    presenter.write_code(CODE)
    presenter.go_on()
    assert central.enrolments == [("http://127.0.0.1:8400", CODE)]


def test_a_short_code_is_told_so(central: Central) -> None:
    presenter = central.page(url=URL)
    presenter.write_code("AB")
    presenter.go_on()
    assert presenter.state().code_reason != ""
    assert central.enrolments == []


@pytest.mark.parametrize(
    ("error", "title"),
    [
        (CentralRefused(status=403, refusal="code_refused", answer={}), "Mã ghi danh không dùng được"),
        (Offline(reason="network", retry_after_s=None), "Không tới được trung tâm"),
        (Offline(reason="tls", retry_after_s=None), "Không tin được kết nối này"),
        (Offline(reason="certificate", retry_after_s=None), "Không tin được kết nối này"),
        (EnrolmentRefused(reason="other_root_key"), "Trung tâm này không phải của mã"),
    ],
)
def test_every_refusal_has_words_and_may_be_tried_again(
    central: Central, error: PosError, title: str
) -> None:
    central.refusals.append(error)
    presenter = central.page()
    presenter.scanned(TICKET)
    presenter.go_on()
    assert presenter.state().trouble_title == title
    assert presenter.state().main_text == "Thử lại"
    presenter.go_on()
    assert presenter.state().stage == "done"


def test_a_cut_download_goes_on_without_enrolling_again(central: Central) -> None:
    central.cuts.append(Offline(reason="network", retry_after_s=None))
    presenter = central.page()
    presenter.scanned(TICKET)
    presenter.go_on()
    assert presenter.state().trouble_line == "Kiểm mạng rồi thử lại, máy tải tiếp từ chỗ dừng."
    presenter.go_on()
    assert len(central.enrolments) == 1
    assert central.downloads == 2
    assert presenter.state().stage == "done"


def test_a_till_enrolled_before_goes_on_downloading(central: Central) -> None:
    presenter = central.page(is_enrolled=True)
    assert central.enrolments == []
    assert presenter.state().stage == "done"


def test_the_page_says_which_feed_is_coming_now(central: Central) -> None:
    later = Later()
    presenter = central.page(later, is_enrolled=True)
    central.here = ("keyset", "revocations")
    presenter.tick()
    state = presenter.state()
    assert [one.state for one in state.feeds[:4]] == ["done", "done", "now", "later"]
    assert state.here == 2
    later.finish()
    assert presenter.state().here == 11


def test_a_qr_that_is_no_ticket_is_told_so(central: Central) -> None:
    presenter = central.page()
    presenter.scanned('{"order": 1}')
    assert presenter.state().trouble_title == "Mã QR này không phải mã ghi danh"
