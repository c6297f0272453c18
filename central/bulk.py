"""Many rows and many keys in one statement, in the way that each database takes quickest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import psycopg
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Dialect,
    Select,
    Table,
    Text,
    TextClause,
    TypeDecorator,
    Update,
    bindparam,
    insert,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

Row = Mapping[str, Any]
_FEW = 4
"""Fewer rows than these are inserted one by one: a COPY costs more."""


class _Keys(TypeDecorator[list[Any]]):
    """Any number of keys as one parameter, a JSON array."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: list[Any] | None, _dialect: Dialect) -> str:
        return json.dumps(value)


class _Among(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True


def among(column: ColumnElement[Any], keys: Iterable[Any]) -> ColumnElement[bool]:
    """As `column.in_(keys)`, with one text for any number of keys: nothing is compiled or planned anew."""
    return _Among(column, bindparam(None, list(keys), type_=_Keys()))


def narrowed(query: Select[Any], column: ColumnElement[Any], keys: Iterable[Any] | None) -> Select[Any]:
    """The rows of these keys; None = all of them."""
    return query if keys is None else query.where(among(column, set(keys)))


@compiles(_Among, "sqlite")
def _among_sqlite(element: _Among, compiler: SQLCompiler, **more: Any) -> str:
    column, keys = (compiler.process(clause, **more) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({keys}))"


@compiles(_Among)
def _among_postgresql(element: _Among, compiler: SQLCompiler, **more: Any) -> str:
    """An array, so that an index on the column is used whatever the planner believes of its length."""
    column, keys = (compiler.process(clause, **more) for clause in element.clauses)
    kind = next(iter(element.clauses)).type.compile(compiler.dialect)
    return f"{column} = ANY (ARRAY(SELECT value::{kind} FROM json_array_elements_text(CAST({keys} AS JSON))))"


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Inserts rows that all name the same columns. Raises what an INSERT of them would raise."""
    if not rows:
        return
    if connection.dialect.name == "sqlite" or len(rows) < _FEW:
        connection.execute(insert(table), list(rows))
        return
    names = tuple(rows[0])
    of = [table.c[name].type.dialect_impl(connection.dialect) for name in names]
    writers = [one.bind_processor(connection.dialect) for one in of]
    fields = [(name, write or _as_it_is) for name, write in zip(names, writers, strict=True)]
    statement = f"COPY {_quoted(table.name)} ({', '.join(map(_quoted, names))}) FROM STDIN"
    raw = connection.connection.driver_connection
    assert isinstance(raw, psycopg.Connection)
    try:
        with raw.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row([write(row[name]) for name, write in fields])
    except psycopg.Error as error:
        if raw.closed:
            connection.invalidate(error)
        told = DBAPIError.instance(statement, None, error, psycopg.Error, hide_parameters=True)
        told.connection_invalidated = raw.closed
        raise told from error


def _as_it_is(value: Any) -> Any:
    return value


def insert_new(connection: Connection, table: Table, row: Row) -> bool:
    """Whether the row was inserted; False when its key is there already."""
    kind = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = kind.insert(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    return connection.execute(statement, row).rowcount == 1


def rewrite_rows(connection: Connection, table: Table, keys: tuple[str, ...], rows: Sequence[Row]) -> None:
    """Gives the row that each one's `keys` name its other columns; one that is not there stays away."""
    _each(connection, table, keys, rows, is_sum=False)


def add_to_rows(connection: Connection, table: Table, keys: tuple[str, ...], rows: Sequence[Row]) -> None:
    """As `rewrite_rows`, the other columns being numbers to be added."""
    _each(connection, table, keys, rows, is_sum=True)


def _each(
    connection: Connection, table: Table, keys: tuple[str, ...], rows: Sequence[Row], *, is_sum: bool
) -> None:
    if not rows:
        return
    values = tuple(name for name in rows[0] if name not in keys)
    if connection.dialect.name == "sqlite":
        renamed = [{f"b_{name}": value for name, value in row.items()} for row in rows]
        connection.execute(_one_by_one(table, keys, values, is_sum), renamed)
    else:
        connection.execute(_together(table, keys, values, is_sum), {"rows": json.dumps(rows)})


@lru_cache
def _one_by_one(table: Table, keys: tuple[str, ...], values: tuple[str, ...], is_sum: bool) -> Update:
    here = [table.c[name] == bindparam(f"b_{name}") for name in keys]
    told: dict[str, ColumnElement[Any]] = {name: bindparam(f"b_{name}") for name in values}
    if is_sum:
        told = {name: table.c[name] + more for name, more in told.items()}
    return update(table).where(*here).values(told)


@lru_cache
def _together(table: Table, keys: tuple[str, ...], values: tuple[str, ...], is_sum: bool) -> TextClause:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    kinds = ", ".join(f"{_quoted(n)} {table.c[n].type.compile(dialect)}" for n in (*keys, *values))
    before = {name: f"t.{_quoted(name)} + " if is_sum else "" for name in values}
    told = ", ".join(f"{_quoted(name)} = {before[name]}v.{_quoted(name)}" for name in values)
    here = " AND ".join(f"t.{_quoted(name)} = v.{_quoted(name)}" for name in keys)
    rows = f"json_to_recordset(CAST(:rows AS JSON)) AS v({kinds})"
    return text(f"UPDATE {_quoted(table.name)} AS t SET {told} FROM {rows} WHERE {here}")  # our own names


def _quoted(name: str) -> str:
    return f'"{name}"'
