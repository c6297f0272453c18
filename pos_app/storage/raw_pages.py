"""Reads a damaged database page by page, without SQLite: whatever a page still says is found in it.

SQLite gives up a whole page, or the whole file, for one wrong byte. Decrypted here without asking for its
checksum, such a page lacks the rows around that byte and no others. Nothing read here is believed: the rows
looked for carry their own proof (a hash, a signature).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

PAGE: Final = 4096
_RESERVED: Final = 80
"""At the end of each page: IV (16) and HMAC (64), as SQLCipher 4 lays them out."""
_USABLE: Final = PAGE - _RESERVED
_SALT: Final = 16
_WAL_HEADER, _FRAME_HEADER = 32, 24
_LARGEST: Final = 1 << 20
"""Bytes of a record that can be one of ours; a damaged length must not make us read for ever."""

Value = int | bytes | None
Record = tuple[Value, ...]


class RawPages:
    """One database file and its WAL, opened for reading only. `with RawPages(path, key) as pages:`."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._files = ExitStack()
        self._places: list[tuple[BinaryIO, int, int]] = []  # file, offset, page number
        self._newest: dict[int, int] = {}

    def __enter__(self) -> RawPages:
        main = self._files.enter_context(self._path.open("rb"))
        size = main.seek(0, 2)
        for number in range(1, (size + PAGE - 1) // PAGE + 1):
            self._note(main, (number - 1) * PAGE, number)
        wal = self._path.with_name(self._path.name + "-wal")
        if wal.exists():
            self._note_frames(self._files.enter_context(wal.open("rb")))
        return self

    def __exit__(self, *_error: object) -> None:
        self._files.close()

    def records(self, header: re.Pattern[bytes]) -> Iterator[Record]:
        """Every record whose header matches, oldest image of a page first; the same row may come twice."""
        for index, (_file, _offset, number) in enumerate(self._places):
            page = self._page(index)
            for found in header.finditer(page, 100 if number == 1 else 8):
                record = self._record(page, found.start())
                if record is not None:
                    yield record

    def _note(self, file: BinaryIO, offset: int, number: int) -> None:
        self._newest[number] = len(self._places)
        self._places.append((file, offset, number))

    def _note_frames(self, wal: BinaryIO) -> None:
        size = wal.seek(0, 2)
        for offset in range(_WAL_HEADER, size - _FRAME_HEADER - PAGE + 1, _FRAME_HEADER + PAGE):
            wal.seek(offset)
            number = int.from_bytes(wal.read(4), "big")
            self._note(wal, offset + _FRAME_HEADER, number)

    def _page(self, index: int) -> bytes:
        file, offset, number = self._places[index]
        file.seek(offset)
        raw = file.read(PAGE).ljust(PAGE, b"\0")
        start = _SALT if number == 1 else 0
        reader = Cipher(AES(self._key), CBC(raw[_USABLE : _USABLE + 16])).decryptor()
        return b"\0" * start + reader.update(raw[start:_USABLE]) + reader.finalize()

    # --- records --------------------------------------------------------------------------------
    def _record(self, page: bytes, start: int) -> Record | None:
        """The record whose header begins here; None when its figures cannot be."""
        types = _types(page, start)
        if types is None:
            return None
        head, serials = types
        total = head + sum(_length(one) for one in serials)
        if total > _LARGEST:
            return None
        content = self._content(page, start, total)
        return None if content is None else _values(content, head, serials)

    def _content(self, page: bytes, start: int, total: int) -> bytes | None:
        """The payload with what stands on overflow pages."""
        local = _local(total)
        content = page[start : start + local]
        if len(content) < local:
            return None
        following = int.from_bytes(page[start + local : start + local + 4], "big") if local < total else 0
        while len(content) < total:
            index = self._newest.get(following)
            if index is None:
                return None
            overflow = self._page(index)
            following = int.from_bytes(overflow[:4], "big")
            content += overflow[4:]
        return content[:total]


def header_of(columns: Mapping[str, bytes]) -> re.Pattern[bytes]:
    """What the header of a table's records looks like; the names of the columns are for the reader."""
    return re.compile(rb"(?s)[\x02-\x20]" + b"".join(columns.values()))


INTEGER: Final = rb"[\x00-\x06\x08\x09]"
ANY_TEXT: Final = rb"(?:[\x0d-\x7f]|[\x81-\xff][\x00-\x7f]|[\x81-\xff]{2}[\x00-\x7f])"
ANY_BLOB: Final = ANY_TEXT


def text(length: int) -> bytes:
    """A text of exactly so many bytes."""
    return re.escape(_varint(13 + 2 * length))


def blob(length: int) -> bytes:
    """A blob of exactly so many bytes."""
    return re.escape(_varint(12 + 2 * length))


def _varint(number: int) -> bytes:
    parts = [number & 0x7F]
    while number := number >> 7:
        parts.append(number & 0x7F | 0x80)
    return bytes(reversed(parts))


def _read_varint(data: bytes, at: int) -> tuple[int, int] | None:
    number = 0
    for length in range(1, 10):
        if at + length > len(data):
            return None
        byte = data[at + length - 1]
        if length == 9:
            return number << 8 | byte, 9
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, length
    return None


def _types(page: bytes, start: int) -> tuple[int, list[int]] | None:
    head = page[start]
    at, serials = start + 1, []
    while at < start + head:
        found = _read_varint(page, at)
        if found is None:
            return None
        serials.append(found[0])
        at += found[1]
    return (head, serials) if at == start + head else None


def _length(serial: int) -> int:
    if serial >= 12:
        return (serial - 12) // 2
    return (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[serial]


def _local(total: int) -> int:
    """How much of a payload stands in the leaf itself (SQLite's file format, 1.6)."""
    most = _USABLE - 35
    if total <= most:
        return total
    least = (_USABLE - 12) * 32 // 255 - 23
    local = least + (total - least) % (_USABLE - 4)
    return local if local <= most else least


def _values(content: bytes, head: int, serials: list[int]) -> Record:
    values: list[Value] = []
    at = head
    for serial in serials:
        part = content[at : at + _length(serial)]
        at += len(part)
        if serial >= 12:
            values.append(part)
        elif serial in (8, 9):
            values.append(serial - 8)
        else:
            values.append(int.from_bytes(part, "big", signed=True) if serial else None)
    return tuple(values)
