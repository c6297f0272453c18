"""The model behind a list of painted rows: only what differs is inserted, removed or changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class Row(Protocol):
    """What a list shows: equal rows are not painted again; `key` says which row is the same as before."""

    @property
    def key(self) -> str: ...

    @property
    def spoken(self) -> str: ...


class LongRows(Protocol):
    """Rows that are made when they come into view: ten thousand of them cost no more than a page."""

    def __len__(self) -> int: ...

    def __getitem__(self, place: int) -> Row: ...

    def place_of(self, key: str) -> int:
        """Where the row with this key stands; -1 = nowhere. Asks for no row."""
        ...


class ShownRows(QAbstractListModel):
    """What views ask of rows, wherever those come from."""

    def count(self) -> int:
        """How many there are."""
        raise NotImplementedError

    def at(self, place: int) -> Row | None:
        """The row at this place, None where there is none."""
        raise NotImplementedError

    def place_of(self, key: str) -> int:
        """Where the row with this key stands; -1 = nowhere."""
        raise NotImplementedError

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        return 0 if parent.isValid() else self.count()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            return row.spoken
        return None


class RowModel(ShownRows):
    """Rows in order. `show` inserts, removes and changes only the rows that differ."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

    def count(self) -> int:
        return len(self._rows)

    def rows(self) -> tuple[Row, ...]:
        """The rows that stand."""
        return tuple(self._rows)

    def at(self, place: int) -> Row | None:
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, key: str) -> int:
        return next((at for at, row in enumerate(self._rows) if row.key == key), -1)

    def show_rows(self, rows: Sequence[Row]) -> list[str]:
        """Make these the rows; returns the keys of new and changed ones."""
        keys = {row.key for row in rows}
        for at in range(len(self._rows) - 1, -1, -1):
            if self._rows[at].key not in keys:
                self.beginRemoveRows(QModelIndex(), at, at)
                del self._rows[at]
                self.endRemoveRows()
        fresh: list[str] = []
        for at, row in enumerate(rows):
            fresh += self._place(at, row)
        return fresh

    def _place(self, at: int, row: Row) -> list[str]:
        if at < len(self._rows) and self._rows[at].key == row.key:
            if self._rows[at] == row:
                return []
            self._rows[at] = row
            index = self.index(at)
            self.dataChanged.emit(index, index)
            return [row.key]
        old = next((spot for spot in range(at, len(self._rows)) if self._rows[spot].key == row.key), None)
        if old is not None:
            self.beginRemoveRows(QModelIndex(), old, old)
            del self._rows[old]
            self.endRemoveRows()
        self.beginInsertRows(QModelIndex(), at, at)
        self._rows.insert(at, row)
        self.endInsertRows()
        return [row.key] if old is None else []


class LongModel(ShownRows):
    """Many rows, asked for one by one."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: LongRows | None = None

    def count(self) -> int:
        return 0 if self._rows is None else len(self._rows)

    def at(self, place: int) -> Row | None:
        return self._rows[place] if self._rows is not None and 0 <= place < len(self._rows) else None

    def place_of(self, key: str) -> int:
        return -1 if self._rows is None else self._rows.place_of(key)

    def show_rows(self, rows: LongRows) -> None:
        """Other rows; the same ones cost nothing."""
        if rows is self._rows:
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
