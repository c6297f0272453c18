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
