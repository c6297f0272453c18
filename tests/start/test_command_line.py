"""The command line: exit codes, one line of JSON a picture, no tracebacks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pos_app.__main__ import DONE, NO, TROUBLE, USAGE, main
from tests.support import pictures

VECTORS = Path(__file__).parent.parent / "vectors" / "data"


def good_code(index: int = 0) -> str:
    text: str = json.loads((VECTORS / "codes.json").read_text("utf-8"))["good"][index]["text"]
    return text


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def picture(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


def test_a_picture_of_a_code_becomes_its_meaning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = good_code()
    path = picture(tmp_path, "a.png", pictures.png(pictures.qr(text)))
    assert main(["scan", path]) == DONE
    (line,) = lines(capsys)
    assert (line["file"], line["text"], line["symbology"]) == (path, text, "QR")
    meaning = line["meaning"]
    assert isinstance(meaning, dict)
    assert meaning["type"] == "pickup"
    assert isinstance(meaning["serial"], str)
    assert meaning["verified"] is False


def test_an_article_number_is_a_product(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = picture(tmp_path, "a.png", pictures.png(pictures.ean13("893500123456")))
    assert main(["scan", path]) == DONE
    assert lines(capsys)[0]["meaning"] == {"type": "product", "code": "8935001234562", "form": "ean13"}


def test_a_broken_code_tells_its_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = picture(tmp_path, "a.png", pictures.png(pictures.qr(good_code()[:-1])))
    assert main(["scan", path]) == NO
    (line,) = lines(capsys)
    assert line["reason"] == "bad_length"
    assert "meaning" not in line


def test_every_picture_gets_one_line_whatever_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [
        picture(tmp_path, "text.png", b"no picture"),
        picture(tmp_path, "empty.png", b""),
        str(tmp_path / "missing.png"),
        str(tmp_path),
        picture(tmp_path, "good.png", pictures.png(pictures.ean13("893500123456"))),
    ]
    assert main(["scan", *paths]) == NO
    told = lines(capsys)
    assert [one["file"] for one in told] == paths
    assert [one.get("reason") for one in told] == ["no_image", "no_image", "no_file", "no_file", None]


def test_golden_vectors_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["vectors", str(VECTORS)]) == DONE
    assert all(line["ok"] for line in lines(capsys))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--central", "http://central.example"], USAGE),
        (["--paper", "600"], USAGE),
        (["--language", "fr"], USAGE),
        (["--config", "/nowhere/quay.toml"], USAGE),
        (["journal", "verify", "--data-dir", "/nowhere"], TROUBLE),
        (["journal", "export", "/tmp/x", "--data-dir", "/nowhere"], TROUBLE),
    ],
)
def test_a_mistake_is_one_line_and_an_exit_code(
    arguments: list[str], code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if arguments[0].startswith("--"):
        arguments = ["--data-dir", str(tmp_path), *arguments]
    assert main(arguments) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("quay: ")
    assert len(told.err.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["scan"], ["journal"], ["fly"], ["--paper", "wide"]])
def test_an_unknown_word_is_a_usage_error(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == USAGE
