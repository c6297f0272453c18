"""The metadata that all tables hang on, and the column types they share; portable to PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Dialect, Integer, MetaData, String, Table, TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite numbers rows by itself only for INTEGER PRIMARY KEY
RowId = BigInteger().with_variant(Integer, "sqlite")


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime. SQLite knows no zones: there it is kept as naive UTC and read back aware."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime must not reach the database")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def row_id() -> Column[Any]:
    """A surrogate key in the order of insertion."""
    return Column("id", RowId, primary_key=True, autoincrement=True)


def uuid(name: str, **options: Any) -> Column[Any]:
    """A lower-case UUID text."""
    return Column(name, String(36), **options)


def serial(name: str, **options: Any) -> Column[Any]:
    """A u64 as decimal text: no database has it as an integer."""
    return Column(name, String(20), **options)


def dong(name: str, **options: Any) -> Column[Any]:
    """An amount in đồng (also: points, thousandths): whole, signed, 64 bits."""
    return Column(name, BigInteger, nullable=options.pop("nullable", False), **options)


def ledger(name: str, *columns: Column[Any]) -> Table:
    """Entries of documents, in the order of their booking; rows are added and never changed."""
    return Table(name, metadata, row_id(), uuid("doc_id", nullable=False, index=True), *columns)
