"""What is left of store credit, by this till's own documents."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.storage.database import Database


@dataclass(frozen=True, slots=True)
class CreditAccount:
    """`account` = the doc_id of the return that created it; amounts in đồng."""

    account: str
    issued_here: bool
    left: int


class CreditStore:
    """Store credit can be spent offline at the till that issued it only (protocol §7)."""

    def __init__(self, till: Database) -> None:
        self._till = till

    def left(self, return_doc_id: str) -> CreditAccount:
        """What the own journal knows: elsewhere issued credit says `issued_here` False."""
        with self._till.reading() as connection:
            row = connection.exec_driver_sql(
                "SELECT coalesce(sum(amount), 0), coalesce(max(doc_id = account), 0) "
                "FROM credit_entry WHERE account = ?",
                (return_doc_id,),
            ).fetchone()
        assert row is not None
        return CreditAccount(return_doc_id, bool(row[1]), int(row[0]))

    def filled_by(self, doc_id: str) -> tuple[str, ...]:
        """The accounts that this own document put money into: its own, or the one it refunded to."""
        with self._till.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT account FROM credit_entry WHERE doc_id = ? GROUP BY account "
                "HAVING sum(amount) > 0 ORDER BY min(rowid)",
                (doc_id,),
            ).fetchall()
        return tuple(str(row[0]) for row in rows)

    def left_after(self, account: str, doc_id: str) -> int:
        """What was left when this own document had been written: a reprint says what the paper said."""
        with self._till.reading() as connection:
            row = connection.exec_driver_sql(
                "SELECT coalesce(sum(amount), 0) FROM credit_entry WHERE account = ?1 AND (epoch, seq) <= "
                "(SELECT epoch, seq FROM credit_entry WHERE account = ?1 AND doc_id = ?2)",
                (account, doc_id),
            ).fetchone()
        assert row is not None
        return int(row[0])
