"""The configuration is checked once, with the field at fault named."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos_app.domain.errors import SettingsRefused
from pos_app.settings import Settings, is_loopback, load


def written(folder: Path, text: str) -> Path:
    (folder / "quay.toml").write_text(text, "utf-8")
    return folder


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings == Settings(data_dir=tmp_path)
    assert (settings.language, settings.paper, settings.demo) == ("vi", 576, False)


def test_a_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("x")
    settings = load(
        written(
            tmp_path,
            'central_url = "https://central.example"\nca_file = "ca.pem"\nprinter = "tcp://10.0.0.9:9100"\n'
            'paper = 384\nlanguage = "en"\ntheme = "dark"\n',
        )
    )
    assert settings.central_url == "https://central.example"
    assert settings.ca_file == tmp_path / "ca.pem"
    assert (settings.paper, settings.language, settings.theme) == (384, "en", "dark")


@pytest.mark.parametrize(("line", "wanted"), [("", None), ("true", True), ("false", False)])
def test_the_customers_display_follows_the_screens_unless_told(
    tmp_path: Path, line: str, wanted: bool | None
) -> None:
    text = f"customer_display = {line}\n" if line else ""
    assert load(written(tmp_path, text)).customer_display is wanted


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("paper = 500", "paper"),
        ("paper = 576.0", "paper"),
        ('language = "fr"', "language"),
        ('theme = "blue"', "theme"),
        ("demo = 1", "demo"),
        ("customer_display = 1", "customer_display"),
        ('customer_display = "yes"', "customer_display"),
        ('central_url = "http://central.example"', "central_url"),
        ('central_url = "ftp://central.example"', "central_url"),
        ('central_url = "https://u:p@central.example"', "central_url"),
        ('central_url = "https://central.example:port"', "central_url"),
        ("central_url = 7", "central_url"),
        ('printer = "lpt1"', "printer"),
        ('printer = "tcp://10.0.0.9"', "printer"),
        ('printer = "usb://04b8"', "printer"),
        ('printer = "serial:///dev/ttyS0?baud=fast"', "printer"),
        ('printer = "cups://"', "printer"),
        ('scanner = "/dev/ttyACM0"', "scanner"),
        ('scanner = "serial://"', "scanner"),
        ('ca_file = "missing.pem"', "ca_file"),
        ('centralurl = "https://central.example"', "centralurl"),
    ],
)
def test_a_bad_value_names_its_field(tmp_path: Path, line: str, field: str) -> None:
    with pytest.raises(SettingsRefused) as refused:
        load(written(tmp_path, line))
    assert refused.value.field == field


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused) as refused:
        load(written(tmp_path, "central_url: yes"))
    assert refused.value.reason == "not_toml"


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused) as refused:
        load(tmp_path, tmp_path / "other.toml")
    assert refused.value.reason == "unreadable"


def test_options_that_were_not_typed_change_nothing(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, theme="dark")
    assert settings.changed(theme=None, language="en") == Settings(
        data_dir=tmp_path, theme="dark", language="en"
    )


def test_plain_http_is_for_this_machine_only(tmp_path: Path) -> None:
    assert load(written(tmp_path, 'central_url = "http://127.0.0.1:8000"')).central_url
    assert is_loopback("::1")
    assert is_loopback("localhost")
    assert not is_loopback("localhost.example")
    assert not is_loopback("127.0.0.1.example")


@pytest.mark.parametrize(
    "address",
    ["usb://04b8:0e15?serial=A1", "serial:///dev/ttyUSB0?baud=115200", "serial://COM3", "cups://counter"],
)
def test_printers_by_cable_are_accepted(address: str, tmp_path: Path) -> None:
    settings = load(written(tmp_path, f'printer = "{address}"\nscanner = "serial:///dev/ttyACM0"\n'))
    assert (settings.printer, settings.scanner) == (address, "serial:///dev/ttyACM0")
