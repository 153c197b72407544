"""Which columns a request reads, as SQLite itself says it of each statement that it prepares."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

from coordinator.models.base import Model


def _ask_for_nothing(  # type: ignore[no-untyped-def]
    _connection, _cursor, statement: str, parameters: Any, _context, _many
) -> tuple[str, Any]:
    """Write what EXISTS asks for as what it is: no column, where SQLite would name them all."""
    return statement.replace("EXISTS (SELECT *", "EXISTS (SELECT 1"), parameters


@contextmanager
def columns_read(connection: Connection) -> Iterator[set[str]]:
    """Yield the set into which each column that is read goes, as `table.column`.

    The connection must keep no prepared statement (`cached_statements=0`): SQLite speaks of
    columns only when it prepares.  What a trigger reads is left out.
    """
    seen: set[str] = set()

    def note(action: int, table: str | None, column: str | None, _: Any, trigger: Any) -> int:
        if action == sqlite3.SQLITE_READ and table in Model.metadata.tables and trigger is None:
            seen.add(f"{table}.{column}")
        return sqlite3.SQLITE_OK

    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    event.listen(connection, "before_cursor_execute", _ask_for_nothing, retval=True)
    raw.set_authorizer(note)
    try:
        yield seen
    finally:
        raw.set_authorizer(None)
        event.remove(connection, "before_cursor_execute", _ask_for_nothing)
